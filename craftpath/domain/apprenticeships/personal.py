"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Enrolment": {
        "person": (True, "keep"),
        "number": (True, "blank"),
        "enterprise": (True, "keep"),
        "starts_on": (True, "keep"),
        "ended_on": (True, "keep"),
        "ended_because": (True, "blank"),
    },
    "EnrolmentParty": {"person": (True, "keep")},
    "StageProgress": {"passed_by": (True, "keep"), "passed_on": (True, "keep")},
}
