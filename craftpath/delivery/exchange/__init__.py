"""Any office's sheet, read into plain values, judged row by row, and written back.

The order of an import: `reading.read_book` (bytes → sheets), `headers.find_header` (which row names the
columns), `columns.guess` (what each column holds; the coordinator corrects it), `marks_words.words_in`
(what the words among the marks mean), `dry_run.check_roster` or `check_marks` (a plan of rows and errors,
each with its cell). `writing` makes sheets and templates, `texts` says every code in the reader's language.

None of these knows the database: what is known comes in as values, and a plan without errors goes to one
action. `knowledge`, `trial`, `register_check` and `commit` are the way from the register and back to it.
"""
