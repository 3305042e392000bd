"""Hostile files cost little: each is read or refused by a process that has one gigabyte and some seconds."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from .zoo import package

ROOT = Path(__file__).resolve().parents[2]
SOUND = '<row r="1"><c r="A1"><v>1</v></c></row>'
MEMORY = 1024**3  # bytes of address space; an interpreter with Django and numpy takes a third of it
SECONDS = 20  # of processor time; all of them take under two on a slow machine
READ = """
import sys
from craftpath.delivery.exchange.reading import SheetRefused, read_book
try:
    book = read_book(open(sys.argv[1], "rb").read(), sys.argv[1])
    cells = [str(cell) for sheet in book.sheets for row in sheet.rows for cell in row]
    print("read", len(cells), max(map(len, cells)))
except SheetRefused as refused:
    print(refused.code)
"""


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _laughs() -> bytes:
    more = "".join(f'<!ENTITY a{n} "' + f"&a{n - 1};" * 9 + '">' for n in range(1, 12))
    entities = f'<!ENTITY a0 "ha">{more}'
    return f'<?xml version="1.0"?><!DOCTYPE sst [{entities}]><sst><si><t>&a11;</t></si></sst>'.encode()


def _declares_two_gigabytes() -> bytes:
    content = bytearray(package(SOUND))
    entry = content.rindex(b"xl/worksheets/sheet1.xml") - 46  # its name in the central directory
    content[entry + 24 : entry + 28] = (2 * 1024**3).to_bytes(4, "little")
    return bytes(content)


def _blank_rows() -> bytes:
    return package(SOUND + "".join(f'<row r="{row}" s="1"/>' for row in range(2, 1_000_001)))


HOSTILE = {
    "bomb.xlsx": (lambda: package(SOUND + " " * (280 * 1024 * 1024)), ("sheet.packed_too_tight",)),
    "bomb-of-another-part.xlsx": (
        lambda: package(SOUND, {"xl/media/a.bin": bytes(310 * 1024 * 1024)}),
        ("sheet.unpacks_too_big",),
    ),
    "two-gigabytes.xlsx": (_declares_two_gigabytes, ("sheet.unpacks_too_big",)),
    "million-blank-rows.xlsx": (_blank_rows, ("sheet.packed_too_tight", "read 1 1")),
    "laughs.xlsx": (
        lambda: package('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', {"xl/sharedStrings.xml": _laughs()}),
        ("sheet.damaged", "sheet.no_content"),
    ),
    "laughs-in-the-workbook.xlsx": (
        lambda: package(SOUND, {"xl/workbook.xml": _laughs()}),
        ("sheet.damaged",),
    ),
    "fifty-megabytes.csv": (lambda: "学号,姓名\r\n".encode() * (50 * 1024 * 1024 // 15), ("sheet.too_big",)),
    "one-line.csv": (lambda: b"1," * (9 * 1024 * 1024), ("sheet.too_many_columns",)),
    "one-cell.csv": (lambda: b'"' + b"x" * (19 * 1024 * 1024) + b'"', ("sheet.quotes", "sheet.not_a_table")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_ends_within_bounds(tmp_path: Path, name: str) -> None:
    make, allowed = HOSTILE[name]
    (tmp_path / name).write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", READ, str(tmp_path / name)],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        preexec_fn=_limits,
        timeout=100,
        check=False,
    )
    assert done.stdout.strip() in allowed, done.stdout + done.stderr[-2000:]
