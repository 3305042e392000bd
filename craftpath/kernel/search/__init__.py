"""One index of what has a name: where a word stands, and who may look there – never what a reader is shown.

`words` cuts texts, `latin` writes Chinese names in Latin letters, `marks` says for whom an entry may be looked up,
`entries` keeps, `finding` finds, `laid` lays the full-text tables of the two databases, `shown` sets marks in a text.
Doors push entries and ask; what was found they look up under the reader's own scope before a name is shown.
"""
