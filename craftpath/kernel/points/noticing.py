"""Finding what was written since the last time: rows are compared with what was known of them, whoever wrote them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q

from craftpath.engines.merging import FIRST, Version, written
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.points.carried import Carried, carried
from craftpath.kernel.points.gathering import Found, chunks
from craftpath.kernel.points.spelling import (
    Names,
    as_text,
    closed,
    columns,
    digest_of,
    name_of,
    opened,
    spell,
    version_in,
    versions_in,
)
from craftpath.kernel.points.tables import CarriedRow, Point, PointRow, Site
from craftpath.kernel.rows import upsert_rows

AHEAD = timedelta(days=1)  # how far another site's clock may be before ours
_MARK = 4  # bytes of a column's digest; whether a row has changed is told by the whole row's


def this_site() -> Site:
    """What this site knows of itself, locked; made when it is first needed."""
    Site.objects.get_or_create(pk=1)
    return Site.objects.select_for_update().get(pk=1)


def milliseconds(at: datetime) -> int:
    """A moment as stamps have it."""
    return int(at.timestamp() * 1000)


def set_right(now: datetime) -> None:
    """Where this site's clock was ahead and is right again, stamp with today what it has stamped with days to come.

    Nobody has taken those stamps, and nobody would until their day has come. Where somebody has taken one, the clock is
    behind now, and was not ahead then: nothing is done.
    """
    site, limit = this_site(), milliseconds(now + AHEAD)
    late: list[CarriedRow] = []
    latest = milliseconds(now)
    for row in CarriedRow.objects.exclude(version="").iterator():
        stamps = [version.at for version in versions_in(row.stamps)]
        latest = max([latest, *(at for at in stamps if at <= limit)])
        if any(at > limit for at in stamps):
            late.append(row)

    taken = Q(number=0) | Q(number__lte=F("point__heard"))
    known = PointRow.objects.filter(taken, version=F("row__version"))
    if any(known.filter(row__in=some).exists() for some in chunks(row.pk for row in late)):
        return

    def today(version: Version) -> Version:
        return replace(version, at=latest + 1) if version.at > limit else version

    for row in late:
        versions = opened(row.stamps, set(carried()[row.label].groups))
        there = today(version_in(row.stamps.get("a")))
        row.stamps = closed({group: today(version) for group, version in versions.items()}, there)
        row.version = name_of(row.stamps)
    keep(late)
    site.latest = latest + 1
    site.save(update_fields=["latest"])


def is_ahead(now: datetime) -> bool:
    """Whether this site has stamped with days to come."""
    return Site.objects.filter(pk=1, latest__gt=milliseconds(now + AHEAD)).exists()


def digests(label: str, keys: Iterable[Any]) -> dict[str, str]:
    """key → digest of rows that have names, as they were when they were last looked at; "" of those that were gone."""
    found: dict[str, str] = {}
    for some in chunks(keys):
        rows = CarriedRow.objects.filter(label=label, local__in=[str(key) for key in some])
        found |= {
            local: "" if gone else digest
            for local, digest, gone in rows.values_list("local", "digest", "gone")
        }
    return found


def differing(one: Carried, keys: Iterable[Any], known: dict[str, str], names: Names) -> set[Any]:
    """Keys of rows that are otherwise than they were, by their digests then."""
    found: set[Any] = set()
    for some in chunks(keys):
        rows = one.model._base_manager.filter(pk__in=some).order_by().values_list(*columns(one))
        for key, values in spell(one, list(rows), names):
            if known.get(key) != digest_of(as_text(values), 12):
                found.add(one.model._meta.pk.to_python(key))
    return found


@dataclass
class Noticing:
    """One look at this site's rows; all that it finds was written in one go, at `at` (milliseconds)."""

    site: Site
    now: datetime
    names: Names = field(default_factory=Names)
    found: int = 0

    def __post_init__(self) -> None:
        self.at = max(milliseconds(self.now), self.site.latest + 1)
        self.number = self.site.written + 1

    def end(self) -> None:
        """Note that this site has written, if it has."""
        if self.found:
            self.site.latest, self.site.written = self.at, self.number
            self.site.save(update_fields=["latest", "written"])

    def name_rows(self, found: Found) -> None:
        """Give names to rows that have none, so that all can be spelled."""
        for label, keys in found.items():
            one = carried()[label]
            for some in chunks(sorted(keys)):
                texts = [str(key) for key in some]
                there = CarriedRow.objects.filter(label=label, local__in=texts)
                known = set(there.values_list("local", flat=True))
                new = [
                    CarriedRow(label=label, name=self._name(one, key), local=key, version="")
                    for key in texts
                    if key not in known
                ]
                CarriedRow.objects.bulk_create(new)
                self.names.learn(label, ((row.name, row.local) for row in new))

    def look(self, one: Carried, keys: Iterable[Any]) -> None:
        """Compare rows that have names, and stamp what is otherwise than it was."""
        for some in chunks(keys):
            rows = one.model._base_manager.filter(pk__in=some).order_by().values_list(*columns(one))
            known = {
                row.local: row
                for row in CarriedRow.objects.filter(label=one.label, local__in=[str(key) for key in some])
            }
            changed = [
                row
                for key, values in spell(one, list(rows), self.names)
                if self._stamp(one, row := known[key], values)
            ]
            keep(changed)

    def tell_anew(self, rows: Iterable[int]) -> None:
        """Stamp rows of which the other side is to be told more, or less, than before, though they have not changed."""
        for some in chunks(rows):
            known = list(CarriedRow.objects.filter(pk__in=some, gone=False))
            for row in known:
                groups = set(carried()[row.label].groups)
                after = {group: self._written(before) for group, before in opened(row.stamps, groups).items()}
                row.stamps = closed(after, version_in(row.stamps.get("a")))
                row.version = name_of(row.stamps)
                self.found += 1
            keep(known)

    def take_leave(self, one: Carried, keys: Iterable[str]) -> None:
        """Stamp rows that are not in their table any more."""
        for some in chunks(keys):
            here = one.model._base_manager.filter(pk__in=some).values_list("pk", flat=True)
            left = set(some) - {str(key) for key in here}
            gone = list(CarriedRow.objects.filter(label=one.label, local__in=left, gone=False))
            for row in gone:
                self._take_leave(row)
            keep(gone)

    def remember(self, one: Carried, keys: Iterable[Any]) -> None:
        """Take rows as they are now for known; their stamps were set by whoever wrote them."""
        for some in chunks(keys):
            rows = one.model._base_manager.filter(pk__in=some).order_by().values_list(*columns(one))
            known = {
                row.local: row
                for row in CarriedRow.objects.filter(label=one.label, local__in=[str(key) for key in some])
            }
            for key, values in spell(one, list(rows), self.names):
                known[key].digest, known[key].marks = digest_of(as_text(values), 12), _marks(values)
            keep(known.values())

    def _name(self, one: Carried, key: str) -> str:
        return key if one.own_key else f"{self.site.instance}:{key}"

    def _stamp(self, one: Carried, row: CarriedRow, values: list[Any]) -> bool:
        digest = digest_of(as_text(values), 12)
        if row.digest == digest and not row.gone:
            return False
        marks = _marks(values)
        groups = set(one.groups)
        before = opened(row.stamps, groups)
        differing = {
            one.groups[place]
            for place in range(len(one.fields))
            if row.marks[place * _MARK * 2 : (place + 1) * _MARK * 2]
            != marks[place * _MARK * 2 : (place + 1) * _MARK * 2]
        }
        # A row whose columns all look alike and which as a whole does not: two digests have met.
        touched = groups if row.gone or not differing else differing
        after = {
            group: self._written(before[group]) if group in touched else before[group] for group in groups
        }
        row.stamps = closed(after, version_in(row.stamps.get("a")))
        row.digest, row.marks, row.version, row.gone = digest, marks, name_of(row.stamps), False
        self.found += 1
        return True

    def _take_leave(self, row: CarriedRow) -> None:
        """A row that was deleted: its deletion knows every version that the row had."""
        seen: dict[str, int] = {}
        for said in [row.stamps.get("r"), *row.stamps.get("g", {}).values(), row.stamps.get("a")]:
            for site, number in version_in(said).seen.items():
                seen[site] = max(seen.get(site, 0), number)
        version = self._written(Version(version_in(row.stamps.get("a")).at, "", seen))
        row.stamps = {**row.stamps, "a": [version.at, version.site, dict(version.seen)]}
        row.gone, row.version = True, name_of(row.stamps)
        self.found += 1

    def _written(self, before: Version) -> Version:
        return written(before or FIRST, site=self.site.instance, number=self.number, at=self.at)


def keep(rows: Iterable[CarriedRow]) -> None:
    """Write down what is known of rows that are there; taken over whole, and the last of those that come twice."""
    last = {row.pk: row for row in rows}
    upsert_rows(
        CarriedRow,
        ("id", "label", "name", "local", "digest", "marks", "stamps", "version", "gone"),
        [
            (
                row.pk, row.label, row.name, row.local, row.digest, row.marks,
                json.dumps(row.stamps), row.version, row.gone,
            )
            for row in last.values()
        ],
        {},
        unique=("id",),
    )  # fmt: skip


def _marks(values: list[Any]) -> str:
    return "".join(digest_of(as_text(value), _MARK) for value in values)


def renew_site(using: str = "default") -> None:
    """A restored backup is a site of its own: what it writes now is not what it wrote after the backup was taken."""
    Site.objects.using(using).update(instance=new_public_id())


def this_instance() -> str:
    """How this site calls itself in versions; "" where it has never exchanged anything."""
    return Site.objects.filter(pk=1).values_list("instance", flat=True).first() or ""


def site_name(instance: str) -> str:
    """What another site is called here, or "" for one that this site does not exchange with itself."""
    row = Point.objects.filter(instance=instance).only("name").first()
    return row.name if row else ""
