"""Groups of a directory, and what they mean: looked at first, decided by hand, followed from then on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.admission import may_give
from craftpath.kernel.directory.facts import DirectoryGroupChanged, DirectoryGroupMapped
from craftpath.kernel.directory.settling import can_mean, difference, entries_of, settle
from craftpath.kernel.directory.tables import LONGEST_NAME, DirectoryEntry, DirectoryGroup, DirectoryMember
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import OWN_ROWS_ONLY, Permission, Role
from craftpath.values.verdict import Refused, may_not, not_now, require


@dataclass(frozen=True)
class Preview:
    """Who would get the role, who has it already, and who would lose the one that the group meant before."""

    role: str
    gets: list[Person]
    keeps: list[Person]
    loses: list[tuple[Person, Role]]

    @property
    def digest(self) -> str:
        """Names what was looked at, so that nothing else is done than what was seen."""
        parts = [
            self.role,
            ",".join(sorted(person.public_id for person in self.gets)),
            ",".join(sorted(f"{person.public_id}:{role}" for person, role in self.loses)),
        ]
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]


def groups(organisation: Organisation) -> QuerySet[DirectoryGroup]:
    """The groups of an organisation's directory, in the order in which they came."""
    rows = DirectoryGroup.objects.filter(organisation=organisation, removed_at=None)
    return rows.select_related("organisation", "decided_by").order_by("pk")


def members_of(found: list[DirectoryGroup]) -> dict[int, list[DirectoryMember]]:
    """group id → who is in it; one question."""
    named: dict[int, list[DirectoryMember]] = {}
    rows = DirectoryMember.objects.filter(group__in=[group.pk for group in found]).select_related(
        "entry__person"
    )
    for row in rows.order_by("pk"):
        named.setdefault(row.group_id, []).append(row)
    return named


def roles_to_mean(by: Actor, organisation: Organisation) -> list[Role]:
    """What this actor may let a group mean there."""
    return [role for role in Role if role not in OWN_ROWS_ONLY and may_give(by, role, organisation)]


