"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "ItemVersion": {"made_by": (True, "keep")},
    "Package": {"made_by": (True, "keep")},
    "Stimulus": {"made_by": (True, "keep")},
}
