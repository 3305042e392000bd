"""What does not go together in plans from this week on: peaks, hours a week, days away, two places at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from craftpath.domain.teaching.limits import A_WORKDAY, Limits, limits_of
from craftpath.domain.teaching.models import PlannedHours, Team, TeamMember
from craftpath.domain.teaching.sharing import days_in, monday_of
from craftpath.domain.teaching.times import USUAL_WEEKDAYS
from craftpath.values.period import Period


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing: a reason code with its facts (minutes as numbers, weeks as Mondays), whose, and when."""

    reason: str
    team_id: int
    member_id: int
    week: date
    facts: Mapping[str, Any]


def conflicts(
    teams: Sequence[Team], today: date, *, limits: Limits | None = None
) -> dict[int, list[Conflict]]:
    """team id → its conflicts, by week. `teams` come with their members. Nine queries however many."""
    members = {row.pk: row for team in teams for row in team.members.all()}
    span = ahead_of(teams, today)
    found: dict[int, list[Conflict]] = defaultdict(list)
    if not members or not span.days:
        return found
    known = limits or limits_of(teams, members.values(), span)
    by_id = {team.pk: team for team in teams}
    rows = PlannedHours.objects.filter(member__in=members, week__gte=monday_of(today), minutes__gt=0)
    for row in rows.order_by("week", "member_id"):
        member = members[row.member_id]
        team = by_id[member.team_id]
        found[team.pk] += _of_week(known, team, member, row)
    for team in teams:
        found[team.pk] += _twice(known, team, today)
        found[team.pk].sort(key=lambda one: (one.week, one.member_id, one.reason))
    return found


def ahead_of(teams: Iterable[Team], today: date) -> Period:
    """From this week to the last day of the last of these teams."""
    monday = monday_of(today)
    return (
        Period(monday, max((team.ends_on for team in teams), default=monday))
        if any(team.ends_on > monday for team in teams)
        else Period(monday, monday)
    )


def _of_week(limits: Limits, team: Team, member: TeamMember, row: PlannedHours) -> Iterable[Conflict]:
    days = [day for day in days_in(row.week, member.within(team.span)) if _usual(limits, member, day)]
    here = [day for day in days if not limits.is_away(member.person_id, day)]
    facts: dict[str, Any] = {"name": member.person.name, "planned": row.minutes, "week": row.week}

    def said(reason: str, **more: Any) -> Conflict:
        return Conflict(f"teaching.conflict_{reason}", team.pk, member.pk, row.week, facts | more)

    if len(here) < len(days) and len(here) * A_WORKDAY < row.minutes:
        yield said("away")
    elif (peak := _peak(limits, team, member, here)) is not None:
        left = sum(limits.of_day(member, team.unit_id, day) for day in here)
        if left < row.minutes:
            yield said("peak", place=peak, left=left)
    load, most = limits.loads.get((member.person_id, row.week), 0), limits.most(member.person_id)
    if load > most:
        yield said("over", most=most) if load == row.minutes else said("over", most=most, planned=load)


def _usual(limits: Limits, member: TeamMember, day: date) -> bool:
    return day.weekday() in limits.weekdays.get(member.person_id, USUAL_WEEKDAYS)


def _peak(limits: Limits, team: Team, member: TeamMember, days: Iterable[date]) -> Mapping[str, str] | None:
    """The name of the place whose peak falls on one of these days."""
    if member.place is None:
        return None
    rooms = limits.rooms(team.unit_id)
    found = (limits.peak_on(member.place.path, rooms, day) for day in days)
    return next((peak.name for peak in found if peak is not None), None)


def _twice(limits: Limits, team: Team, today: date) -> Iterable[Conflict]:
    """Sessions of a member that overlap, from today on; each pair once."""
    members = {row.person_id: row for row in team.members.all()}
    own: dict[int, list[Any]] = defaultdict(list)
    for session in limits.sessions:
        if session.person_id in members and session.on >= today and session.on in team.span:
            own[session.person_id].append(session)
    for person, sessions in own.items():
        for one, other in zip(sessions, sessions[1:], strict=False):
            if other.starts_at < one.ends_at and one.public_id != other.public_id:
                facts = {
                    "name": members[person].person.name,
                    "on": other.on,
                    "one": one.title,
                    "other": other.title,
                }
                reason = "teaching.conflict_twice"
                yield Conflict(reason, team.pk, members[person].pk, monday_of(other.on), facts)
