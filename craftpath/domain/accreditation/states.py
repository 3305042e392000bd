"""The life of a registration, of a training place, and of what an enterprise asks for."""

from craftpath.values.flow import Flow

REGISTRATION = Flow(
    key="accreditation.registration",
    start="draft",
    moves={
        "submit": {"draft": "submitted", "returned": "submitted"},
        "return": {"submitted": "returned", "checked": "returned"},
        "check": {"submitted": "checked"},
        "register": {"checked": "registered"},
        "suspend": {"registered": "suspended"},
        "resume": {"suspended": "registered"},
        "expire": {"registered": "expired", "suspended": "expired"},
        "withdraw": dict.fromkeys(
            ("draft", "submitted", "returned", "checked", "registered", "suspended"), "withdrawn"
        ),
    },
)

PLACE = Flow(
    key="accreditation.place",
    start="valid",
    moves={
        "suspend": {"valid": "suspended"},
        "resume": {"suspended": "valid"},
        "end": {"valid": "ended", "suspended": "ended"},
    },
)
"""That its last day has passed is no state: the day says so."""

APPLICATION = Flow(
    key="accreditation.application",
    start="asked",
    moves={
        "grant": {"asked": "granted"},
        "decline": {"asked": "declined"},
        "withdraw": {"asked": "withdrawn"},
    },
)

WRITABLE = ("draft", "returned")
"""States in which whoever registers may still write."""
WAITING = ("submitted", "checked")
"""States in which the city is to act."""
OVER = ("expired", "withdrawn")
