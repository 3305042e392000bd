"""Make a site of a backup: aside or in one transaction, proved, and only then in the place of what was there."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils._os import safe_join

from craftpath.delivery.commands.backup.checking import Checked, check
from craftpath.delivery.commands.backup.sentences import BackupRefused
from craftpath.delivery.commands.backup.tables import LEFT_OUT, load, tables
from craftpath.delivery.commands.backup.taking import sync, take
from craftpath.delivery.commands.laying import lay_tables
from craftpath.kernel import partitions
from craftpath.kernel.points.noticing import renew_site

# Of the file that is made beside the living one: no log of its own, so that it is one file when it moves.
ASIDE = {
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=DELETE; PRAGMA foreign_keys=ON;",
}


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore has made, and where that is which was there before."""

    rows: int
    files: int
    when: str
    before: Path | None


def restore(file: Path, *, at: datetime, replace: bool = False) -> Restored:
    """Restore a backup; whatever is refused or breaks leaves the site as it was."""
    checked = check(file)
    _refuse_newer_program(checked)
    occupied = _refuse_occupied(checked, replace=replace)
    if connections["default"].vendor == "sqlite":
        _refuse_running()
    before = None
    if occupied:
        before = Path(settings.VAR) / "backups" / f"before-restore-{at:%Y%m%d-%H%M%S}.zip"
        take(before, at=at, with_secret=True)
    with zipfile.ZipFile(file) as archive:
        _put_files(archive, checked)
        with _place() as using:
            _fill(archive, checked, using)
            partitions.make(at, using=using)  # history of years goes into its months
            renew_site(using)
    return Restored(checked.rows, checked.files, checked.when, before)


def _refuse_newer_program(checked: Checked) -> None:
    known = set(MigrationLoader(None).disk_migrations)
    if any((app, name) not in known for app, name in checked.manifest["migrations"]):
        from importlib.metadata import version  # noqa: PLC0415

        raise BackupRefused(
            "newer_program",
            file=str(checked.file),
            version=checked.manifest["version"],
            own=version("craftpath"),
        )


def _refuse_occupied(checked: Checked, *, replace: bool) -> bool:
    """Whether somebody lives here; refused unless that is to be replaced."""
    connection = connections["default"]
    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists():
        return False
    person, entry = apps.get_model("kernel", "Person"), apps.get_model("kernel", "AuditEntry")
    names = set(connection.introspection.table_names())
    if person._meta.db_table not in names or not person._base_manager.exists():
        return False
    if not replace:
        newest = None
        if entry._meta.db_table in names:
            newest = entry._base_manager.order_by("-at").values_list("at", flat=True).first()
        if newest is not None and newest > datetime.fromisoformat(checked.manifest["at"]):
            raise BackupRefused("newer_database", newest=f"{newest:%Y-%m-%d %H:%M} UTC", when=checked.when)
        raise BackupRefused("not_empty", when=checked.when)
    return True


def _refuse_running() -> None:
    """SQLite gives up its log only to the last one who has the file open; so nobody else may have it."""
    path = Path(str(connections["default"].settings_dict["NAME"]))
    connections["default"].close()
    if not path.exists():
        return
    with closing(sqlite3.connect(path, timeout=2)) as alone:
        try:
            alone.execute("PRAGMA journal_mode=DELETE").fetchall()
        except sqlite3.OperationalError as fault:
            raise BackupRefused("running") from fault


_KEPT = re.compile(r"files/\d{4}/\d{2}/[A-Za-z0-9_-]+")
"""As `kernel/files.py` places a kept file."""


def _put_files(archive: zipfile.ZipFile, checked: Checked) -> None:
    """Kept files first: their names are drawn by lot, so they stand in nobody's way while the database is made."""
    root = Path(settings.MEDIA_ROOT)
    for part in checked.manifest["sha256"]:
        if not part.startswith("files/"):
            continue
        if not _KEPT.fullmatch(part):  # nothing else comes from a backup: not what a worker keeps for itself
            raise BackupRefused("damaged", file=str(checked.file), part=part)
        try:
            target = Path(safe_join(str(root), part.removeprefix("files/")))
        except SuspiciousFileOperation as fault:
            raise BackupRefused("damaged", file=str(checked.file), part=part) from fault
        if target.exists() and target.stat().st_size == archive.getinfo(part).file_size:
            continue  # kept files are never altered
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f".{target.name}.{os.getpid()}")
        with archive.open(part) as source, partial.open("wb") as stream:
            shutil.copyfileobj(source, stream)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(partial, target)


