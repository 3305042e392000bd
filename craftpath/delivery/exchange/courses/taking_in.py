"""The worker's part of a package: read it, lay it out, and only then say what was found."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from craftpath.delivery.exchange.courses.archive import Archive
from craftpath.delivery.exchange.courses.cartridge import Cartridge, Part
from craftpath.delivery.exchange.courses.cmi5 import NAME, Block, Cmi5, Unit, read_cmi5_alone
from craftpath.delivery.exchange.courses.h5p import H5P
from craftpath.delivery.exchange.courses.reading import MANIFEST_BYTES, Launch, Notes
from craftpath.delivery.exchange.courses.scorm import ONE, Item, Scorm, launchable
from craftpath.delivery.exchange.courses.shelf import lay_out, place, take_away
from craftpath.delivery.exchange.courses.sniff import Package as Read
from craftpath.delivery.exchange.courses.sniff import is_description, open_package, read_package
from craftpath.domain.lti import queries as lti
from craftpath.domain.packages import actions, queries
from craftpath.domain.standards.content import Fault
from craftpath.kernel import progress
from craftpath.kernel.access import Actor
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.domain.packages.models import Package

_log = logging.getLogger(__name__)
Entry = dict[str, Any]


def carry_out(package: Package, *, by: Actor, at: datetime) -> None:
    """Read what was uploaded, unless it was; a refusal is kept for whoever comes back."""
    if package.state != "reading" or package.file is None:
        return
    try:
        with progress.counting(package.public_id, "package"), package.file.opened() as stream:
            progress.step("reading", 0, 1)
            if is_description(stream):
                read = read_cmi5_alone(stream.read(MANIFEST_BYTES + 1), NAME)
                _finish(package, read, None, by, at)
            else:
                with open_package(stream) as archive:
                    _finish(package, read_package(archive), archive, by, at)
    except Refused as refused:
        take_away(package.public_id)
        actions.refuse_package(package, refused.verdict, by=by, at=at)
    except Exception:  # the page must not wait for ever; the job fails as well, where it is looked after
        take_away(package.public_id)
        actions.refuse_package(package, not_now("packages.failed"), by=by, at=at)
        raise


def _finish(package: Package, read: Read, archive: Archive | None, by: Actor, at: datetime) -> None:
    """Lay out what can be played. A course of cmi5 with any fault is not taken, as its standard asks."""
    if isinstance(read, Cmi5) and not read.playable:
        verdict = not_now("packages.cmi5_unfit", count=len(read.notes.faults))
        actions.refuse_package(package, verdict, notes=_kept(read.notes), by=by, at=at)
        return
    found = found_in(read, archive)
    _name_tools(package, found.notes)
    if found.plays and archive is not None:
        lay_out(archive, package.public_id)
    actions.finish_package(package, found, by=by, at=at)


def _name_tools(package: Package, notes: dict[str, list[list[Any]]]) -> None:
    """Links of a cartridge to tools that are registered here say which tool it is."""
    for row in notes["remarks"]:
        if row[2] != "course.tool_not_taken":
            continue
        host = urlsplit(str(row[3].get("address", ""))).hostname
        tool = lti.serving_at(package.organisation, host) if host else None
        if tool is not None:
            row[2], row[3] = "course.tool_known", {**row[3], "tool": tool.name}


def lay_out_missing() -> int:
    """Unpack again what can be played and does not lie there, as after a backup was put back; how many."""
    missing = [row for row in queries.to_play() if row.files and not place(row.public_id).is_dir()]
    for row in missing:
        try:
            with row.file.opened() as stream, open_package(stream) as archive:  # type: ignore[union-attr]
                lay_out(archive, row.public_id)
        except (Refused, OSError):
            _log.exception("package %s could not be laid out again", row.public_id)
    return len(missing)


def found_in(read: Read, archive: Archive | None) -> actions.Found:
    """What a package's row keeps of what was read in it."""
    kind, version, title, entries, plays = _told(read)
    return actions.Found(
        kind=kind,
        version=version[:20],
        title=title,
        entries=_numbered(entries),
        notes=_kept(read.notes),
        plays=plays,
        files=len(archive.members) if archive is not None else 0,
        unpacked=sum(one.size for one in archive.members.values()) if archive is not None else 0,
        course_id=read.course.identifier if isinstance(read, Cmi5) else "",
    )


