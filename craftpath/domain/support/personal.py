"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

All of it is the apprentice's to read. It is deleted with the person, and two years after the apprenticeship ended.
"""

from __future__ import annotations

_GOES = (True, "delete")
_OTHERS = (False, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Look": {
        "enrolment": _GOES,
        "weight": _GOES,
        "reasons": _GOES,
        "figures": _GOES,
        "share": _GOES,
        "next_act": _GOES,
        "parts": _GOES,
        "looked_at": _GOES,
    },
    "Sign": {
        "enrolment": _GOES,
        "rule": _GOES,
        "state": _GOES,
        "figures": _GOES,
        "rules": _GOES,
        "given_at": _GOES,
        "ended_at": _GOES,
    },
    "Correction": {
        "state": _GOES,
        "words": _GOES,
        "asked_at": _GOES,
        "answer": _GOES,
        "answered_by": _OTHERS,
        "answered_at": _GOES,
        "read_at": _GOES,
    },
    "Act": {
        "enrolment": _GOES,
        "kind": _GOES,
        "words": _GOES,
        "reasons": _GOES,
        "state": _GOES,
        "by": _OTHERS,
        "at": _GOES,
        "look_on": _GOES,
        "outcome": _GOES,
        "looked_by": _OTHERS,
        "looked_at": _GOES,
    },
    "Use": {"by": (True, "keep"), "words": (True, "keep"), "at": (True, "keep")},
}
