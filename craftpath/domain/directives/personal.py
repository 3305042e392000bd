"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

Who wrote, read and answered is the record of the offices; the words of a notice are the office's own.
"""

_KEPT = (True, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Directive": {"made_by": _KEPT, "published_by": _KEPT},
    "DirectiveVersion": {"corrected_by": _KEPT},
    "Reading": {"directive": _KEPT, "person": _KEPT, "opened_at": _KEPT, "understood_at": _KEPT},
    "Answer": {"answered_by": _KEPT},
}
