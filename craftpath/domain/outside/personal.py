"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Mapping": {"made_by": (True, "keep"), "stopped_by": (True, "keep")},
    "OutsideEvidence": {
        "enrolment": (True, "keep"),
        "on": (True, "keep"),
        "about": (True, "keep"),
        "taken_at": (True, "keep"),
    },
}
