"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "SharingRule": {
        "written_by": (True, "keep"),
        "offered_by": (True, "keep"),
        "accepted_by": (True, "keep"),
        "ended_by": (True, "keep"),
    },
    "Look": {"by": (True, "keep")},
    "LookedAt": {"look": (True, "keep"), "person": (True, "keep")},
}
