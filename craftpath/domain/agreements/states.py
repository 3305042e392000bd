"""The lives of an application, an agreement, an amendment and an absence."""

from craftpath.values.flow import Flow

APPLICATION = Flow(
    key="agreements.application",
    start="applied",
    moves={
        "offer": {"applied": "offered"},
        "accept": {"offered": "accepted"},
        "decline": {"applied": "declined", "offered": "declined"},
        "withdraw": {"applied": "withdrawn", "offered": "withdrawn"},
    },
)

_BEFORE_ACTIVE = ("draft", "checked", "awaiting_signatures", "signed", "registered")

AGREEMENT = Flow(
    key="agreements.agreement",
    start="draft",
    moves={
        "save": {"draft": "draft", "checked": "draft"},
        "check": {"draft": "checked", "checked": "checked"},
        "send": {"checked": "awaiting_signatures"},
        "recall": {"awaiting_signatures": "draft"},
        "sign": {"awaiting_signatures": "signed"},
        "register": {"signed": "registered", "active": "active"},
        "activate": {"signed": "active", "registered": "active"},
        "complete": {"active": "completed"},
        "terminate": {"active": "terminated"},
        "expire": {"active": "expired"},
        "void": dict.fromkeys(_BEFORE_ACTIVE, "void"),
    },
)

AMENDMENT = Flow(
    key="agreements.amendment",
    start="awaiting_signatures",
    moves={
        "sign": {"awaiting_signatures": "agreed"},
        "begin": {"agreed": "in_force"},
        "lapse": {"agreed": "lapsed"},
        "withdraw": {"awaiting_signatures": "withdrawn"},
    },
)

ABSENCE = Flow(
    key="agreements.absence",
    start="requested",
    moves={
        "approve": {"requested": "approved"},
        "refuse": {"requested": "refused"},
        "withdraw": {"requested": "withdrawn"},
    },
)

UNDER_WAY = _BEFORE_ACTIVE
"""States in which an agreement is on its way: one at a time for an enrolment."""
