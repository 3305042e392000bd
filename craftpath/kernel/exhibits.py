"""What kind of file a work or an answer is, told by its first bytes; what is not known is not kept."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from craftpath.kernel import media
from craftpath.values.verdict import YES, Refused, Verdict, not_now, require

VIDEO_BYTES = 40 * 2**20
FILE_BYTES = 12 * 2**20
TEXT_BYTES = 2**20
LARGEST = VIDEO_BYTES
"""No file of any kind is larger."""
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG")
_VIDEOS = ((4, b"ftyp", "video/mp4"), (0, b"\x1aE\xdf\xa3", "video/webm"))
_FILES = (
    (b"%PDF-", "file", "application/pdf"),
    (b"AutoCAD Binary DXF", "drawing", "image/vnd.dxf"),
)
_OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
SUFFIXES = {
    "image/jpeg": "jpg",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "application/pdf": "pdf",
    "image/vnd.dxf": "dxf",
    "text/plain": "txt",
    **dict(zip(_OFFICE.values(), ("docx", "xlsx", "pptx"), strict=True)),
}
"""What a browser calls a file of this kind when it saves it."""
INLINE = frozenset({"image/jpeg", "video/mp4", "video/webm"})
"""What a page shows in itself; all else is saved."""
_DXF_HEADS = ("0\nSECTION", "999\n")


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that may be kept."""

    kind: str
    media_type: str
    content: bytes


def look_at(content: bytes) -> Looked:
    """Photos are drawn anew and lose where they were taken; all else is kept as it is.

    That is videos, PDF, DXF drawings, office files without macros, and plain text such as a program for a machine.
    """
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
    if content.startswith(b"PK\x03\x04"):
        _small_enough(content, FILE_BYTES)
        return Looked("file", _office(content), content)
    if content and not content.lstrip().startswith(b"<") and _is_text(content):
        _small_enough(content, TEXT_BYTES)
        return Looked("file", "text/plain", content)
    raise Refused(not_now("kernel.file_not_known"))


def _office(content: bytes) -> str:
    """The media type of an office file; it is not unpacked, only its list of parts is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.casefold() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        raise Refused(not_now("kernel.file_not_known")) from None
    macros = any(name.endswith("vbaproject.bin") for name in names)
    found = next((media_type for part, media_type in _OFFICE.items() if part in names), "")
    if macros or not found:
        raise Refused(not_now("kernel.file_not_known"))
    return found


def _is_text(content: bytes) -> bool:
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return all(sign.isprintable() or sign in "\r\n\t\f\ufeff\u3000" for sign in text)
    return False


def small_enough(size: int, most: int) -> Verdict:
    """Whether a file of so many bytes may be kept where there may be at most so many."""
    return YES if size <= most else not_now("kernel.file_too_large", megabytes=most // 2**20)


def _small_enough(content: bytes, most: int) -> None:
    require(small_enough(len(content), most))
