"""Consents: given and withdrawn alike, as events that are appended and never altered; the newest one holds.

`may_use` is what others ask before they use personal data for a purpose. Where the basis is contract or law it says
yes, and withdrawing changes nothing there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.notices import Notice, notice_at
from craftpath.kernel.people import Person
from craftpath.kernel.purposes import PURPOSES
from craftpath.kernel.roles import Permission
from craftpath.kernel.signin import people_of
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES, Refused, Verdict, may_not, not_now, require


class ConsentEvent(models.Model):
    """Somebody said yes to a purpose, or took it back; `guardian` is the name of who spoke for the person."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    purpose = models.SlugField(max_length=40)
    purpose_version = models.PositiveSmallIntegerField()
    given = models.BooleanField(help_text="given, or withdrawn")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, related_name="+")
    guardian = models.CharField(max_length=120, blank=True)
    said_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", help_text="who pressed the button"
    )
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[ConsentEvent]] = models.Manager()

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["purpose", "person", "-at"], name="consent_newest")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.purpose} {'given' if self.given else 'withdrawn'}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused, since what was said is not rewritten."""
        if self.pk is not None:
            raise TypeError("a consent is never altered; it is withdrawn by an event of its own")
        super().save(*args, **kwargs)


@fact
@dataclass(frozen=True)
class ConsentGiven(Fact):
    """Somebody agreed to a purpose, or a guardian did."""

    code: ClassVar[str] = "kernel.consent_given"
    purpose: str
    person: str
    by_guardian: bool = False


@fact
@dataclass(frozen=True)
class ConsentWithdrawn(Fact):
    """Somebody took a consent back, or a guardian did; from now on the purpose ends for this person."""

    code: ClassVar[str] = "kernel.consent_withdrawn"
    purpose: str
    person: str
    by_guardian: bool = False


@action
def give_consent(person: Person, purpose: str, *, guardian: str = "", by: Actor, at: datetime) -> None:
    """Agree to a purpose: for oneself, or written down from a guardian's paper by whoever looks after people."""
    _say(person, purpose, given=True, guardian=guardian, by=by, at=at)


@action
def withdraw_consent(person: Person, purpose: str, *, guardian: str = "", by: Actor, at: datetime) -> None:
    """Take it back, by the same way and with as little effort."""
    _say(person, purpose, given=False, guardian=guardian, by=by, at=at)


def _say(person: Person, key: str, *, given: bool, guardian: str, by: Actor, at: datetime) -> None:
    guardian = guardian.strip()[:120]
    require(_may_say(person, guardian, by, at))
    purpose = PURPOSES.get(key)
    if purpose is None or not purpose.asks:
        raise Refused(not_now("kernel.consent_not_asked"))
    # Two presses of one button stand in line here; the second one finds that it is said.
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    standing = _newest([person.pk], key).get(person.pk)
    if bool(standing and standing.given and standing.purpose_version == purpose.version) is given:
        return
    notice = notice_at(by.organisation, at.date()) if by.organisation else None
    event = ConsentEvent(
        person=person,
        purpose=key,
        purpose_version=purpose.version,
        given=given,
        notice=notice or Notice.objects.filter(organisation=None).order_by("-version").first(),
        guardian=guardian,
        said_by=by.person or person,
        at=at,
    )
    event.save()
    told = (ConsentGiven if given else ConsentWithdrawn)(
        purpose=key, person=person.public_id, by_guardian=bool(guardian)
    )
    tell(told, by=by, at=at, subject=Ref("kernel", "person", person.public_id))


def _may_say(person: Person, guardian: str, by: Actor, at: datetime) -> Verdict:
    """Everybody for oneself; for somebody else only with the name of the guardian who signed."""
    if by.person == person:
        return YES
    if by.organisation is None or not guardian:
        return may_not("kernel.consent_is_ones_own")
    verdict = by.may(Permission.MANAGE_PEOPLE)
    if verdict and not people_of(by.organisation, at.date()).filter(pk=person.pk).exists():
        return may_not("kernel.consent_is_ones_own")
    return verdict


def _newest(person_ids: Iterable[int], purpose: str = "") -> dict[int, ConsentEvent]:
    """person id → the newest event of one purpose."""
    rows = ConsentEvent.objects.filter(person__in=list(person_ids), purpose=purpose).order_by("at", "pk")
    return {row.person_id: row for row in rows}


def may_use(person: Person, purpose: str) -> Verdict:
    """Whether somebody's data may be used for a purpose now; KeyError for a purpose that is none."""
    known = PURPOSES[purpose]
    if not known.asks:
        return YES
    event = _newest([person.pk], purpose).get(person.pk)
    if event is None or event.purpose_version != known.version:
        return not_now("kernel.consent_missing", purpose=purpose)
    return YES if event.given else not_now("kernel.consent_withdrawn", purpose=purpose)


def of_whom(people: Iterable[int], purpose: str) -> set[int]:
    """The ids of those among these people whose data may be used for a purpose now; one query at most."""
    known, ids = PURPOSES[purpose], set(people)
    if not known.asks:
        return ids
    newest = _newest(ids, purpose)
    return {pk for pk, event in newest.items() if event.given and event.purpose_version == known.version}


def consents_of(people: models.QuerySet[Person]) -> dict[int, dict[str, ConsentEvent]]:
    """person id → purpose → the newest event, of these people; one query."""
    rows = ConsentEvent.objects.filter(person__in=people.order_by().values("pk")).order_by("at", "pk")
    found: dict[int, dict[str, ConsentEvent]] = {}
    for row in rows:
        found.setdefault(row.person_id, {})[row.purpose] = row
    return found
