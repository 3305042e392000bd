"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

_KEPT = (True, "keep")
_MADE = {"made_by": _KEPT, "made_at": _KEPT}
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Tool": {**_MADE, "name": (False, "keep")},
    "Link": {**_MADE, "title": (False, "keep")},
    "Platform": {**_MADE, "name": (False, "keep")},
    "Key": {"made_by": _KEPT, "made_at": _KEPT, "ended_at": _KEPT},
    "Score": {
        "person": _KEPT,
        "given": _KEPT,
        "maximum": _KEPT,
        "comment": (True, "blank"),
        "activity": _KEPT,
        "grading": _KEPT,
        "said_at": _KEPT,
        "kept_at": _KEPT,
    },
    "Return": {
        "state": _KEPT,
        "answer": _KEPT,
        "scored_at": _KEPT,
        "next_at": _KEPT,
        "ended_at": _KEPT,
    },
    "Identity": {
        "person": (True, "delete"),
        "subject": (True, "delete"),
        "how": (True, "delete"),
        "made_at": (True, "delete"),
    },
}
