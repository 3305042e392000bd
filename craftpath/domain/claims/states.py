"""What can become of a claim."""

from craftpath.values.flow import Flow

CLAIM = Flow(
    key="claims.claim",
    start="claimed",
    moves={
        "change": dict.fromkeys(("claimed", "returned", "verified"), "claimed"),
        "return": {"claimed": "returned"},
        "verify": {"claimed": "verified"},
        "refuse": {"claimed": "refused"},
        "withdraw": dict.fromkeys(("claimed", "returned", "verified"), "withdrawn"),
        "revoke": {"verified": "revoked"},
    },
)
"""What is changed waits anew, also after it was verified."""

OPEN = ("claimed", "returned", "verified")
WRITABLE = ("claimed", "returned")
"""States in which evidence may be added and taken out."""
OVER = ("refused", "withdrawn", "revoked")
