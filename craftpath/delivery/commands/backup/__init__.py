"""A whole site as one file, and back: every table in a form that both databases read, and the kept files.

`tables` says which rows there are and how a value is written down; `taking` writes the file from one moment of a
living site; `checking` proves a file; `putting` makes a site of it. `docs/how-to/back-up.md` describes the form.
"""
