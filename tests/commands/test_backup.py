"""Backup and restore, as somebody would use them: in processes of their own, on sites of their own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from craftpath.delivery.commands.backup.checking import check
from craftpath.delivery.commands.backup.sentences import BackupRefused
from craftpath.kernel import progress
from tests import fresh
from tests.cluster import MISSING, cluster


@pytest.fixture
def server() -> Iterator[str]:
    """The address of an empty cluster."""
    try:
        with cluster() as address:
            yield address
    except FileNotFoundError:
        pytest.fail(MISSING) if os.environ.get("CI") else pytest.skip(MISSING)


ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.timeout(300)


class Site:
    """A site in a folder, or with its records in PostgreSQL."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder = folder
        self.environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("CRAFTPATH", "DJANGO"))
            },
            "CRAFTPATH_VAR": str(folder),
            "CRAFTPATH_DATABASE_URL": database,
            "LC_ALL": "C.UTF-8",
        }

    @property
    def database(self) -> Path:
        return self.folder / "craftpath.sqlite3"

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", *words],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def drill(self, step: str) -> Any:
        process = self.start("tests.commands.drill", step)
        out, fault = process.communicate()
        assert process.returncode == 0, fault[-3000:]
        return json.loads(out.splitlines()[-1])

    def craftpath(self, *words: str) -> tuple[int, str]:
        process = self.start("craftpath.delivery.commands.headless", *words)
        out, fault = process.communicate()
        assert "Traceback" not in fault, fault[-3000:]
        return process.returncode, out + fault


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with the cast; tests that change it take a copy."""
    made = Site(tmp_path_factory.mktemp("site"))
    fresh.set_down(made.folder)
    made.drill("set")
    return made


@pytest.fixture(scope="module")
def digest(site: Site) -> Any:
    """What its rows come to; nobody changes it."""
    return site.drill("digest")


@pytest.fixture(scope="module")
def backup(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backup") / "b.zip"
    code, said = site.craftpath("backup", "--out", str(file))
    assert (code, "The secret key is not in it." in said) == (0, True), said
    return file


@pytest.fixture
def living(site: Site, tmp_path: Path) -> Site:
    """A copy of the site that a test may change."""
    shutil.copytree(site.folder, tmp_path / "living")
    return Site(tmp_path / "living")


def test_a_backup_is_restored_elsewhere_row_by_row(
    site: Site, digest: Any, backup: Path, tmp_path: Path
) -> None:
    other = Site(tmp_path / "other")
    code, said = other.craftpath("restore", str(backup))
    assert code == 0, said
    assert other.drill("digest") == digest
    assert other.drill("whole") == site.drill("whole")
    counts = check(backup).manifest["counts"]
    decided = ("evaluation.decision", "evaluation.resultversion", "evaluation.contest")
    assert [counts[table] for table in decided] == [1, 1, 1]
    assert (other.folder / "secret-key").read_text() != (site.folder / "secret-key").read_text()


def test_a_backup_taken_while_marks_come_in_is_one_moment(living: Site, tmp_path: Path) -> None:
    writer = living.start("tests.commands.drill", "write")
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        before = _marks(living)
        code, said = living.craftpath("backup", "--out", str(tmp_path / "b.zip"))
        assert code == 0, said
        time.sleep(0.2)
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait()
    after = _marks(living)
    other = Site(tmp_path / "other")
    assert other.craftpath("restore", str(tmp_path / "b.zip"))[0] == 0
    found = other.drill("whole")
    assert before <= found.pop("marks") < after
    assert found == {"torn": [], "untold": 0, "wrong": [], "lost": []}


def _marks(site: Site) -> int:
    with closing(sqlite3.connect(site.database)) as database:
        return int(database.execute("SELECT COUNT(*) FROM evaluation_mark").fetchone()[0])


@pytest.fixture
def postgres(server: str, tmp_path: Path) -> Site:
    import psycopg

    folder = server.partition("host=")[2]
    with psycopg.connect(f"host={folder} user=craftpath dbname=postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE craftpath")
    return Site(tmp_path / "postgres", server)


@pytest.mark.long
def test_from_sqlite_to_postgresql_and_back(
    digest: Any, backup: Path, postgres: Site, tmp_path: Path
) -> None:
    code, said = postgres.craftpath("restore", str(backup))
    assert code == 0, said
    assert postgres.drill("digest") == digest
    refused = postgres.craftpath("restore", str(backup))
    assert (refused[0], "This site is not empty" in refused[1]) == (2, True)
    writer = postgres.start("tests.commands.drill", "write")  # new rows go on counting where the old ones end
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        assert postgres.craftpath("backup", "--out", str(tmp_path / "p.zip"))[0] == 0
    finally:
        writer.kill()
        writer.wait()
    third = Site(tmp_path / "third")
    assert third.craftpath("restore", str(tmp_path / "p.zip"))[0] == 0
    found = third.drill("whole")
    assert found.pop("marks") > 14
    assert found == {"torn": [], "untold": 0, "wrong": [], "lost": []}
    code, said = postgres.craftpath("restore", "--replace", str(backup))
    assert (code, "What was there before is in" in said) == (0, True), said
    assert postgres.drill("digest") == digest


def test_a_killed_restore_leaves_what_was_there(living: Site, digest: Any, backup: Path) -> None:
    for moment in range(2):
        process = living.start("craftpath.delivery.commands.headless", "restore", "--replace", str(backup))
        deadline = time.monotonic() + 60
        while not list(living.folder.glob(".craftpath.sqlite3.*")) and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        time.sleep(0.15 * moment)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        assert living.drill("digest") == digest


def test_a_restore_over_a_newer_site_is_refused_and_loses_nothing(living: Site, backup: Path) -> None:
    writer = living.start("tests.commands.drill", "write")
    assert writer.stdout is not None
    assert writer.stdout.readline() == "writing\n"
    writer.kill()
    writer.wait()
    before = living.drill("digest")
    code, said = living.craftpath("restore", str(backup))
    assert code == 2
    assert "newer than the backup of" in said
    assert "add --replace" in said
    assert living.drill("digest") == before
    code, said = living.craftpath("restore", "--replace", str(backup))
    assert code == 0, said
    kept = next((living.folder / "backups").glob("before-restore-*.zip"))
    assert living.craftpath("restore", "--replace", str(kept))[0] == 0
    assert living.drill("digest") == before


def test_a_running_site_is_not_replaced(living: Site, backup: Path) -> None:
    with closing(sqlite3.connect(living.database)) as held:
        held.execute("PRAGMA journal_mode=WAL").fetchall()
        held.execute("SELECT COUNT(*) FROM kernel_person").fetchall()
        code, said = living.craftpath("restore", "--replace", str(backup))
    assert (code, "The site is running" in said) == (2, True), said


def test_a_file_that_is_there_is_never_overwritten(site: Site, backup: Path) -> None:
    before = backup.read_bytes()
    code, said = site.craftpath("backup", "--out", str(backup))
    assert (code, "is there already" in said) == (2, True)
    assert backup.read_bytes() == before
    assert [path for path in backup.parent.iterdir() if path != backup] == []


def test_a_lost_file_is_named_and_the_rest_is_backed_up(living: Site, tmp_path: Path) -> None:
    next(path for path in (living.folder / "files").rglob("*") if path.is_file()).write_bytes(b"another")
    code, said = living.craftpath("backup", "--out", str(tmp_path / "b.zip"))
    assert (code, "1 kept files were lost or altered" in said) == (0, True), said
    assert check(tmp_path / "b.zip").files == 0


def test_the_secret_is_in_it_only_if_asked_for(site: Site, tmp_path: Path) -> None:
    assert site.craftpath("backup", "--with-secret", "--out", str(tmp_path / "b.zip"))[0] == 0
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert archive.read("secret-key").decode() == (site.folder / "secret-key").read_text()


def test_check_says_that_it_is_whole(site: Site, backup: Path) -> None:
    code, said = site.craftpath("backup", "--check", str(backup))
    assert (code, "is whole" in said) == (0, True)


def rewritten(backup: Path, target: Path, **changes: Any) -> Path:
    """The same backup with some parts changed, or left out where the new content is None."""
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            content = changes.pop(name, source.read(name))
            if content is not None:
                archive.writestr(name, content)
        for name, content in changes.items():
            archive.writestr(name, content)
    return target


def test_every_part_is_proved(backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for n, (name, content) in enumerate(parts.items()):
        ways = (content[:-1] + b"x", content + content[-20:], None)
        # A backup is written anew for each: every part is changed in one way, the list of parts in all three.
        for changed in ways if name == "manifest.json" else ways[n % 3 :][:1]:
            with pytest.raises(BackupRefused) as caught:
                check(rewritten(backup, tmp_path / "c.zip", **{name: changed}))
            assert caught.value.code == ("no_backup" if name == "manifest.json" else "damaged")
    with pytest.raises(BackupRefused) as caught:
        check(rewritten(backup, tmp_path / "c.zip", **{"files/more": b"x"}))
    assert caught.value.code == "damaged"


def _data_of(whole: bytes, info: zipfile.ZipInfo) -> int:
    """Where the bytes of a part begin: behind its header, name and further fields."""
    name, more = struct.unpack_from("<HH", whole, info.header_offset + 26)
    return int(info.header_offset + 30 + name + more)


def test_a_flipped_or_missing_byte_anywhere_is_found(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    file = tmp_path / "c.zip"
    for cut in (0, 1, 100, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:cut])
        with pytest.raises(BackupRefused):
            check(file)
    with zipfile.ZipFile(backup) as archive:
        middles = [_data_of(whole, info) + info.compress_size // 2 for info in archive.infolist()]
    for place in middles:
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with pytest.raises(BackupRefused):
            check(file)
    with pytest.raises(BackupRefused) as caught:
        check(tmp_path / "nowhere.zip")
    assert caught.value.code == "unreadable"


def test_a_newer_program_s_backup_and_a_way_out_of_the_folder_are_refused(
    site: Site, backup: Path, tmp_path: Path
) -> None:
    manifest = json.loads(zipfile.ZipFile(backup).read("manifest.json"))
    newer = {**manifest, "migrations": [*manifest["migrations"], ["kernel", "9999_from_the_future"]]}
    made = rewritten(backup, tmp_path / "n.zip", **{"manifest.json": json.dumps(newer)})
    other = Site(tmp_path / "other")
    code, said = other.craftpath("restore", str(made))
    assert (code, "comes from a newer program" in said) == (2, True), said
    with pytest.raises(BackupRefused) as caught:
        check(rewritten(backup, tmp_path / "f.zip", **{"manifest.json": json.dumps({**manifest, "form": 2})}))
    assert caught.value.code == "newer_program"
    content = zipfile.ZipFile(backup).read("tables/kernel.person.jsonl")
    digest = manifest["sha256"]["tables/kernel.person.jsonl"]
    for n, part in enumerate(
        ("files/../../../escaped", f"files/{progress.folder().name}/p-0.gist")
    ):  # the second is the worker's own
        parts = {"manifest.json": json.dumps({**manifest, "sha256": {**manifest["sha256"], part: digest}})}
        evil = rewritten(backup, tmp_path / f"e{n}.zip", **parts, **{part: content})
        code, said = other.craftpath("restore", str(evil))
        assert (code, "is damaged" in said) == (2, True), said
    assert not list(other.database.parent.rglob("*.gist"))
    assert not (tmp_path / "escaped").exists()
    assert not other.database.exists()


@pytest.mark.long  # every migration there is, one after the other
def test_an_older_backup_comes_forward(digest: Any, backup: Path, tmp_path: Path) -> None:
    """A backup from before the task library's last migrations is restored as it was, then migrated."""
    manifest = json.loads(zipfile.ZipFile(backup).read("manifest.json"))
    tasks = [row for row in manifest["migrations"] if row[0] == "django_tasks_database"]
    assert len(tasks) > 1
    older = {**manifest, "migrations": [row for row in manifest["migrations"] if row != tasks[-1]]}
    made = rewritten(backup, tmp_path / "o.zip", **{"manifest.json": json.dumps(older)})
    other = Site(tmp_path / "other")
    code, said = other.craftpath("restore", str(made))
    assert code == 0, said
    assert other.drill("digest") == digest


def test_it_speaks_chinese_where_the_locale_does(site: Site, backup: Path) -> None:
    chinese = Site(site.folder)
    chinese.environment["LC_ALL"] = "zh_CN.UTF-8"
    assert "完好" in chinese.craftpath("backup", "--check", str(backup))[1]
