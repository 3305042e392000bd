"""Making a bundle: everything that the other side is not known to have, as it is now."""

from __future__ import annotations

import json
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from craftpath.kernel.access import Actor, Membership
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.points.carried import Carried, Way, carried, schema_print
from craftpath.kernel.points.envelope import Header, Keys, close
from craftpath.kernel.points.filing import pack_files
from craftpath.kernel.points.gathering import Found, all_rows, chunks, rows_of
from craftpath.kernel.points.noticing import (
    Noticing,
    differing,
    digests,
    is_ahead,
    set_right,
    this_site,
)
from craftpath.kernel.points.rules import may_exchange
from craftpath.kernel.points.spelling import Names, as_text, columns, digest_of, masked, spell
from craftpath.kernel.points.tables import CarriedName, CarriedRow, Exchange, Point, PointRow, Site
from craftpath.kernel.tenancy import everywhere
from craftpath.kernel.tokens import unsealed
from craftpath.values.verdict import require

FORM = 1
MANIFEST, ROWS = "manifest.json", "rows/{:03d}.jsonl"
A_STEP = 5000  # rows that are noted in one transaction
WHY = "a bundle holds all rows of its point, whoever carries it"


@fact
class BundleMade(Fact):
    """A bundle was made for the other side."""

    code = "kernel.bundle_made"


def make_bundle(point: Point, target: IO[bytes], *, by: Actor, at: datetime) -> Exchange:
    """Write all that the other side has not said it has; the same again until they say so, so none is missed.

    Others go on writing meanwhile: what has changed is noted in short steps, and a row that changes after that, before
    it is read, goes with the next bundle.
    """
    require(may_exchange(by, point))
    with everywhere(WHY):
        names = Names()
        found = _found(point)
        _notice(point, found, names, by=by, at=at)
        point = _begin(point, by=by, at=at)
        outgoing = _Outgoing(point, names, at)
        with TemporaryDirectory(dir=folder()) as held:
            inside = Path(held) / "inside"
            rows = outgoing.write(inside, found)
            header = Header(point.public_id, Way.UP if point.is_hub else Way.DOWN)
            ours = Keys.heard(unsealed(point.our_keys))
            size = close(inside, target, header, ours=ours, theirs=point.their_keys)
        return _end(point, outgoing, rows, size, by=by, at=at)


def folder() -> Path:
    """Where bundles are written and opened: on this site's own disk, never on the stick."""
    place = Path(settings.VAR) / "bundles"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def _tables(point: Point) -> list[Carried]:
    """What this side writes."""
    ways = {Way.BOTH, Way.UP} if point.is_hub else {Way.DOWN, Way.BOTH}
    return [one for one in carried().values() if one.way in ways]


def _found(point: Point) -> Found:
    if not point.is_hub:
        return rows_of(point.organisation)
    return {label: all_rows(one) for label, one in carried().items()}


def _notice(point: Point, found: Found, names: Names, *, by: Actor, at: datetime) -> None:
    """Note what was written since the last time."""
    if is_ahead(at):
        _set_right(by=by, at=at)
    step = partial(_step, names=names, by=by, at=at)
    known = {label: digests(label, keys) for label, keys in found.items()}
    for label, keys in found.items():
        for some in chunks((key for key in keys if str(key) not in known[label]), A_STEP):
            step(Noticing.name_rows, {label: set(some)})
    for one in _tables(point):
        for some in chunks(differing(one, found[one.label], known[one.label], names), A_STEP):
            step(Noticing.look, one, some)
    for label, gone in _missing(point, found).items():
        for some in chunks(sorted(gone), A_STEP):
            step(Noticing.take_leave, carried()[label], some)
    if not point.is_hub:
        step(Noticing.tell_anew, _otherwise_known(point, at))


@action
def _step(do: Callable[..., None], *given: Any, names: Names, by: Actor, at: datetime) -> None:
    noticing = Noticing(this_site(), at, names)
    do(noticing, *given)
    noticing.end()


@action
def _set_right(*, by: Actor, at: datetime) -> None:
    set_right(at)


@action
def _begin(point: Point, *, by: Actor, at: datetime) -> Point:
    """The bundle gets its number; no other one has it."""
    row = Point.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=point.pk)
    require(may_exchange(by, row))
    row.sent += 1
    row.save(update_fields=["sent"])
    return row


@action
def _end(point: Point, made: _Outgoing, rows: int, size: int, *, by: Actor, at: datetime) -> Exchange:
    """Note what is in it; what was left out is had by nobody who takes it."""
    point = Point.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=point.pk)
    require(may_exchange(by, point))
    for some in chunks(made.left):
        PointRow.objects.filter(point=point, row__in=some).update(version="", number=0)
    PointRow.objects.bulk_create(
        made.sent,
        update_conflicts=True,
        unique_fields=["point", "row"],
        update_fields=["version", "number", "masked"],
        batch_size=200,
    )
    exchange: Exchange = Exchange.objects.create(
        point=point, way="out", number=made.point.sent, at=at, by=by.person, size=size, rows=rows
    )
    tell(BundleMade(), by=by, at=at, organisation=point.organisation, subject=point.ref)
    return exchange


def _missing(point: Point, found: Found) -> dict[str, set[str]]:
    """Rows that they were given, or that stood here, and that are not found any more."""
    rows = CarriedRow.objects.filter(gone=False, label__in=[one.label for one in _tables(point)])
    if not point.is_hub:
        rows = rows.filter(pk__in=PointRow.objects.filter(point=point).values("row"))
    missing: dict[str, set[str]] = defaultdict(set)
    there = {label: {str(key) for key in keys} for label, keys in found.items()}
    for label, local in rows.values_list("label", "local").iterator():
        if local not in there[label]:
            missing[label].add(local)
    return missing


