"""First passwords: made by a coordinator, printed on a slip, good for one sign-in – for one's own people only."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db.models import Q, QuerySet
from django.utils import timezone

from craftpath.kernel.access import Actor, ActorKind, Membership
from craftpath.kernel.action import action
from craftpath.kernel.clients import end_clients_of
from craftpath.kernel.factors import forget_factors
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, require

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@fact
@dataclass(frozen=True)
class FirstPasswordsMade(Fact):
    """Somebody made new first passwords; the passwords themselves are kept nowhere."""

    code: ClassVar[str] = "kernel.first_passwords_made"
    people: list[str]


@fact
@dataclass(frozen=True)
class SecondFactorsReset(Fact):
    """With new slips, people's second factors were taken away: the telephone was lost."""

    code: ClassVar[str] = "kernel.second_factors_reset"
    people: list[str]


@dataclass(frozen=True)
class Slip:
    """What is printed for one person."""

    person: Person
    password: str


def open_memberships(day: date) -> QuerySet[Membership]:
    """The memberships that have not ended by this day; one that begins later counts too."""
    return (
        Membership.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))
        .select_related("organisation")
        .order_by("pk")
    )


def people_of(organisation: Organisation, day: date) -> QuerySet[Person]:
    """Everybody who has a role at the organisation or below it, apprentices included, by name."""
    inside = open_memberships(day).filter(organisation__in=organisation.below())
    return Person.objects.filter(pk__in=inside.order_by().values("person_id")).order_by("name", "pk")


def memberships_of(people: Iterable[Person], day: date) -> dict[int, list[Membership]]:
    """person id → open memberships, wherever they are, each with the path of its organisation; one query."""
    found: dict[int, list[Membership]] = {}
    told = ("person", "role", "starts_on", "ends_on", "organisation__path")
    for row in open_memberships(day).filter(person__in=[person.pk for person in people]).only(*told):
        found.setdefault(row.person_id, []).append(row)
    return found


def may_reset(by: Actor, person: Person, memberships: Sequence[Membership]) -> Verdict:
    """Whether the actor may give this person a first password; `memberships` are the person's open ones.

    A password opens all that its person may do. So it is given only where every role of the person lies
    at the actor's organisation or below: who also works elsewhere is reset by somebody above both.
    """
    verdict = by.may(Permission.MANAGE_PEOPLE)
    if not verdict or by.kind is ActorKind.SYSTEM:
        return verdict
    if by.person is not None and by.person.pk == person.pk:
        return may_not("kernel.password_own")
    path = by.organisation.path if by.organisation is not None else ""
    inside = [row for row in memberships if path and row.organisation.path.startswith(path)]
    if not inside:
        return may_not("kernel.person_of_another")
    if len(inside) < len(memberships):
        return may_not("kernel.person_elsewhere")
    return YES if person.is_active else may_not("kernel.person_inactive")


@action
def make_first_passwords(
    people: Sequence[Person], *, factors: bool = False, by: Actor, at: datetime
) -> list[Slip]:
    """Give each person a new first password and return the slips; earlier passwords, sessions and tokens end.

    With `factors` second factors end too: whoever lost the telephone signs in with the slip alone.

    All or none: one person whom the actor may not reset refuses the whole call. Hashing costs some 30 ms
    each by design, so a class of forty takes about a second.
    """
    require(by.may(Permission.MANAGE_PEOPLE))
    held = memberships_of(people, timezone.localtime(at).date())
    for person in people:
        require(may_reset(by, person, held.get(person.pk, [])))
    slips = []
    for person in people:
        password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(2))
        person.set_password(password)
        person.must_change_password = True
        slips.append(Slip(person, password))
    Person.objects.bulk_update(people, ["password", "must_change_password"], batch_size=200)
    end_clients_of(people, at)
    tell(FirstPasswordsMade(people=[person.public_id for person in people]), by=by, at=at)
    if factors and forget_factors(people):
        tell(SecondFactorsReset(people=[person.public_id for person in people]), by=by, at=at)
    return slips
