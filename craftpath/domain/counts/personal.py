"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

Gaps say what the record says already: they go with what they were counted from.
"""

from __future__ import annotations

PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Gap": {"enrolment": (False, "keep"), "kind": (False, "keep"), "since": (False, "keep")},
}
