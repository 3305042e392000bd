"""Setting a point up, revoking it, and settling what was written on both sides."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DataError, Error, IntegrityError, transaction

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import LETTERS
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.points import rules
from craftpath.kernel.points.carried import Carried, Way, carried, reach
from craftpath.kernel.points.envelope import Keys, lock, unlock
from craftpath.kernel.points.noticing import this_site
from craftpath.kernel.points.spelling import Names, plain, value_of
from craftpath.kernel.points.tables import CarriedRow, Clash, Point, PointRow
from craftpath.kernel.tenancy import everywhere, paths_to
from craftpath.kernel.tokens import sealed
from craftpath.values.verdict import Refused, not_now, require

_GROUPS, _IN_A_GROUP = 6, 4  # of the words: 24 letters, some 118 bits
_FORM = 1
_COLUMNS = ("key", "public_id", "kind", "name", "time_zone", "path", "depth", "numchild", "second_factor")


@fact
@dataclass(frozen=True)
class PointSetUp(Fact):
    """A point was set up: from now on it gets the rows of its place."""

    code: ClassVar[str] = "kernel.point_set_up"
    name: str


@fact
@dataclass(frozen=True)
class PointRevoked(Fact):
    """A point was revoked: nothing is sent to it any more, and nothing is taken from it."""

    code: ClassVar[str] = "kernel.point_revoked"
    reason: str


@fact
@dataclass(frozen=True)
class ClashSettled(Fact):
    """Somebody chose between two values that were written without knowing of each other."""

    code: ClassVar[str] = "kernel.clash_settled"
    taken: str


@dataclass(frozen=True)
class SetUp:
    """A new point with the file that sets its laptop up, and the words that open the file; neither is kept."""

    point: Point
    file: bytes
    words: str


@action
def set_up_point(
    organisation: Organisation, *, name: str, address: str = "", by: Actor, at: datetime
) -> SetUp:
    """Make a point for an organisation and all below it, with keys of its own."""
    require(rules.may_keep(by, organisation))
    if Point.objects.filter(organisation=organisation, revoked_at__isnull=True).exists():
        raise Refused(not_now("points.there_is_one", name=organisation.title.both()))
    ours, theirs = Keys.new(), Keys.new()
    point = Point.objects.create(
        organisation=organisation,
        name=name,
        address=address,
        their_keys=theirs.public,
        our_keys=sealed(ours.said()),
        made_by=by.person,
        made_at=at,
    )
    chain = Organisation.objects.filter(path__in=paths_to(organisation.path)).order_by("path")
    inside = {
        "form": _FORM,
        "point": point.public_id,
        "name": name,
        "address": address,
        "keys": theirs.said(),
        "hub": ours.public,
        "site": this_site().instance,
        "organisations": [{column: getattr(row, column) for column in _COLUMNS} for row in chain],
    }
    words = "-".join("".join(secrets.choice(LETTERS) for _ in range(_IN_A_GROUP)) for _ in range(_GROUPS))
    tell(PointSetUp(name), by=by, at=at, organisation=organisation, subject=point.ref)
    return SetUp(point, lock(json.dumps(inside).encode(), words), words)


@action
def revoke_point(point: Point, *, because: str, by: Actor, at: datetime) -> Point:
    """Forget its keys: a lost laptop or stick opens nothing that is made from now on, and nobody takes its bundles."""
    require(rules.may_keep(by, point.organisation))
    row = Point.objects.select_for_update(of=("self",)).get(pk=point.pk)
    if row.revoked_at is not None:
        raise Refused(not_now("points.revoked", name=row.name))
    row.revoked_at, row.revoked_by, row.revoked_because = at, by.person, because
    row.our_keys, row.their_keys = "", {}
    row.save(update_fields=["revoked_at", "revoked_by", "revoked_because", "our_keys", "their_keys"])
    tell(PointRevoked(because), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def join(file: bytes, words: str, *, at: datetime) -> Point:
    """Make this empty site the site of a point, whole or not at all; refused where somebody works here already."""
    said = _read(file, words)
    with everywhere("a new site has nobody yet who could look"), transaction.atomic():
        if Organisation.objects.exists():
            raise Refused(not_now("points.not_empty"))
        this_site()
        try:
            with transaction.atomic():
                point = _joined(said, at)
        except IntegrityError as fault:  # somebody else was quicker
            raise Refused(not_now("points.not_empty")) from fault
        except (KeyError, TypeError, ValueError, IndexError, DataError) as fault:
            raise Refused(not_now("points.no_set_up")) from fault
        transaction.on_commit(lambda: mark().touch(mode=0o600))
        return point


def _read(file: bytes, words: str) -> dict[str, Any]:
    try:
        said = json.loads(unlock(file, words.strip().lower()))
        form = said["form"]
    except (ValueError, KeyError, TypeError) as fault:
        raise Refused(not_now("points.no_set_up")) from fault
    if form != _FORM:
        raise Refused(not_now("points.other_form", form=str(form)[:20]))
    return cast("dict[str, Any]", said)


def _joined(said: dict[str, Any], at: datetime) -> Point:
    chain = [Organisation(**row) for row in said["organisations"]]
    Organisation.objects.bulk_create(chain)
    point: Point = Point.objects.create(
        public_id=said["point"],
        organisation=Organisation.objects.get(key=chain[-1].key),
        is_hub=True,
        name=said["name"],
        address=said["address"],
        their_keys=said["hub"],
        our_keys=sealed(said["keys"]),
        instance=said["site"],
        made_at=at,
    )
    return point


@action
def note_try(point: Point, *, failed: str, facts: dict[str, Any], by: Actor, at: datetime) -> None:
    """Keep when this site last knocked at the hub, and why it came to nothing, if so."""
    require(rules.may_exchange(by, point))
    Point.objects.filter(pk=point.pk).update(tried_at=at, failed=failed, failed_facts=facts)


def mark() -> Path:
    """The file that says that this site is a point's."""
    return Path(settings.VAR) / "point"


