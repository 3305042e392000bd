"""The life of a contest. A result has no states: it is decided or not, and each decision makes a version of it."""

from craftpath.values.flow import Flow

CONTEST = Flow(
    key="evaluation.contest",
    start="raised",
    moves={
        "uphold": {"raised": "upheld"},
        "correct": {"raised": "corrected"},
        "withdraw": {"raised": "withdrawn"},
    },
)
