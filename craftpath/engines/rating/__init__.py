"""What mark does an observed piece of work get, and what do several raters' marks come to? In exact fractions.

`score` turns the levels of a rubric into a mark out of 100; `settle` makes one mark of several, or says who has
to be asked first. Nothing that was not observed is ever zero, and every raw mark is kept.
"""

from craftpath.engines.rating.rubric import (
    Criterion,
    RubricFaulty,
    RubricScore,
    Share,
    Unobserved,
    half_up,
    score,
)
from craftpath.engines.rating.settling import Method, Needs, Rating, Rule, Settled, Third, settle

__all__ = [
    "Criterion",
    "Method",
    "Needs",
    "Rating",
    "RubricFaulty",
    "RubricScore",
    "Rule",
    "Settled",
    "Share",
    "Third",
    "Unobserved",
    "half_up",
    "score",
    "settle",
]
