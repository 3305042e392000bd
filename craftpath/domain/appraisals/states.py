"""The life of a round, and of a contest."""

from craftpath.values.flow import Flow

ROUND = Flow(
    key="appraisals.round",
    start="draft",
    moves={
        "compute": {"draft": "computing", "computed": "computing"},
        "cancel": {"computing": "draft"},
        "refuse": {"computing": "draft"},
        "finish": {"computing": "computed"},
        "show": {"computed": "hearing"},
        "publish": {"hearing": "published"},
        "replace": {"hearing": "replaced", "published": "replaced"},
        "drop": {"draft": "dropped", "computed": "dropped"},
    },
)
"""Shown to the trainers is `hearing`; what was shown never changes, a later version takes its place."""

CONTEST = Flow(
    key="appraisals.contest",
    start="open",
    moves={
        "uphold": {"open": "upheld"},
        "reject": {"open": "rejected"},
        "withdraw": {"open": "withdrawn"},
    },
)
"""Upheld says that whoever contested is right."""

SHOWN = ("hearing", "published", "replaced")
"""Rounds that their trainers may read."""
