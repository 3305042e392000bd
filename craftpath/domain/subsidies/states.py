"""The life of a file, of a finding, and of an archive that is put together."""

from craftpath.values.flow import Flow

FILE = Flow(
    key="subsidies.file",
    start="draft",
    moves={
        "file": {"draft": "filed", "returned": "filed"},
        "return": {"filed": "returned", "claimed": "claim_returned", "noticed": "claim_returned"},
        "register": {"filed": "registered"},
        "advance": {"registered": "advanced"},
        "complete": {"registered": "completed", "advanced": "completed"},
        "claim": {"completed": "claimed", "claim_returned": "claimed"},
        "notice": {"claimed": "noticed"},
        "settle": {"noticed": "settled"},
        "pay": {"settled": "closed"},
        "demand": {"settled": "refund_due", "advanced": "refund_due", "completed": "refund_due"},
        "refund": {"refund_due": "closed"},
        "withdraw": {
            "draft": "withdrawn",
            "filed": "withdrawn",
            "returned": "withdrawn",
            "registered": "withdrawn",
            "claimed": "completed",
            "noticed": "completed",
            "claim_returned": "completed",
        },
    },
)
"""Before money has flowed a withdrawn plan ends the file; a withdrawn claim leads back to the completed training."""

FINDING = Flow(
    key="subsidies.finding",
    start="open",
    moves={
        "answer": {"open": "answered"},
        "reopen": {"answered": "open"},
        "close": {"answered": "closed"},
    },
)

PACK = Flow(
    key="subsidies.pack",
    start="asked",
    moves={
        "finish": {"asked": "done"},
        "refuse": {"asked": "refused"},
        "forget": {"done": "forgotten"},
    },
)

STEPS = ("register", "plan", "advance", "completion", "claim", "audit")
"""The way of a file, in the order in which it is walked."""

STEP_OF = {
    "draft": "register",
    "filed": "plan",
    "returned": "plan",
    "registered": "advance",
    "advanced": "completion",
    "completed": "claim",
    "claimed": "claim",
    "claim_returned": "claim",
    "noticed": "claim",
    "settled": "claim",
    "refund_due": "claim",
    "closed": "audit",
    "withdrawn": "plan",
}
"""Where on the way a state stands: the step that is to be done next."""

LIVE = tuple(state for state in FILE.states if state not in ("withdrawn", "closed"))
"""States in which a file is on its way; a person is in one of these at a time."""
