"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "SessionTeacher": {"person": (True, "keep"), "kind": (True, "keep")},
    "Roll": {"taken_by": (True, "keep"), "taken_at": (True, "keep"), "marks": (False, "keep")},
    "Attendance": {
        "enrolment": (True, "keep"),
        "session": (True, "keep"),
        "status": (True, "keep"),
        "minutes": (True, "keep"),
        "counted": (True, "keep"),
        "marked_by": (True, "keep"),
        "marked_at": (True, "keep"),
        "confirmed_at": (True, "keep"),
        "says": (True, "keep"),
        "words": (True, "blank"),
        "said_at": (True, "keep"),
        "settled_by": (True, "keep"),
        "settled_at": (True, "keep"),
    },
    "OtherMark": {
        "status": (True, "keep"),
        "minutes": (True, "keep"),
        "marked_by": (True, "keep"),
        "marked_at": (True, "keep"),
        "settled_at": (True, "keep"),
    },
}
