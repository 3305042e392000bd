"""What can become of a request about one's own data, of an assessment, of a breach."""

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

ASSESSMENT = Flow(
    key="protection.assessment",
    start="draft",
    moves={"decide": {"draft": "decided"}, "retire": {"decided": "retired"}},
)
OCCASIONS = ("sensitive", "automated", "entrusting", "sharing", "publishing", "abroad", "other")
"""When the law asks for one: PIPL, article 55."""
OUTCOMES = ("go", "conditions", "no")

BREACH = Flow(
    key="protection.breach",
    start="found",
    moves={
        "assess": {"found": "assessed", "assessed": "assessed"},
        "close": {"assessed": "closed"},
    },
)
