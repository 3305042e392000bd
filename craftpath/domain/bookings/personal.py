"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

Who used what stays when somebody leaves: it points at a person who is nameless.
"""

from __future__ import annotations

_KEPT = (True, "keep")
_OWN = (False, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Thing": {
        "trainer": _KEPT,
        "made_by": _OWN,
        "kind": _KEPT,
        "name": _KEPT,
        "place": _KEPT,
        "words": _KEPT,
        "photo": (True, "keep"),
        "hours": _KEPT,
        "currency": _KEPT,
        "training": _KEPT,
        "retired_at": _KEPT,
        "made_at": _KEPT,
    },
    "Closure": {"starts_at": _KEPT, "ends_at": _KEPT, "because": _KEPT, "made_by": _KEPT, "made_at": _KEPT},
    "Booking": {
        "person": _KEPT,
        "series": _OWN,
        "starts_at": _KEPT,
        "ends_at": _KEPT,
        "purpose": _KEPT,
        "whom": _KEPT,
        "state": _KEPT,
        "because": _KEPT,
        "rule": _KEPT,
        "currency": _KEPT,
        "asked_at": _KEPT,
        "answered_by": _OWN,
        "changed_at": _KEPT,
    },
}
