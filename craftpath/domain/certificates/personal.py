"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

A certificate is kept as it was issued: others have seen it, and the register must answer for it for years.
"""

from __future__ import annotations

_KEPT = (True, "keep")
_OWN = (False, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Kind": {"made_by": _KEPT, "made_at": _KEPT},
    "Batch": {"made_by": _KEPT, "made_at": _KEPT, "ended_at": _KEPT},
    "Certificate": {
        "person": _KEPT,
        "number": _KEPT,
        "state": _KEPT,
        "content": _KEPT,
        "ground": _KEPT,
        "issued_on": _KEPT,
        "issued_at": _KEPT,
        "issued_by": _KEPT,
        "valid_until": _KEPT,
        "ended_at": _KEPT,
        "ended_by": _KEPT,
        "because": _KEPT,
        "credential": _KEPT,
        "token": _OWN,
        "status_place": _OWN,
    },
    "Planned": {"person": _KEPT, "ground": _KEPT, "lines": _KEPT, "refused": _KEPT, "facts": _KEPT},
    "IssuerKey": {"made_by": _KEPT, "made_at": _KEPT, "private": _OWN},
}
