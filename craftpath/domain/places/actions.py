"""Writing what is said about places."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from craftpath.domain.places import rules
from craftpath.domain.places.facts import OutlineKept, PlaceKept, SeatsKept, TravelKept
from craftpath.domain.places.models import Outline, Place, Seats, Travel
from craftpath.domain.places.rules import Term, Told, Way
from craftpath.engines.geography.outline import rings_of
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.files import keep
from craftpath.kernel.media import photo
from craftpath.kernel.organisations import Organisation
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

__all__ = ["Term", "Told", "Way"]


@action
def keep_place(
    organisation: Organisation, told: Told, *, picture: bytes = b"", by: Actor, at: datetime
) -> Place:
    """Write what is said about a place; a new photo replaces the one before."""
    require(rules.may_keep(by, organisation))
    require(rules.can_tell(told))
    row = _locked(organisation) or Place(organisation=organisation)
    row.lat, row.lon = (told.position.lat, told.position.lon) if told.position else (None, None)
    for name in ("address", "hours", "contact", "languages", "access", "network", "photo_words"):
        setattr(row, name, getattr(told, name).strip())
    row.about = dict(told.about)
    row.offers = {key: list(lines) for key, lines in told.offers.items() if lines}
    row.is_public, row.is_indexed = told.is_public, told.is_indexed
    if picture:
        drawn = photo(picture)
        row.photo = keep(drawn.content, "place.jpg", organisation=organisation, by=by, at=at)
    row.kept_by, row.kept_at = by.person, at
    row.save()
    _tell(PlaceKept(row.is_public), organisation, by=by, at=at)
    return row


@action
def keep_seats(organisation: Organisation, terms: Sequence[Term], *, by: Actor, at: datetime) -> int:
    """Write how many of which occupation begin at a place, whole; returns the sum."""
    require(rules.may_keep(by, organisation))
    require(rules.can_seat(terms))
    Seats.objects.filter(organisation=organisation).delete()
    Seats.objects.bulk_create(
        Seats(
            organisation=organisation, occupation=dict(one.occupation), starts_on=one.starts_on,
            ends_on=one.ends_on, count=one.count,
        )
        for one in terms
    )  # fmt: skip
    total = sum(one.count for one in terms)
    _tell(SeatsKept(total), organisation, by=by, at=at)
    return total


@action
def keep_travel(ways: Sequence[Way], *, organisation: Organisation, by: Actor, at: datetime) -> int:
    """Take travel times in, all or none; a row of the same places and mode replaces the one before."""
    require(rules.may_keep(by, organisation))
    require(rules.can_travel(ways))
    for way in ways:
        require(rules.may_keep(by, way.origin))
    newest = {(way.origin.pk, way.target.pk, way.mode): way for way in ways}
    rows = [
        Travel(
            organisation=way.origin, target=way.target, mode=way.mode, minutes=way.minutes, kept_by=by.person,
            kept_at=at,
        )
        for way in newest.values()
    ]  # fmt: skip
    Travel.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["organisation", "target", "mode"],
        update_fields=["minutes", "kept_by", "kept_at"],
    )
    _tell(TravelKept(len(rows)), organisation, by=by, at=at)
    return len(rows)


@action
def keep_outline(organisation: Organisation, content: bytes, *, by: Actor, at: datetime) -> Outline | None:
    """Keep the outline of an area from a GeoJSON file; nothing in it takes the outline away."""
    require(rules.may_keep(by, organisation))
    if not content:
        Outline.objects.filter(organisation=organisation).delete()
        _tell(OutlineKept(0), organisation, by=by, at=at)
        return None
    if len(content) > rules.OUTLINE_BYTES:
        raise Refused(not_now("places.outline_large", megabytes=rules.OUTLINE_BYTES // 2**20))
    try:
        rings = rings_of(json.loads(content.decode("utf-8-sig")))
    except (ValueError, RecursionError) as fault:
        raise Refused(not_now("places.outline_broken")) from fault
    row, _new = Outline.objects.update_or_create(
        organisation=organisation, defaults={"rings": rings, "kept_by": by.person, "kept_at": at}
    )
    _tell(OutlineKept(sum(map(len, rings))), organisation, by=by, at=at)
    return row


def _locked(organisation: Organisation) -> Place | None:
    return Place.objects.select_for_update(of=("self",)).filter(organisation=organisation).first()


def _tell(fact: Fact, organisation: Organisation, *, by: Actor, at: datetime) -> None:
    subject = Ref("kernel", "organisation", organisation.public_id)
    tell(fact, by=by, at=at, organisation=organisation, subject=subject)
