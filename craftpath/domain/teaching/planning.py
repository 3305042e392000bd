"""Laying the minutes of a team on weeks, and setting a week by hand.

What was taught before this week counts as done; what is left is laid on the weeks that are left: where the class is in
the unit, less at peaks, never beyond what a member can teach beside other teams. Sessions that are planned already
stay where they are, and so does what was pinned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Sum
from django.utils.timezone import localdate

from craftpath.domain.teaching import rules
from craftpath.domain.teaching.facts import HoursPlanned, WeekPinned
from craftpath.domain.teaching.forming import held
from craftpath.domain.teaching.limits import ClassWeek, Limits, class_week, limits_of
from craftpath.domain.teaching.models import A_WEEK, PlannedHours, TaughtHours, Team, TeamMember
from craftpath.domain.teaching.sharing import minutes_of, monday_of, weeks_of
from craftpath.engines.teaching import lay
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.workdays import calendar_for
from craftpath.values.period import Period
from craftpath.values.verdict import YES, Refused, Verdict, may_not, not_now, require

Cells = dict[tuple[int, date], int]
Note = list[Any]


def may_lay(actor: Actor, team: Team, members: Sequence[TeamMember]) -> Verdict:
    """The office that plans the team, or its lead."""
    mine = rules.member_of(actor, members)
    if mine is not None and mine.role == "lead":
        return YES
    office = rules.may_form(actor, team.organisation)
    return office if office else may_not("teaching.not_yours_to_plan")


@action
def lay_hours(team: Team, *, by: Actor, at: datetime) -> Team:
    """Lay what is left of the unit on the weeks that are left; the same state of things gives the same plan."""
    team = held(team)
    members = list(team.members.select_related("person", "place").order_by("pk"))
    require(may_lay(by, team, members))
    if team.state not in ("proposed", "active"):
        raise Refused(not_now("teaching.not_teaching"))
    monday = monday_of(localdate(at))
    ahead = Period(max(team.starts_on, monday), max(team.ends_on, monday))
    limits = limits_of([team], members, ahead if ahead.days else team.span)
    works = calendar_for(team.organisation, localdate(at))
    weeks = [class_week(limits, team.unit_id, team.span, week, works) for week in weeks_of(ahead)]
    pinned = _pinned(members, monday)
    fixed = _sessions(limits, team, members, weeks, pinned)
    to_lay = _to_lay(team, members, monday, pinned, fixed)
    before = _before(members)
    room = [[_room(limits, team, one, week, pinned, fixed, before) for week in weeks] for one in members]
    taken = [sum(cells.get((member.pk, week.monday), 0) for member in members for cells in (pinned, fixed))
             for week in weeks]  # fmt: skip
    most = [max(0, week.most - beside) for week, beside in zip(weeks, taken, strict=True)]
    laid = lay(to_lay, [week.weight for week in weeks], room, most)
    _write(members, weeks, laid.minutes, fixed, pinned, monday)
    left = {member: minutes for member, minutes in zip(members, laid.left, strict=True) if minutes}
    team.notes, team.planned_at = _notes(weeks, left), at
    team.save(update_fields=["notes", "planned_at"])
    told = HoursPlanned(
        sum(map(sum, laid.minutes)) + sum(fixed.values()) + sum(pinned.values()), sum(laid.left)
    )
    tell(told, by=by, at=at, organisation=team.organisation, subject=team.ref)
    return team


@action
def pin_weeks(team: Team, wanted: Mapping[tuple[int, date], int | None], *, by: Actor, at: datetime) -> int:
    """Set weeks of members by hand, (member id, Monday) → minutes; None lets a week go again. Says how many changed."""
    team = held(team)
    members = {row.pk: row for row in team.members.select_related("person").order_by("pk")}
    require(may_lay(by, team, list(members.values())))
    if team.state not in ("proposed", "active"):
        raise Refused(not_now("teaching.not_teaching"))
    known, monday = set(weeks_of(team.span)), monday_of(localdate(at))
    rows = {(row.member_id, row.week): row for row in PlannedHours.objects.filter(member__in=members)}
    changed = 0
    for (pk, week), minutes in sorted(wanted.items(), key=lambda item: item[0]):
        if week not in known or pk not in members:
            raise Refused(not_now("teaching.week_outside", week=week))
        if week < monday:
            raise Refused(not_now("teaching.week_past", week=week))
        if minutes is not None and not 0 <= minutes <= A_WEEK:
            raise Refused(not_now("teaching.minutes_out_of_range", most=A_WEEK // 60))
        if _pin(rows.get((pk, week)), members[pk], week, minutes):
            changed += 1
            told = WeekPinned(members[pk].person.public_id, week.isoformat(), minutes or 0)
            tell(told, by=by, at=at, organisation=team.organisation, subject=team.ref)
    return changed


def _pin(row: PlannedHours | None, member: TeamMember, week: date, minutes: int | None) -> bool:
    if minutes is None:
        if row is None or not row.pinned:
            return False
        row.pinned = False
    else:
        row = row or PlannedHours(member=member, week=week, minutes=-1)
        if row.pinned and row.minutes == minutes:
            return False
        row.minutes, row.pinned = minutes, True
    row.save()
    return True


def _pinned(members: Sequence[TeamMember], monday: date) -> Cells:
    rows = PlannedHours.objects.filter(member__in=members, pinned=True, week__gte=monday)
    return {(row.member_id, row.week): row.minutes for row in rows}


def _before(members: Sequence[TeamMember]) -> Cells:
    """What the team has planned so far, so that only other teams count as elsewhere."""
    rows = PlannedHours.objects.filter(member__in=members)
    return {(row.member_id, row.week): row.minutes for row in rows}


def _sessions(
    limits: Limits, team: Team, members: Sequence[TeamMember], weeks: Sequence[ClassWeek], pinned: Cells
) -> Cells:
    """What planned sessions of the class take already, in weeks that nobody pinned."""
    by_person = {member.person_id: member for member in members}
    known = {week.monday for week in weeks}
    found: Cells = defaultdict(int)
    for session in limits.sessions:
        member = by_person.get(session.person_id)
        week = monday_of(session.on)
        mine = team.cohort_id in session.cohorts and session.bucket == team.unit.bucket
        if member is None or not mine or session.state != "planned" or week not in known:
            continue
        if session.on in member.within(team.span) and (member.pk, week) not in pinned:
            found[member.pk, week] += session.minutes
    return found


def _to_lay(
    team: Team, members: Sequence[TeamMember], monday: date, pinned: Cells, fixed: Cells
) -> list[int]:
    """What is left of each member's share."""
    rows = TaughtHours._base_manager.filter(
        member__in=members, on__lt=monday, state__in=("entered", "confirmed")
    )
    done = dict(rows.order_by().values_list("member_id").annotate(minutes=Sum("minutes")))
    whole = minutes_of(team.unit.minutes, [member.share for member in members])
    placed: dict[int, int] = defaultdict(int)
    for cells in (pinned, fixed):
        for (pk, _), minutes in cells.items():
            placed[pk] += minutes
    return [
        max(0, given - done.get(member.pk, 0) - placed[member.pk])
        for member, given in zip(members, whole, strict=True)
    ]


