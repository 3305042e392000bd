"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

_KEPT = (True, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Standing": {
        "person": _KEPT,
        "capacity": _KEPT,
        "qualification": _KEPT,
        "qualified_from": _KEPT,
        "qualified_until": _KEPT,
    },
    "Pair": {
        "kind": _KEPT,
        "state": _KEPT,
        "starts_on": _KEPT,
        "ends_on": _KEPT,
        "because": (True, "blank"),
        "project": _KEPT,
        "formed_at": _KEPT,
        "made_id": (False, "keep"),
    },
    "Bond": {
        "pair": _KEPT,
        "teacher": _KEPT,
        "learner": _KEPT,
        "enrolment": _KEPT,
        "place": _KEPT,
        "role": _KEPT,
        "share": _KEPT,
        "subject": _KEPT,
        "instead_of": _KEPT,
        "starts_on": _KEPT,
        "ends_on": _KEPT,
        "accepted_at": _KEPT,
        "learner_accepted_at": _KEPT,
    },
    "ChangeWish": {
        "pair": _KEPT,
        "person": _KEPT,
        "wish": _KEPT,
        "words": (True, "blank"),
        "state": _KEPT,
        "asked_at": _KEPT,
        "answer": (True, "blank"),
        "answered_by": (False, "keep"),
        "answered_at": _KEPT,
    },
}
