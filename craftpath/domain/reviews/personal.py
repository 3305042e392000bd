"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

_KEPT = (True, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Review": {
        "enrolment": _KEPT,
        "round": _KEPT,
        "state": _KEPT,
        "due_on": _KEPT,
        "starts_at": _KEPT,
        "ends_at": _KEPT,
        "mode": _KEPT,
        "place": _KEPT,
        "changed_at": _KEPT,
        "mentor": _KEPT,
        "trainer": _KEPT,
        "colour": _KEPT,
        "colour_because": (True, "blank"),
        "because": (True, "blank"),
        "held_on": _KEPT,
        "held_by": _KEPT,
        "document": _KEPT,
        "signed_at": _KEPT,
    },
    "Part": {"review": _KEPT, "role": _KEPT, "words": (True, "blank"), "said_by": _KEPT, "said_at": _KEPT},
    "Goal": {
        "enrolment": _KEPT,
        "set_in": _KEPT,
        "text": (True, "blank"),
        "owner": _KEPT,
        "due_on": _KEPT,
        "state": _KEPT,
        "set_by": _KEPT,
        "set_at": _KEPT,
        "settled_by": _KEPT,
        "settled_at": _KEPT,
    },
    "Excuse": {"review": _KEPT, "role": _KEPT, "because": (True, "blank"), "by": _KEPT, "at": _KEPT},
}
