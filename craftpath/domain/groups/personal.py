"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

A group's record stays readable when somebody leaves: what was done is kept and points at a person who is nameless.
Everybody gets what is the own; another member's words, turns and decisions stand in nobody else's file.
"""

from __future__ import annotations

_KEPT = (True, "keep")
_OWN = (False, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "StudyGroup": {
        "formed_by": _KEPT,
        "formed_at": _KEPT,
        "goal": _KEPT,
        "skill": _KEPT,
        "starts_on": _KEPT,
        "until": _KEPT,
        "place": _KEPT,
        "link": _OWN,
        "why": _OWN,
        "state": _KEPT,
        "stuck_on": _OWN,
        "notes": _OWN,
        "result": _OWN,
        "reached": _KEPT,
        "again": _OWN,
        "result_link": _OWN,
        "result_file": _OWN,
        "result_type": _OWN,
        "ended_by": _OWN,
        "ended_at": _KEPT,
        "confirmed_by": _OWN,
        "confirmed_at": _KEPT,
    },
    "Member": {
        "person": _KEPT,
        "enrolment": _KEPT,
        "state": _KEPT,
        "since": _KEPT,
        "joined_at": _KEPT,
        "left_at": _KEPT,
        "signed_at": _KEPT,
    },
    "GroupRule": {"set_by": _KEPT, "set_at": _KEPT},
    "GroupSession": {
        "host": _OWN,
        "brings": _OWN,
        "held_by": _OWN,
        "held_at": _KEPT,
        "starts_at": _KEPT,
        "ends_at": _KEPT,
        "place": _KEPT,
        "link": _OWN,
        "state": _KEPT,
        "done": _KEPT,
        "because": _KEPT,
        "changed_at": _OWN,
    },
    "Presence": {
        "person": _KEPT,
        "says": _KEPT,
        "words": (True, "blank"),
        "said_at": _KEPT,
        "settled_by": _OWN,
        "settled_at": _KEPT,
    },
    "Swap": {
        "role": _KEPT,
        "asker": _KEPT,
        "other": _OWN,
        "state": _KEPT,
        "asked_at": _KEPT,
        "answered_at": _KEPT,
    },
    "NotesVersion": {"person": _KEPT, "text": _KEPT, "at": _KEPT},
    "Task": {
        "words": _KEPT,
        "person": _OWN,
        "until": _KEPT,
        "state": _KEPT,
        "made_by": _OWN,
        "made_at": _KEPT,
        "done_by": _OWN,
        "done_at": _KEPT,
    },
    "Contribution": {
        "person": _KEPT,
        "enrolment": _KEPT,
        "kind": _KEPT,
        "on": _KEPT,
        "confirmed_by": _OWN,
        "confirmed_at": _KEPT,
    },
    "Topic": {
        "enrolment": (True, "delete"),
        "person": (True, "delete"),
        "kind": (True, "delete"),
        "skill": (True, "delete"),
        "words": (True, "delete"),
        "print": (False, "delete"),
        "said_at": (True, "delete"),
    },
}
