"""The lives of an item, a paper, a sitting and an appeal. What an item says stands in versions without states."""

from craftpath.values.flow import Flow

ITEM = Flow(
    key="exams.item",
    start="draft",
    moves={
        "release": {"draft": "ready"},
        "retire": {"draft": "retired", "ready": "retired"},
        "restore": {"retired": "draft"},
    },
)

PAPER = Flow(
    key="exams.paper",
    start="draft",
    moves={
        "fix": {"draft": "ready"},
        "shelve": {"draft": "shelved", "ready": "shelved"},
    },
)

SITTING = Flow(
    key="exams.sitting",
    start="planned",
    moves={
        "open": {"planned": "open"},
        "close": {"open": "closed"},
        "cancel": {"planned": "cancelled"},
    },
)

APPEAL = Flow(
    key="exams.appeal",
    start="lodged",
    moves={
        "assess": {"lodged": "assessed"},
        "uphold": {"assessed": "upheld"},
        "change": {"assessed": "changed"},
        "reject": {"lodged": "rejected"},
        "withdraw": {"lodged": "withdrawn", "assessed": "withdrawn"},
    },
)
