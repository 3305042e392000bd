"""Words that another system sends: what no database keeps and no page can show is taken out, and they are cut.

JSON can spell half a character (`\\ud800`) and a null; a row with one is refused by PostgreSQL, a page cannot be sent.
"""

from __future__ import annotations

import math
import re

_NEVER = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ID = re.compile(r"[0-9A-Za-z]{1,16}")


def plain(value: object, longest: int) -> str:
    """A text without such signs, at most so long; "" for what is no text."""
    return _NEVER.sub("", value).strip()[:longest] if isinstance(value, str) else ""


def is_plain(value: str) -> bool:
    """Whether nothing had to be taken out."""
    return not _NEVER.search(value)


def own_id(value: object) -> str:
    """An id that could be one of ours, letter by letter; "" for everything else."""
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def finite(value: object) -> bool:
    """Whether it is a number that can be held against others: JSON as Python reads it knows NaN and Infinity too."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, int) or math.isfinite(value)
