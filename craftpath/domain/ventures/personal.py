"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

from __future__ import annotations

_KEPT = (True, "keep")
_OWN = (False, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Venture": {"made_by": _KEPT, "made_at": _KEPT},
    "Charge": {"person": _KEPT, "role": _KEPT, "venture": _KEPT},
    "Milestone": {"done_by": _KEPT, "done_on": _KEPT, "title": _KEPT},
    "VentureFile": {
        "file": _KEPT,
        "media_type": _OWN,
        "title": _KEPT,
        "added_by": _KEPT,
        "added_at": _KEPT,
    },
    "LogLine": {"person": _KEPT, "on": _KEPT, "words": _KEPT, "at": _KEPT},
}
