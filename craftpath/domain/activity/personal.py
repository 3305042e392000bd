"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Statement": {
        "at": (True, "keep"),
        "verb": (True, "keep"),
        "object_id": (True, "keep"),
        "person": (True, "keep"),
        "text": (True, "keep"),
    },
}
