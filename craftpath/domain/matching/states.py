"""The life of a round."""

from craftpath.values.flow import Flow

ROUND = Flow(
    key="matching.round",
    start="open",
    moves={
        "ask": {"open": "asking"},
        "close": {"asking": "open"},
        "publish": {"open": "published", "asking": "published"},
        "drop": {"open": "dropped", "asking": "dropped"},
    },
)
"""Whether the days for answers are over, and whether a proposal still fits, are questions and no states."""
