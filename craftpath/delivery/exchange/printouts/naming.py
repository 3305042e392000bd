"""How files are called that hold printouts: as people read them, and so that every system can keep them."""

from __future__ import annotations

import re

from craftpath.values.printout import Printout, said

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")
_LONGEST = 60  # characters of one part: a path of Windows ends at 260


def safe(text: str) -> str:
    """A part of a file's name that Windows, macOS and Linux take; `_` for nothing."""
    kept = " ".join(_FORBIDDEN.sub(" ", text).split())[:_LONGEST].strip(" .")
    return f"_{kept}" if not kept or _RESERVED.match(kept) else kept


def file_name(found: Printout, language: str, form: str, *, number: str = "", name: str = "") -> str:
    """number_name_title.pdf, of what there is."""
    own = [part for part in (number, name) if part] or [found.whose]
    title = said(found.title, "en" if language == "en" else "zh")
    return f"{'_'.join(safe(part) for part in (*own, title))}.{form}"
