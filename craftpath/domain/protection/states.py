"""What can become of a request about one's own data."""

from craftpath.values.flow import Flow

REQUEST = Flow(
    key="protection.request",
    start="asked",
    moves={
        "answer": {"asked": "answered"},
        "refuse": {"asked": "refused"},
        "withdraw": {"asked": "withdrawn"},
        "lock": {"asked": "locked"},
        "erase": {"asked": "erased", "locked": "erased"},
    },
)
"""Deletion ends in erased or in locked, which ends in erased once nothing has to be kept any more."""

KINDS = ("see", "copy", "correct", "delete", "explain", "object")
OVER = ("answered", "refused", "withdrawn", "erased")
