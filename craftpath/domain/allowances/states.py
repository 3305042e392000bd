"""The life of a rule book, of a month's run, of one calculation of it, and of a question about a line."""

from craftpath.values.flow import Flow

BOOK = Flow(
    key="allowances.book",
    start="draft",
    moves={
        "adopt": {"draft": "in_force"},
        "drop": {"draft": "dropped"},
        "replace": {"in_force": "replaced"},
    },
)
"""A book that is replaced still holds for the days before the next one is valid."""

RUN = Flow(
    key="allowances.run",
    start="open",
    moves={
        "compute": {"open": "computed", "computed": "computed", "checked": "computed"},
        "check": {"computed": "checked"},
        "send": {"checked": "computed"},
        "approve": {"checked": "approved"},
        "pay": {"approved": "paid"},
    },
)

CALCULATION = Flow(
    key="allowances.calculation",
    start="asked",
    moves={
        "finish": {"asked": "done"},
        "refuse": {"asked": "refused"},
        "cancel": {"asked": "cancelled"},
    },
)

QUESTION = Flow(
    key="allowances.question",
    start="asked",
    moves={"answer": {"asked": "answered"}, "withdraw": {"asked": "withdrawn"}},
)
