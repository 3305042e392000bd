"""Names in a package: read in the letters that they were written in, and refused where they could lead astray."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Sequence

from craftpath.values.verdict import Refused, not_now

_UTF8 = 0x800
_LONGEST, _DEEPEST, _PART = 1_000, 40, 240
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.I)
_NO_NAME = re.compile('[\x00-\x1f\x7f<>:"|?*\ud800-\udfff\u202a-\u202e\u2066-\u2069]')
"""Signs that some system refuses in names, the colon of drives and streams, and signs that turn a name round."""


def decoded(infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The names of all members. A program that does not say UTF-8 wrote UTF-8 all the same, or Chinese letters."""
    raw = {n: _bytes(info) for n, info in enumerate(infos) if not info.flag_bits & _UTF8}
    told = [info.orig_filename for info in infos]
    for encoding in ("utf-8", "gb18030"):
        try:
            read = {n: given.decode(encoding) for n, given in raw.items() if given is not None}
        except UnicodeDecodeError:
            continue
        return [read.get(n, name) for n, name in enumerate(told)]
    return told


def _bytes(info: zipfile.ZipInfo) -> bytes | None:
    try:
        return info.orig_filename.encode("cp437")
    except UnicodeEncodeError:  # not read from a file but made here
        return None


def tidy(given: str) -> str:
    """A name by which a file may be written; `Refused` for one that leads out of the package or that no disk takes.

    Backslashes are what some programs write instead of slashes, and are read as such before anything is judged.
    """
    name = unicodedata.normalize("NFC", given.replace("\\", "/")).removesuffix("/")
    shown = _NO_NAME.sub("?", name)[-120:]
    parts = name.split("/")
    while parts and parts[0] == ".":
        parts = parts[1:]
    if name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name):
        raise Refused(not_now("course.name_leads_out", name=shown))
    if not parts or len(name) > _LONGEST or len(parts) > _DEEPEST:
        raise Refused(not_now("course.name_unfit", name=shown))
    if _NO_NAME.search(name) or any(not _fits(part) for part in parts):
        raise Refused(not_now("course.name_unfit", name=shown))
    return "/".join(parts)


def _fits(part: str) -> bool:
    if part in ("", ".") or part != part.rstrip(". ") or len(part.encode()) > _PART:
        return False
    return not _DEVICES.fullmatch(part)


def key_of(name: str) -> str:
    """What two names share that some disk takes for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())
