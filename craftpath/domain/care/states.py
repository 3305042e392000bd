"""The lives of an incident and of a complaint."""

from craftpath.values.flow import Flow

INCIDENT = Flow(
    key="care.incident",
    start="reported",
    moves={
        "triage": {"reported": "triaged"},
        "investigate": {"triaged": "investigating"},
        "act": {"triaged": "actions", "investigating": "actions"},
        "close": {"actions": "closed"},
    },
)

COMPLAINT = Flow(
    key="care.complaint",
    start="received",
    moves={
        "acknowledge": {"received": "acknowledged"},
        "talk": {"acknowledged": "informal"},
        "formalise": {"acknowledged": "formal", "informal": "formal"},
        "mediate": {"formal": "mediated"},
        "decide": {"informal": "decided", "formal": "decided", "mediated": "decided"},
        "close": {"decided": "closed"},
        "escalate": dict.fromkeys(
            ("received", "acknowledged", "informal", "formal", "mediated", "decided"), "escalated_external"
        ),
        "withdraw": dict.fromkeys(
            ("received", "acknowledged", "informal", "formal", "mediated"), "withdrawn"
        ),
    },
)

# From these a complaint can still move.
OPEN = tuple(state for state in COMPLAINT.states if COMPLAINT.can(state, "escalate"))
