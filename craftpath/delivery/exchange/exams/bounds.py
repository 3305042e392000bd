"""A package from outside looked at before it is opened: how large it really is, and what must not be in it."""

from __future__ import annotations

import io
import zipfile

from craftpath.delivery.exchange import limits, zipped
from craftpath.kernel.media import MOST_BYTES
from craftpath.values.verdict import Refused, not_now

MEGABYTE = 1024 * 1024
MOST_PARTS = 5_000
UNPACKED = 120 * MEGABYTE
PART = 40 * MEGABYTE
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf")


def opened(content: bytes) -> zipfile.ZipFile:
    """The archive, if its declared sizes lie within the bounds; a picture that is too large is named."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except zipped.BROKEN:
        raise Refused(not_now("exam.damaged")) from None
    if zipped.is_large_form(archive, io.BytesIO(content)):
        raise Refused(not_now("exam.large_form"))
    if len(parts) > MOST_PARTS:
        raise Refused(not_now("exam.too_many_parts", limit=MOST_PARTS))
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(not_now("exam.password"))
    for part in parts:
        if part.filename.lower().endswith(PICTURES) and part.file_size > MOST_BYTES:
            name = part.filename.rsplit("/", 1)[-1][-80:]
            megabytes = -(-part.file_size // MEGABYTE)
            limit = MOST_BYTES // MEGABYTE
            raise Refused(not_now("exams.picture_too_large", name=name, megabytes=megabytes, limit=limit))
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if unpacked > UNPACKED or any(part.file_size > PART for part in parts):
        facts = {"megabytes": -(-unpacked // MEGABYTE), "limit": UNPACKED // MEGABYTE}
        raise Refused(not_now("exam.unpacks_too_big", **facts))
    if zipped.too_tight(unpacked, packed):
        raise Refused(not_now("exam.packed_too_tight", ratio=limits.RATIO))
    return archive


def part(archive: zipfile.ZipFile, name: str, most: int = PART) -> bytes:
    """One part, read no further than was declared for it; KeyError if there is none."""
    found = archive.getinfo(name)
    try:
        with archive.open(found) as stream:
            content = stream.read(min(found.file_size, most) + 1)
    except zipped.BROKEN:
        raise Refused(not_now("exam.damaged")) from None
    if len(content) > min(found.file_size, most):
        raise Refused(not_now("exam.damaged"))
    return content
