"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

What somebody handed in goes with them; that a course was written, followed and finished stays without its words.
"""

_KEPT = (True, "keep")
_OWN = (True, "blank")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Course": {"title": _KEPT, "made_by": _KEPT, "made_at": _KEPT},
    "CourseVersion": {"published_by": _KEPT, "published_at": _KEPT},
    "Arrival": {"made_by": _KEPT, "made_at": _KEPT},
    "Run": {"made_by": _KEPT, "made_at": _KEPT},
    "Follower": {
        "person": _KEPT,
        "enrolment": _KEPT,
        "begun_at": _KEPT,
        "last_at": _KEPT,
        "finished_at": _KEPT,
        "finished_version": _KEPT,
        "score": _KEPT,
    },
    "Progress": {
        "person": _KEPT,
        "enrolment": _KEPT,
        "activity_key": _KEPT,
        "state": _KEPT,
        "score": _KEPT,
        "begun_at": _KEPT,
        "changed_at": _KEPT,
    },
    "QuizTry": {
        "person": _KEPT,
        "enrolment": _KEPT,
        "activity_key": _KEPT,
        "number": _KEPT,
        "begun_at": _KEPT,
        "ended_at": _KEPT,
        "score": _KEPT,
    },
    "QuizQuestion": {"given": _OWN, "share": _KEPT, "answered_at": _KEPT},
    "HandIn": {
        "person": _KEPT,
        "enrolment": _KEPT,
        "activity_key": _KEPT,
        "words": _OWN,
        "photo": _OWN,
        "state": _KEPT,
        "at": _KEPT,
        "answer": _OWN,
        "settled_by": _KEPT,
        "settled_at": _KEPT,
    },
    "Tick": {
        "person": _KEPT,
        "enrolment": _KEPT,
        "activity_key": _KEPT,
        "point": _KEPT,
        "at": _KEPT,
        "confirmed_by": _KEPT,
        "confirmed_at": _KEPT,
    },
}
