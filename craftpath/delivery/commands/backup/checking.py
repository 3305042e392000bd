"""Prove a backup without restoring it: every part is there, with the bytes and the rows that it had."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from craftpath.delivery.commands.backup.sentences import BackupRefused

FORM = 1
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Checked:
    """A backup that is whole."""

    file: Path
    manifest: dict[str, Any]

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(self.manifest["counts"].values())

    @property
    def files(self) -> int:
        """Kept files in it."""
        return sum(name.startswith("files/") for name in self.manifest["sha256"])

    @property
    def when(self) -> str:
        """The moment to the minute, with its zone."""
        return str(self.manifest["at"])[:16].replace("T", " ") + " UTC"


def check(file: Path) -> Checked:
    """Read all of it; `BackupRefused` says in one sentence what is wrong."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive, file)
            for part, sha256 in manifest["sha256"].items():
                _prove(archive, file, part, sha256, manifest["counts"])
            spare = sorted(set(archive.namelist()) - set(manifest["sha256"]) - {MANIFEST})
            if spare:
                raise BackupRefused("damaged", file=str(file), part=spare[0])
            return Checked(file, manifest)
    except (zipfile.BadZipFile, zlib.error, EOFError) as fault:
        raise BackupRefused("no_backup", file=str(file)) from fault
    except OSError as fault:
        raise BackupRefused("unreadable", file=str(file), why=fault.strerror or str(fault)) from fault


def _manifest(archive: zipfile.ZipFile, file: Path) -> dict[str, Any]:
    try:
        found = json.loads(archive.read(MANIFEST))
        if found["program"] != "craftpath":
            raise KeyError("program")
        if found["form"] > FORM:
            raise BackupRefused("newer_program", file=str(file), version=found["version"], own=f"form {FORM}")
        wanted = {f"tables/{label}.jsonl" for label in found["counts"]}
        if not wanted <= set(found["sha256"]) or not isinstance(found["migrations"], list):
            raise KeyError("sha256")
    except (KeyError, TypeError, ValueError) as fault:
        raise BackupRefused("no_backup", file=str(file)) from fault
    return dict(found)


def _prove(archive: zipfile.ZipFile, file: Path, part: str, sha256: str, counts: dict[str, int]) -> None:
    digest, rows = hashlib.sha256(), -1  # the first line names the columns
    try:
        with archive.open(part) as stream:
            while piece := stream.read(1 << 20):
                digest.update(piece)
                rows += piece.count(b"\n")
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError) as fault:
        raise BackupRefused("damaged", file=str(file), part=part) from fault
    label = part.removeprefix("tables/").removesuffix(".jsonl")
    if digest.hexdigest() != sha256 or (part.startswith("tables/") and counts.get(label) != rows):
        raise BackupRefused("damaged", file=str(file), part=part)
