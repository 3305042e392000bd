"""Taking a bundle: everything in it is merged in one transaction, or nothing of it; taking it twice changes nothing."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import IO, Any, ClassVar

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.points.carried import Carried, Way, carried, schema_print
from craftpath.kernel.points.envelope import Keys, header_of, opened
from craftpath.kernel.points.merging import Merging
from craftpath.kernel.points.noticing import Noticing, this_site
from craftpath.kernel.points.outgoing import FILES, MANIFEST, ROWS, folder, migrations
from craftpath.kernel.points.rules import may_exchange
from craftpath.kernel.points.tables import Exchange, HeldRow, Point, PointRow
from craftpath.kernel.tenancy import everywhere
from craftpath.kernel.tokens import unsealed
from craftpath.values.verdict import Refused, may_not, not_now, require

AHEAD = timedelta(days=1)  # how far another site's clock may be before ours
MOST_ROWS = 5_000_000
MOST_BYTES = 64 << 30  # of what is unpacked
LONGEST_LINE = 4 << 20


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
    """An opened bundle: its manifest, and the rows of each table as they are read."""

    archive: zipfile.ZipFile
    manifest: dict[str, Any]
    tables: dict[str, int] = field(default_factory=dict)

    def lines(self, label: str) -> Iterator[list[Any]]:
        """[names, stamps, gone, values] of each row of a table; refused where a line is not what it must be."""
        if label not in self.tables:
            return
        with self.archive.open(ROWS.format(self.tables[label])) as stream:
            while text := stream.readline(LONGEST_LINE):
                line = json.loads(text)
                names, stamps, _gone, values = line
                if not (
                    isinstance(names, list)
                    and names
                    and isinstance(stamps, dict)
                    and isinstance(values, list)
                ):
                    raise ValueError(label)
                yield line


def point_of(stream: IO[bytes]) -> str:
    """The point that a bundle is of, by its public id."""
    return header_of(stream)[0].point


@action
def take_bundle(point: Point, stream: IO[bytes], *, by: Actor, at: datetime) -> Exchange:
    """Merge what the other side has sent; refused whole, with the reason, when anything about it is wrong."""
    require(may_exchange(by, point))
    with everywhere("a bundle holds all rows of its point, whoever carries it"):
        site = this_site()
        point = Point.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=point.pk)
        require(may_exchange(by, point))
        header, said = header_of(stream)
        if header.point != point.public_id:
            raise Refused(may_not("points.of_another"))
        if header.way != (Way.DOWN if point.is_hub else Way.UP):
            raise Refused(not_now("points.own_bundle"))
        ours = Keys.heard(unsealed(point.our_keys))
        with opened(stream, ours=ours, theirs=point.their_keys, folder=folder()) as plain:
            try:
                with zipfile.ZipFile(plain) as archive:
                    inside = _inside(archive, at)
                    exchange = _take(point, inside, Noticing(site, at), by=by, at=at)
            except (
                ValueError,
                KeyError,
                TypeError,
                AttributeError,
                IndexError,
                zipfile.BadZipFile,
                zlib.error,
            ) as fault:
                raise Refused(not_now("points.broken_inside")) from fault
        exchange.size = said["size"]
        exchange.save()
        told = BundleTaken(exchange.rows, exchange.written, exchange.clashes, exchange.held)
        tell(told, by=by, at=at, organisation=point.organisation, subject=point.ref)
        return exchange


def _inside(archive: zipfile.ZipFile, at: datetime) -> Inside:
    if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
        raise Refused(not_now("points.too_large"))
    manifest = json.loads(archive.read(MANIFEST))
    theirs, ours = int(manifest["migrations"]), migrations()
    if manifest["schema"] != schema_print():
        older = theirs <= ours
        reason = "points.older_program" if older else "points.newer_program"
        raise Refused(not_now(reason, theirs=str(manifest["program"])[:40], ours=version("craftpath")))
    if int(manifest["latest"]) > (at + AHEAD).timestamp() * 1000:
        raise Refused(
            not_now("points.clock_ahead", theirs=str(manifest["at"])[:16], ours=at.isoformat()[:16])
        )
    if int(manifest["rows"]) > MOST_ROWS:
        raise Refused(not_now("points.too_large"))
    tables = {str(label): number for number, label in enumerate(manifest["tables"])}
    if not tables.keys() <= carried().keys():
        raise ValueError("a table that does not travel")
    return Inside(archive, manifest, tables)


def _take(point: Point, inside: Inside, noticing: Noticing, *, by: Actor, at: datetime) -> Exchange:
    manifest, site = inside.manifest, noticing.site
    if manifest["site"] == site.instance:
        raise Refused(not_now("points.own_bundle"))
    if point.instance != manifest["site"]:
        if point.instance:
            # A new laptop, or one with a restored backup: what it was known to have, it may not have any more.
            PointRow.objects.filter(point=point).update(version="", number=0)
            point.heard = 0
        point.instance, point.taken = str(manifest["site"])[:16], 0
    exchange = Exchange(point=point, way="in", number=int(manifest["number"]), at=at, by=by.person, size=0)
    if manifest["for"] == site.instance:
        point.heard = max(point.heard, min(int(manifest["heard"]), point.sent))
    if exchange.number > point.taken:
        _files(inside)
        ways = {Way.DOWN, Way.BOTH} if point.is_hub else {Way.BOTH, Way.UP}
        tables: list[Carried] = [
            one for one in carried().values() if one.way in ways and one.label in inside.tables
        ]
        merging = Merging(point, noticing, at)
        exchange.rows = merging.run(tables, inside.lines)
        exchange.written, exchange.clashes = merging.written, merging.clashes
        exchange.held = HeldRow.objects.filter(point=point).count()
        point.taken = exchange.number
    site.latest = max(site.latest, int(manifest["latest"]), noticing.at if noticing.found else 0)
    site.save(update_fields=["latest"])
    point.heard_at = at
    point.save(update_fields=["instance", "taken", "heard", "heard_at"])
    _check()
    return exchange


def _check() -> None:
    """Every pointer must lead to a row before the transaction ends, so that a refusal still undoes everything."""
    try:
        with transaction.atomic():
            transaction.get_connection().check_constraints()
    except IntegrityError as fault:
        raise Refused(not_now("points.broken_inside")) from fault


def _files(inside: Inside) -> None:
    """Keep the files whose rows come with the bundle, under the names that the rows give them."""
    one = carried()["kernel.KeptFile"]
    places = {field.attname: place for place, field in enumerate(one.fields)}
    there = set(inside.archive.namelist())
    for _names, _stamps, gone, values in inside.lines(one.label):
        if gone:
            continue
        name, digest = str(values[places["content"]]), FILES + str(values[places["sha256"]])
        if (
            digest in there
            and _is_place(name, values[places["public_id"]])
            and not default_storage.exists(name)
        ):
            with inside.archive.open(digest) as stream:
                default_storage.save(name, File(stream))


def _is_place(name: str, public_id: str) -> bool:
    """Whether a file's name is one that the program gives: year/month/public id, so that it cannot lead outside."""
    year, _, rest = name.partition("/")
    month, _, last = rest.partition("/")
    return year.isdigit() and month.isdigit() and last == public_id and public_id.isalnum()
