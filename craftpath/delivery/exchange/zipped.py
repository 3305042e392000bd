"""Zip archives from outside: what a damaged one raises, whether one is packed too tight, and parts read to a bound."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator

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


def in_chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a member, piece by piece; its checksum is compared at the end. Raises one of `BROKEN`."""
    with archive.open(member) as stream:
        while piece := stream.read(CHUNK):
            yield piece
