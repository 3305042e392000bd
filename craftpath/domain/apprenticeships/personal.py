"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Enrolment": {
        "state": (True, "keep"),
        "person": (True, "keep"),
        "number": (True, "blank"),
        "enterprise": (True, "keep"),
        "starts_on": (True, "keep"),
        "ended_on": (True, "keep"),
        "ended_because": (True, "blank"),
    },
    "EnrolmentParty": {
        "enrolment": (True, "keep"),
        "role": (True, "keep"),
        "starts_on": (True, "keep"),
        "ends_on": (True, "keep"),
        "person": (True, "keep"),
    },
    "StageProgress": {
        "enrolment": (True, "keep"),
        "stage": (True, "keep"),
        "state": (True, "keep"),
        "opened_on": (True, "keep"),
        "basis": (True, "keep"),
        "passed_by": (True, "keep"),
        "passed_on": (True, "keep"),
    },
}
