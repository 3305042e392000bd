"""Taking a bundle: everything in it is merged in one transaction, or nothing of it; taking it twice changes nothing."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, ClassVar

from django.db import DataError, IntegrityError, transaction

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.points.arriving import LONGEST_NAME
from craftpath.kernel.points.carried import Carried, Way, carried, schema_print
from craftpath.kernel.points.envelope import Keys, header_of, opened
from craftpath.kernel.points.filing import unpack_files
from craftpath.kernel.points.merging import Merging
from craftpath.kernel.points.noticing import AHEAD, Noticing, milliseconds, this_site
from craftpath.kernel.points.outgoing import MANIFEST, ROWS, WHY, folder, migrations
from craftpath.kernel.points.rules import may_exchange
from craftpath.kernel.points.spelling import versions_in
from craftpath.kernel.points.tables import Exchange, HeldRow, Point, PointRow, Site
from craftpath.kernel.tenancy import everywhere
from craftpath.kernel.tokens import unsealed
from craftpath.values.verdict import Refused, may_not, not_now, require

MOST_ROWS = 5_000_000  # of a table, and of all
MOST_BYTES = 64 << 30  # of what is unpacked
LONGEST_LINE = 4 << 20
LARGEST_NUMBER, LONGEST_SITE = 2**31 - 1, 16
# What comes of an inside that the other side's program did not write.
BROKEN = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError, EOFError,
    NotImplementedError, zipfile.BadZipFile, zlib.error, DataError,
)  # fmt: skip


@fact
@dataclass(frozen=True)
class BundleTaken(Fact):
    """A bundle was taken in: rows in it, rows written, clashes found, rows held."""

    code: ClassVar[str] = "kernel.bundle_taken"
    rows: int
    written: int
    clashes: int
    held: int


@dataclass
class Inside:
    """An opened bundle: its manifest, and the rows of each table as they are read; `latest` bounds their stamps."""

    archive: zipfile.ZipFile
    manifest: dict[str, Any]
    site: Site
    latest: int
    tables: dict[str, int] = field(default_factory=dict)

    def lines(self, label: str) -> Iterator[list[Any]]:
        """[names, stamps, gone, values] of each row of a table; refused where a line is not what it must be."""
        if label not in self.tables:
            return
        width = len(carried()[label].fields)
        with self.archive.open(ROWS.format(self.tables[label])) as stream:
            for count in range(MOST_ROWS + 1):
                if not (text := stream.readline(LONGEST_LINE)):
                    return
                names, stamps, gone, values = line = json.loads(text)
                named = (
                    isinstance(names, list) and names and all(0 < len(name) <= LONGEST_NAME for name in names)
                )
                if not named or len(values) != (0 if gone else width) or count >= MOST_ROWS:
                    raise ValueError(label)
                self._check(stamps)
                yield line

    def _check(self, stamps: dict[str, Any]) -> None:
        for one in versions_in(stamps):
            if one.at > self.latest:
                raise self.is_ahead()
            if one.seen.get(self.site.instance, 0) > self.site.written:
                raise Refused(not_now("points.went_back"))

    def is_ahead(self) -> Refused:
        """Stamps from days to come would stand before everything that is written until then."""
        theirs = str(self.manifest["at"])[:16]
        ours = datetime.fromtimestamp(self.latest / 1000, UTC) - AHEAD
        return Refused(not_now("points.clock_ahead", theirs=theirs, ours=ours.isoformat()[:16]))


def point_of(stream: IO[bytes]) -> str:
    """The point that a bundle is of, by its public id."""
    return header_of(stream)[0].point


def take_bundle(point: Point, stream: IO[bytes], *, by: Actor, at: datetime) -> Exchange:
    """Merge what the other side has sent; refused whole, with the reason, when anything about it is wrong.

    It is opened, and its signature checked, before anybody has to wait for it.
    """
    require(may_exchange(by, point))
    with everywhere(WHY):
        point = Point.objects.select_related("organisation").get(pk=point.pk)
        require(may_exchange(by, point))
        header, said = header_of(stream)
        if header.point != point.public_id:
            raise Refused(may_not("points.of_another"))
        if header.way != (Way.DOWN if point.is_hub else Way.UP):
            raise Refused(not_now("points.own_bundle"))
        ours = Keys.heard(unsealed(point.our_keys))
        with opened(stream, ours=ours, theirs=point.their_keys, folder=folder()) as plain:
            return _take_opened(point, plain, said, by=by, at=at)


@action
def _take_opened(point: Point, plain: Path, said: dict[str, Any], *, by: Actor, at: datetime) -> Exchange:
    site = this_site()
    point = Point.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=point.pk)
    require(may_exchange(by, point))
    try:
        with zipfile.ZipFile(plain) as archive:
            inside = _inside(archive, site, at)
            exchange = _take(point, inside, Noticing(site, at), said["signature"], by=by, at=at)
    except BROKEN as fault:
        raise Refused(not_now("points.broken_inside")) from fault
    exchange.size = said["size"]
    exchange.save()
    told = BundleTaken(exchange.rows, exchange.written, exchange.clashes, exchange.held)
    tell(told, by=by, at=at, organisation=point.organisation, subject=point.ref)
    return exchange


def _inside(archive: zipfile.ZipFile, site: Site, at: datetime) -> Inside:
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Refused(not_now("points.too_large"))
    if archive.getinfo(MANIFEST).file_size > LONGEST_LINE or not all(map(_is_plain, entries)):
        raise ValueError(MANIFEST)
    manifest = json.loads(archive.read(MANIFEST))
    theirs, ours = int(manifest["migrations"]), migrations()
    if manifest["schema"] != schema_print():
        older = theirs <= ours
        reason = "points.older_program" if older else "points.newer_program"
        raise Refused(not_now(reason, theirs=str(manifest["program"])[:40], ours=version("craftpath")))
    inside = Inside(archive, manifest, site, milliseconds(at + AHEAD))
    if int(manifest["latest"]) > inside.latest:
        raise inside.is_ahead()
    if int(manifest["rows"]) > MOST_ROWS:
        raise Refused(not_now("points.too_large"))
    inside.tables = {str(label): number for number, label in enumerate(manifest["tables"])}
    if not inside.tables.keys() <= carried().keys():
        raise ValueError("a table that does not travel")
    if (
        not 0 < int(manifest["number"]) <= LARGEST_NUMBER
        or not 0 < len(str(manifest["site"])) <= LONGEST_SITE
    ):
        raise ValueError("number")
    return inside


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    """Packed as this program packs: other ways have faults, and appetites, of their own."""
    return entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) and not entry.flag_bits & 1


def _take(
    point: Point, inside: Inside, noticing: Noticing, signature: str, *, by: Actor, at: datetime
) -> Exchange:
    manifest, site = inside.manifest, noticing.site
    if manifest["site"] == site.instance:
        raise Refused(not_now("points.own_bundle"))
    exchange = Exchange(point=point, way="in", number=int(manifest["number"]), at=at, by=by.person, size=0)
    exchange.mark = f"{manifest['site']}:{signature[:20]}"
    _refuse_copy(exchange, str(manifest["site"]))
    if point.instance != manifest["site"]:
        if point.instance:
            # A new laptop, or one with a restored backup: what it was known to have, it may not have any more.
            PointRow.objects.filter(point=point).update(version="", number=0)
            point.heard = 0
        point.instance, point.taken = str(manifest["site"]), 0
    if manifest["for"] == site.instance:
        point.heard = max(point.heard, min(int(manifest["heard"]), point.sent))
    if exchange.number > point.taken:
        ways = {Way.DOWN, Way.BOTH} if point.is_hub else {Way.BOTH, Way.UP}
        tables: list[Carried] = [
            one for one in carried().values() if one.way in ways and one.label in inside.tables
        ]
        merging = Merging(point, noticing, at)
        exchange.rows = merging.run(tables, inside.lines)
        exchange.written, exchange.clashes = merging.written, merging.clashes
        exchange.held = HeldRow.objects.filter(point=point).count()
        point.taken = exchange.number
        unpack_files(inside.archive, inside.lines("kernel.KeptFile"))
    site.latest = max(site.latest, int(manifest["latest"]), noticing.at if noticing.found else 0)
    site.save(update_fields=["latest"])
    point.heard_at = at
    point.save(update_fields=["instance", "taken", "heard", "heard_at"])
    _check()
    return exchange


def _refuse_copy(exchange: Exchange, site: str) -> None:
    """A site makes each number once: another bundle of the same number is of a copy of that site."""
    same = Exchange.objects.filter(point=exchange.point, way="in", number=exchange.number)
    if same.filter(mark__startswith=f"{site}:").exclude(mark=exchange.mark).exists():
        raise Refused(not_now("points.copied"))


def _check() -> None:
    """Every pointer must lead to a row before the transaction ends, so that a refusal still undoes everything."""
    try:
        with transaction.atomic():
            transaction.get_connection().check_constraints()
    except IntegrityError as fault:
        raise Refused(not_now("points.broken_inside")) from fault
