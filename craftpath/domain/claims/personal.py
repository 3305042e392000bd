"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

The evidence is the person's: it goes with the person, and before that when a claim is withdrawn or has long been over.
"""

from __future__ import annotations

_KEPT = (True, "keep")
_OWN = (True, "blank")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Claim": {
        "person": _KEPT,
        "state": _KEPT,
        "title": _OWN,
        "scheme": _KEPT,
        "level": _KEPT,
        "occupation": _KEPT,
        "issuer": _OWN,
        "number": _OWN,
        "issuer_key": (False, "blank"),
        "number_key": (False, "blank"),
        "issued_on": _KEPT,
        "valid_until": _KEPT,
        "made_at": _KEPT,
        "claimed_at": _KEPT,
        "decided_at": _KEPT,
        "told_at": _KEPT,
    },
    "Evidence": {"kept": (True, "delete"), "media_type": (False, "delete"), "added_at": (True, "delete")},
    "Decision": {
        "outcome": _KEPT,
        "how": _KEPT,
        "phrase": _KEPT,
        "words": _KEPT,
        "by": _KEPT,
        "at": _KEPT,
    },
    "TrustedIssuer": {"made_by": _KEPT},
}
