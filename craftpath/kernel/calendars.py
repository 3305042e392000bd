"""Addresses by which somebody's own calendar reads: secret, without a session, ended by a press.

The secret is shown once and only its hash is kept. One person has one address at a time; a new one ends the old.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, may_not

LETTERS = 32  # bytes of a secret


class CalendarAddress(models.Model):
    """An address that serves until it is ended."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[CalendarAddress]] = models.Manager()

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="calendar_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"


@fact
@dataclass(frozen=True)
class CalendarOpened(Fact):
    """Somebody made a new address for the own calendar; one that there was has ended."""

    code: ClassVar[str] = "kernel.calendar_opened"


@fact
@dataclass(frozen=True)
class CalendarClosed(Fact):
    """Somebody ended the own calendar's address."""

    code: ClassVar[str] = "kernel.calendar_closed"


def address_of(person: Person) -> CalendarAddress | None:
    """The address that serves now."""
    return CalendarAddress.objects.filter(person=person, ended_at=None).first()


def person_by(secret: str) -> tuple[Person, CalendarAddress] | None:
    """Whose calendar this secret opens; nobody's once it has ended, or whose access has."""
    rows = CalendarAddress.objects.filter(secret_hash=_hash(secret), ended_at=None, person__is_active=True)
    row = rows.select_related("person").first()
    return (row.person, row) if row is not None else None


@action
def open_calendar(*, by: Actor, at: datetime) -> str:
    """Make an address of one's own and end the one before; returns its secret, which is known only now."""
    person = _self(by)
    _end(person, at)
    secret = secrets.token_urlsafe(LETTERS)
    CalendarAddress.objects.create(person=person, secret_hash=_hash(secret), made_at=at)
    tell(CalendarOpened(), by=by, at=at, subject=Ref("kernel", "person", person.public_id))
    return secret


@action
def close_calendar(*, by: Actor, at: datetime) -> bool:
    """End one's own address; says whether there was one."""
    person = _self(by)
    ended = _end(person, at)
    if ended:
        tell(CalendarClosed(), by=by, at=at, subject=Ref("kernel", "person", person.public_id))
    return ended


def _self(by: Actor) -> Person:
    if by.person is None:
        raise Refused(may_not("kernel.role_own"))
    return Person.objects.select_for_update(of=("self",), no_key=True).get(pk=by.person.pk)


def _end(person: Person, at: datetime) -> bool:
    return bool(CalendarAddress.objects.filter(person=person, ended_at=None).update(ended_at=at))


def _hash(secret: str) -> str:
    """A plain hash will do: the secret is 32 random bytes and cannot be guessed from it."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
