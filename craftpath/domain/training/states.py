"""The states of a published pattern and of a stay."""

from craftpath.values.flow import Flow

PATTERN = Flow(key="training.pattern", start="published", moves={"undo": {"published": "undone"}})

STAY = Flow(
    key="training.stay",
    start="planned",
    moves={
        "move": {"planned": "planned"},
        "end": {"planned": "ended"},
        "cancel": {"planned": "cancelled"},
    },
)
