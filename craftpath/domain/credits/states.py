"""What can become of a diploma and of a request."""

from craftpath.values.flow import Flow

DIPLOMA = Flow(
    key="credits.diploma",
    start="draft",
    moves={"open": {"draft": "open"}, "retire": {"open": "retired"}},
)
REQUEST = Flow(
    key="credits.request",
    start="submitted",
    moves={
        "withdraw": {"submitted": "withdrawn", "checked": "withdrawn"},
        "check": {"submitted": "checked"},
        "accept": {"checked": "accepted"},
        "decide": {"checked": "partly"},
        "reject": {"checked": "rejected"},
        "post": {"accepted": "posted", "partly": "posted"},
        "reverse": {"posted": "reversed"},
    },
)
