"""What kind of file something is, told by its first bytes; what is not known is not kept."""

from __future__ import annotations

from dataclasses import dataclass

from craftpath.kernel import media
from craftpath.values.verdict import Refused, not_now

VIDEO_BYTES = 40 * 2**20
FILE_BYTES = 12 * 2**20
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG")
_VIDEOS = ((4, b"ftyp", "video/mp4"), (0, b"\x1aE\xdf\xa3", "video/webm"))
_FILES = (
    (b"%PDF-", "file", "application/pdf"),
    (b"AutoCAD Binary DXF", "drawing", "image/vnd.dxf"),
)
_DXF_HEADS = ("0\nSECTION", "999\n")


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that may be kept."""

    kind: str
    media_type: str
    content: bytes


def look_at(content: bytes) -> Looked:
    """Photos are drawn anew and lose where they were taken; videos, PDF and DXF drawings are kept as they are."""
    if content.startswith(_PICTURES) or content[8:12] == b"WEBP":
        found = media.photo(content)
        return Looked("photo", found.media_type, found.content)
    for place, mark, media_type in _VIDEOS:
        if content[place : place + len(mark)] == mark:
            _small_enough(content, VIDEO_BYTES)
            return Looked("video", media_type, content)
    for mark, kind, media_type in _FILES:
        if content.startswith(mark):
            _small_enough(content, FILE_BYTES)
            return Looked(kind, media_type, content)
    head = content[:400].decode("ascii", "replace").replace("\r\n", "\n").lstrip(" \n")
    if "\n".join(line.strip() for line in head.split("\n")).startswith(_DXF_HEADS):
        _small_enough(content, FILE_BYTES)
        return Looked("drawing", "image/vnd.dxf", content)
    raise Refused(not_now("judging.file_not_known"))


def _small_enough(content: bytes, most: int) -> None:
    if len(content) > most:
        raise Refused(not_now("kernel.file_too_large", megabytes=most // 2**20))
