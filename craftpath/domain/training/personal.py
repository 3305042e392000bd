"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "HourLine": {
        "bucket": (True, "keep"),
        "source": (True, "keep"),
        "because": (True, "keep"),
        "posted_at": (True, "keep"),
        "enrolment": (True, "keep"),
        "on": (True, "keep"),
        "minutes": (True, "keep"),
        "posted_by": (True, "keep"),
    },
    "Department": {"responsible": (True, "keep")},
    "TrainingPlan": {"changed_by": (True, "keep")},
    "RotationPattern": {"published_by": (True, "keep")},
    "Stay": {
        "kind": (True, "keep"),
        "state": (True, "keep"),
        "changed_at": (True, "keep"),
        "enrolment": (True, "keep"),
        "starts_on": (True, "keep"),
        "ends_on": (True, "keep"),
        "responsible": (True, "keep"),
        "because": (True, "blank"),
        "changed_by": (True, "keep"),
    },
}
