"""Kept files that travel: only under the names that the program gives, and only with the bytes that their rows name."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import File
from django.core.files.storage import default_storage

from craftpath.kernel.files import KeptFile
from craftpath.kernel.points.carried import carried

FILES = "files/"
_PLACE = re.compile(r"[0-9]{4}/[0-9]{2}/([0-9A-Za-z]{1,16})")
_AT_ONCE, _PART = 500, 1 << 20


def is_place(name: Any, public_id: Any) -> bool:
    """Whether a file's name is one that the program gives: year/month/public id, so that it cannot lead elsewhere."""
    found = _PLACE.fullmatch(name) if isinstance(name, str) else None
    return found is not None and found[1] == public_id


def pack_files(archive: zipfile.ZipFile, files: dict[str, str]) -> None:
    """Write files (digest → name here) into a bundle."""
    for digest, name in sorted(files.items()):
        try:
            with default_storage.open(name, "rb") as stream, archive.open(FILES + digest, "w") as target:
                while part := stream.read(_PART):
                    target.write(part)
        except (OSError, SuspiciousFileOperation):
            continue  # a file that this disk has lost is told by whoever opens it, here and there


def unpack_files(archive: zipfile.ZipFile, lines: Iterator[list[Any]]) -> None:
    """Keep the files of these rows, also of rows that wait; none in the place of another one's file."""
    places = {field.attname: place for place, field in enumerate(carried()["kernel.KeptFile"].fields)}
    there = set(archive.namelist())
    while some := list(islice(lines, _AT_ONCE)):
        wanted = {}
        for _names, _stamps, gone, values in some:
            if gone:
                continue
            name, digest = values[places["content"]], str(values[places["sha256"]])
            if FILES + digest in there and is_place(name, values[places["public_id"]]):
                wanted[name] = digest
        known = dict(KeptFile._base_manager.filter(content__in=wanted).values_list("content", "sha256"))
        for name, digest in wanted.items():
            if known.get(name, digest) == digest and not default_storage.exists(name):
                _keep(archive, name, digest)


def _keep(archive: zipfile.ZipFile, name: str, digest: str) -> None:
    packed: Any = archive.open(FILES + digest)
    with packed as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() == digest:
            stream.seek(0)
            default_storage.save(name, File(stream))
