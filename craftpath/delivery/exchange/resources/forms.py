"""What a dropped file is, told by its bytes and, for text, by its name; what is not known is not kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from craftpath.delivery.exchange.plain_text import decoded
from craftpath.values.verdict import Refused, not_now

HEAD = 4096


@dataclass(frozen=True, slots=True)
class Form:
    """A form of file: its short name, the kind of resource that it mostly is, and its media type."""

    name: str
    kind: str
    media_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
FORMS = {
    one.name: one
    for one in (
        Form("pdf", "document", "application/pdf"),
        Form("docx", "document", f"{_OFFICE}wordprocessingml.document"),
        Form("pptx", "slides", f"{_OFFICE}presentationml.presentation"),
        Form("xlsx", "document", f"{_OFFICE}spreadsheetml.sheet"),
        Form("html", "document", "text/html"),
        Form("md", "document", "text/markdown"),
        Form("txt", "document", "text/plain"),
        Form("srt", "document", "application/x-subrip"),
        Form("vtt", "document", "text/vtt"),
        Form("jpg", "picture", "image/jpeg"),
        Form("png", "picture", "image/png"),
        Form("webp", "picture", "image/webp"),
        Form("mp4", "video", "video/mp4"),
        Form("webm", "video", "video/webm"),
        Form("mp3", "audio", "audio/mpeg"),
        Form("m4a", "audio", "audio/mp4"),
        Form("ogg", "audio", "audio/ogg"),
        Form("wav", "audio", "audio/wav"),
        Form("zip", "toolkit", "application/zip"),
        Form("imscc", "package", "application/zip"),
        Form("h5p", "package", "application/zip"),
        Form("scorm", "package", "application/zip"),
    )
}
_HEADS = (
    (0, b"%PDF-", "pdf"), (0, b"\xff\xd8\xff", "jpg"), (0, b"\x89PNG\r\n", "png"), (8, b"WEBP", "webp"),
    (8, b"WAVE", "wav"), (4, b"ftypM4A", "m4a"), (4, b"ftyp", "mp4"), (0, b"\x1aE\xdf\xa3", "webm"), (0, b"ID3", "mp3"),
    (0, b"\xff\xfb", "mp3"), (0, b"\xff\xf3", "mp3"), (0, b"OggS", "ogg"), (0, b"PK\x03\x04", "zip"),
)  # fmt: skip
_TEXTS = {
    "htm": "html",
    "html": "html",
    "xhtml": "html",
    "md": "md",
    "markdown": "md",
    "srt": "srt",
    "vtt": "vtt",
}


def form_of(head: bytes, name: str) -> Form:
    """The form of a file by its first bytes; `Refused` for one that is not known. What is in a zip is seen later."""
    for at, mark, form in _HEADS:
        if head[at : at + len(mark)] == mark:
            return FORMS[form]
    ending = PurePath(name).suffix.lower().lstrip(".")
    for cut in range(4):  # a letter may be cut off at the end of what was read
        read = decoded(head[: len(head) - cut])
        if read is not None:
            break
    if read is None or not _is_text(read[0]):
        raise Refused(not_now("resources.file_unknown"))
    if read[0].startswith("WEBVTT"):
        return FORMS["vtt"]
    if read[0].lstrip().lower().startswith(("<!doctype html", "<html")):
        return FORMS["html"]
    if ending not in ("", "txt", "text", *_TEXTS):
        raise Refused(not_now("resources.file_unknown"))
    return FORMS[_TEXTS.get(ending, "txt")]


def _is_text(text: str) -> bool:
    return bool(text.strip()) and all(one.isprintable() or one in "\r\n\t\f\ufeff\u3000" for one in text)
