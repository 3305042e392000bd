"""Evaluation: marks with their origin, and the results that a scheme makes of them. The model room.

Words: evaluation 评价 (one stage of one cohort under one scheme version), mark 成绩 (what was given for one item:
append-only, the newest is current), result 结果 (the sum, to date and final). Nothing is computed here: the
engine `engines/evaluation` does that for a whole cohort at once, and explains one row by the same arithmetic.
Neighbours: `programmes` keeps the schemes, `apprenticeships` the people; statements go down to `activity`.

Reading order: models → rules → actions (marks come in, results are refreshed) → queries (pages read).
"""
