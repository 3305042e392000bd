"""The lives of a goal, a meeting, a halfway talk and an agreement of a pair."""

from craftpath.values.flow import Flow

GOAL = Flow(
    key="mentoring.goal",
    start="open",
    moves={
        "reach": {"open": "reached"},
        "drop": {"open": "dropped"},
        "object": {"reached": "open"},
    },
)

MEETING = Flow(
    key="mentoring.meeting",
    start="written",
    moves={
        "confirm": {"written": "confirmed"},
        "correct": {"written": "written", "confirmed": "written"},
    },
)
"""That nobody has answered in time, so that a meeting stands unconfirmed, is a question of dates and no state."""

TALK = Flow(
    key="mentoring.talk",
    start="open",
    moves={"close": {"open": "closed"}, "waive": {"open": "waived"}},
)
"""Whether the answers are shown is a question of who has answered and of dates."""

AGREEMENT = Flow(
    key="mentoring.agreement",
    start="awaiting",
    moves={
        "sign": {"awaiting": "signed"},
        "replace": {"awaiting": "replaced", "signed": "replaced"},
    },
)
