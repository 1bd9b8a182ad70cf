"""The book: jupyter-book with one extension, offline, without code in sight, in three languages.

The theme is the course's own (`theme/course`, `static/`) and not sphinx-book-theme: that one
brings 0.8 MB compressed to each page, asks other hosts, knows no right-to-left, and would have
to be mended file by file. Ours is one template, one style sheet of logical sides and one script.

`_config.yml` names the extension, so `jupyter-book build .` gives the whole book; `build_book`
adds what a person needs around it: faults in words, a cache that is never stale, and a book
that is put in place whole or not at all.
"""
