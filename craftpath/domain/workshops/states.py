"""The lives of a workshop, a registration, a question from the floor, a poll and a case."""

from craftpath.values.flow import Flow

WORKSHOP = Flow(
    key="workshops.workshop",
    start="draft",
    moves={
        "publish": {"draft": "open"},
        "close": {"open": "closed"},
        "reopen": {"closed": "open"},
        "finish": {"open": "finished", "closed": "finished"},
        "cancel": {"draft": "cancelled", "open": "cancelled", "closed": "cancelled"},
    },
)
REGISTRATION = Flow(
    key="workshops.registration",
    start="waiting",
    moves={
        "register": {"waiting": "placed"},
        "change": {"placed": "waiting"},
        "withdraw": {"waiting": "withdrawn", "placed": "withdrawn"},
    },
)
QUESTION = Flow(
    key="workshops.question",
    start="asked",
    moves={
        "answer": {"asked": "answered"},
        "hide": {"asked": "hidden", "answered": "hidden"},
        "show": {"hidden": "asked"},
    },
)
POLL = Flow(
    key="workshops.poll",
    start="draft",
    moves={"open": {"draft": "open", "closed": "open"}, "close": {"open": "closed"}},
)
CASE = Flow(
    key="workshops.case",
    start="sent",
    moves={
        "return": {"sent": "returned", "accepted": "returned"},
        "send": {"returned": "sent"},
        "accept": {"sent": "accepted"},
        "publish": {"accepted": "published"},
        "retire": {"published": "accepted"},
    },
)
