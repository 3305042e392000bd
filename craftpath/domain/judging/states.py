"""The lives of a rubric and of a practical assessment."""

from craftpath.values.flow import Flow

RUBRIC = Flow(
    key="judging.rubric",
    start="draft",
    moves={
        "use": {"draft": "in_use", "in_use": "in_use"},
        "retire": {"draft": "retired", "in_use": "retired"},
    },
)

PRACTICAL = Flow(
    key="judging.practical",
    start="open",
    moves={
        "close": {"open": "closed"},
        "reopen": {"closed": "open"},
        "cancel": {"open": "cancelled"},
    },
)
