"""What can become of a sign, of a correction that was asked for, and of what somebody did."""

from craftpath.values.flow import Flow

SIGN = Flow(
    key="support.sign",
    start="given",
    moves={
        "act": {"given": "acted"},
        "renew": {"acted": "given"},
        "correct": dict.fromkeys(("given", "acted"), "corrected"),
        "lapse": dict.fromkeys(("given", "acted"), "lapsed"),
    },
)
"""What was corrected stays silent until its facts have once been otherwise."""

CORRECTION = Flow(
    key="support.correction",
    start="asked",
    moves={
        "uphold": {"asked": "upheld"},
        "reject": {"asked": "rejected"},
        "withdraw": {"asked": "withdrawn"},
        "lapse": {"asked": "lapsed"},
    },
)

ACT = Flow(
    key="support.act",
    start="open",
    moves={"look": {"open": "looked"}, "take": {"open": "taken_back"}},
)

STANDING = ("given", "acted")
"""States of a sign that speaks."""
