"""The life of a pilot, a round, a step, a change and a country case."""

from craftpath.values.flow import Flow

PILOT = Flow(key="pilots.pilot", start="running", moves={"end": {"running": "ended"}})

ROUND = Flow(
    key="pilots.round",
    start="open",
    moves={"close": {"open": "closed"}, "reopen": {"closed": "open"}},
)
"""A round closes with its last step, and opens again with one that is reopened."""

STEP = Flow(
    key="pilots.step",
    start="open",
    moves={
        "close": {"open": "done"},
        "waive": {"open": "waived"},
        "reopen": {"done": "open", "waived": "open"},
    },
)
"""Done: what it asks for is there. Waived: closed without it, for a reason that is kept."""

CHANGE = Flow(
    key="pilots.change",
    start="proposed",
    moves={
        "accept": {"proposed": "accepted", "postponed": "accepted"},
        "postpone": {"proposed": "postponed"},
        "decline": {"proposed": "declined", "postponed": "declined"},
        "finish": {"accepted": "finished"},
    },
)

CASE = Flow(
    key="pilots.case",
    start="draft",
    moves={
        "publish": {"draft": "published", "withdrawn": "published"},
        "withdraw": {"published": "withdrawn"},
    },
)

DECIDED = ("accepted", "postponed", "declined", "finished")
"""States of a change about which somebody has decided, a reasoned no included."""