def _members(point: Point, at: datetime) -> set[str]:
    """Keys of those who have a role at the point, or will have one."""
    today = at.astimezone(ZoneInfo(point.organisation.time_zone)).date()
    below = point.organisation.below().order_by()
    rows = Membership.objects.filter(organisation__in=below.values("pk"))
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))
    return {str(key) for key in rows.values_list("person_id", flat=True)}


def _otherwise_known(point: Point, at: datetime) -> list[int]:
    """People who were strangers at the point and are members now, or the other way round."""
    told = PointRow.objects.filter(point=point, row__label="kernel.Person", row__gone=False)
    members = _members(point, at)
    rows = told.exclude(version="").values_list("row", "row__local", "masked")
    return [row for row, local, masked in rows if masked == (local in members)]


class _Outgoing:
    """One bundle being written; `sent` is what is in it, `left` are rows that changed before they were read."""

    def __init__(self, point: Point, names: Names, at: datetime) -> None:
        self.point, self.names, self.at = point, names, at
        self.tables = _tables(point)
        self.members: set[str] = set() if point.is_hub else _members(point, at)
        self.files: dict[str, str] = {}
        self.sent: list[PointRow] = []
        self.left: list[int] = []

    def write(self, inside: Path, found: Found) -> int:
        """Write what the other side lacks; returns how many rows."""
        lacking = self._lacking(found)
        with zipfile.ZipFile(inside, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for number, one in enumerate(self.tables):
                with archive.open(ROWS.format(number), "w") as stream:
                    for line in self._lines(one, lacking[one.label]):
                        text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
                        stream.write(text.encode() + b"\n")
            pack_files(archive, self.files)
            archive.writestr(MANIFEST, json.dumps(self._manifest(len(self.sent))))
        return len(self.sent)

    def _lacking(self, found: Found) -> dict[str, dict[str, CarriedRow]]:
        """label → key → row of all that they are not known to have in this version, or to know that it is gone."""
        theirs = PointRow.objects.filter(point=self.point, row=OuterRef("pk"))
        has = theirs.filter(version=OuterRef("version"), number__lte=self.point.heard)
        rows = CarriedRow.objects.filter(~Exists(has), label__in=[one.label for one in self.tables])
        lacking: dict[str, dict[str, CarriedRow]] = defaultdict(dict)
        if self.point.is_hub:
            parts = [rows.exclude(version="")]
        else:
            # The hub knows rows of many points: asked for are those of this place, and those that it was given.
            parts = [
                rows.filter(label=one.label, local__in=some, gone=False)
                for one in self.tables
                for some in chunks(str(key) for key in found[one.label])
            ]
            parts.append(
                rows.filter(pk__in=PointRow.objects.filter(point=self.point).values("row"), gone=True)
            )
        for part in parts:
            for row in part.iterator():
                lacking[row.label][row.local] = row
        return lacking

    def _lines(self, one: Carried, lacking: dict[str, CarriedRow]) -> Iterator[list[Any]]:
        """[names, stamps, gone, values] of each of these rows."""
        for some in chunks(sorted(lacking)):
            names = _all_names(lacking[key] for key in some)
            rows = one.model._base_manager.filter(pk__in=some).order_by().values_list(*columns(one))
            for key, values in spell(one, list(rows), self.names):
                row = lacking[key]
                if digest_of(as_text(values), 12) != row.digest:
                    self.left.append(row.pk)
                    continue
                stranger = one.label == "kernel.Person" and not self.point.is_hub and key not in self.members
                if stranger:
                    values = masked(one, row.name, values)
                if one.label == "kernel.KeptFile":
                    self._file(one, values)
                self._note(row, masked=stranger)
                yield [names[row.pk], row.stamps, 0, values]
            for row in (lacking[key] for key in some if lacking[key].gone):
                self._note(row)
                yield [names[row.pk], row.stamps, 1, []]

    def _note(self, row: CarriedRow, *, masked: bool = False) -> None:
        number = self.point.sent
        self.sent.append(
            PointRow(point=self.point, row_id=row.pk, version=row.version, number=number, masked=masked)
        )

    def _file(self, one: Carried, values: list[Any]) -> None:
        said = dict(zip((field.attname for field in one.fields), values, strict=True))
        self.files[said["sha256"]] = said["content"]

    def _manifest(self, rows: int) -> dict[str, Any]:
        site = Site.objects.get(pk=1)  # now, so that no row in it has a later stamp
        return {
            "form": FORM,
            "program": version("craftpath"),
            "schema": schema_print(),
            "migrations": migrations(),
            "site": site.instance,
            "for": self.point.instance,
            "number": self.point.sent,
            "heard": self.point.taken,
            "latest": site.latest,
            "at": self.at.isoformat(),
            "tables": [one.label for one in self.tables],
            "rows": rows,
        }


@cache
def migrations() -> int:
    """How many steps the tables of this program have taken: an older program has taken fewer."""
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415  (slow to load, and needed by bundles only)

    return len(MigrationLoader(None).disk_migrations or ())


def _all_names(rows: Iterable[CarriedRow]) -> dict[int, list[str]]:
    names = {row.pk: [row.name] for row in rows}
    for row, name in CarriedName.objects.filter(row__in=list(names)).values_list("row", "name"):
        names[row].append(name)
    return names
