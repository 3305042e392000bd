"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

_KEPT = (True, "keep")
_OTHERS = (False, "keep")
_INNER = (False, "keep")
_BLANK = (True, "blank")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Diagnosis": {
        "enrolment": _KEPT,
        "skill": _KEPT,
        "state": _KEPT,
        "begun_at": _KEPT,
        "ended_at": _KEPT,
        "found": _KEPT,
        "ended_because": _KEPT,
    },
    "PracticeSet": {
        "enrolment": _KEPT,
        "questions": _INNER,
        "state": _KEPT,
        "begun_at": _KEPT,
        "ended_at": _KEPT,
    },
    "Answered": {
        "enrolment": _KEPT,
        "skill": _KEPT,
        "source": _KEPT,
        "given": (True, "keep"),
        "right": _KEPT,
        "sure": _KEPT,
        "at": _KEPT,
    },
    "PracticeCard": {"enrolment": _KEPT, "skill": _KEPT, "kept": _INNER, "due_at": _KEPT},
    "Override": {
        "enrolment": _KEPT,
        "skill": _KEPT,
        "kind": _KEPT,
        "words": _BLANK,
        "until": _KEPT,
        "own": _KEPT,
        "by": _OTHERS,
        "set_at": _KEPT,
        "state": _KEPT,
        "lifted_by": _OTHERS,
        "lifted_at": _KEPT,
    },
    "StudyObjection": {
        "enrolment": _KEPT,
        "skill": _KEPT,
        "words": _BLANK,
        "raised_at": _KEPT,
        "state": _KEPT,
        "answer": _BLANK,
        "ended_by": _OTHERS,
        "ended_at": _KEPT,
    },
}
