"""Counts: how many of what there are, kept up by facts, so that no page counts a whole country.

Words: count 计数 (so many of one measure at an organisation and below it), gap 未了事项 (since when something
is open about one apprentice: a log without an answer, a review not held, nothing written, nobody who mentors).
Nothing is decided here and nothing is told: each row can be counted anew from the record, and a command does so.
Neighbours: what is counted is asked of `apprenticeships`, `logbook`, `reviews` and `evaluation`; desks read it.
"""
