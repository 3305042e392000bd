"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Evaluation": {"opened_by": (True, "keep")},
    "Mark": {
        "enrolment": (True, "keep"),
        "score": (True, "keep"),
        "status": (True, "keep"),
        "given": (True, "blank"),
        "recorded_by": (True, "keep"),
    },
    "Result": {
        "enrolment": (True, "keep"),
        "total": (True, "keep"),
        "to_date": (True, "keep"),
        "figures": (True, "keep"),
        "passed": (True, "keep"),
        "grade": (True, "keep"),
        "missing": (True, "keep"),
    },
    "Decision": {"made_by": (True, "keep"), "reason": (True, "keep")},
    "ResultVersion": {
        "enrolment": (True, "keep"),
        "total": (True, "keep"),
        "passed": (True, "keep"),
        "grade": (True, "keep"),
        "figures": (True, "keep"),
    },
    "Contest": {
        "words": (True, "keep"),
        "items": (True, "keep"),
        "raised_by": (True, "keep"),
        "answer": (True, "keep"),
        "ended_by": (True, "keep"),
    },
}
