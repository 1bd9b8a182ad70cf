"""The report as one structured file: read, filled in, measured against its limit."""
