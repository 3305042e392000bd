"""The life of a cooperation agreement."""

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
