"""The life of a chart."""

from craftpath.values.flow import Flow

CHART = Flow(
    key="occupations.chart",
    start="draft",
    moves={
        "verify": {"draft": "verifying"},
        "return": {"verifying": "draft"},
        "adopt": {"verifying": "adopted"},
        "retire": {"draft": "retired", "verifying": "retired", "adopted": "retired"},
    },
)
"""Once adopted nothing of it changes; what the trade changes into becomes a new version."""

OPEN = ("draft", "verifying")
"""States of a version on its way; of an occupation an organisation has one of these at a time."""

IMPORT = Flow(
    key="occupations.import",
    start="checking",
    moves={
        "report": {"checking": "ready"},
        "refuse": {"checking": "refused", "taking": "refused"},
        "begin": {"ready": "taking"},
        "take": {"taking": "taken"},
        "undo": {"taken": "undone"},
        "drop": {"ready": "dropped", "refused": "dropped"},
    },
)
"""A file of a catalogue: looked at, taken in whole, and undone as long as nothing was taken in after it."""
