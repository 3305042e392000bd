"""Licences: what runs is permissive and named in THIRD-PARTY.md; locks hold hashes and no addresses; nothing leaks."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^]]*\])?==\S+", re.M)
RUNNING = ("base.txt", "postgres.txt")

# SPDX names of the licences that the running site may stand on.
ALLOWED = {
    "MIT-CMU",
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "PSF-2.0",
    "Unlicense",
    "Zlib",
}
# Used as libraries, unaltered and exchangeable; nothing else may be.
LGPL = {"frozendict", "psycopg", "psycopg-binary", "psycopg-pool"}
# Hold a list of others' making, unaltered, under a licence that binds that file and no other.
# pyphen may be taken under the GPL, the LGPL or the MPL; it is taken under the MPL, for its hyphenation lists.
MPL = {"certifi", "fido2", "pyphen"}
FAMILIES = {
    "0BSD": r"\b0BSD\b",
    "Apache": r"Apache",
    "BSD": r"\bBSD",
    "CC0": r"\bCC0",
    "GPL": r"\b(?:A?GPL|GNU (?:Affero )?General)",
    "LGPL": r"\bLGPL|Lesser General",
    "ISC": r"\bISC\b",
    "MIT": r"\bMIT\b",
    "MPL": r"\bMPL|Mozilla",
    "PSF": r"\bPSF|Python Software Foundation",
    "Unlicense": r"Unlicense",
    "Zlib": r"\bZlib\b",
}


def _pinned(*names: str) -> set[str]:
    return {
        found.lower()
        for name in names
        for found in PINNED.findall((ROOT / "requirements" / name).read_text("utf-8"))
    }


def _table() -> dict[str, str]:
    """Package → licence, from every table of THIRD-PARTY.md."""
    lines = (ROOT / "THIRD-PARTY.md").read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return {row[0]: row[1] for row in cells if row[0] != "package"}


def _families(text: str) -> set[str]:
    return {family for family, pattern in FAMILIES.items() if re.search(pattern, text)}


def _declared(package: str) -> str:
    """What an installed package says of its licence, in the three places where it may."""
    about = metadata.metadata(package)
    expression = about.get("License-Expression")
    if expression:
        return expression
    classifiers = [line for line in about.get_all("Classifier", []) if line.startswith("License ::")]
    return " ".join([(about.get("License") or "")[:200], *classifiers])


TABLE = _table()
NODE = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]


def test_the_licence_is_apache_and_whole() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert text.split("\n")[0].strip() == "Apache License"
    assert text.rstrip().endswith("limitations under the License.")


def test_every_package_that_runs_is_named_and_no_other() -> None:
    browser = {
        name.removeprefix("node_modules/") for name, row in NODE.items() if name and not row.get("dev")
    }
    assert set(TABLE) == _pinned(*RUNNING) | browser


SILENT = {"pyrage"}
"""Their wheels say nothing of a licence; the table has what the licence file of their source says."""


@pytest.mark.parametrize("package", sorted(TABLE))
def test_a_package_that_runs_is_permissive(package: str) -> None:
    allowed = ALLOWED | ({"MPL-2.0", "MPL-1.1"} if package in MPL else set())
    allowed = {"LGPL-3.0-only"} if package in LGPL else allowed
    for part in TABLE[package].split(" AND "):
        assert set(part.split(" OR ")) & allowed, part


@pytest.mark.parametrize("package", sorted(_pinned(*RUNNING)))
def test_the_table_says_what_the_package_says(package: str) -> None:
    try:
        declared = _declared(package)
    except metadata.PackageNotFoundError:
        assert package in {
            "tzdata",
            "colorama",
            "brotlicffi",
        }  # for systems without time zones of their own, for Windows, or for another Python
        return
    if package in SILENT:
        assert not _families(declared)
        return
    assert _families(declared) == _families(TABLE[package])
    assert _families(declared)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_holds_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    entries = re.split(r"(?<!\\)\n", text.strip())
    assert entries
    assert [entry.split("==")[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"://|--index|--find-links|@ ", text) == []


def test_the_browser_s_lock_holds_hashes_and_no_address() -> None:
    packages = {name: row for name, row in NODE.items() if name}
    assert [name for name, row in packages.items() if not row["integrity"].startswith("sha512-")] == []
    assert "://" not in (ROOT / "package-lock.json").read_text("utf-8")


# ---- What belongs to a machine and not to the project -------------------------------------------------

SKIPPED = [".git", *(line.rstrip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines())]
# Put together here, so that this file does not hold them itself.
OF_A_MACHINE = (
    "/" + "root/",
    "/" + "work/",
    "pypi" + ".org/simple",
    "files." + "pythonhosted",
    "registry." + "npmjs",
)
HOME = re.compile(r"/(?:home|Users)/\w+/")


def _kept(name: str) -> bool:
    return not any(fnmatch(name, pattern) for pattern in SKIPPED)


def _texts() -> Iterator[tuple[str, str]]:
    """Every text that git would keep; data in tables is not ours to word."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = filter(_kept, folders)
        for name in filter(_kept, files):
            path = Path(folder, name)
            try:
                text = "" if path.suffix == ".csv" else path.read_text("utf-8")
            except UnicodeDecodeError:
                continue
            yield str(path.relative_to(ROOT)), text


def test_no_file_names_a_registry_or_somebody_s_machine() -> None:
    texts = list(_texts())
    leaks = {name: word for name, text in texts for word in OF_A_MACHINE if word in text}
    homes = {name: found[0] for name, text in texts if (found := HOME.search(text))}
    assert "pyproject.toml" in dict(texts)
    assert (leaks, homes) == ({}, {})
