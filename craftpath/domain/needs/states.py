"""The life of an analysis."""

from craftpath.values.flow import Flow

ANALYSIS = Flow(
    key="needs.analysis",
    start="computing",
    moves={
        "finish": {"computing": "computed"},
        "refuse": {"computing": "failed"},
        "retry": {"failed": "computing"},
        "publish": {"computed": "published"},
        "supersede": {"published": "superseded"},
        "drop": {"computed": "dropped", "failed": "dropped"},
    },
)
"""What was published never changes; a later analysis of the same surveys takes its place."""

PUBLIC = ("published", "superseded")
"""Analyses that those below the office may read."""
