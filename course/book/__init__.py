"""The book: jupyter-book with one extension, offline, without code in sight, in three languages."""
