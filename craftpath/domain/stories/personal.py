"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

What somebody tells, comments and asks is theirs and goes with them; that a story was checked and published stays.
"""

_KEPT = (True, "keep")
_OWN = (True, "blank")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Story": {
        "teller": _KEPT,
        "name": _OWN,
        "about": _OWN,
        "title": _OWN,
        "language": _KEPT,
        "form": _KEPT,
        "answers": _OWN,
        "transcript": _OWN,
        "recording": _OWN,
        "media_type": (False, "keep"),
        "picture": _OWN,
        "picture_words": _OWN,
        "skills": _KEPT,
        "thing": _KEPT,
        "state": _KEPT,
        "reach": _KEPT,
        "agreed_how": _KEPT,
        "agreed_by": _KEPT,
        "agreed_at": _KEPT,
        "because": _KEPT,
        "made_by": _KEPT,
        "made_at": _KEPT,
        "handed_in_at": _KEPT,
        "published_by": _KEPT,
        "published_at": _KEPT,
    },
    "StoryVersion": {"content": (True, "delete"), "kept_by": _KEPT, "kept_at": _KEPT},
    "Comment": {
        "person": _KEPT,
        "words": _OWN,
        "at": _KEPT,
        "hidden_by": _KEPT,
        "hidden_at": _KEPT,
        "because": _KEPT,
        "told_at": _KEPT,
    },
    "CommentReport": {"person": _KEPT, "words": _OWN, "at": _KEPT, "settled_at": _KEPT},
    "MasterQuestion": {
        "person": (True, "delete"),
        "words": (True, "delete"),
        "at": (True, "delete"),
        "answer": (True, "delete"),
        "answered_at": (True, "delete"),
    },
}
