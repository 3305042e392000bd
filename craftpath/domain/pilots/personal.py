"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

Pilots are the record of offices: who did what in them is kept, and what was written stays where it was decided on.
"""

_KEPT = (True, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Cycle": {"made_by": _KEPT, "made_at": _KEPT},
    "Pilot": {"made_by": _KEPT, "made_at": _KEPT},
    "RoundStep": {"owner": _KEPT, "closed_by": _KEPT, "closed_at": _KEPT, "because": _KEPT},
    "StepEvent": {"person": _KEPT, "move": _KEPT, "at": _KEPT, "because": _KEPT, "lacked": (False, "keep")},
    "Deliverable": {"given_by": _KEPT, "given_at": _KEPT, "words": _KEPT},
    "PilotChange": {
        "raised_by": _KEPT,
        "raised_at": _KEPT,
        "decided_by": _KEPT,
        "decided_at": _KEPT,
        "because": _KEPT,
        "owner": _KEPT,
        "due_on": _KEPT,
    },
    "CountryCase": {"made_by": _KEPT, "published_by": _KEPT},
    "KeptCase": {"kept_by": _KEPT, "kept_at": _KEPT},
    "RoundReport": {"issued_by": _KEPT, "issued_at": _KEPT},
}
