"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

_KEPT = (True, "keep")
_DONE = (False, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "RuleBook": {"made_by": _KEPT, "adopted_by": _KEPT},
    "Run": {"computed_by": _KEPT, "checked_by": _KEPT, "approved_by": _KEPT, "paid_by": _KEPT},
    # The inputs name people by ids only, and are what approved lines are proved by.
    "Calculation": {"asked_by": _KEPT, "inputs": _DONE, "difference": _DONE, "warnings": _DONE},
    "Correction": {"made_by": _KEPT, "because": (False, "blank"), "bond": _DONE},
    # What was paid is kept as long as books are; the apprentice is named to the trainer, and never hears of it.
    "Line": {
        "month": _KEPT,
        "about": _KEPT,
        "kind": _KEPT,
        "rule": _KEPT,
        "payee": _KEPT,
        "learner": _KEPT,
        "payer": _KEPT,
        "bond": _DONE,
        "amount": _KEPT,
        "rounded": _KEPT,
        "detail": _KEPT,
    },
    "Question": {
        "person": _KEPT,
        "words": (True, "blank"),
        "state": _KEPT,
        "asked_at": _KEPT,
        "answer": (True, "blank"),
        "answered_by": _DONE,
        "answered_at": _KEPT,
    },
    "PayReference": {
        "person": _KEPT,
        "sealed": (False, "delete"),
        "tail": (True, "delete"),
        "kept_at": (True, "delete"),
        "kept_by": (False, "keep"),
    },
}
