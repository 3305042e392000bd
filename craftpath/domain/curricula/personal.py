"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

_KEPT = (True, "keep")
_NOT_TOLD = (False, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "UnitCard": {"changed_by": _NOT_TOLD},
    "Curriculum": {"made_by": _NOT_TOLD},
    "CurriculumVersion": {"made_by": _NOT_TOLD, "changed_by": _NOT_TOLD, "approved_by": _NOT_TOLD},
    "Draft": {"asked_by": _NOT_TOLD},
    "VersionReview": {"opened_by": _NOT_TOLD},
    "Reviewer": {"person": _KEPT, "side": _KEPT, "vote": _KEPT, "voted_at": _KEPT},
    "ReviewComment": {
        "person": _KEPT,
        "side": _KEPT,
        "about": _KEPT,
        "key": _KEPT,
        "words": (True, "blank"),
        "made_id": _NOT_TOLD,
        "made_at": _KEPT,
        "resolved_by": _NOT_TOLD,
        "resolved_at": _KEPT,
    },
}
