"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

from __future__ import annotations

_KEPT = (True, "keep")
_OWN = (True, "delete")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Share": {
        "person": _OWN,
        "name": _OWN,
        "sections": _OWN,
        "secret_hash": (False, "delete"),
        "state": _OWN,
        "made_at": _OWN,
        "expires_at": _OWN,
        "ended_at": _OWN,
    },
    "Look": {"on": _OWN, "agent": _OWN, "count": _OWN, "last_at": _OWN},
    "Arrival": {
        "person": _OWN,
        "state": _OWN,
        "digest": _OWN,
        "source": _OWN,
        "issuer": _OWN,
        "issuer_name": _OWN,
        "issued_at": _OWN,
        "verdict": _OWN,
        "holder": _OWN,
        "content": _OWN,
        "brought_at": _OWN,
        "office": _OWN,
        "ended_by": _KEPT,
        "ended_at": _OWN,
        "because": _OWN,
    },
}
