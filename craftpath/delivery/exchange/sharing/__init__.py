"""What a sharing rule shows, worked out from the nouns: kinds of data, the table, files, the register.

A kind of data is one file in `classes/`: its key, title, columns and whether it asks a consent, whom it is about, and a
function that reads the nouns' queries for some of them. Everything else here is the same for all kinds. Giver and
receiver call one function, `table.shown`, so what a preview shows is what is seen.
"""
