"""What can become of a group, of somebody in it, of a session, a swap and a task."""

from craftpath.values.flow import Flow

GROUP = Flow(
    key="groups.group",
    start="alive",
    moves={
        "end": {"alive": "ended"},
        "reopen": {"ended": "alive"},
        "confirm": {"ended": "confirmed"},
        "dissolve": {"alive": "dissolved"},
    },
)
"""Ended with a result, which the trainer confirms; dissolved where nobody is left."""

MEMBER = Flow(
    key="groups.member",
    start="outside",
    moves={
        "invite": {"outside": "invited"},
        "ask": {"outside": "asking"},
        "accept": {"invited": "in", "asking": "in"},
        "decline": {"invited": "outside", "asking": "outside"},
        "leave": {"in": "outside"},
    },
)

SESSION = Flow(
    key="groups.session",
    start="planned",
    moves={"hold": {"planned": "held"}, "cancel": {"planned": "cancelled"}},
)

SWAP = Flow(
    key="groups.swap",
    start="asked",
    moves={"agree": {"asked": "agreed"}, "refuse": {"asked": "refused"}},
)

TASK = Flow(
    key="groups.task",
    start="open",
    moves={
        "finish": {"open": "done"},
        "reopen": {"done": "open"},
        "drop": {"open": "dropped"},
    },
)