@action
def add_group(
    organisation: Organisation,
    *,
    name: str,
    external_id: str,
    members: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> DirectoryGroup:
    """Take a group in with its members (id → what they are called in it); it means nothing yet."""
    require(by.may_at(Permission.MANAGE_PEOPLE, organisation))
    _hold(organisation)
    group = DirectoryGroup(organisation=organisation, made_at=at)
    _name(group, name, external_id, at)
    group.save()
    came, _left = _fill(group, members)
    told = DirectoryGroupChanged(group.name, _people(came), [], "came")
    tell(told, by=by, at=at, organisation=organisation, subject=group.ref)
    return group


@action
def change_group(
    group: DirectoryGroup,
    *,
    name: str,
    external_id: str,
    members: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> DirectoryGroup:
    """Call a group so and fill it with these; whoever comes gets the role that it means, whoever goes loses it."""
    organisation = group.organisation
    require(by.may_at(Permission.MANAGE_PEOPLE, organisation))
    _hold(organisation)
    row = _locked(group)
    _name(row, name, external_id, at)
    row.save()
    came, left = _fill(row, members)
    if came or left:
        told = DirectoryGroupChanged(row.name, _people(came), _people(left), "filled")
        tell(told, by=by, at=at, organisation=organisation, subject=row.ref)
        settle(organisation, [*came, *left], by=by, at=at)
    return row


@action
def remove_group(group: DirectoryGroup, *, by: Actor, at: datetime) -> None:
    """Take a group out; what came of it ends."""
    organisation = group.organisation
    require(by.may_at(Permission.MANAGE_PEOPLE, organisation))
    _hold(organisation)
    row = _locked(group)
    left = entries_of(row)
    row.removed_at, row.changed_at = at, at
    row.save(update_fields=["removed_at", "changed_at"])
    told = DirectoryGroupChanged(row.name, [], _people(left), "gone")
    tell(told, by=by, at=at, organisation=organisation, subject=row.ref)
    settle(organisation, left, by=by, at=at)


def preview(group: DirectoryGroup, role: str, at: datetime) -> Preview:
    """What would happen if the group meant this role (empty: none) from now on. Nothing is changed."""
    meant = can_mean(role) if role else ""
    found = difference(group.organisation, entries_of(group), at, {group.pk: str(meant)})
    keeps = [entry.person for entry, kept in found.keeps if kept == meant]
    gets = [entry.person for entry, given in found.gets if given == meant]
    loses = [(one.entry.person, Role(one.membership.role)) for one in found.loses]
    return Preview(str(meant), gets, keeps, loses)


@action
def map_group(group: DirectoryGroup, role: str, *, seen: str, by: Actor, at: datetime) -> DirectoryGroup:
    """Let the group mean this role, for whoever is in it now and comes later, just as it was looked at (`seen`)."""
    organisation = group.organisation
    require(by.may_at(Permission.RUN_ORGANISATION, organisation))
    if by.person is None or by.client is not None:
        raise Refused(may_not("kernel.directory_by_hand"))
    if role:
        require(may_give(by, can_mean(role), organisation))
    _hold(organisation)
    row = _locked(group)
    if preview(row, role, at).digest != seen:
        raise Refused(not_now("kernel.directory_not_as_seen"))
    before, row.role, row.decided_by, row.decided_at = row.role, role, by.person, at
    row.save(update_fields=["role", "decided_by", "decided_at"])
    told = DirectoryGroupMapped(row.name, before, role)
    tell(told, by=by, at=at, organisation=organisation, subject=row.ref)
    settle(organisation, entries_of(row), by=by, at=at)
    return row


def _hold(organisation: Organisation) -> None:
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def _locked(group: DirectoryGroup) -> DirectoryGroup:
    rows = DirectoryGroup._base_manager.select_for_update(of=("self",)).select_related("organisation")
    row = rows.filter(pk=group.pk, removed_at=None).first()
    if row is None:
        raise Refused(not_now("kernel.directory_gone"))
    return row


def _name(group: DirectoryGroup, name: str, external_id: str, at: datetime) -> None:
    if not name.strip() or len(name) > LONGEST_NAME or len(external_id) > LONGEST_NAME:
        raise Refused(not_now("kernel.directory_name_length", most=LONGEST_NAME))
    group.name, group.external_id, group.changed_at = name, external_id, at


def _fill(
    group: DirectoryGroup, members: Mapping[str, str]
) -> tuple[list[DirectoryEntry], list[DirectoryEntry]]:
    """Make the members these: who came, who left. Refused where one is nobody of this directory."""
    rows = DirectoryEntry._base_manager.filter(
        organisation=group.organisation, removed_at=None, public_id__in=list(members)
    ).select_related("person")
    wanted = {row.public_id: row for row in rows}
    for public_id in members:
        if public_id not in wanted:
            raise Refused(not_now("kernel.directory_member_unknown", id=public_id[:40]))
    held = {
        row.entry.public_id: row
        for row in DirectoryMember._base_manager.filter(group=group).select_related("entry__person")
    }
    came = [wanted[one] for one in wanted if one not in held]
    left = [row for one, row in held.items() if one not in wanted]
    DirectoryMember._base_manager.filter(pk__in=[row.pk for row in left]).delete()
    DirectoryMember._base_manager.bulk_create(
        [
            DirectoryMember(group=group, entry=row, display=members[row.public_id][:LONGEST_NAME])
            for row in came
        ]
    )
    for one, kept in held.items():
        if one in wanted and kept.display != members[one][:LONGEST_NAME]:
            kept.display = members[one][:LONGEST_NAME]
            kept.save(update_fields=["display"])
    return came, [row.entry for row in left]


def _people(rows: list[DirectoryEntry]) -> list[str]:
    return [row.person.public_id for row in rows]
