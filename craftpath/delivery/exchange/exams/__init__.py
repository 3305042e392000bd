"""Exams from outside and to outside: an office's own text, its documents and sheets, and QTI packages.

`markup` makes safe HTML of items, by the parser and the sanitiser in `authored`. `lines` and `pasting` understand a
pasted exam line by line; `word` and `table` make such text of a .docx and an .xlsx, so that every way in is checked by
the same eyes. `qti_in` and `qti_out` read and write packages. None of them writes to the database: a page hands what
was understood to one action.
"""
