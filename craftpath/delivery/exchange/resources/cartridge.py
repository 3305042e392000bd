"""A Common Cartridge as single resources: its pages, files and links become drafts; what is left out is told."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from craftpath.delivery.exchange.courses.cartridge import Kind, Part, every, read_cartridge
from craftpath.delivery.exchange.courses.sniff import Kind as Archived
from craftpath.delivery.exchange.courses.sniff import open_package, sniff
from craftpath.domain.resources import actions, rules
from craftpath.kernel.access import Actor
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.delivery.exchange.courses.archive import Archive
    from craftpath.domain.resources.models import Resource

MOST = 200
"""Parts of one cartridge that are taken."""
_PAGE = "<!doctype html><title>{title}</title><h1>{title}</h1>{html}"


@dataclass(slots=True)
class Parted:
    """How many parts became drafts, and the titles of those that did not."""

    made: int = 0
    left: list[str] = field(default_factory=list)


def part(resource: Resource, *, by: Actor, at: datetime) -> Parted:
    """Make a draft of each part; once more makes none twice. The cartridge itself stays a draft."""
    version = resource.versions.order_by("-number").select_related("file").first()
    if version is None or version.file is None or version.form != "imscc":
        raise Refused(not_now("resources.no_cartridge"))
    done = Parted()
    with version.file.opened() as stream, open_package(stream) as archive:
        found = sniff(archive)
        if found.kind is not Archived.CARTRIDGE or found.member is None:
            raise Refused(not_now("resources.no_cartridge"))
        cartridge = read_cartridge(archive, found.member)
        origin = cartridge.title.text().both() or version.file.name
        parts = [one for one in every(cartridge.parts) if one.kind is not Kind.FOLDER]
        for number, one in enumerate(parts):
            made_id = uuid.uuid5(resource.made_id, f"{number} {one.identifier}")
            where = {
                "organisation": resource.organisation,
                "made_id": made_id,
                "origin": origin,
                "by": by,
                "at": at,
            }
            if number < MOST and _taken(archive, one, where):
                done.made += 1
            else:
                done.left.append(one.title or one.identifier)
    return done


def _taken(archive: Archive, one: Part, where: dict[str, Any]) -> bool:
    try:
        if one.address:
            actions.add_link(one.address, Text.of(one.title), **where)
        elif one.html:
            page = _PAGE.format(title=escape(one.title), html=one.html)
            actions.drop_file(page.encode(), f"{one.title or one.identifier}.html", **where)
        elif one.launch is not None and (member := archive.find(one.launch.file)) is not None:
            content = archive.read(member, rules.MOST_BYTES)
            name = f"{one.title or PurePosixPath(member.name).stem}{PurePosixPath(member.name).suffix}"
            actions.drop_file(content, name.replace("/", "-"), **where)
        else:
            return False
    except Refused as refused:
        if refused.verdict.who:
            raise
        return False
    return True
