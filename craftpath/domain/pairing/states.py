"""The life of a pair, and of a change that somebody in it asks for."""

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

WISH = Flow(
    key="pairing.wish",
    start="asked",
    moves={
        "see": {"asked": "seen"},
        "settle": {"asked": "settled", "seen": "settled"},
        "withdraw": {"asked": "withdrawn", "seen": "withdrawn"},
    },
)
"""A change that somebody asks for in private."""