@contextmanager
def _place() -> Iterator[str]:
    """Where the database is made: an SQLite file beside the living one, or a transaction over PostgreSQL."""
    living = connections["default"]
    if living.vendor == "sqlite":
        with _beside(Path(str(living.settings_dict["NAME"]))) as using:
            yield using
        return
    with transaction.atomic():
        with living.cursor() as cursor:
            for name in living.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE {living.ops.quote_name(name)} CASCADE")
        yield "default"


@contextmanager
def _beside(path: Path) -> Iterator[str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f".{path.name}.{os.getpid()}")
    living = connections.databases["default"]
    # The one connection of this process leads to the new file meanwhile: migrations of libraries know no other name.
    _lead_to(living | {"NAME": str(made), "OPTIONS": ASIDE})
    try:
        yield "default"
        connections["default"].close()
        with made.open("rb+") as stream:
            os.fsync(stream.fileno())
        _lead_to(living)
        _refuse_running()  # somebody may have come meanwhile
        os.replace(made, path)
        sync(path.parent)
    finally:
        _lead_to(living)
        for left in (made, made.with_name(made.name + "-journal")):
            with suppress(OSError):
                left.unlink()


def _lead_to(described: dict[str, Any]) -> None:
    connections["default"].close()
    del connections["default"]
    connections.databases["default"] = described


def _known_by(executor: MigrationExecutor, wanted: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The same steps by the names that an empty database takes: several that are one today are that one.

    A backup of before has some of them only; then they are taken one by one.
    """
    together = executor.loader.replacements
    if all(set(migration.replaces) <= wanted for migration in together.values()):
        for key, migration in together.items():
            wanted = wanted - set(migration.replaces) | {key}
        return wanted
    executor.loader.replace_migrations = False  # type: ignore[attr-defined]
    executor.loader.build_graph()
    return wanted - set(together)


def _fill(archive: zipfile.ZipFile, checked: Checked, using: str) -> None:
    """Tables as they were when the backup was made, its rows, and then forward to the tables of today."""
    connection = connections[using]
    wanted = {(app, name) for app, name in checked.manifest["migrations"]}
    executor = MigrationExecutor(connection)
    of_today = wanted >= set(executor.loader.graph.leaf_nodes()) and lay_tables(using)
    wanted = _known_by(executor, wanted)
    targets = [node for node in wanted if not _children(executor, node) & wanted]
    if not of_today:
        executor.migrate(sorted(targets))
    old = executor.loader.project_state(sorted(targets)).apps
    counts = checked.manifest["counts"]
    with transaction.atomic(using=using):
        models = tables(old)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":  # migrations have asked for some at once
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for model in reversed(models):  # what migrations have put there comes with the backup
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
        for model in models:
            label = model._meta.label_lower
            if label not in counts or label in LEFT_OUT:
                continue
            with archive.open(f"tables/{label}.jsonl") as part:
                load(model, part, using)
            got = model._base_manager.using(using).count()
            if got != counts[label]:
                raise BackupRefused("differs", part=label, got=got, wanted=counts[label])
        _number_on(connection, models)
        connection.check_constraints()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:  # what is deferred is judged now, before tables change
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    forward = MigrationExecutor(connection)
    forward.migrate(forward.loader.graph.leaf_nodes())
    call_command("createcachetable", database=using, verbosity=0)


def _children(executor: Any, node: tuple[str, str]) -> set[tuple[str, str]]:
    found = executor.loader.graph.node_map.get(node)
    return set() if found is None else {child.key for child in found.children}


def _number_on(connection: Any, models: list[Any]) -> None:
    """New rows go on counting where the restored ones end."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)