def _told(read: Read) -> tuple[str, str, Text, Iterator[Entry], bool]:
    if isinstance(read, Scorm):
        kind = "scorm12" if read.version == ONE else "scorm2004"
        return kind, read.version, read.title.text(), _items(_default(read.organisations)), read.playable
    if isinstance(read, Cmi5):
        return "cmi5", "", read.course.title.text(), _units(read.course.children, count(1)), True
    if isinstance(read, H5P):
        whole = iter([{"title": "", "depth": 0, "file": "", "reports": True}])
        return "h5p", str(read.main or ""), read.title.text(), whole, read.playable
    launched = any(part.launch for part in _every(read))
    return "cartridge", read.version, read.title.text(), _parts(read.parts), launched


def _every(read: Cartridge) -> Iterator[Part]:
    waiting = list(read.parts)
    while waiting:
        part = waiting.pop()
        yield part
        waiting += part.children


def _numbered(entries: Iterator[Entry]) -> list[Entry]:
    """Parts that can be opened have a key: their number, which stays, since a package does not change."""
    numbered, count = [], 0
    for one in entries:
        if "file" in one:
            count += 1
            one["key"] = str(count)
        numbered.append(
            {name: value for name, value in one.items() if value or name in ("title", "depth", "file")}
        )
    return numbered


def _line(title: str, depth: int, launch: Launch | None) -> Entry:
    where = {"file": launch.file, "tail": launch.tail} if launch else {}
    return {"title": title, "depth": depth, **where}


def _default(organisations: list[Item]) -> list[Item]:
    """The first organisation in which something can be launched."""
    return next(([one] for one in organisations if any(launchable([one]))), organisations[:1])


def _items(items: list[Item], depth: int = -1) -> Iterator[Entry]:
    """The default organisation without its own line, which is the package's title."""
    for one in items:
        if one.hidden and one.launch is None and not one.children:
            continue
        if depth >= 0:
            yield {
                **_line(one.title, depth, one.launch),
                "reports": one.reports,
                "mastery": _plain(one.mastery),
                "completion": _plain(one.completion),
                "data": one.data,
                "time_allowed": one.time_allowed,
                "time_action": one.time_action,
            }
        yield from _items(one.children, depth + 1)


def _units(children: list[Block | Unit], blocks: Iterator[int], depth: int = 0) -> Iterator[Entry]:
    """Blocks and units with all that a launch needs of them."""
    for one in children:
        words = one.title.text()
        title = words.both() or one.identifier
        if isinstance(one, Block):
            yield {
                "title": title,
                "titles": words.as_json(),
                "depth": depth,
                "id": one.identifier,
                "block": f"block-{next(blocks)}",
            }
            yield from _units(one.children, blocks, depth + 1)
        else:
            yield {
                "file": "",
                **_line(title, depth, one.launch),
                "titles": words.as_json(),
                "id": one.identifier,
                "address": one.address,
                "move_on": one.move_on,
                "mastery": _plain(one.mastery),
                "method": one.launch_method,
                "parameters": one.parameters,
                "entitlement": one.entitlement,
            }


def _parts(parts: list[Part], depth: int = 0) -> Iterator[Entry]:
    for one in parts:
        yield {**_line(one.title, depth, one.launch), "address": one.address}
        yield from _parts(one.children, depth + 1)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _kept(notes: Notes) -> dict[str, list[list[Any]]]:
    return {"faults": [_row(one) for one in notes.faults], "remarks": [_row(one) for one in notes.remarks]}


def _row(one: Fault) -> list[Any]:
    return [one.place, one.given, one.code, {name: _said(value) for name, value in one.facts.items()}]


def _said(value: Any) -> Any:
    return value if isinstance(value, str | int) else str(value)
