"""The life of a package, and how far somebody is in it."""

from craftpath.values.flow import Flow

PACKAGE = Flow(
    key="packages.package",
    start="reading",
    moves={
        "finish": {"reading": "ready"},
        "refuse": {"reading": "refused"},
        "retire": {"ready": "retired"},
        "restore": {"retired": "ready"},
    },
)
"""A worker reads what was uploaded; what is retired is not begun any more, and what was done in it stays."""

KINDS = ("scorm12", "scorm2004", "cmi5", "h5p", "cartridge")

NOT_STARTED = "not_started"
ATTEMPTS = ("incomplete", "completed", "passed", "failed")
"""What a package may say of somebody who has begun; there is no row for one who has not."""
DONE = ("completed", "passed", "failed")

MODES = ("Normal", "Browse", "Review")
"""How a unit of cmi5 is opened: to do it, to look at it beforehand, to look at it again."""
