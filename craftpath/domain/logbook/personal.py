"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Entry": {
        "bucket": (True, "keep"),
        "unit": (True, "keep"),
        "state": (True, "keep"),
        "written_at": (True, "keep"),
        "submitted_at": (True, "keep"),
        "confirmed_at": (True, "keep"),
        "enrolment": (True, "keep"),
        "on": (True, "keep"),
        "text": (True, "blank"),
        "minutes": (True, "keep"),
        "place": (True, "blank"),
        "skill": (True, "keep"),
        "confirmed_by": (True, "keep"),
    },
    "EntryFile": {"kind": (True, "keep"), "added_at": (True, "keep"), "kept": (True, "delete")},
    "Remark": {
        "at": (True, "keep"),
        "phrase": (True, "keep"),
        "by": (True, "keep"),
        "words": (True, "blank"),
    },
    "OtherVersion": {"written_at": (True, "keep"), "settled_at": (True, "keep"), "content": (True, "delete")},
    "Talk": {
        "month": (True, "keep"),
        "held_at": (True, "keep"),
        "enrolment": (True, "keep"),
        "held_by": (True, "keep"),
        "outcome": (True, "keep"),
    },
}
