"""A package opened safely: every name, size and kind of member is looked at first, and nothing is written by a name
of the package's own until all of them are harmless.

Sizes that the package states are checked before anything is unpacked, and what really comes out is counted once more.
"""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

from craftpath.delivery.exchange.courses.naming import decoded, key_of, tidy
from craftpath.delivery.exchange.zipped import BROKEN, in_chunks, is_large_form, too_tight
from craftpath.values.verdict import Refused, not_now

MEGABYTE = 1024 * 1024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
_INDEX_BYTES = 256
"""Bytes of the list of contents that a member is given: names are shorter, and a list of millions is never read."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a package may hold."""

    files: int = 20_000
    unpacked: int = 2048 * MEGABYTE
    one: int = 1024 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a package under the name by which it may be written: relative, with slashes, inside the package."""

    name: str
    info: zipfile.ZipInfo

    @property
    def size(self) -> int:
        """Bytes, as the package states them."""
        return self.info.file_size


Sink = Callable[[str], AbstractContextManager[BinaryIO]]
"""Name of a member → where its content goes."""


class Archive:
    """A package whose members are all harmless by name, kind and stated size; to be closed, or used by `with`."""

    def __init__(self, stream: BinaryIO, bounds: Bounds | None = None) -> None:
        self.bounds = bounds or Bounds()
        guard = _Guarded(stream, max(self.bounds.files, 100) * _INDEX_BYTES)
        try:
            self._zip = zipfile.ZipFile(guard)
        except BROKEN:
            raise Refused(not_now("course.damaged")) from None
        guard.most = 0
        if is_large_form(self._zip, stream):
            self.close()
            raise Refused(not_now("course.large_form"))
        try:
            self.members = _planned(self._zip.infolist(), self.bounds, guard.size)
        except Refused:
            self.close()
            raise
        self._keys = {key_of(name): name for name in self.members}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the archive go; the stream stays open, as it belongs to whoever opened it."""
        self._zip.close()

    def find(self, name: str) -> Member | None:
        """The file of this name, however it writes capitals and accents."""
        held = self._keys.get(key_of(name))
        return self.members[held] if held is not None else None

    def pieces(self, member: Member) -> Iterator[bytes]:
        """The content of a file; refused where it is damaged or longer than it says."""
        came = 0
        try:
            for piece in in_chunks(self._zip, member.info):
                came += len(piece)
                if came > min(member.size, self.bounds.one):
                    raise Refused(not_now("course.file_damaged", name=member.name))
                yield piece
        except BROKEN:
            raise Refused(not_now("course.file_damaged", name=member.name)) from None
        if came != member.size:
            raise Refused(not_now("course.file_damaged", name=member.name))

    def read(self, member: Member, most: int) -> bytes:
        """A small file whole; refused if it is larger than `most`."""
        if member.size > most:
            megabytes = -(-most // MEGABYTE)
            raise Refused(not_now("course.file_too_big", name=member.name, limit=megabytes))
        return b"".join(self.pieces(member))

    def pour(self, sink: Sink, *, leave: Collection[str] = ()) -> int:
        """Stream every file but some to where `sink` says; how many bytes there were.

        Refused in the middle where a file turns out to be damaged: what was written by then is the caller's to drop.
        """
        came = 0
        for member in (one for name, one in self.members.items() if name not in leave):
            with sink(member.name) as out:
                for piece in self.pieces(member):
                    came += len(piece)
                    if came > self.bounds.unpacked:
                        raise _unpacks_too_big(came, self.bounds.unpacked)
                    out.write(piece)
        return came


def into(folder: Path) -> Sink:
    """A sink that writes under an empty folder; a name that is there already is an error of the caller's."""

    def opened(name: str) -> BinaryIO:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        return place.open("xb")

    return opened


def _unpacks_too_big(unpacked: int, limit: int) -> Refused:
    facts = {"megabytes": -(-unpacked // MEGABYTE), "limit": limit // MEGABYTE}
    return Refused(not_now("course.unpacks_too_big", **facts))


def _planned(infos: list[zipfile.ZipInfo], bounds: Bounds, size: int) -> dict[str, Member]:
    """Members by name; `Refused` for the first that is not harmless."""
    if len(infos) > bounds.files:
        raise Refused(not_now("course.too_many_files", limit=bounds.files))
    names = decoded(infos)
    members: dict[str, Member] = {}
    taken: dict[str, str] = {}
    for info, given in zip(infos, names, strict=True):
        if given in ("./", ".\\"):  # the folder that was packed, named by itself
            continue
        name = tidy(given)
        if _litter(name):
            continue
        _require_harmless(info, name, bounds)
        if given.endswith(("/", "\\")):
            continue
        _take(taken, name)
        members[name] = Member(name, info)
    _require_no_folder(taken)
    unpacked = sum(one.size for one in members.values())
    packed = sum(one.info.compress_size for one in members.values())
    if unpacked > bounds.unpacked:
        raise _unpacks_too_big(unpacked, bounds.unpacked)
    if packed > size:  # members that share the same bytes: small on the disk, endless when unpacked
        raise Refused(not_now("course.damaged"))
    if too_tight(unpacked, packed):
        raise Refused(not_now("course.packed_too_tight"))
    if not members:
        raise Refused(not_now("course.empty"))
    return members


def _litter(name: str) -> bool:
    """What systems leave in archives and nobody put there."""
    low = name.casefold()
    return low.startswith(_LITTER[0]) or low.rsplit("/", 1)[-1] in _LITTER[1:]


def _take(taken: dict[str, str], name: str) -> None:
    key = key_of(name)
    if key in taken:
        raise Refused(not_now("course.name_twice", name=name[-120:], other=taken[key][-120:]))
    taken[key] = name


def _require_no_folder(taken: dict[str, str]) -> None:
    """No name is a file and a folder at once."""
    for key, name in taken.items():
        parts = key.split("/")
        for count in range(1, len(parts)):
            other = taken.get("/".join(parts[:count]))
            if other is not None:
                raise Refused(not_now("course.name_twice", name=name[-120:], other=other[-120:]))


def _require_harmless(info: zipfile.ZipInfo, name: str, bounds: Bounds) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Refused(not_now("course.file_is_link", name=name[-120:]))
    if info.flag_bits & 0x1:
        raise Refused(not_now("course.password", name=name[-120:]))
    if info.compress_type not in _METHODS:
        raise Refused(not_now("course.packed_otherwise", name=name[-120:]))
    if info.file_size > bounds.one:
        limit = bounds.one // MEGABYTE
        raise Refused(not_now("course.file_too_big", name=name[-120:], limit=limit))
    if too_tight(info.file_size, info.compress_size):
        raise Refused(not_now("course.packed_too_tight"))


class _Guarded(io.RawIOBase):
    """A stream that gives no more at a time than the list of contents may have, while `most` is set."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream, self.most = stream, most
        self.size = stream.seek(0, io.SEEK_END)
        stream.seek(0)

    def read(self, size: int | None = -1) -> bytes:
        if self.most and size is not None and size > self.most:
            raise ValueError("the list of contents is too long")
        return self._stream.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True
