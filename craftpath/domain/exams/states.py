"""The lives of an item, a paper and a sitting. What an item says is kept in versions, which have no states."""

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
