"""Reading shares, how often they were opened, and what was brought along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Max, Sum
from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.queries import enrolments_of
from craftpath.domain.claims.queries import issuers
from craftpath.domain.passport.brought import entries_of
from craftpath.domain.passport.models import Arrival, Look, Share
from craftpath.kernel.access import memberships_on
from craftpath.kernel.people import Person
from craftpath.kernel.tokens import opened

if TYPE_CHECKING:
    from craftpath.domain.passport.brought import Known
    from craftpath.domain.passport.record import Entry
    from craftpath.kernel.organisations import Organisation

SALT = "craftpath.passport"


def shares_of(person: Person) -> models.QuerySet[Share]:
    """One's own links, the newest first, with how often each was opened (`opened`) and when last (`last_at`)."""
    rows = Share.objects.filter(person=person)
    counted = rows.annotate(opened=Sum("looks__count"), last_at=Max("looks__last_at"))
    return counted.order_by("-made_at", "-pk")


def share_of(token: str) -> Share | None:
    """The link that an address leads to; a forged one is not even looked for."""
    secret_hash = opened(token, SALT)
    if not secret_hash:
        return None
    return Share._base_manager.select_related("person").filter(secret_hash=secret_hash).first()


def looks_at(share: Share) -> models.QuerySet[Look]:
    """When a link was opened, by day and kind of browser, the newest first."""
    return share.looks.all()


def issuing_place(person: Person, today: date) -> Organisation | None:
    """Whose key signs somebody's record: the college of the last apprenticeship, else where one has a role today."""
    row = enrolments_of(person).first()
    if row is not None:
        return row.cohort.organisation
    held = memberships_on(today).filter(person=person).order_by("starts_on", "pk").first()
    return held.organisation if held is not None else None


def arrivals_of(person: Person) -> models.QuerySet[Arrival]:
    """What somebody brought along, the newest first."""
    return Arrival.objects.filter(person=person)


def waiting_at(organisation: Organisation) -> models.QuerySet[Arrival]:
    """What people of an organisation and below brought along under another name, the longest waiting first."""
    rows = Arrival.objects.filter(state="waiting", office__path__startswith=organisation.path)
    return rows.select_related("person", "office").order_by("brought_at", "pk")


def known_keys(person: Person, at: datetime) -> Known:
    """The keys of issuers that an office of this person's trusts, by the id of a method."""
    today = localdate(at)
    places = [row.organisation for row in memberships_on(today).filter(person=person)]
    found: set[tuple[str, str]] = set()
    for place in {place.pk: place for place in places}.values():
        for one in issuers(place, today):
            found.add((one.did, one.public or one.did.removeprefix("did:key:")))

    def known(method: str) -> str | None:
        did, _hash, end = method.partition("#")
        return end if (did, end) in found else None

    return known


def told_by(arrival: Arrival, today: date) -> Iterator[tuple[str, Entry]]:
    """(section, entry) of a record that was brought along."""
    return entries_of(arrival, today)
