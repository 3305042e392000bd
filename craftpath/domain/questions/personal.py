"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

A conversation stays readable when somebody leaves: the words are kept, and the person they point at is nameless.
Everybody gets the own words; who asked, thanked or reported stands in nobody else's file.
"""

from __future__ import annotations

_KEPT = (True, "keep")
_OWN = (False, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Question": {
        "asker": _KEPT,
        "title": _OWN,
        "text": _KEPT,
        "print": _OWN,
        "skill": _KEPT,
        "audience": _KEPT,
        "name_to": _KEPT,
        "state": _KEPT,
        "asked_at": _KEPT,
        "changed_at": _KEPT,
        "due_on": _KEPT,
        "answered_at": _KEPT,
        "accepted_at": _KEPT,
        "news_at": (True, "blank"),
    },
    "Call": {"person": _KEPT, "at": _KEPT},
    "QuestionWord": {"word": (False, "keep")},
    "Promise": {"set_by": _KEPT, "set_at": _KEPT},
    "Answer": {
        "person": _KEPT,
        "role": _KEPT,
        "text": _KEPT,
        "state": _KEPT,
        "made_at": _KEPT,
        "changed_at": _KEPT,
    },
    "Endorsement": {"person": _KEPT, "role": _KEPT, "at": _KEPT},
    "Thanks": {"person": (True, "delete"), "at": (True, "delete")},
    "Attachment": {
        "owner": _KEPT,
        "kind": _KEPT,
        "media_type": _OWN,
        "kept": (True, "delete"),
        "added_at": _KEPT,
    },
    "Wording": {"owner": _KEPT, "text": (True, "delete"), "until": _KEPT},
    "Report": {
        "person": _KEPT,
        "reason": _KEPT,
        "words": (True, "blank"),
        "made_at": _KEPT,
        "state": _KEPT,
        "decided_by": _OWN,
        "decided_at": _KEPT,
    },
    "Hiding": {
        "writer": _KEPT,
        "because": _KEPT,
        "hidden_by": _OWN,
        "hidden_at": _KEPT,
        "heard_at": _KEPT,
        "state": _KEPT,
        "appeal": (True, "blank"),
        "appealed_at": _KEPT,
        "decided_by": _OWN,
        "decided_at": _KEPT,
    },
}
