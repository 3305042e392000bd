"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

What somebody brought in stays for those who teach with it, without the name; stars and words of a review go with them.
"""

_KEPT = (True, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Resource": {
        "made_by": _KEPT,
        "made_at": _KEPT,
        "title": _KEPT,
        "recommended_by": _KEPT,
        "recommended_at": _KEPT,
    },
    "Version": {"made_by": _KEPT, "made_at": _KEPT},
    "Review": {"person": _KEPT, "holds": _KEPT, "words": (True, "blank"), "at": _KEPT},
    "Star": {"person": (True, "delete"), "stars": (True, "delete"), "at": (True, "delete")},
    "Source": {"made_by": _KEPT, "made_at": _KEPT},
}
