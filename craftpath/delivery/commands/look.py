"""`craftpath look`: what items and packages from elsewhere would become, what would be left out, what is refused."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.complaints import BadInput
from craftpath.delivery.commands.files import file_complaint

if TYPE_CHECKING:
    from craftpath.delivery.exchange.exams.qti_in import Read
    from craftpath.domain.exams.content import Content

_MOST = 600 * 2**20


def add_to(commands: Any) -> None:
    """Register the command and its arguments."""
    parser = commands.add_parser(
        "look", help="see what a package or an item from elsewhere would become", description=__doc__
    )
    parser.add_argument(
        "file", type=Path, nargs="+", metavar="FILE", help="QTI, SCORM, cmi5, H5P or a Common Cartridge"
    )
    parser.add_argument(
        "--out", type=Path, metavar="report.json", help="where to; standard output if left out"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Look at every file; one that is refused is told and hinders no other."""
    told = [{"file": str(path), **_looked_at(path)} for path in arguments.file]
    text = json.dumps({"files": told}, ensure_ascii=False, indent=1, default=str) + "\n"
    if arguments.out is None:
        sys.stdout.write(text)
        return 0
    try:
        arguments.out.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise BadInput(
            [file_complaint(arguments.out, 1, "unwritable", why=fault.strerror or fault)]
        ) from None
    return 0


def _looked_at(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _MOST:
            return {"refused": "course.unpacks_too_big", "facts": {"limit": _MOST // 2**20}}
        content = path.read_bytes()
    except OSError as fault:
        raise BadInput([file_complaint(path, 1, "unreadable", why=fault.strerror or fault)]) from None
    course = _course(content)
    if "refused" not in course and course["kind"] != "cartridge":
        return course
    items = _items(content, path.name)
    if "refused" in items:
        return course if content.startswith(b"PK") and course.get("refused") != "course.other_kind" else items
    return items if "refused" in course else course | {"items": items["items"], "problems": items["problems"]}


def _course(content: bytes) -> dict[str, Any]:
    """What a package of a course turns out to be."""
    from craftpath.delivery.exchange.courses.sniff import open_package, read_package  # noqa: PLC0415  (slow to import)
    from craftpath.values.verdict import Refused  # noqa: PLC0415

    try:
        with open_package(io.BytesIO(content)) as archive:
            found = read_package(archive)
    except Refused as refused:
        return {"refused": refused.verdict.reason, "facts": dict(refused.verdict.facts)}
    return {
        "kind": type(found).__name__.lower(),
        "version": str(getattr(found, "version", "")),
        "playable": found.playable,
        "faults": [_note(one) for one in found.notes.faults],
        "remarks": [_note(one) for one in found.notes.remarks],
    }


def _note(one: Any) -> dict[str, Any]:
    return {"place": one.place, "given": one.given, "code": one.code, "facts": dict(one.facts)}


def _items(content: bytes, name: str) -> dict[str, Any]:
    """What the items of a file become, and what their right answer and none at all are worth here."""
    from craftpath.delivery.exchange.exams.qti_in import read_package  # noqa: PLC0415
    from craftpath.values.verdict import Refused  # noqa: PLC0415

    try:
        found = read_package(content, name)
    except Refused as refused:
        return {"refused": refused.verdict.reason, "facts": dict(refused.verdict.facts)}
    problems = [{"code": code, "facts": dict(facts)} for code, facts in found.problems]
    return {"kind": "qti", "items": [_item(one) for one in found.reads], "problems": problems}


def _item(read: Read) -> dict[str, Any]:
    told: dict[str, Any] = {"name": read.name, "title": read.title, "understood": read.good}
    if read.reason:
        return told | {"reason": read.reason, "facts": dict(read.facts)}
    told["remarks"] = [{"code": code, "facts": dict(facts)} for code, facts in read.remarks]
    return told | (_worth(read.content) if read.content is not None else {"kind": "text"})


def _worth(content: Content) -> dict[str, Any]:
    from craftpath.domain.exams.content import has_key, question  # noqa: PLC0415
    from craftpath.engines.scoring import Kind, score  # noqa: PLC0415

    told: dict[str, Any] = {
        "kind": content.kind.value,
        "rule": content.rule.value,
        "points": float(content.points),
    }
    if content.kind is Kind.ESSAY or not has_key(content):
        return told | {"key": content.kind is Kind.ESSAY, "right": None, "empty": None}
    asked, answer = question(content), _answer(content)
    return told | {
        "key": True,
        "answer": answer,
        "right": float(score(asked, answer).earned),
        "empty": float(score(asked, None).earned),
    }


def _answer(content: Content) -> str | Sequence[str] | dict[str, str]:
    """What somebody gives who knows the key."""
    from craftpath.engines.scoring import Kind  # noqa: PLC0415

    details = content.details
    if content.kind is Kind.NUMERIC:
        return str(details["value"])
    if content.kind is Kind.SHORT:
        return {row["key"]: row["accepted"][0] for row in details["blanks"]}
    if content.kind is Kind.MATCHING:
        return dict(details["pairs"])
    return list(details["order"] if content.kind is Kind.ORDERING else details["right"])
