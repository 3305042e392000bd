"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

_DONE_BY = (False, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Analysis": {"made_by": _DONE_BY, "published_by": _DONE_BY},
    "SignOff": {
        "analysis": (True, "keep"),
        "person": (True, "keep"),
        "place": (True, "keep"),
        "at": (True, "keep"),
    },
}
