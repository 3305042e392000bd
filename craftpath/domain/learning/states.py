"""The life of a session."""

from craftpath.values.flow import Flow

SESSION = Flow(
    key="learning.session",
    start="planned",
    moves={
        "take": {"planned": "held", "held": "held", "closed": "closed"},
        "close": {"held": "closed"},
        "cancel": {"planned": "cancelled"},
    },
)
