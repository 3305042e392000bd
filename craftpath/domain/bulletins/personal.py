"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

What somebody said is theirs and goes with them; that a bulletin was made, looked at and published stays. A version
names voices by their ids only.
"""

_KEPT = (True, "keep")
_OWN = (True, "blank")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Bulletin": {
        "made_by": _KEPT,
        "made_at": _KEPT,
        "handed_by": _KEPT,
        "handed_at": _KEPT,
        "published_by": _KEPT,
        "published_at": _KEPT,
        "because": _KEPT,
    },
    "Block": {"changed_by": _KEPT, "changed_at": _KEPT},
    "Voice": {
        "person": _KEPT,
        "name": _OWN,
        "about": _OWN,
        "words": _OWN,
        "placed": (False, "keep"),
        "state": _KEPT,
        "made_by": _KEPT,
        "made_at": _KEPT,
        "asked_at": _KEPT,
        "answered_at": _KEPT,
    },
    "BulletinVersion": {"kept_by": _KEPT, "kept_at": _KEPT},
}
