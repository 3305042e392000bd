"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

What somebody says goes with them; that an office began, proposed or published something stays.
"""

_BY = (False, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Draft": {"made_by": _BY},
    "DraftVersion": {"made_by": _BY},
    "Comment": {"person": (True, "keep"), "words": (True, "blank"), "at": (True, "keep")},
    "Trial": {"made_by": _BY},
    "EvidenceSheet": {"made_by": _BY},
    "Project": {"made_by": _BY},
}
