"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

_KEPT = (True, "keep")
_DONE_BY = (False, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "AppraisalScheme": {"made_by": _DONE_BY},
    "AppraisalRound": {
        "opened_by": _DONE_BY,
        "computed_by": _DONE_BY,
        "shown_by": _DONE_BY,
        "published_by": _DONE_BY,
    },
    "Appraisal": {
        "round": _KEPT,
        "person": _KEPT,
        "score": _KEPT,
        "low": _KEPT,
        "high": _KEPT,
        "result": _KEPT,
        "band": _KEPT,
        "why": _KEPT,
        "effect": _KEPT,
        # Lines are about apprentices too: whoever is appraised reads them on the own page, in the own scope.
        "lines": _DONE_BY,
        "left_out": _DONE_BY,
    },
    "AppraisalPart": {
        "appraisal": _KEPT,
        "key": _KEPT,
        "weight": _KEPT,
        "n": _KEPT,
        "figure": _KEPT,
        "reached": _KEPT,
        "points": _KEPT,
        "why": _KEPT,
    },
    "Voice": {"trainer": (False, "keep")},
    "VoiceAsked": {"enrolment": _KEPT, "trainer": _KEPT, "answered": _KEPT},
    "AppraisalContest": {
        "appraisal": _KEPT,
        "part": _KEPT,
        "line": _KEPT,
        "words": (True, "blank"),
        "raised_at": _KEPT,
        "due_on": _KEPT,
        "state": _KEPT,
        "answer": (True, "blank"),
        "answered_by": _DONE_BY,
        "ended_at": _KEPT,
    },
    "AppraisalCorrection": {"contest": _KEPT, "remedy": _KEPT, "reason": (True, "blank")},
}
