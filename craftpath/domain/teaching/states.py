"""The life of a team, of a peak, and of hours that somebody says were taught."""

from craftpath.values.flow import Flow

TEAM = Flow(
    key="teaching.team",
    start="proposed",
    moves={
        "agree": {"proposed": "active"},
        "decline": {"proposed": "declined"},
        "withdraw": {"proposed": "withdrawn"},
        "end": {"active": "ended"},
    },
)

PEAK = Flow(key="teaching.peak", start="standing", moves={"withdraw": {"standing": "withdrawn"}})

TAUGHT = Flow(
    key="teaching.taught",
    start="entered",
    moves={
        "confirm": {"entered": "confirmed"},
        "return": {"entered": "sent_back"},
        "correct": {"entered": "entered", "sent_back": "entered"},
        "withdraw": {"entered": "withdrawn", "sent_back": "withdrawn"},
    },
)
"""Hours of a session come from its roll call and are confirmed when they are taken over."""
