"""The lives of a goal and of an objection to a proof."""

from craftpath.values.flow import Flow

GOAL = Flow(
    key="growth.goal",
    start="open",
    moves={"reach": {"open": "reached"}, "drop": {"open": "dropped"}},
)

OBJECTION = Flow(
    key="growth.objection",
    start="open",
    moves={
        "uphold": {"open": "upheld"},
        "reject": {"open": "rejected"},
        "withdraw": {"open": "withdrawn"},
    },
)
"""While it is open the proof counts; upheld, it counts no more for this skill."""