def _room(
    limits: Limits, team: Team, member: TeamMember, week: ClassWeek, pinned: Cells, fixed: Cells, own: Cells
) -> int:
    """What somebody can still teach in a week: days, peaks, the limit less other teams and this one's sessions."""
    key = (member.pk, week.monday)
    if key in pinned:
        return 0
    days = member.within(team.span)
    there = sum(limits.of_day(member, team.unit_id, day) for day in week.days if day in days)
    elsewhere = limits.loads.get((member.person_id, week.monday), 0) - own.get(key, 0)
    taken = fixed.get(key, 0)
    return max(0, min(there, limits.most(member.person_id) - elsewhere) - taken)


def _write(
    members: Sequence[TeamMember],
    weeks: Sequence[ClassWeek],
    laid: Sequence[Sequence[int]],
    fixed: Cells,
    pinned: Cells,
    monday: date,
) -> None:
    PlannedHours.objects.filter(member__in=members, week__gte=monday, pinned=False).delete()
    PlannedHours.objects.bulk_create(
        PlannedHours(member=member, week=week.monday, minutes=minutes)
        for member, row in zip(members, laid, strict=True)
        for week, some in zip(weeks, row, strict=True)
        if (member.pk, week.monday) not in pinned
        and (minutes := some + fixed.get((member.pk, week.monday), 0))
    )


def _notes(weeks: Sequence[ClassWeek], left: Mapping[TeamMember, int]) -> list[Note]:
    """What the reader should know: [code, facts]; weeks by their Monday, places by both names."""
    if not any(week.weight for week in weeks):
        return [["teaching.no_weeks", {}]]
    notes: list[Note] = []
    for week in weeks:
        if week.peak is not None and week.weight < week.plain:
            code = "teaching.week_thin_peak" if week.weight else "teaching.week_left_out_peak"
            notes.append([code, {"week": week.monday.isoformat(), "place": dict(week.peak.name)}])
    free = sum(not week.plain for week in weeks)
    if free:
        notes.append(["teaching.weeks_left_out_free", {"count": free}])
    for member, minutes in left.items():
        notes.append(["teaching.minutes_left", {"name": member.person.name, "minutes": minutes}])
    return notes
