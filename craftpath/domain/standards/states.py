"""The life of one version of a framework."""

from craftpath.values.flow import Flow

FRAMEWORK = Flow(
    key="standards.framework",
    start="draft",
    moves={
        "publish": {"draft": "published", "retired": "published"},
        "retire": {"published": "retired"},
        "discard": {"draft": "discarded"},
    },
)
"""A version is written as a draft and never changed once it is published; publishing the next one retires it."""
