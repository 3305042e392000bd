"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

A registration speaks of an enterprise: its contact and its masters are names that the enterprise gave, of people who
are nobody here. They stand in nobody's file, and a city keeps them as long as the registration.
"""

from __future__ import annotations

_KEPT = (True, "keep")
_THEIRS = (False, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Registration": {
        "contact_name": _THEIRS,
        "contact_phone": _THEIRS,
        "contact_mail": _THEIRS,
        "masters": _THEIRS,
        "decided_by": _THEIRS,
    },
    "LineCheck": {"line": _KEPT, "outcome": _KEPT, "phrase": _KEPT, "checked_by": _KEPT, "checked_at": _KEPT},
    "Visit": {"on": _KEPT, "fit": _KEPT, "findings": _KEPT, "visited_by": _KEPT, "noted_at": _KEPT},
    "Evidence": {"kept": _THEIRS, "line": _THEIRS, "media_type": _THEIRS, "given_at": _THEIRS},
    "TrainingPlace": {"made_by": _KEPT, "made_at": _KEPT},
    "PlaceApplication": {"made_by": _KEPT, "made_at": _KEPT, "decided_by": _KEPT},
    "DeskRule": {"set_by": _KEPT, "set_at": _KEPT},
}
