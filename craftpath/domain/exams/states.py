"""The life of an item. What it says is kept in versions, which have no states."""

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
