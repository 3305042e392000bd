"""Photos and voice notes: looked at, made small, and freed of everything but what is seen or heard.

A phone writes the place, the time and its own number into a photo. The photo is therefore drawn anew from its pixels,
whoever sent it and whatever was done to it on the phone; what cannot be drawn is no photo.
"""

from __future__ import annotations

import io
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
