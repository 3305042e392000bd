"""Photos and voice notes: looked at, made small, and freed of everything but what is seen or heard.

A phone writes the place, the time and its own number into a photo. The photo is therefore drawn anew from its pixels,
whoever sent it and whatever was done to it on the phone; what cannot be drawn is no photo.
"""

from __future__ import annotations

import io
import math
import struct
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

from craftpath.values.verdict import Refused, not_now

MOST_BYTES = 12 * 2**20
MOST_PIXELS = 60_000_000
EDGE = 1600  # pixels of the longer side
QUALITY = 82
VOICE_BYTES = 3 * 2**20
_FORMATS = ("JPEG", "PNG", "WEBP")
_VOICES = (  # (where, what stands there, media type)
    (0, b"\x1aE\xdf\xa3", "audio/webm"),
    (0, b"OggS", "audio/ogg"),
    (4, b"ftyp", "audio/mp4"),
)


@dataclass(frozen=True, slots=True)
class Medium:
    """A file that may be kept: its bytes, what they are, and for a photo its size in pixels."""

    content: bytes
    media_type: str
    width: int | None = None
    height: int | None = None


def photo(content: bytes) -> Medium:
    """Draw a photo anew as JPEG, upright, at most `EDGE` pixels long, without metadata; refused if it is none."""
    if len(content) > MOST_BYTES:
        raise Refused(not_now("kernel.file_too_large", megabytes=MOST_BYTES // 2**20))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as found:
                if found.width * found.height > MOST_PIXELS:
                    raise Refused(not_now("kernel.not_a_picture"))
                found.draft("RGB", (EDGE, EDGE))
                upright = ImageOps.exif_transpose(found)
                upright.thumbnail((EDGE, EDGE), Image.Resampling.LANCZOS)
                flat = Image.new("RGB", upright.size, "white")
                rich = upright.convert("RGBA")
                flat.paste(rich, mask=rich.getchannel("A"))
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as fault:
        raise Refused(not_now("kernel.not_a_picture")) from fault
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Medium(out.getvalue(), "image/jpeg", *flat.size)


def drawing(content: bytes) -> Medium:
    """The same of a picture that may be a drawing: a small PNG stays one, since lines and letters suffer as JPEG."""
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or len(content) > MOST_BYTES:
        return photo(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("PNG",)) as found:
                if max(found.size) > EDGE:
                    return photo(content)
                rich = found.convert("RGBA")
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as fault:
        raise Refused(not_now("kernel.not_a_picture")) from fault
    flat = Image.new("RGB", rich.size, "white")
    flat.paste(rich, mask=rich.getchannel("A"))
    out = io.BytesIO()
    flat.save(out, "PNG", optimize=True)
    return Medium(out.getvalue(), "image/png", *flat.size)


def voice(content: bytes) -> Medium:
    """A recording as a browser makes it, told by its first bytes; refused if it is none or too long."""
    if len(content) > VOICE_BYTES:
        raise Refused(not_now("kernel.file_too_large", megabytes=VOICE_BYTES // 2**20))
    for place, mark, media_type in _VOICES:
        if content[place : place + len(mark)] == mark:
            return Medium(content, media_type)
    raise Refused(not_now("kernel.not_a_recording"))


_MOVIE, _HEAD = b"moov", b"mvhd"
_WEBM_DURATION = b"\x44\x89"
_WEBM_HEAD = 64 * 1024  # what describes a recording stands before its first picture
_WEBM_SCALE = b"\x2a\xd7\xb1\x83"
_NANOSECONDS = 10**9


def seconds(content: bytes) -> float | None:
    """How long a recording says it is: MP4, and WebM where the recorder wrote it down; None where it does not say."""
    if content[4:8] == b"ftyp":
        return _mp4_seconds(content)
    return _webm_seconds(content[:_WEBM_HEAD]) if content.startswith(b"\x1aE\xdf\xa3") else None


def _mp4_seconds(content: bytes) -> float | None:
    movie = _box(content, 0, len(content), _MOVIE)
    head = _box(content, *movie, _HEAD) if movie else None
    if head is None:
        return None
    start, end = head
    wide = content[start : start + 1] == b"\x01"  # times of 64 bits
    at = start + (20 if wide else 12)
    size = 8 if wide else 4
    if at + 4 + size > end:
        return None
    scale = int.from_bytes(content[at : at + 4], "big")
    length = int.from_bytes(content[at + 4 : at + 4 + size], "big")
    return length / scale if scale else None


def _box(content: bytes, at: int, end: int, name: bytes) -> tuple[int, int] | None:
    """Where the inside of a box lies between two places; boxes follow one another, each with its size before it."""
    while at + 8 <= end:
        size, head = int.from_bytes(content[at : at + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(content[at + 8 : at + 16], "big"), 16
        last = end if size == 0 else at + size
        if last < at + head or last > end:
            return None
        if content[at + 4 : at + 8] == name:
            return at + head, last
        at = last
    return None


def _webm_seconds(head: bytes) -> float | None:
    at = head.find(_WEBM_DURATION)
    kinds = {0x84: (">f", 4), 0x88: (">d", 8)}
    if at < 0 or at + 11 > len(head) or head[at + 2] not in kinds:
        return None
    shape, size = kinds[head[at + 2]]
    (length,) = struct.unpack(shape, head[at + 3 : at + 3 + size])
    scaled = head.find(_WEBM_SCALE)
    scale = int.from_bytes(head[scaled + 4 : scaled + 7], "big") if scaled >= 0 else 1_000_000
    return float(length) * scale / _NANOSECONDS if math.isfinite(length) else None
