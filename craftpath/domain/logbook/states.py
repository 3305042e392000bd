"""The life of an entry."""

from craftpath.values.flow import Flow

ENTRY = Flow(
    key="logbook.entry",
    start="draft",
    moves={
        "submit": {"draft": "submitted", "returned": "submitted", "submitted": "submitted"},
        "return": {"submitted": "returned"},
        "confirm": {"submitted": "confirmed"},
    },
)
