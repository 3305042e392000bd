"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

That somebody asked and was answered in time is kept as proof; what was said goes with them.
"""

PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "DataRequest": {
        "person": (True, "keep"),
        "kind": (True, "keep"),
        "words": (True, "blank"),
        "state": (True, "keep"),
        "asked_at": (True, "keep"),
        "due_on": (True, "keep"),
        "answer": (True, "blank"),
        "answered_by": (True, "keep"),
        "answered_at": (True, "keep"),
        "hold": (True, "keep"),
        "locked_until": (True, "keep"),
    },
    "Assessment": {"written_by": (True, "keep"), "decided_by": (True, "keep")},
    "Breach": {"reported_by": (True, "keep")},
}
