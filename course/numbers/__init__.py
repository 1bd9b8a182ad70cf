"""Numbers without code: rates and gaps of a small table, with a warning where people could be recognised.

`form` is the form of a page, `table` the same answer from Python; `counting` and `saying` are what
both say, once in Python and once in `assets/`.
"""
