"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

Cells and slices hold counts of groups; what was handed over holds pseudonyms that only this site can make again.
"""

from __future__ import annotations

_KEPT = (True, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Published": {"published_by": _KEPT, "withdrawn_by": _KEPT},
    "County": {"kept_by": _KEPT},
    "Handover": {"asked_by": _KEPT, "kept": (False, "keep")},
    "Rollup": {"taken_by": _KEPT},
}
