"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "ConfirmedAct": {
        "enrolment": (True, "keep"),
        "about": (False, "keep"),
        "kind": (True, "keep"),
        "title": (True, "keep"),
        "on": (True, "keep"),
        "confirmed_by": (True, "keep"),
        "confirmed_at": (True, "keep"),
        "withdrawn_at": (True, "keep"),
        "because": (True, "keep"),
    },
}
