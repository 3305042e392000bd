"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

Whoever asked gets the request in their file, whoever wrote a message that message; the other side's words and the
names of contacts stand in nobody else's.
"""

from __future__ import annotations

_KEPT = (True, "keep")
_THEIRS = (False, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "DeskRequest": {
        "made_by": _KEPT,
        "made_at": _KEPT,
        "kind": _KEPT,
        "title": _KEPT,
        "words": _KEPT,
        "gives": _KEPT,
        "people": _KEPT,
        "starts_on": _KEPT,
        "ends_on": _KEPT,
        "where": _KEPT,
        "state": _KEPT,
        "because": _THEIRS,
        "state_at": _KEPT,
        "occupation": _KEPT,
        "skills": _KEPT,
        "languages": _KEPT,
        "promised_on": _KEPT,
        "answered_at": _KEPT,
        "outcome": _KEPT,
        "ask_on": _THEIRS,
        "stars_at": _THEIRS,
        "contact_name": _THEIRS,
        "contact_way": _THEIRS,
        "outcome_words": _THEIRS,
        "stars_words": _THEIRS,
    },
    "Message": {
        "part": _KEPT,
        "media_type": _KEPT,
        "author": _KEPT,
        "name": _KEPT,
        "words": _KEPT,
        "at": _KEPT,
        "kept": _KEPT,
    },
    "OfferRule": {"set_by": _KEPT, "set_at": _KEPT},
}
