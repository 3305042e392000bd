"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

_KEPT = (True, "keep")
_OTHERS = (False, "keep")
_BLANK = (True, "blank")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "SkillView": {
        "enrolment": _KEPT,
        "kind": _KEPT,
        "by": _OTHERS,
        "levels": _KEPT,
        "words": _BLANK,
        "made_at": _KEPT,
    },
    "SkillGoal": {
        "enrolment": _KEPT,
        "skill": _KEPT,
        "words": _BLANK,
        "state": _KEPT,
        "set_at": _KEPT,
        "ended_at": _KEPT,
    },
    "SkillObjection": {
        "enrolment": _KEPT,
        "proof": _KEPT,
        "skill": _KEPT,
        "words": _BLANK,
        "raised_at": _KEPT,
        "state": _KEPT,
        "answer": _BLANK,
        "ended_by": _OTHERS,
        "ended_at": _KEPT,
    },
}
