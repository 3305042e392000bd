"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

A conversation stays readable when somebody leaves: the words are kept, and the person they point at is nameless.
"""

from __future__ import annotations

_KEPT = (True, "keep")
_OWN = (False, "keep")
_GONE = (True, "delete")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Forum": {"host": _KEPT, "title": _KEPT, "made_at": _KEPT},
    "Follow": {"person": _GONE, "since": _GONE, "muted": _GONE, "seen_at": _GONE},
    "Meeting": {"host": _KEPT, "starts_at": _KEPT, "state": _KEPT, "held_by": _OWN, "held_at": _KEPT},
    "Attendance": {"person": _KEPT, "coming": _KEPT, "said_at": _KEPT, "was_there": _KEPT},
    "Takeaway": {"person": _KEPT, "words": _KEPT, "by_on": _KEPT, "made_at": _KEPT, "done_at": _KEPT},
    "Topic": {"person": _KEPT, "words": _KEPT, "state": _KEPT, "made_at": _KEPT},
    "Support": {"person": _GONE},
    "Thread": {"starter": _KEPT, "title": _KEPT, "print": _OWN, "state": _KEPT, "made_at": _KEPT},
    "Post": {
        "person": _KEPT,
        "role": _KEPT,
        "text": _KEPT,
        "state": _KEPT,
        "made_at": _KEPT,
        "changed_at": _KEPT,
    },
    "Photo": {"media_type": _OWN, "kept": _GONE, "added_at": _KEPT},
    "Wording": {"text": _GONE, "until": _KEPT},
    "Visit": {"person": _GONE, "at": _GONE},
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

# What else stands in these tables: words of the thing itself, or what the program keeps.
_BESIDES: dict[str, tuple[str, ...]] = {
    "Forum": ("about", "audience", "last_at", "link", "of_id", "of_kind", "place", "state"),
    "Meeting": ("agenda", "because", "changed_at", "link", "made_at", "place"),
    "Thread": ("last_at",),
}
for _table, _columns in _BESIDES.items():
    PERSONAL.setdefault(_table, {}).update(dict.fromkeys(_columns, _OWN))
