"""Letting organisations and people in: each is a right that somebody gave, so each is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from craftpath.kernel.access import Actor, ActorKind, Membership, join
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.organisations import Organisation, plant
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission, Role, of_office
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES, Verdict, may_not


@fact
@dataclass(frozen=True)
class OrganisationPlanted(Fact):
    """An organisation came into the tree."""

    code: ClassVar[str] = "kernel.organisation_planted"
    organisation: str
    kind: str


@fact
@dataclass(frozen=True)
class RoleGiven(Fact):
    """People got a role in an organisation."""

    code: ClassVar[str] = "kernel.role_given"
    people: list[str]
    role: str


def _ref(organisation: Organisation) -> Ref:
    return Ref("kernel", "organisation", organisation.public_id)


@action
def plant_organisation(
    *,
    key: str,
    kind: str,
    name: dict[str, str],
    parent: Organisation | None = None,
    by: Actor,
    at: datetime,
) -> Organisation:
    """Add an organisation to the tree."""
    organisation = plant(key=key, kind=kind, name=name, parent=parent)
    told = OrganisationPlanted(organisation=organisation.public_id, kind=kind)
    tell(told, by=by, at=at, organisation=organisation, subject=_ref(organisation))
    return organisation


def may_give(by: Actor, role: Role, organisation: Organisation) -> Verdict:
    """Whether the actor may give this role there: within one's reach, and never more than one may oneself.

    A new enterprise has nobody yet who looks after its apprentices: whoever keeps the register lets the first one in.
    """
    if role is Role.HR and by.may_at(Permission.ACCREDIT_PLACES, organisation) and _has_nobody(organisation):
        return YES
    verdict = by.may_at(Permission.MANAGE_PEOPLE, organisation)
    if not verdict or by.kind is ActorKind.SYSTEM:
        return verdict
    return YES if of_office(role) <= by.permissions else may_not("kernel.role_above_own")


def _has_nobody(organisation: Organisation) -> bool:
    return not Membership.objects.filter(organisation=organisation, role=Role.HR.value).exists()


@action
def give_role(
    people: Iterable[Person],
    organisation: Organisation,
    role: Role,
    *,
    on: date,
    until: date | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Give people a role from a day on; those who hold it keep it. Returns how many got it.

    The caller has asked who may: a roster brings mentors of other organisations, an invitation asks `may_give`.
    """
    got = join(people, organisation, role, on=on, until=until)
    if got:
        told = RoleGiven(people=[person.public_id for person in got], role=role.value)
        tell(told, by=by, at=at, organisation=organisation, subject=_ref(organisation))
    return len(got)
