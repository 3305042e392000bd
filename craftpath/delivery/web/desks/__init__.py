"""One home page per role: what waits for you, who needs you, where you stand.

`views` chooses the roles' desks and puts them on one page, `reads` asks the nouns (a constant number of queries),
one module per kind of desk turns that into lines and figures, `shapes` says what a desk is made of.
"""
