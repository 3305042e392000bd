"""Leavers: a role is ended by day, with a reason, and never deleted; access ends by itself on that day.

The role of an apprentice is not ended here. It opens nothing but one's own record, and an apprentice who has
left the cohort may still read that; what ends is the enrolment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.utils import timezone

from craftpath.kernel.access import Actor, ActorKind, Membership
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import NEVER_VACANT, OWN_ROWS_ONLY, Permission, Role, allowed, of_office
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES, Verdict, may_not, not_now, require


@fact
@dataclass(frozen=True)
class RolesEnded(Fact):
    """People's roles end on a day: the first one without the role."""

    code: ClassVar[str] = "kernel.roles_ended"
    people: list[str]
    roles: list[str]
    on: str
    because: str


@fact
@dataclass(frozen=True)
class RolesKept(Fact):
    """The end of people's roles was taken back before its day."""

    code: ClassVar[str] = "kernel.roles_kept"
    people: list[str]
    roles: list[str]


def may_end(by: Actor, row: Membership) -> Verdict:
    """Whether the actor may end this role, or take its end back."""
    verdict = by.may_at(Permission.MANAGE_PEOPLE, row.organisation)
    if not verdict or by.kind is ActorKind.SYSTEM:
        return verdict
    if by.person is not None and row.person_id == by.person.pk:
        return may_not("kernel.role_own")
    role = Role(row.role)
    if role in OWN_ROWS_ONLY:
        return not_now("kernel.role_of_record")
    return YES if of_office(role) <= by.permissions else may_not("kernel.role_above_own")


def can_change(row: Membership, day: date) -> Verdict:
    """Whether the role is still there to be ended; what has ended stays ended."""
    over = row.ends_on is not None and row.ends_on <= day
    return not_now("kernel.role_ended") if over else YES


@action
def end_roles(rows: Iterable[Membership], *, on: date, because: str, by: Actor, at: datetime) -> int:
    """End roles on a day, today or later, all or none; an end that was set before may be moved.

    Returns how many changed: the same once more changes nothing. An organisation is never left without
    somebody who looks after its people, nor an administered one without an administrator.
    """
    day = timezone.localtime(at).date()
    require(not_now("kernel.end_in_the_past") if on < day else YES)
    require(YES if because.strip() else not_now("kernel.end_without_reason"))
    found = _locked(rows)
    for row in found:
        require(may_end(by, row))
        require(can_change(row, day))
    require(_somebody_stays(found, on))
    changed = [row for row in found if (row.ends_on, row.ends_because) != _end(row, on, because)]
    for row in changed:
        row.ends_on, row.ends_because = _end(row, on, because)
    Membership.objects.bulk_update(changed, ["ends_on", "ends_because"], batch_size=200)
    for place, gone in _by_place(changed):
        told = RolesEnded(_people(gone), _roles(gone), on.isoformat(), because.strip())
        tell(told, by=by, at=at, organisation=place, subject=_ref(place))
    return len(changed)


@action
def keep_roles(rows: Iterable[Membership], *, by: Actor, at: datetime) -> int:
    """Take back an end that still lies ahead, all or none. Returns how many changed."""
    day = timezone.localtime(at).date()
    found = [row for row in _locked(rows) if row.ends_on is not None]
    held = set(
        Membership.objects.filter(
            person__in=[row.person_id for row in found], ends_on__isnull=True
        ).values_list("person_id", "organisation_id", "role")
    )
    for row in found:
        require(may_end(by, row))
        require(can_change(row, day))
        again = (row.person_id, row.organisation_id, row.role) in held
        require(not_now("kernel.role_held_again") if again else YES)
        row.ends_on, row.ends_because = None, ""
    Membership.objects.bulk_update(found, ["ends_on", "ends_because"], batch_size=200)
    for place, kept in _by_place(found):
        told = RolesKept(_people(kept), _roles(kept))
        tell(told, by=by, at=at, organisation=place, subject=_ref(place))
    return len(found)


def _locked(rows: Iterable[Membership]) -> list[Membership]:
    """The same roles as they are now; two who end each other's stand in line at their organisations."""
    rows = list(rows)
    places = sorted({row.organisation_id for row in rows})
    list(
        Organisation.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=places).order_by("pk")
    )
    return list(
        Membership.objects.select_for_update(of=("self",))
        .filter(pk__in=[row.pk for row in rows])
        .select_related("organisation", "person")
        .order_by("pk")
    )


def _end(row: Membership, on: date, because: str) -> tuple[date, str]:
    """A role that would begin later ends before it has begun: it is never in force."""
    return max(on, row.starts_on), because.strip()


def _somebody_stays(rows: Sequence[Membership], on: date) -> Verdict:
    """Whether each organisation keeps somebody, with no end in sight, for what it may not be without."""
    going = {row.pk for row in rows}
    places = {row.organisation_id for row in rows}
    staying = Membership.objects.filter(
        organisation__in=places, ends_on__isnull=True, starts_on__lte=on, person__is_active=True
    ).exclude(pk__in=going)
    left: dict[int, set[Permission]] = {}
    for place, role in staying.values_list("organisation_id", "role"):
        left.setdefault(place, set()).update(allowed(frozenset({Role(role)})))
    for row in rows:
        if allowed(frozenset({Role(row.role)})) & NEVER_VACANT - left.get(row.organisation_id, set()):
            return not_now("kernel.role_last", name=row.person.name)
    return YES


def _by_place(rows: Iterable[Membership]) -> list[tuple[Organisation, list[Membership]]]:
    found: dict[int, tuple[Organisation, list[Membership]]] = {}
    for row in rows:
        found.setdefault(row.organisation_id, (row.organisation, []))[1].append(row)
    return list(found.values())


def _people(rows: Iterable[Membership]) -> list[str]:
    return list(dict.fromkeys(row.person.public_id for row in rows))


def _roles(rows: Iterable[Membership]) -> list[str]:
    return sorted({row.role for row in rows})


def _ref(organisation: Organisation) -> Ref:
    return Ref("kernel", "organisation", organisation.public_id)
