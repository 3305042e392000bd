"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

_KEPT = (True, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Profile": {
        "person": _KEPT,
        "teaches": (True, "blank"),
        "wants": (True, "blank"),
        "shift": (True, "blank"),
        "languages": (True, "blank"),
        "changed_at": _KEPT,
    },
    "Round": {
        "leaving": (False, "keep"),
        "because": (False, "blank"),
    },
    "Seat": {
        "person": _KEPT,
        "round": _KEPT,
        "side": _KEPT,
        "place": _KEPT,
        "enrolment": _KEPT,
        "most": _KEPT,
        "level": _KEPT,
    },
    "Mark": {
        "teacher": (False, "keep"),
        "learner": (False, "keep"),
        "mark": (False, "keep"),
        "because": (False, "blank"),
    },
    "Preference": {"seat": (True, "delete"), "wanted": (True, "delete"), "rank": (True, "delete")},
    "ProposedPair": {
        "teacher": _KEPT,
        "learner": _KEPT,
        "share": _KEPT,
        "worth": _KEPT,
        "points": _KEPT,
        "subject": _KEPT,
        "subject_back": _KEPT,
    },
}
