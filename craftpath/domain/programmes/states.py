"""The life of an evaluation scheme."""

from craftpath.values.flow import Flow

SCHEME = Flow(
    key="programmes.scheme",
    start="draft",
    moves={
        "adopt": {"draft": "in_use", "in_use": "in_use"},
        "retire": {"draft": "retired", "in_use": "retired"},
    },
)
