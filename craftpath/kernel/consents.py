"""Consents: given and withdrawn alike, as events that are appended and never altered; the newest one holds.

`may_use` is what others ask before they use personal data for a purpose. Where the basis is contract or law it says
yes, and withdrawing changes nothing there. Whoever is younger than a purpose asks for is spoken for by a guardian:
an own yes of that time does not count, while anybody, child or guardian, may take a yes back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.links import Purpose as LinkPurpose
from craftpath.kernel.links import SignedLink, can_use
from craftpath.kernel.notices import Notice, notice_at
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.purposes import OF_AGE, PURPOSES, Purpose
from craftpath.kernel.roles import Permission
from craftpath.kernel.signin import people_of
from craftpath.values.age import age_on
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
        Person,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="who pressed the button; nobody here where a guardian came by a link",
    )
    link = models.ForeignKey(SignedLink, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[ConsentEvent]] = models.Manager()

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["purpose", "person", "-at"], name="consent_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(said_by__isnull=False, link__isnull=True)
                | (Q(said_by__isnull=True, link__isnull=False) & ~Q(guardian="")),
                name="consent_by_somebody",
            )
        ]

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
def give_consent(
    person: Person,
    purpose: str,
    *,
    guardian: str = "",
    link: SignedLink | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Agree to a purpose: for oneself, written down from a guardian's paper, or as a guardian by a link."""
    _say(person, purpose, given=True, guardian=guardian, link=link, by=by, at=at)


@action
def withdraw_consent(
    person: Person,
    purpose: str,
    *,
    guardian: str = "",
    link: SignedLink | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Take it back, by the same way and with as little effort; a child may do so for itself."""
    _say(person, purpose, given=False, guardian=guardian, link=link, by=by, at=at)


def needs_guardian(person: Person, purpose: Purpose, day: date) -> bool:
    """Whether a guardian speaks for this person; where no birth date is known, nobody can be asked for."""
    born = person.birth_date
    return purpose.asks and born is not None and age_on(born, day) < purpose.guardian_below


def counts(event: ConsentEvent, born: date | None) -> bool:
    """Whether this yes, or no, holds: a yes to what the purpose is today, by whoever could say it at that time."""
    purpose = PURPOSES[event.purpose]
    if not event.given:
        return True
    if event.purpose_version != purpose.version:
        return False
    day = timezone.localtime(event.at).date()
    return bool(event.guardian) or born is None or age_on(born, day) >= purpose.guardian_below


def _say(
    person: Person, key: str, *, given: bool, guardian: str, link: SignedLink | None, by: Actor, at: datetime
) -> None:
    purpose = PURPOSES.get(key)
    if purpose is None or not purpose.asks:
        raise Refused(not_now("kernel.consent_not_asked"))
    guardian = (link.name if link is not None else guardian).strip()[:120]
    day = timezone.localtime(at).date()
    require(_by_link(person, link, at) if link is not None else _may_say(person, guardian, by, at))
    if given:
        require(_right_voice(person, purpose, day, guardian, by_link=link is not None))
    # Two presses of one button stand in line here; the second one finds that it is said.
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    standing = _newest([person.pk], key).get(person.pk)
    if bool(standing and standing.given and counts(standing, person.birth_date)) is given:
        return
    notice = notice_at(by.organisation, timezone.localtime(at).date()) if by.organisation else None
    event = ConsentEvent(
        person=person,
        purpose=key,
        purpose_version=purpose.version,
        given=given,
        notice=notice or Notice.objects.filter(organisation=None).order_by("-version").first(),
        guardian=guardian,
        said_by=None if link is not None else by.person or person,
        link=link,
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
        return may_not("kernel.consent_is_ones_own") if guardian else YES
    if by.organisation is None or not guardian:
        return may_not("kernel.consent_is_ones_own")
    verdict = by.may(Permission.MANAGE_PEOPLE)
    if verdict and not _is_here(person, by.organisation, at):
        return may_not("kernel.consent_is_ones_own")
    return verdict


def _by_link(person: Person, link: SignedLink, at: datetime) -> Verdict:
    """A guardian who came by a link made for this child, which is still here."""
    if link.purpose != LinkPurpose.CONSENT or link.subject != str(Ref("kernel", "person", person.public_id)):
        return may_not("kernel.link_unknown")
    verdict = can_use(link, at)
    if verdict and not (person.is_active and _is_here(person, link.organisation, at)):
        return not_now("kernel.link_person_left")
    return verdict


def _right_voice(person: Person, purpose: Purpose, day: date, guardian: str, *, by_link: bool) -> Verdict:
    """Whether it is the person's own word that is asked for, or a guardian's."""
    asked = needs_guardian(person, purpose, day)
    if not guardian:
        return not_now("kernel.consent_by_guardian", below=purpose.guardian_below) if asked else YES
    of_age = person.birth_date is not None and age_on(person.birth_date, day) >= OF_AGE
    return not_now("kernel.consent_is_ones_own_now") if of_age or (by_link and not asked) else YES


def _is_here(person: Person, organisation: Organisation, at: datetime) -> bool:
    people = people_of(organisation, timezone.localtime(at).date())
    return people.filter(pk=person.pk).exists()


def _newest(person_ids: Iterable[int], purpose: str = "") -> dict[int, ConsentEvent]:
    """person id → the newest event of one purpose, with its person."""
    rows = ConsentEvent.objects.filter(person__in=list(person_ids), purpose=purpose)
    return {row.person_id: row for row in rows.select_related("person").order_by("at", "pk")}


def may_use(person: Person, purpose: str) -> Verdict:
    """Whether somebody's data may be used for a purpose now; KeyError for a purpose that is none."""
    if not PURPOSES[purpose].asks:
        return YES
    event = _newest([person.pk], purpose).get(person.pk)
    if event is None or not counts(event, person.birth_date):
        return not_now("kernel.consent_missing", purpose=purpose)
    return YES if event.given else not_now("kernel.consent_withdrawn", purpose=purpose)


def of_whom(people: Iterable[int], purpose: str) -> set[int]:
    """The ids of those among these people whose data may be used for a purpose now; one query at most."""
    ids = set(people)
    if not PURPOSES[purpose].asks:
        return ids
    newest = _newest(ids, purpose)
    return {pk for pk, event in newest.items() if event.given and counts(event, event.person.birth_date)}


def ever_said_yes(purpose: str) -> models.QuerySet[Any]:
    """The ids of everybody who agreed to a purpose at some time, to narrow many people down before `of_whom`."""
    return ConsentEvent.objects.filter(purpose=purpose, given=True).order_by().values("person_id")


def consents_of(people: models.QuerySet[Person]) -> dict[int, dict[str, ConsentEvent]]:
    """person id → purpose → the newest event, of these people, each with its person; one query."""
    rows = ConsentEvent.objects.filter(person__in=people.order_by().values("pk")).order_by("at", "pk")
    found: dict[int, dict[str, ConsentEvent]] = {}
    for row in rows.select_related("person"):
        found.setdefault(row.person_id, {})[row.purpose] = row
    return found
