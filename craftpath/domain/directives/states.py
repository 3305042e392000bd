"""The life of a notice, plan or quota; whether its day has come is a question of the calendar, not a state."""

from craftpath.values.flow import Flow

DIRECTIVE = Flow(
    key="directives.directive",
    start="draft",
    moves={
        "change": {"draft": "draft"},
        "publish": {"draft": "published"},
        "correct": {"published": "published"},
        "withdraw": {"published": "withdrawn"},
        "discard": {"draft": "discarded"},
    },
)

KINDS = ("notice", "plan", "quota")
ANSWERS = ("none", "text", "figure", "file")
"""What is asked for in return."""
