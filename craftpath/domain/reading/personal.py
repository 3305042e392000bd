"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

What one has read is exported with the own words; notes that were not shared go with the person.
"""

from __future__ import annotations

_KEPT = (True, "keep")
_OWN = (False, "keep")
_GONE = (True, "delete")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "ReadingList": {"keeper": _KEPT, "title": _KEPT, "made_at": _KEPT},
    "ReadingText": {"author": _OWN},
    "Member": {"person": _GONE, "since": _GONE},
    "Note": {"person": _GONE, "quote": _GONE, "words": _GONE, "made_at": _GONE},
    "ReadingRecord": {
        "person": _KEPT,
        "text": _KEPT,
        "pages": _KEPT,
        "minutes": _KEPT,
        "sentence": (True, "blank"),
        "state": _KEPT,
        "finished_at": _KEPT,
        "confirmed_by": _OWN,
        "confirmed_at": _KEPT,
        "changed_at": _KEPT,
    },
}

# What else stands in these tables: words of the thing itself, or what the program keeps.
_BESIDES: dict[str, tuple[str, ...]] = {
    "ReadingList": ("about", "audience", "state"),
    "ReadingText": (
        "body",
        "licence",
        "licence_words",
        "link",
        "made_at",
        "source",
        "step",
        "title",
        "until_on",
    ),
}
for _table, _columns in _BESIDES.items():
    PERSONAL.setdefault(_table, {}).update(dict.fromkeys(_columns, _OWN))
