"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

_KEPT = (True, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Gate": {"made_by": _KEPT, "made_at": _KEPT},
    "Evidence": {
        "enrolment": _KEPT,
        "stage": _KEPT,
        "gate": _KEPT,
        "condition": _KEPT,
        "note": (True, "blank"),
        "given_by": _KEPT,
        "given_at": _KEPT,
        "withdrawn_at": _KEPT,
    },
    "Waiver": {
        "enrolment": _KEPT,
        "stage": _KEPT,
        "gate": _KEPT,
        "condition": _KEPT,
        "because": (True, "blank"),
        "by": _KEPT,
        "at": _KEPT,
        "withdrawn_at": _KEPT,
    },
    "Passage": {
        "enrolment": _KEPT,
        "stage": _KEPT,
        "gate": _KEPT,
        "outcome": _KEPT,
        "findings": _KEPT,
        "because": (True, "blank"),
        "until": _KEPT,
        "decided_on": _KEPT,
        "decided_by": _KEPT,
        "decided_at": _KEPT,
    },
}
