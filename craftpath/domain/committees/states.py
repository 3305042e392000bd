"""The lives of meetings, motions and decisions."""

from craftpath.values.flow import Flow

MEETING = Flow(
    key="committees.meeting",
    start="planned",
    moves={
        "write": {"planned": "minuted", "minuted": "minuted"},
        "send": {"minuted": "awaiting_signatures"},
        "recall": {"awaiting_signatures": "minuted"},
        "sign": {"awaiting_signatures": "signed"},
        "cancel": {"planned": "cancelled"},
    },
)
MOTION = Flow(
    key="committees.motion",
    start="prepared",
    moves={
        "open": {"prepared": "open"},
        "close": {"open": "closed"},
        "withdraw": {"prepared": "withdrawn", "open": "withdrawn"},
    },
)
DECISION = Flow(
    key="committees.decision",
    start="open",
    moves={"tick": {"open": "done"}, "drop": {"open": "dropped"}},
)
