"""The life of a sharing rule. That its days are over, or a later version has begun, is a condition and no state."""

from craftpath.values.flow import Flow

RULE = Flow(
    key="sharing.rule",
    start="draft",
    moves={
        "save": {"draft": "draft"},
        "discard": {"draft": "discarded"},
        "offer": {"draft": "offered"},
        "recall": {"offered": "draft"},
        "accept": {"offered": "in_force"},
        "decline": {"offered": "declined"},
        "revoke": {"in_force": "revoked"},
        "replace": {"in_force": "replaced"},
    },
)
OWN = ("draft", "discarded")
"""States in which only the giver knows of it."""
