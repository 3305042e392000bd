"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "ItemVersion": {"made_by": (True, "keep")},
    "Package": {"made_by": (True, "keep")},
    "Stimulus": {"made_by": (True, "keep")},
    "Blueprint": {"made_by": (True, "keep"), "changed_by": (True, "keep")},
    "Assembly": {"asked_by": (True, "keep")},
    "Paper": {"made_by": (True, "keep")},
    "Sitting": {"made_by": (True, "keep")},
    "Candidate": {
        "sitting": (True, "keep"),
        "enrolment": (True, "keep"),
        "seat": (True, "keep"),
        "extra_minutes": (True, "keep"),
        "large_print": (True, "keep"),
        "code_digest": (False, "blank"),
        "started_at": (True, "keep"),
        "ends_at": (True, "keep"),
        "handed_in_at": (True, "keep"),
        "handed_in_by": (True, "keep"),
    },
    "Answer": {
        "candidate": (True, "keep"),
        "line": (True, "keep"),
        "given": (True, "keep"),
        "saved_at": (True, "keep"),
    },
    "EssayMark": {
        "candidate": (True, "keep"),
        "line": (True, "keep"),
        "marker": (True, "keep"),
        "points": (True, "keep"),
        "words": (True, "blank"),
        "marked_at": (True, "keep"),
    },
}