@action
def settle_clash(clash: Clash, *, take: str, by: Actor, at: datetime) -> Clash:
    """Leave what stands, or write the other value in its place; both sites hear of it with the next bundle."""
    row = Clash.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=clash.pk)
    require(rules.may_settle(by, row))
    if take == "other":
        _write(row)
    row.settled_at, row.settled_by, row.taken = at, by.person, take
    row.save(update_fields=["settled_at", "settled_by", "taken"])
    tell(ClashSettled(take), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def _write(clash: Clash) -> None:
    """Refused for all but what both sides write and the point was given: a clash comes from a point's own word."""
    one, names = carried().get(clash.label), Names()
    local = names.local(clash.label, [clash.name]).get(clash.name)
    fields = {field.attname: field for field in one.fields} if one and _is_free(one) else {}
    if local is None or one is None or not isinstance(clash.other, dict):
        raise Refused(not_now("points.clash_gone"))
    if not clash.other.keys() <= fields.keys() or not _is_given(clash, clash.label, local):
        raise Refused(not_now("points.clash_gone"))
    values: dict[str, Any] = {}
    try:
        for column, said in clash.other.items():
            field, keys = fields[column], {}
            if field.is_relation and said is not None:
                label = field.related_model._meta.label
                keys = names.local(label, [said])
                if field.name == one.owner or not _is_given(clash, label, keys[said]):
                    raise KeyError(said)
            values[column] = value_of(field, said, keys)
        compared = [column for column in clash.differing if not fields[column].is_relation]
        rows = one.model._base_manager.select_for_update(of=("self",)).filter(pk=local)
        standing = rows.values("pk", *compared)[0]
        if any(plain(standing[column]) != clash.kept[column] for column in compared):
            raise Refused(not_now("points.clash_moved"))
        with transaction.atomic():
            one.model._base_manager.filter(pk=local).update(**values)
    except (LookupError, TypeError, ValueError, OverflowError, ValidationError, Error) as fault:
        raise Refused(not_now("points.clash_gone")) from fault


def _is_free(one: Carried) -> bool:
    """Whether a clash may change rows of a table: both sides write them, and not once for all."""
    return one.way is Way.BOTH and one.model is not KeptFile and one.label not in reach("once")


def _is_given(clash: Clash, label: str, local: str) -> bool:
    """Whether the point has a row, so that a clash fetches nothing else; at the point itself all rows are its own."""
    points = Point.objects.filter(organisation=clash.organisation)
    if points.filter(is_hub=True).exists():
        return True
    given = PointRow.objects.filter(point__in=points)
    rows = CarriedRow.objects.filter(label=label, local=local, gone=False, pk__in=given.values("row"))
    return bool(rows.exists())
