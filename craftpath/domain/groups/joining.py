"""Coming in and leaving: invitations, asking to join, and what becomes of a group that nobody is left in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.helping import mates_in
from craftpath.domain.groups import rules
from craftpath.domain.groups.facts import GroupDissolved, MemberMoved
from craftpath.domain.groups.holding import bounds, held, people_of, told
from craftpath.domain.groups.models import Member, StudyGroup, Task
from craftpath.domain.groups.planning import plan_ahead
from craftpath.domain.groups.states import GROUP, MEMBER
from craftpath.domain.groups.talk import end_talk, join_talk, leave_talk
from craftpath.kernel.access import Actor, system
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.kernel.people import Person


@action
def invite_mates(group: StudyGroup, people: Sequence[Enrolment], *, by: Actor, at: datetime) -> StudyGroup:
    """Invite others of the class; whoever is in or invited already is passed over."""
    group, members = _alive(group)
    require(rules.may_lead(by, group, members))
    mates = {row.pk: row for row in mates_in(group.cohort_id)}
    if not {row.pk for row in people} <= mates.keys():
        raise Refused(not_now("groups.not_of_class"))
    rows = {row.person_id: row for row in members}
    new = [
        rows.get(one.person_id) or Member(group=group, person=one.person, enrolment=one)
        for one in (mates[row.pk] for row in people)
    ]
    new = [row for row in new if row.state == "outside"]
    require(rules.can_take(members, len(new), bounds(group.organisation)[1]))
    for row in new:
        _move(row, "invite", group, by, at)
    return group


@action
def accept_invitation(group: StudyGroup, *, by: Actor, at: datetime) -> StudyGroup:
    """Come in. Twice is once."""
    return _answered(group, "accept", by, at)


@action
def decline_invitation(group: StudyGroup, *, by: Actor, at: datetime) -> StudyGroup:
    """Stay out. Twice is once."""
    return _answered(group, "decline", by, at)


@action
def ask_to_join(group: StudyGroup, enrolment: Enrolment, *, by: Actor, at: datetime) -> StudyGroup:
    """Ask to come into a group that is open; whoever is invited comes in. Twice is once."""
    group, members = _alive(group)
    me = by.person
    if me is None or enrolment.person_id != me.pk or enrolment.cohort_id != group.cohort_id:
        raise Refused(may_not("groups.not_of_class"))
    row = rules.row_of(by, members) or Member(group=group, person=me, enrolment=enrolment)
    if row.state in ("asking", "in"):
        return group
    if row.state == "invited":
        _move(row, "accept", group, by, at)
        return group
    if not group.open_to_join:
        raise Refused(not_now("groups.closed"))
    require(rules.can_take(members, 1, bounds(group.organisation)[1]))
    _move(row, "ask", group, by, at)
    return group


@action
def answer_request(group: StudyGroup, person: Person, *, come: bool, by: Actor, at: datetime) -> StudyGroup:
    """Let somebody in who asked, or not; any member answers. The same once more changes nothing."""
    group, members = _alive(group)
    require(rules.may_lead(by, group, members))
    row = next((one for one in members if one.person_id == person.pk), None)
    if row is None or row.state != "asking":
        return group
    if come:
        require(rules.can_take(members, 1, bounds(group.organisation)[1]))
    _move(row, "accept" if come else "decline", group, by, at)
    return group


@action
def leave_group(group: StudyGroup, *, by: Actor, at: datetime) -> StudyGroup:
    """Leave; what one did stays. The turns ahead go to the others; a group without members is dissolved."""
    group, members = held(group), people_of(group)
    row = rules.row_of(by, members)
    if row is None or row.state == "outside":
        return group
    require(rules.can_go_on(group))
    _move(row, "leave" if row.state == "in" else "decline", group, by, at)
    return group


@action
def dissolve_group(group: StudyGroup, *, by: Actor, at: datetime) -> StudyGroup:
    """Part without a result. Twice is once."""
    group, members = held(group), people_of(group)
    require(rules.may_lead(by, group, members))
    if group.state != "dissolved":
        _dissolve(group, by, at)
    return group


@action
def part_with(enrolments: Iterable[Enrolment], *, by: Actor, at: datetime) -> int:
    """Take those out of their groups who have left the college; says how many rows changed."""
    rows = Member.objects.filter(enrolment__in=list(enrolments)).exclude(state="outside")
    found = list(rows.filter(group__state="alive").order_by("group_id"))
    for one in found:
        group, members = held(one.group), people_of(one.group)
        row = next(each for each in members if each.pk == one.pk)
        if group.state == "alive" and row.state != "outside":
            _move(row, "leave" if row.state == "in" else "decline", group, by, at)
    return len(found)


def _answered(group: StudyGroup, move: str, by: Actor, at: datetime) -> StudyGroup:
    group, members = _alive(group)
    row = rules.row_of(by, members)
    if row is not None and row.state == MEMBER.after("invited", move):
        return group
    if row is None or row.state != "invited":
        raise Refused(may_not("groups.not_asked"))
    _move(row, move, group, by, at)
    return group


def _alive(group: StudyGroup) -> tuple[StudyGroup, list[Member]]:
    group = held(group)
    require(rules.can_go_on(group))
    return group, people_of(group)


def _move(row: Member, move: str, group: StudyGroup, by: Actor, at: datetime) -> None:
    was = row.state
    row.state, row.since = MEMBER.after(was, move), at
    if row.state == "in":
        row.joined_at, row.left_at = row.joined_at or at, None
    if was == "in":
        row.left_at = at
        Task.objects.filter(group=group, person=row.person_id, state="open").update(person=None)
    row.save()
    if row.state == "in":
        join_talk(row, group, at)
    elif was == "in" and by.person is not None and by.person.pk == row.person_id:
        leave_talk(group, by=by, at=at)
    told(MemberMoved(person=row.person.public_id, move=move), group, by=by, at=at)
    left = Member.objects.filter(group=group).exclude(state="outside")
    if was != "outside" and row.state == "outside" and not left.filter(state__in=("in", "invited")).exists():
        _dissolve(group, by, at)
    elif "in" in (was, row.state):
        plan_ahead(group, at)


def _dissolve(group: StudyGroup, by: Actor, at: datetime) -> None:
    group.state = GROUP.after(group.state, "dissolve")
    group.save(update_fields=["state"])
    group.sessions.filter(state="planned").delete()
    Member.objects.filter(group=group, state__in=("invited", "asking")).update(state="outside", since=at)
    end_talk(group, by=system(group.organisation), at=at)
    told(GroupDissolved(), group, by=by, at=at)
