"""Memberships and actors: who acts, in which organisation, as what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate

from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import ORGANISATION_WIDE, OWN_ROWS_ONLY, Permission, Role, allowed, of_office
from craftpath.kernel.rows import insert_rows
from craftpath.kernel.tenancy import NOBODY, Scope, above, below
from craftpath.values.verdict import YES, Verdict, may_not

_AT_ONCE = 900  # people that one question names at most


class Membership(models.Model):
    """A person's role in an organisation between two dates; ended, never deleted."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="the first day without the role")
    ends_because = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager[Membership]] = models.Manager()

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(ends_on__isnull=True),
                name="membership_open_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="membership_role_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ends_because="") | Q(ends_on__isnull=False),
                name="membership_reason_with_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} @ {self.organisation_id}"


class ActorKind(StrEnum):
    """How somebody came in."""

    PERSON = "person"
    CLIENT = "client"  # an organisation's own token: some office of it, and nobody in particular
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """Who acts: a person with roles in one organisation, a program that was given some, or the system itself.

    `client` is the id of the token by which somebody came in, if it was one.
    """

    organisation: Organisation | None
    person: Person | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    kind: ActorKind = ActorKind.PERSON
    client: int | None = None

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the roles allow; the system may do everything, a program what the roles allow by themselves."""
        if self.kind is ActorKind.SYSTEM:
            return frozenset(Permission)
        if self.kind is ActorKind.CLIENT:
            return frozenset().union(*(of_office(role) for role in self.roles))
        return allowed(self.roles)

    @property
    def scope(self) -> Scope:
        """Which rows exist for this actor."""
        person_id = self.person.pk if self.person else NOBODY
        wide = self.kind is ActorKind.SYSTEM or self.roles & ORGANISATION_WIDE
        path = self.organisation.path if self.organisation is not None and wide else ""
        return Scope(person_id=person_id, path=path)

    @property
    def sees_only_own(self) -> bool:
        """Whether no role shows this actor anybody else, so that a table of people would have one row."""
        return self.kind is ActorKind.PERSON and self.roles <= OWN_ROWS_ONLY

    def may(self, permission: Permission) -> Verdict:
        """A yes, or `kernel.role_lacks` naming what is missing."""
        return YES if permission in self.permissions else may_not("kernel.role_lacks", permission=permission)

    def may_at(self, permission: Permission, organisation: Organisation) -> Verdict:
        """The same for what belongs to an organisation: it must be the actor's own or lie below it.

        Seeing is wider than doing: an enterprise sees its apprentices' cohort and does not run it.
        """
        verdict = self.may(permission)
        if not verdict or (self.kind is ActorKind.SYSTEM and self.organisation is None):
            return verdict
        own = self.organisation is not None and organisation.path.startswith(self.organisation.path)
        return YES if own else may_not("kernel.belongs_to_another")


def system(organisation: Organisation | None = None) -> Actor:
    """The program itself, for jobs and set-up."""
    return Actor(organisation=organisation, kind=ActorKind.SYSTEM)


def memberships_on(day: date) -> models.QuerySet[Membership]:
    """The memberships in force on a day."""
    return Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day
    ).select_related("organisation")


def around(scope: Scope, name: str) -> Q:
    """Rows of the organisations where one is a member today, and of those above and below one's seat."""
    mine = memberships_on(localdate()).filter(person=scope.person_id).order_by()
    return below(scope, name) | above(scope, name) | Q(**{f"{name}__in": mine.values("organisation_id")})


def actor_in(person: Person, organisation: Organisation, day: date) -> Actor | None:
    """The person as an actor there, or None for a stranger.

    A role in an organisation reaches the organisations below it.
    """
    above = [
        organisation.path[: i + organisation.steplen]
        for i in range(0, len(organisation.path), organisation.steplen)
    ]
    held = memberships_on(day).filter(person=person, organisation__path__in=above, person__is_active=True)
    return actor_by(held, person, organisation)


def actor_by(held: Iterable[Membership], person: Person, organisation: Organisation) -> Actor | None:
    """The same from the memberships of an active person that were read already, wherever they are."""
    roles = frozenset(Role(row.role) for row in held if organisation.path.startswith(row.organisation.path))
    return Actor(organisation=organisation, person=person, roles=roles) if roles else None


def join(
    people: Iterable[Person], organisation: Organisation, role: Role, *, on: date, until: date | None = None
) -> list[Person]:
    """Write memberships for those without one; returns who got it. `admission.give_role` also tells it."""
    people = list(people)
    rows = Membership.objects.filter(organisation=organisation, role=role, ends_on__isnull=True)
    held: set[int] = set()
    for start in range(0, len(people), _AT_ONCE):
        some = people[start : start + _AT_ONCE]
        held |= set(rows.filter(person__in=some).values_list("person_id", flat=True))
    new = list({person.pk: person for person in people if person.pk not in held}.values())
    same = {
        "organisation": organisation.pk,
        "role": role.value,
        "starts_on": on,
        "ends_on": until,
        "ends_because": "",
    }
    insert_rows(Membership, ["person"], ((person.pk,) for person in new), same)
    return new
