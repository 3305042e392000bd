"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

What a committee decided stays readable when somebody leaves. Nobody's file holds how somebody else voted.
"""

_KEPT = (True, "keep")
_OWN = (False, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Committee": {"made_by": _KEPT},
    "Seat": {
        "person": _KEPT,
        "deputy": _OWN,
        "kind": _KEPT,
        "starts_on": _KEPT,
        "ends_on": _KEPT,
    },
    "Meeting": {"made_by": _KEPT},
    "Present": {},
    "AgendaItem": {"brought_by": _KEPT},
    "Motion": {"made_by": _KEPT},
    "Ballot": {"voice": _KEPT, "cast_by": _KEPT, "cast_at": _KEPT},
    "Decision": {
        "text": _KEPT,
        "due_on": _KEPT,
        "state": _KEPT,
        "made_at": _KEPT,
        "ended_at": _KEPT,
        "ended_by": _OWN,
        "note": _OWN,
    },
}
