"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

What a package kept of somebody goes with them; that a part was done and how well stays, without a name.
"""

_KEPT = (True, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Package": {"made_by": _KEPT, "made_at": _KEPT, "title": _KEPT, "file": (False, "keep")},
    "Attempt": {
        "person": _KEPT,
        "entry": _KEPT,
        "number": _KEPT,
        "state": _KEPT,
        "score": _KEPT,
        "seconds": _KEPT,
        "data": (True, "blank"),
        "begun_at": _KEPT,
        "saved_at": _KEPT,
        "ended_at": _KEPT,
    },
    "Registration": {"person": _KEPT, "said": _KEPT, "satisfied": _KEPT, "made_at": _KEPT},
    "UnitSession": {
        "registration": _KEPT,
        "entry": _KEPT,
        "mode": _KEPT,
        "address": (False, "keep"),
        "fetch_hash": (False, "keep"),
        "token_hash": (False, "keep"),
        "fetched_at": (False, "keep"),
        "data_read_at": (False, "keep"),
        "preferences_read_at": (False, "keep"),
        "said": _KEPT,
        "seconds": _KEPT,
        "begun_at": _KEPT,
        "initialized_at": _KEPT,
        "heard_at": _KEPT,
        "ended_at": _KEPT,
        "abandoned": _KEPT,
    },
}
