"""From groups to roles: what somebody is to have, what came of the directory before, and the difference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from craftpath.kernel.access import Actor, Membership
from craftpath.kernel.admission import give_role, may_give
from craftpath.kernel.directory.tables import DirectoryEntry, DirectoryGroup, DirectoryMember, DirectoryRole
from craftpath.kernel.leaving import end_roles
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import OWN_ROWS_ONLY, Role
from craftpath.kernel.signin import open_memberships
from craftpath.values.verdict import Refused, not_now, require

BECAUSE = "SCIM"  # the reason of an end that a directory brought; the history says by which token
AT_ONCE = 500


@dataclass(frozen=True)
class Difference:
    """What settling would change at an organisation: (entry, role) to give, and rows that end."""

    gets: list[tuple[DirectoryEntry, Role]] = field(default_factory=list)
    loses: list[DirectoryRole] = field(default_factory=list)
    keeps: list[tuple[DirectoryEntry, Role]] = field(default_factory=list)


def difference(
    organisation: Organisation,
    entries: Iterable[DirectoryEntry],
    at: datetime,
    as_if: dict[int, str] | None = None,
) -> Difference:
    """What the groups mean for these entries, against what they hold; `as_if` (group id → role) tries something out."""
    day = timezone.localtime(at).date()
    found = Difference()
    rows = {entry.pk: entry for entry in entries}
    ids = sorted(rows)
    for start in range(0, len(ids), AT_ONCE):
        _compare(organisation, {pk: rows[pk] for pk in ids[start : start + AT_ONCE]}, day, as_if or {}, found)
    return found


def _compare(
    organisation: Organisation,
    rows: dict[int, DirectoryEntry],
    day: object,
    as_if: dict[int, str],
    found: Difference,
) -> None:
    wanted: dict[int, set[str]] = {pk: set() for pk in rows}
    members = DirectoryMember._base_manager.filter(entry__in=rows, group__removed_at=None)
    for entry, group, role in members.values_list("entry_id", "group_id", "group__role"):
        meant = as_if.get(group, role)
        row = rows[entry]
        if meant and row.active and row.removed_at is None:
            wanted[entry].add(meant)
    came: dict[tuple[int, str], DirectoryRole] = {}
    given = DirectoryRole._base_manager.filter(entry__in=rows, ended_at=None)
    for one in given.select_related("membership", "entry__person").order_by("pk"):
        came[one.entry_id, one.membership.role] = one
    people = {row.person_id for row in rows.values()}
    held = set(
        open_memberships(day)  # type: ignore[arg-type]
        .filter(person__in=people, organisation=organisation)
        .values_list("person_id", "role")
    )
    for pk, row in rows.items():
        for role in sorted(wanted[pk]):
            known = (pk, role) in came or (row.person_id, role) in held
            (found.keeps if known else found.gets).append((row, Role(role)))
            held.add((row.person_id, role))
    found.loses.extend(one for (pk, role), one in came.items() if role not in wanted[pk])


def settle(
    organisation: Organisation, entries: Iterable[DirectoryEntry], *, by: Actor, at: datetime
) -> Difference:
    """Give and end what the groups say; the caller holds the organisation. Refused as a whole, or done as a whole."""
    found = difference(organisation, entries, at)
    day = timezone.localtime(at).date()
    giving: dict[Role, list[DirectoryEntry]] = {}
    for entry, role in found.gets:
        giving.setdefault(role, []).append(entry)
    for role, rows in giving.items():
        require(may_give(by, role, organisation))
        give_role([row.person for row in rows], organisation, role, on=day, by=by, at=at)
        _note(organisation, role, rows)
    ending = [one.membership for one in found.loses if one.membership.ends_on is None]
    if ending:
        end_roles(ending, on=day, because=BECAUSE, by=by, at=at)
    DirectoryRole._base_manager.filter(pk__in=[one.pk for one in found.loses]).update(ended_at=at)
    return found


def _note(organisation: Organisation, role: Role, rows: list[DirectoryEntry]) -> None:
    """Remember that these roles came of the directory."""
    people: dict[int, DirectoryEntry] = {row.person_id: row for row in rows}
    held = Membership.objects.filter(
        organisation=organisation, role=role.value, ends_on__isnull=True, person__in=people
    )
    DirectoryRole._base_manager.bulk_create(
        [DirectoryRole(entry=people[one.person_id], membership=one) for one in held]
    )


def end_all(
    organisation: Organisation, people: Iterable[Person], *, because: str, by: Actor, at: datetime
) -> int:
    """End whatever roles these people have at the organisation and below; an apprentice's own record stays readable."""
    day = timezone.localtime(at).date()
    rows = open_memberships(day).filter(person__in=list(people), organisation__in=organisation.below())
    going = [row for row in rows if Role(row.role) not in OWN_ROWS_ONLY]
    return end_roles(going, on=day, because=because, by=by, at=at) if going else 0


def can_mean(role: str) -> Role:
    """The role of that name as a group may mean it; Refused for an apprentice's, which comes with a roster."""
    if role not in set(Role):
        raise Refused(not_now("kernel.directory_role_unknown"))
    if Role(role) in OWN_ROWS_ONLY:
        raise Refused(not_now("kernel.role_by_roster"))
    return Role(role)


def entries_of(group: DirectoryGroup) -> list[DirectoryEntry]:
    """Who is in a group."""
    rows = DirectoryEntry._base_manager.filter(groups__group=group).select_related("person")
    return list(rows.order_by("pk"))
