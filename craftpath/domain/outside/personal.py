"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    # What counts, not for whom: it tells of a person only who said so.
    "Mapping": {
        "name": (False, "keep"),
        "verb": (False, "keep"),
        "activity": (False, "keep"),
        "skill": (False, "keep"),
        "made_by": (True, "keep"),
        "made_at": (True, "keep"),
        "stopped_by": (True, "keep"),
        "stopped_at": (True, "keep"),
        "read_at": (False, "keep"),
    },
    "OutsideEvidence": {
        "enrolment": (True, "keep"),
        "on": (True, "keep"),
        "about": (True, "keep"),
        "taken_at": (True, "keep"),
    },
    # A column tells of a class; what stands in it, of one apprentice each.
    "OutsideColumn": {
        **dict.fromkeys(("title", "sourced_id", "category", "period", "item"), (False, "keep")),
        **dict.fromkeys(("assigned_at", "due_at", "dropped_at"), (False, "keep")),
        "description": (False, "keep"),
        "taken_by": (True, "keep"),
        "taken_at": (True, "keep"),
        "changed_at": (False, "keep"),
    },
    "OutsideMark": {
        "enrolment": (True, "keep"),
        "sourced_id": (True, "keep"),
        "status": (True, "keep"),
        "score": (True, "keep"),
        "text": (True, "blank"),
        "comment": (True, "blank"),
        "on": (True, "keep"),
        "changed_at": (True, "keep"),
        "dropped_at": (True, "keep"),
    },
}
