"""The lives of a review and of a goal."""

from craftpath.values.flow import Flow

REVIEW = Flow(
    key="reviews.review",
    start="scheduled",
    moves={
        "move": {"scheduled": "scheduled", "missed": "scheduled"},
        "hold": {"scheduled": "held", "missed": "held"},
        "miss": {"scheduled": "missed"},
        "cancel": {"scheduled": "cancelled", "missed": "cancelled"},
        "write": {"held": "written"},
        "reopen": {"written": "held"},
        "sign": {"written": "signed"},
    },
)

GOAL = Flow(
    key="reviews.goal",
    start="open",
    moves={"meet": {"open": "met"}, "drop": {"open": "dropped"}},
)
"""What is open at the end of a review is carried into the next one: that is no move, only a query."""
