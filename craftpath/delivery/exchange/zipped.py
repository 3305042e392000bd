"""Zip archives from outside: what a damaged one raises, whether one is packed too tight, and parts read to a bound."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from craftpath.delivery.exchange import limits

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
"""Whatever opening or reading a bent archive raises."""
CHUNK = 1 << 18


def too_tight(unpacked: int, packed: int) -> bool:
    """Whether something is packed so much that it was made to fill a disk, and not by anybody's program."""
    return unpacked > limits.RATIO_FROM_BYTES and unpacked > limits.RATIO * max(packed, 1)


_END, _LARGE_END, _LARGE_EXTRA = b"PK\x05\x06", b"PK\x06\x07", 1


def is_large_form(archive: zipfile.ZipFile, stream: BinaryIO) -> bool:
    """Whether an archive is written in the form for more than 4 GB (ZIP64), which nothing that is taken here needs.

    In that form sizes stand twice, and programs disagree about which of them counts.
    """
    size = stream.seek(0, io.SEEK_END)
    tail = min(size, 1 << 16 | 64)
    stream.seek(size - tail)
    end = stream.read(tail)
    at = end.rfind(_END)
    if at >= 20 and end[at - 20 : at - 16] == _LARGE_END:
        return True
    return any(_LARGE_EXTRA in _extras(member.extra) for member in archive.infolist())


def _extras(extra: bytes) -> set[int]:
    found, at = set(), 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        found.add(kind)
        at += 4 + length
    return found


def in_chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a member, piece by piece; its checksum is compared at the end. Raises one of `BROKEN`."""
    with archive.open(member) as stream:
        while piece := stream.read(CHUNK):
            yield piece
