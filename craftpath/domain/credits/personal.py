"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

A ledger is kept whole: without its lines no balance and no diploma could be explained.
"""

from __future__ import annotations

_KEPT = (True, "keep")
_OWN = (True, "blank")
_INNER = (False, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Account": {"person": _KEPT, "opened_at": _KEPT},
    "Entry": {
        "account": _KEPT, "kind": _KEPT, "area": _KEPT, "points": _KEPT, "title": _KEPT, "source": _KEPT,
        "outcome": _KEPT, "scheme": _KEPT, "level": _KEPT, "subject": _KEPT, "reached": _INNER, "again": _INNER,
        "on": _KEPT, "expires_on": _KEPT, "institution": _KEPT, "rule": _KEPT, "credit": _KEPT, "line": _KEPT,
        "to_area": _KEPT, "given": _KEPT, "reversal_of": _KEPT, "because": _KEPT, "posted_by": _KEPT,
        "posted_at": _KEPT,
    },
    "Request": {
        "kind": _KEPT, "account": _KEPT, "diploma": _KEPT, "state": _KEPT, "words": _OWN, "asked_on": _KEPT,
        "asked_at": _KEPT, "checked_by": _KEPT, "checked_at": _KEPT, "decided_by": _KEPT, "decided_at": _KEPT,
        "because": _KEPT, "posted_by": _KEPT, "posted_at": _KEPT, "reversed_by": _KEPT, "reversed_at": _KEPT,
    },
    "RequestLine": {
        "request": _KEPT, "credit": _KEPT, "title": _OWN, "points": _KEPT, "proposed": _KEPT, "verdict": _KEPT,
        "amount": _KEPT, "because": _KEPT, "to_area": _KEPT, "found": _INNER, "facts": _INNER,
    },
    "RequestFile": {"media_type": _INNER, "request": _KEPT, "file": _KEPT, "title": _OWN},
    "Diploma": {"made_by": _KEPT, "made_at": _KEPT},
    "EarningRule": {"made_by": _KEPT, "made_at": _KEPT},
    "ConversionRule": {"made_by": _KEPT, "made_at": _KEPT},
}  # fmt: skip
