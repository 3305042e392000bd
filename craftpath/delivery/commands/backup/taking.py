"""Take a backup: one moment of the database and the kept files that it speaks of, in one file or not at all."""

from __future__ import annotations

import copy
import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from craftpath.delivery.commands.backup.sentences import BackupRefused
from craftpath.delivery.commands.backup.tables import lines, snapshot_of_sqlite, tables

FORM = 1  # of the file; a reader refuses one that it does not know
SNAPSHOT = "backup"  # the name of the connection that sees one moment only
MANIFEST = "manifest.json"
SECRET = "secret-key"  # noqa: S105  (a file's name)


@dataclass(frozen=True, slots=True)
class Taken:
    """What went into a backup."""

    rows: int
    files: int
    size: int
    lost: tuple[str, ...]


def take(target: Path, *, at: datetime, with_secret: bool = False) -> Taken:
    """Write a backup to `target`, which must not be there yet; it appears only once it is whole and on the disk."""
    if target.exists():
        raise BackupRefused("exists", file=str(target))
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("xb") as stream:
            os.chmod(partial, 0o600)
            with (
                zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
                moment() as using,
            ):
                taken = _write(archive, using, at=at, with_secret=with_secret)
            stream.flush()
            os.fsync(stream.fileno())
        size = partial.stat().st_size
        try:
            os.link(partial, target)  # never over a file that came in the meantime
        except FileExistsError as fault:
            raise BackupRefused("exists", file=str(target)) from fault
        sync(target.parent)
    except OSError as fault:
        raise BackupRefused("unwritable", file=str(target), why=fault.strerror or str(fault)) from fault
    finally:
        with suppress(OSError):
            partial.unlink()
    return Taken(taken["rows"], taken["files"], size, tuple(taken["lost"]))


def sync(folder: Path) -> None:
    """Make the folder remember its names, should the power go."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def moment() -> Iterator[str]:
    """A connection that sees the database as it is now, whatever is written meanwhile."""
    default = connections["default"]
    described = copy.deepcopy(default.settings_dict)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=settings.VAR) as folder:
        if default.vendor == "sqlite":
            described["NAME"] = str(Path(folder) / "moment.sqlite3")
            snapshot_of_sqlite(str(default.settings_dict["NAME"]), described["NAME"])
        else:
            options = {key: value for key, value in described["OPTIONS"].items() if key != "pool"}
            described["OPTIONS"] = options | {"isolation_level": 3}  # psycopg's repeatable read
        connections.databases[SNAPSHOT] = described
        try:
            with transaction.atomic(using=SNAPSHOT):
                yield SNAPSHOT
        finally:
            connections[SNAPSHOT].close()
            del connections[SNAPSHOT]
            del connections.databases[SNAPSHOT]


class _Parts:
    """Writes parts and remembers their hashes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.hashes: dict[str, str] = {}

    def add(self, name: str, pieces: Iterable[bytes], *, packed: bool = True) -> int:
        """Add a part; how many pieces it had."""
        info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        digest, count = hashlib.sha256(), 0
        with self.archive.open(info, "w", force_zip64=True) as part:
            for piece in pieces:
                digest.update(piece)
                part.write(piece)
                count += 1
        self.hashes[name] = digest.hexdigest()
        return count


def _write(archive: zipfile.ZipFile, using: str, *, at: datetime, with_secret: bool) -> dict[str, Any]:
    executor = MigrationExecutor(connections[using])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BackupRefused("not_migrated")
    parts = _Parts(archive)
    counts = {
        model._meta.label_lower: parts.add(f"tables/{model._meta.label_lower}.jsonl", lines(model, using)) - 1
        for model in tables()
    }
    lost, files = [], 0
    kept = apps.get_model("kernel", "KeptFile")._base_manager.using(using)
    for name, sha256 in kept.order_by("pk").values_list("content", "sha256").iterator():
        # A kept file is never altered, so it is still the one that the snapshot speaks of.
        if not _same_bytes(name, sha256):
            lost.append(name)
            continue
        parts.add(f"files/{name}", _pieces(name), packed=False)
        files += 1
    if with_secret:
        parts.add(SECRET, [settings.SECRET_KEY.encode()])
    applied = sorted(MigrationRecorder(connections[using]).applied_migrations())
    manifest = {
        "form": FORM,
        "program": "craftpath",
        "version": version("craftpath"),
        "at": at.isoformat(),
        "database": connections[using].vendor,
        "migrations": applied,
        "counts": counts,
        "lost": lost,
        "sha256": parts.hashes,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    archive.writestr(MANIFEST, text)
    return {"rows": sum(counts.values()), "files": files, "lost": lost}


def _pieces(name: str) -> Iterator[bytes]:
    with default_storage.open(name, "rb") as stream:
        while piece := stream.read(1 << 20):
            yield piece


def _same_bytes(name: str, sha256: str) -> bool:
    digest = hashlib.sha256()
    try:
        for piece in _pieces(name):
            digest.update(piece)
    except OSError:
        return False
    return digest.hexdigest() == sha256
