"""The lives of an item, a paper, a sitting, an appeal, a study of a cut score, and of forms put together.

What an item says is kept in versions, which have no states.
"""

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

STUDY = Flow(
    key="exams.study",
    start="planned",
    moves={
        "open": {"planned": "open", "between": "open", "proposed": "open"},
        "close": {"open": "between"},
        "propose": {"between": "proposed"},
        "adopt": {"proposed": "adopted"},
        "withdraw": {
            "planned": "withdrawn",
            "open": "withdrawn",
            "between": "withdrawn",
            "proposed": "withdrawn",
        },
    },
)

ASSEMBLY = Flow(
    key="exams.assembly",
    start="asked",
    moves={
        "finish": {"asked": "done"},
        "blame": {"asked": "impossible"},
        "refuse": {"asked": "refused"},
        "cancel": {"asked": "cancelled"},
        "take": {"done": "taken"},
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
