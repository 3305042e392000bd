"""Making a bundle: everything that the other side is not known to have, as it is now."""

from __future__ import annotations

import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef

from craftpath.kernel.access import Actor, Membership
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.points.carried import Carried, Way, carried, schema_print
from craftpath.kernel.points.envelope import Header, Keys, close
from craftpath.kernel.points.gathering import Found, all_rows, chunks, rows_of
from craftpath.kernel.points.noticing import Noticing, this_site
from craftpath.kernel.points.rules import may_exchange
from craftpath.kernel.points.spelling import columns, masked, spell
from craftpath.kernel.points.tables import CarriedName, CarriedRow, Exchange, Point, PointRow
from craftpath.kernel.tenancy import everywhere
from craftpath.kernel.tokens import unsealed
from craftpath.values.verdict import require

FORM = 1
MANIFEST, ROWS, FILES = "manifest.json", "rows/{:03d}.jsonl", "files/"


@fact
class BundleMade(Fact):
    """A bundle was made for the other side."""

    code = "kernel.bundle_made"


@action
def make_bundle(point: Point, target: IO[bytes], *, by: Actor, at: datetime) -> Exchange:
    """Write all that the other side has not said it has; the same again until they say so, so none is missed."""
    require(may_exchange(by, point))
    with everywhere("a bundle holds all rows of its point, whoever carries it"):
        site = this_site()
        point = Point.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=point.pk)
        require(may_exchange(by, point))
        point.sent += 1
        with TemporaryDirectory(dir=folder()) as held:
            inside = Path(held) / "inside"
            rows = _Outgoing(point, Noticing(site, at)).write(inside)
            header = Header(point.public_id, Way.UP if point.is_hub else Way.DOWN)
            size = close(
                inside, target, header, ours=Keys.heard(unsealed(point.our_keys)), theirs=point.their_keys
            )
        point.save(update_fields=["sent"])
        exchange = Exchange.objects.create(
            point=point, way="out", number=point.sent, at=at, by=by.person, size=size, rows=rows
        )
        tell(BundleMade(), by=by, at=at, organisation=point.organisation, subject=point.ref)
        return exchange


def folder() -> Path:
    """Where bundles are written and opened: on this site's own disk, never on the stick."""
    place = Path(settings.VAR) / "bundles"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


class _Outgoing:
    def __init__(self, point: Point, noticing: Noticing) -> None:
        self.point, self.noticing = point, noticing
        ways = {Way.BOTH, Way.UP} if point.is_hub else {Way.DOWN, Way.BOTH}
        self.tables = [one for one in carried().values() if one.way in ways]
        self.members: set[str] = set()
        self.files: dict[str, str] = {}

    def write(self, inside: Path) -> int:
        """Notice what has changed, then write what the other side lacks; returns how many rows."""
        found = self._found()
        self.noticing.name_rows(found)
        for one in self.tables:
            self.noticing.look(one, found[one.label])
        for gone in self._gone(found).values():
            self.noticing.take_leave(gone)
        self.noticing.end()
        if not self.point.is_hub:
            inside_point = Membership.objects.filter(
                organisation__path__startswith=self.point.organisation.path
            )
            self.members = {str(key) for key in inside_point.values_list("person_id", flat=True)}
        count, lacking = 0, self._lacking(found)
        with zipfile.ZipFile(inside, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for number, one in enumerate(self.tables):
                count += self._table(archive, number, one, lacking[one.label])
            self._kept_files(archive)
            archive.writestr(MANIFEST, json.dumps(self._manifest(count)))
        return count

    def _found(self) -> Found:
        if not self.point.is_hub:
            return rows_of(self.point.organisation)
        return {label: all_rows(one) for label, one in carried().items()}

    def _gone(self, found: Found) -> dict[str, list[CarriedRow]]:
        """Rows that they were given, or that stood here, and that their tables do not have any more."""
        rows = CarriedRow.objects.filter(gone=False, label__in=[one.label for one in self.tables])
        if not self.point.is_hub:
            rows = rows.filter(pk__in=PointRow.objects.filter(point=self.point).values("row"))
        missing: dict[str, set[str]] = defaultdict(set)
        there = {label: {str(key) for key in keys} for label, keys in found.items()}
        for label, local in rows.values_list("label", "local").iterator():
            if local not in there[label]:
                missing[label].add(local)
        gone: dict[str, list[CarriedRow]] = {}
        for label, keys in missing.items():
            model = carried()[label].model
            for some in chunks(sorted(keys)):
                keys -= {
                    str(key) for key in model._base_manager.filter(pk__in=some).values_list("pk", flat=True)
                }
            of_table = rows.filter(label=label)
            gone[label] = [row for some in chunks(sorted(keys)) for row in of_table.filter(local__in=some)]
        return gone

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

    def _table(
        self, archive: zipfile.ZipFile, number: int, one: Carried, lacking: dict[str, CarriedRow]
    ) -> int:
        sent: list[PointRow] = []
        count = 0
        with archive.open(ROWS.format(number), "w") as stream:
            for line, row in self._lines(one, lacking):
                stream.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
                sent.append(PointRow(point=self.point, row=row, version=row.version, number=self.point.sent))
                count += 1
                if len(sent) == 500:
                    _note(sent)
        _note(sent)
        return count

    def _lines(self, one: Carried, lacking: dict[str, CarriedRow]) -> Iterator[tuple[list[Any], CarriedRow]]:
        """[names, stamps, gone, values] of each of these rows."""
        for some in chunks(sorted(lacking)):
            names = _all_names(lacking[key] for key in some)
            rows = one.model._base_manager.filter(pk__in=some).order_by().values_list(*columns(one))
            for key, values in spell(one, list(rows), self.noticing.names):
                row = lacking[key]
                if one.label == "kernel.Person" and not self.point.is_hub and key not in self.members:
                    values = masked(one, row.name, values)
                if one.label == "kernel.KeptFile":
                    self._file(one, values)
                yield [names[row.pk], row.stamps, 0, values], row
            for row in (lacking[key] for key in some if lacking[key].gone):
                yield [names[row.pk], row.stamps, 1, []], row

    def _file(self, one: Carried, values: list[Any]) -> None:
        said = dict(zip((field.attname for field in one.fields), values, strict=True))
        self.files[said["sha256"]] = said["content"]

    def _kept_files(self, archive: zipfile.ZipFile) -> None:
        for digest, name in sorted(self.files.items()):
            try:
                with default_storage.open(name, "rb") as stream, archive.open(FILES + digest, "w") as target:
                    while part := stream.read(1 << 20):
                        target.write(part)
            except OSError:
                continue  # a file that this disk has lost is told by whoever opens it, here and there

    def _manifest(self, rows: int) -> dict[str, Any]:
        return {
            "form": FORM,
            "program": version("craftpath"),
            "schema": schema_print(),
            "migrations": migrations(),
            "site": self.noticing.site.instance,
            "for": self.point.instance,
            "number": self.point.sent,
            "heard": self.point.taken,
            "latest": self.noticing.site.latest,
            "at": self.noticing.now.isoformat(),
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


def _note(sent: list[PointRow]) -> None:
    if not sent:
        return
    with transaction.atomic():
        PointRow.objects.bulk_create(
            sent, update_conflicts=True, unique_fields=["point", "row"], update_fields=["version", "number"]
        )
    sent.clear()
