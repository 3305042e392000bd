"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

_KEPT = (True, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Place": {"kept_by": _KEPT},
    "Travel": {"kept_by": _KEPT},
    "Outline": {"kept_by": _KEPT},
}
