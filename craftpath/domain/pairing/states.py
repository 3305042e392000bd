"""The life of a pair, and of a goal that it has."""

from craftpath.values.flow import Flow

PAIR = Flow(
    key="pairing.pair",
    start="proposed",
    moves={
        "accept": {"proposed": "active"},
        "decline": {"proposed": "declined"},
        "withdraw": {"proposed": "withdrawn"},
        "renew": {"active": "active"},
        "end": {"active": "ended"},
        "dissolve": {"active": "dissolved"},
    },
)
"""Whether an active pair has begun, and whether its talk is due, is a question of dates and no state."""

GOAL = Flow(
    key="pairing.goal",
    start="open",
    moves={"reach": {"open": "reached"}, "drop": {"open": "dropped"}},
)
