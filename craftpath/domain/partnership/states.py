"""The lives of a cooperation agreement and of what is contributed to it."""

from craftpath.values.flow import Flow

COOPERATION = Flow(
    key="partnership.cooperation",
    start="draft",
    moves={
        "save": {"draft": "draft"},
        "send": {"draft": "awaiting_signatures"},
        "recall": {"awaiting_signatures": "draft"},
        "sign": {"awaiting_signatures": "in_force"},
        "end": {"in_force": "ended"},
        "void": {"draft": "void", "awaiting_signatures": "void"},
    },
)
CONTRIBUTION = Flow(
    key="partnership.contribution",
    start="waiting",
    moves={
        "confirm": {"waiting": "confirmed"},
        "question": {"waiting": "questioned"},
        "answer": {"questioned": "waiting"},
        "withdraw": {"waiting": "withdrawn", "questioned": "withdrawn"},
    },
)
