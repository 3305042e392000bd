"""What is an answer to an item worth? Exact points, and for each part of the answer whether it was right.

`score` judges one answer, `score_cohort` those of many to the same item. A key and its rule come in as values; the
figures are Fractions, so that nothing is rounded here. An essay waits for a person. Nothing an answer holds makes it
an error: what cannot be read counts as not given.
"""

from craftpath.engines.scoring.judging import score, score_cohort
from craftpath.engines.scoring.numbers import read_number
from craftpath.engines.scoring.types import (
    RULES,
    Answer,
    Blank,
    Circle,
    Fold,
    Key,
    Kind,
    Numeric,
    Outcome,
    Part,
    Question,
    Rectangle,
    Region,
    Rule,
    State,
)

__all__ = [
    "RULES",
    "Answer",
    "Blank",
    "Circle",
    "Fold",
    "Key",
    "Kind",
    "Numeric",
    "Outcome",
    "Part",
    "Question",
    "Rectangle",
    "Region",
    "Rule",
    "State",
    "read_number",
    "score",
    "score_cohort",
]
