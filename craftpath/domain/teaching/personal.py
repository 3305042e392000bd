"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

_KEPT = (True, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "TeamMember": {
        "team": _KEPT,
        "person": _KEPT,
        "kind": _KEPT,
        "role": _KEPT,
        "share": _KEPT,
        "topics": _KEPT,
        "affiliation": (True, "blank"),
        "contact": (True, "blank"),
        "starts_on": _KEPT,
        "ends_on": _KEPT,
        "accepted_at": _KEPT,
    },
    "PlannedHours": {"member": _KEPT, "week": _KEPT, "minutes": _KEPT},
    "TaughtHours": {
        "person": _KEPT,
        "on": _KEPT,
        "minutes": _KEPT,
        "topic": _KEPT,
        "title": _KEPT,
        "source": _KEPT,
        "key": (False, "keep"),
        "state": _KEPT,
        "because": (True, "blank"),
        "entered_by": (False, "keep"),
        "entered_at": _KEPT,
        "confirmed_by": (False, "keep"),
        "confirmed_at": _KEPT,
    },
    "ProductionPeak": {"made_by": (True, "keep"), "made_at": _KEPT},
    "Availability": {"person": (True, "delete"), "weekly": (True, "delete"), "weekdays": (True, "delete"),
                     "changed_at": (True, "delete")},
    "Away": {"person": (True, "delete"), "starts_on": (True, "delete"), "ends_on": (True, "delete")},
}  # fmt: skip
