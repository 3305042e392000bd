"""The one whole Chinese font with which papers are printed: found as a file, never split, never guessed.

Fonts that are cut into pieces for browsers print one character for another, and a character that a font lacks is
drawn from some other font. So the file is named, and every character is looked up in it before anything is printed.
"""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

from django.conf import settings

from craftpath.values.verdict import Refused, not_now

# Debian: fonts-noto-cjk holds the most characters, fonts-wqy-microhei is small. The number is the face in the file.
KNOWN = (
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
)
DISPLAY = (Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"), 2)
"""What stands large on a certificate; where it is missing, or a character of it, the other font stands in."""
_COLLECTION = b"ttcf"


def font_file() -> tuple[Path, int]:
    """The file and the face in it: the one of the settings, else what Debian installs; refused where there is none."""
    if settings.FONT:
        name, _, number = settings.FONT.partition("#")
        found = [(Path(name), int(number) if number.isdigit() else 0)]
    else:
        found = [(Path(name), face) for name, face in KNOWN]
    for path, face in found:
        if path.is_file():
            return path, face
    raise Refused(not_now("exchange.font_missing"))


def display_file() -> tuple[Path, int] | None:
    """The file and the face for large words, where Debian has installed it and no font is named in the settings."""
    return DISPLAY if not settings.FONT and DISPLAY[0].is_file() else None


def single_face(path: Path, face: int) -> bytes:
    """The font as a file of its own: a collection holds several faces, of which the first may be Japanese."""
    content = path.read_bytes()
    if content[:4] != _COLLECTION:
        return content
    count = struct.unpack_from(">L", content, 8)[0]
    start = struct.unpack_from(">L", content, 12 + 4 * min(face, count - 1))[0]
    kind, tables = struct.unpack_from(">4sH", content, start)
    head = bytearray(content[start : start + 12 + 16 * tables])
    body, offset = bytearray(), len(head)
    for n in range(tables):
        place = 12 + 16 * n
        begin, length = struct.unpack_from(">LL", head, place + 8)
        struct.pack_into(">L", head, place + 8, offset + len(body))
        body += content[begin : begin + length] + b"\0" * (-length % 4)
    return bytes(kind + head[4:] + body)


@cache
def characters(path: Path, face: int) -> frozenset[int]:
    """Every character that the font can draw."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  (only when something is printed)

    with TTFont(path, fontNumber=face, lazy=True) as font:
        return frozenset(font.getBestCmap())


def missing(text: str) -> list[str]:
    """The characters of a text that the font lacks, each once, in order of appearance."""
    known = characters(*font_file())
    return [one for one in dict.fromkeys(text) if ord(one) not in known and one not in "\n\r\t"]
