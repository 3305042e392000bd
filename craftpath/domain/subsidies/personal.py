"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

Files are records of public money: they are kept. What others uploaded about somebody stays in the file.
"""

_KEPT = (True, "keep")
_INSIDE = (False, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "FilePerson": {
        "file": _INSIDE,
        "person": _KEPT,
        "enrolment": _KEPT,
        "outcome": _KEPT,
        "months": _KEPT,
        "excluded": _KEPT,
        "words": _KEPT,
    },
    "FileEvent": {
        "move": _KEPT,
        "person": _KEPT,
        "on": _KEPT,
        "words": _KEPT,
        "figures": _INSIDE,
        "handed": _INSIDE,
    },
    "FilePaper": {"member": _INSIDE, "handed_by": _KEPT},
    "PaperAsk": {
        "paper": _KEPT,
        "member": _INSIDE,
        "person": _KEPT,
        "asked_by": _INSIDE,
        "asked_at": _KEPT,
        "settled_at": _KEPT,
    },
    "IdentityKey": {"person": _KEPT, "key": (False, "delete")},
    "ClaimedYear": {
        "file": _INSIDE,
        "person": _KEPT,
        "key": (False, "keep"),
        "name": (True, "blank"),
        "subsidy": _KEPT,
        "occupation": _KEPT,
        "level": _KEPT,
        "starts_on": _KEPT,
        "ends_on": _KEPT,
        "level_key": (False, "keep"),
        "source": _KEPT,
        "claimed_at": _KEPT,
        "freed_at": _KEPT,
    },
    "Audit": {"auditor": _KEPT, "invited_by": _KEPT},
    "Finding": {"member": _INSIDE, "answered_by": _KEPT},
    "Pack": {"asked_by": _KEPT},
}
