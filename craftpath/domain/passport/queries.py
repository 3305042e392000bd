"""Reading shares, how often they were opened, and what was brought along."""

from __future__ import annotations

from django.db import models
from django.db.models import Max, Sum

from craftpath.domain.passport.models import Arrival, Look, Share
from craftpath.kernel.people import Person
from craftpath.kernel.tokens import opened

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


def arrivals_of(person: Person) -> models.QuerySet[Arrival]:
    """What somebody brought along, the newest first."""
    return Arrival.objects.filter(person=person)
