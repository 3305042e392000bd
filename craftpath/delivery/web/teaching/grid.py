"""The plan of a team as a grid: a row for each member, a column for each week; rotation and peaks stand behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.templatetags.say import in_hours, text
from craftpath.delivery.web.teaching import saying
from craftpath.domain.teaching.limits import Limits, Peak
from craftpath.domain.teaching.sharing import days_in, monday_of, weeks_of
from craftpath.domain.teaching.texts import LEVELS

if TYPE_CHECKING:
    from craftpath.domain.teaching.conflicts import Conflict
    from craftpath.domain.teaching.models import PlannedHours, Team, TeamMember

HEATS = 4
MOST_WEEKS = 80


@dataclass(frozen=True, slots=True)
class Head:
    """A week: its number and day, whether it is now or over, how many apprentices are in the unit, and peaks."""

    monday: date
    number: int
    label: str
    current: bool
    past: bool
    people: int
    height: int
    """of the column of apprentices, 0 to 24"""
    peak: str
    level: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Minutes of a member in a week, how dark the cell is, and what is wrong with it."""

    name: str
    minutes: int
    heat: int
    pinned: bool
    open: bool
    closed: str
    clash: str
    value: str
    shown: str


@dataclass(frozen=True, slots=True)
class Line:
    """A member's weeks."""

    member: TeamMember
    kind: str
    cells: Sequence[Cell]
    total: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Everything that is drawn; `weeks` is the same by week, from the present one on, for narrow screens."""

    heads: Sequence[Head]
    lines: Sequence[Line]
    weeks: Sequence[tuple[Head, Sequence[tuple[Line, Cell]]]]
    people: bool
    peaks: bool
    earlier: int
    """weeks that are left out at the beginning"""


def draw(
    team: Team,
    limits: Limits,
    cells: Mapping[tuple[int, date], PlannedHours],
    clashes: Sequence[Conflict],
    today: date,
    typed: Mapping[str, str] | None = None,
    since: date | None = None,
) -> Grid:
    """The grid of a team with its members, from the week of `since` on.

    `typed` is what somebody wrote and is not kept yet.
    """
    mondays = weeks_of(team.span)[:MOST_WEEKS]
    known = {key for key in cells if key[1] not in mondays}
    mondays = sorted({*mondays, *(week for _, week in known)})
    later = [monday for monday in mondays if since is None or monday >= monday_of(since)]
    mondays, earlier = (later, len(mondays) - len(later)) if later else (mondays, 0)
    counts = [_people(limits, team.unit_id, monday) for monday in mondays]
    most = max([1, *counts])
    rooms = limits.rooms(team.unit_id)
    heads = [
        _head(team, limits, rooms, monday, count, most, today)
        for monday, count in zip(mondays, counts, strict=True)
    ]
    wrong = {(one.member_id, one.week): saying.conflict(one) for one in reversed(clashes)}
    darkest = max([1, *(row.minutes for (_, week), row in cells.items() if week in mondays)])
    lines = []
    for member in team.members.all():
        row = [
            _cell(team, limits, member, head, cells.get((member.pk, head.monday)), darkest, wrong, typed)
            for head in heads
        ]
        lines.append(Line(member, saying.kind(member), row, sum(cell.minutes for cell in row)))
    weeks = [
        (head, [(line, line.cells[at]) for line in lines if line.cells[at].minutes])
        for at, head in enumerate(heads)
        if not head.past
    ]
    return Grid(heads, lines, weeks, any(counts), any(head.peak for head in heads), earlier)


def _people(limits: Limits, unit: int, monday: date) -> int:
    end = monday + timedelta(days=6)
    stays = limits.stays.get(unit, ())
    return len({one.enrolment_id for one in stays if one.starts_on <= end and one.ends_on >= monday})


def _head(
    team: Team, limits: Limits, rooms: set[int], monday: date, people: int, most: int, today: date
) -> Head:
    peak = _worst(team, limits, rooms, monday)
    said = ""
    if peak is not None:
        facts = {"place": text(peak.name), "level": LEVELS[peak.level]}
        said = _("Peak at %(place)s: %(level)s") % facts
    return Head(
        monday, monday.isocalendar().week, saying.short(monday), monday == monday_of(today),
        monday < monday_of(today), people, round(24 * people / most), said, peak.level if peak else "",
    )  # fmt: skip


def _worst(team: Team, limits: Limits, rooms: set[int], monday: date) -> Peak | None:
    """The hardest peak of the week at a place of a member, or where the class is."""
    places = {member.place.path for member in team.members.all() if member.place is not None}
    places |= {stay.host for stay in limits.stays.get(team.unit_id, ())}
    found = [
        peak
        for day in days_in(monday, team.span)
        for place in places
        if (peak := limits.peak_on(place, rooms, day)) is not None
    ]
    order = {"nobody": 0, "hard": 1, "light": 2}
    return min(found, key=lambda peak: order[peak.level], default=None)


def _cell(
    team: Team,
    limits: Limits,
    member: TeamMember,
    head: Head,
    row: PlannedHours | None,
    darkest: int,
    wrong: Mapping[tuple[int, date], str],
    typed: Mapping[str, str] | None,
) -> Cell:
    minutes = row.minutes if row is not None else 0
    name = f"h-{member.pk}-{head.monday.isoformat()}"
    heat = -(-HEATS * minutes // darkest) if minutes else 0
    pinned = row is not None and row.pinned
    kept = in_hours(minutes) if pinned else ""
    return Cell(
        name, minutes, heat, pinned, not head.past, "" if head.past else _closed(team, limits, member, head),
        wrong.get((member.pk, head.monday), ""), (typed or {}).get(name, kept), narrow(minutes),
    )  # fmt: skip


def _closed(team: Team, limits: Limits, member: TeamMember, head: Head) -> str:
    """Why somebody cannot teach at all in a week; empty if some day is free."""
    days = [day for day in days_in(head.monday, member.within(team.span)) if day.weekday() < 5]  # noqa: PLR2004
    if not days:
        return _("not in the team then")
    if all(not limits.teaches_on(member.person_id, day) for day in days):
        return _("away")
    if all(not limits.of_day(member, team.unit_id, day) for day in days):
        return _("peak")
    return ""


def narrow(minutes: int) -> str:
    """Hours for a narrow cell, to a tenth, never 0 for something; nothing for nothing."""
    return in_hours(max(6, round(minutes / 6) * 6)) if minutes else ""
