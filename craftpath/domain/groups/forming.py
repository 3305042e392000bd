"""Forming a group, changing what it is like, and how many an organisation holds to be right."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from craftpath.domain.apprenticeships.helping import mates_in
from craftpath.domain.groups import rules
from craftpath.domain.groups.facts import GroupChanged, GroupFormed, GroupRuleSet
from craftpath.domain.groups.holding import bounds, held, people_of, today_at, told
from craftpath.domain.groups.models import GroupRule, Member, StudyGroup
from craftpath.domain.groups.planning import plan_ahead, still_on
from craftpath.domain.groups.states import MEMBER
from craftpath.domain.groups.talk import begin_talk, rename_talk
from craftpath.domain.questions.wording import clean
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import NOBODY
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment


@dataclass(frozen=True, slots=True)
class Plan:
    """What a group is like: its goal, its last day, its rhythm, where it meets."""

    goal: str
    until: date
    weekday: int
    time: time
    minutes: int = 60
    every_weeks: int = 1
    place: str = ""
    link: str = ""
    skill: str = ""
    open_to_join: bool = False

    @property
    def values(self) -> dict[str, Any]:
        """The columns, with words as they may be kept."""
        plain = asdict(self)
        return plain | {name: clean(plain[name]) for name in ("goal", "place", "link", "skill")}


@action
def form_group(
    cohort: Cohort,
    plan: Plan,
    *,
    invite: Sequence[Enrolment] = (),
    why: Sequence[dict[str, str]] = (),
    made_id: uuid.UUID,
    by: Actor,
    at: datetime,
) -> StudyGroup:
    """Form a group in a class and invite others of it. An apprentice of the class is its first member.

    Whoever looks after the class forms one without being in it. Sent twice (`made_id`) it is one group.
    """
    require(rules.may_study(by))
    me = _held_person(by)
    known = StudyGroup._base_manager.filter(made_id=made_id).first()
    if known is not None:
        if known.formed_by_id != me.pk:
            raise Refused(not_now("groups.form_used"))
        return known
    mates = {row.pk: row for row in mates_in(cohort.pk)}
    own = next((row for row in mates.values() if row.person_id == me.pk), None)
    if own is None:
        require(rules.may_tend(by, cohort.organisation))
    else:
        _require_room(me.pk)
    asked = {row.pk for row in invite} - {own.pk if own else 0}
    if not asked <= mates.keys():
        raise Refused(not_now("groups.not_of_class"))
    today = today_at(cohort.organisation, at)
    _require_plan(plan, today)
    require(rules.can_take((), len(asked) + (1 if own else 0), bounds(cohort.organisation)[1]))
    group = StudyGroup(
        made_id=made_id, organisation=cohort.organisation, cohort=cohort, formed_by=me, formed_at=at,
        starts_on=today, why=list(why), **plan.values,
    )  # fmt: skip
    group.stuck_on = still_on(group, today)
    group.save()
    if own is not None:
        Member.objects.create(group=group, person=me, enrolment=own, state="in", since=at, joined_at=at)
    invited = MEMBER.after(MEMBER.start, "invite")
    Member.objects.bulk_create(
        Member(group=group, person=mates[pk].person, enrolment=mates[pk], state=invited, since=at)
        for pk in sorted(asked)
    )
    plan_ahead(group, at)
    begin_talk(group, by=by, at=at)
    told(GroupFormed(invited=len(asked)), group, by=by, at=at)
    return group


@action
def change_group(group: StudyGroup, plan: Plan, *, by: Actor, at: datetime) -> StudyGroup:
    """Change goal, rhythm, place or last day; sessions that lie ahead follow. The same changes nothing."""
    group = held(group)
    members = people_of(group)
    require(rules.may_lead(by, group, members))
    require(rules.can_go_on(group))
    values = plan.values
    changed = sorted(name for name, value in values.items() if getattr(group, name) != value)
    if not changed:
        return group
    _require_plan(plan, today_at(group.organisation, at))
    for name in changed:
        setattr(group, name, values[name])
    if "every_weeks" in changed:
        group.stuck_on = still_on(group, today_at(group.organisation, at))
    group.save()
    plan_ahead(group, at)
    if "goal" in changed:
        rename_talk(group, by=by, at=at)
    told(GroupChanged(fields=changed), group, by=by, at=at)
    return group


@action
def set_group_rule(
    organisation: Organisation, *, fewest: int, most: int, by: Actor, at: datetime
) -> GroupRule:
    """Say how many make a group, here and below. The same changes nothing."""
    require(rules.may_rule(by, organisation))
    if not 2 <= fewest <= most <= 20:
        raise Refused(not_now("groups.rule_makes_no_sense"))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    row = GroupRule.objects.filter(organisation=organisation).first() or GroupRule(organisation=organisation)
    if (row.fewest, row.most) == (fewest, most):
        return row
    row.fewest, row.most, row.set_by, row.set_at = fewest, most, by.person, at
    row.save()
    ref = Ref("kernel", "organisation", organisation.public_id)
    tell(GroupRuleSet(fewest=fewest, most=most), by=by, at=at, organisation=organisation, subject=ref)
    return row


def _require_plan(plan: Plan, today: date) -> None:
    require(rules.can_be_meant(plan.values["goal"], plan.until, today))
    require(rules.can_meet(plan.weekday, plan.minutes, plan.every_weeks))


def _require_room(person_id: int) -> None:
    """Nobody is in so many groups that none of them can count on one."""
    rows = Member.objects.filter(person=person_id, state="in", group__state="alive")
    if rows.count() >= rules.AT_ONCE:
        raise Refused(not_now("groups.too_many", most=rules.AT_ONCE))


def _held_person(by: Actor) -> Person:
    rows = Person.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(pk=by.person.pk if by.person else NOBODY)
