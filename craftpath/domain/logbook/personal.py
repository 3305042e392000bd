"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Entry": {
        "enrolment": (True, "keep"),
        "on": (True, "keep"),
        "text": (True, "blank"),
        "minutes": (True, "keep"),
        "place": (True, "blank"),
        "skill": (True, "keep"),
        "confirmed_by": (True, "keep"),
    },
    "EntryFile": {"kept": (True, "delete")},
    "Remark": {"by": (True, "keep"), "words": (True, "blank")},
    "OtherVersion": {"content": (True, "delete")},
    "Observation": {
        "enrolment": (True, "keep"),
        "on": (True, "keep"),
        "job": (True, "keep"),
        "seen_as": (True, "keep"),
        "words": (True, "blank"),
        "observed_by": (True, "keep"),
    },
    "Talk": {"enrolment": (True, "keep"), "held_by": (True, "keep"), "outcome": (True, "keep")},
}
