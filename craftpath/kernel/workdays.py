"""Which days are worked: one row a year for an organisation and all below it, else for the site.

The nearest organisation that has a row for a year decides that year, whole. Years without a row have weekends only and
count as not announced: what falls into them is shown as assumed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.engines.deadlines import CalendarFaulty, CalendarTooShort, DayRow, WorkCalendar, calendar
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.official_days import official_days
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.kernel.tenancy import STEP
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

WEEKEND = [5, 6]  # Saturday and Sunday, as `date.weekday` counts
YEARS = range(2000, 2100)
BACK, AHEAD = 12, 12  # years around today that a calendar covers
MOST_DAYS = 200  # rows of one year


class CalendarYear(models.Model):
    """One year of a calendar: the days that differ from their weekday, and whether all of them are announced."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField()
    country = models.CharField(
        max_length=2, blank=True, help_text="ISO 3166 code, where the days came from one"
    )
    weekend = models.JSONField(default=list, help_text="days of the week that are free, 0 is Monday")
    days = models.JSONField(default=list, help_text="[{on, works, name, own}], by day")
    announced = models.BooleanField(default=False)
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()

    objects: ClassVar[models.Manager[CalendarYear]] = models.Manager()

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"], name="calendar_year_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} of {self.organisation_id}"

    @property
    def rows(self) -> list[Day]:
        """The days as values."""
        return [
            Day(date.fromisoformat(one["on"]), one["works"], one.get("name", {}), one.get("own", False))
            for one in self.days
        ]


@dataclass(frozen=True, slots=True)
class Day:
    """A day that differs from its weekday; `name` is said in zh and en; `own` if the organisation added it itself."""

    on: date
    works: bool
    name: dict[str, str]
    own: bool = False


@fact
@dataclass(frozen=True)
class CalendarSaved(Fact):
    """The working calendar of a year was written anew; `days` are so many that differ from their weekday."""

    code: ClassVar[str] = "kernel.calendar_saved"
    year: int
    days: int
    announced: bool


def years_for(organisation: Organisation | None) -> dict[int, CalendarYear]:
    """year → the row that decides it here; one query."""
    reach = Q(organisation=None)
    if organisation is not None:
        ends = range(STEP, len(organisation.path) + 1, STEP)
        reach |= Q(organisation__path__in=[organisation.path[:end] for end in ends])
    rows = CalendarYear.objects.filter(reach).select_related("organisation")
    depth = models.F("organisation__depth").asc(nulls_first=True)
    return {row.year: row for row in rows.order_by(depth, "pk")}


def calendar_for(organisation: Organisation | None, today: date) -> WorkCalendar:
    """The working calendar of an organisation around a day, from its rows; one query."""
    return _calendar(years_for(organisation), today)


class Calendars:
    """The calendars of many organisations around a day: one query, and one calendar for all that share their years."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._rows: dict[str, list[CalendarYear]] = {}
        for row in CalendarYear.objects.select_related("organisation").order_by("pk"):
            self._rows.setdefault(row.organisation.path if row.organisation else "", []).append(row)
        self._made: dict[tuple[int, ...], WorkCalendar] = {}

    def of(self, path: str) -> WorkCalendar:
        """The calendar of the organisation at this place of the tree."""
        years: dict[int, CalendarYear] = {}
        for end in range(0, len(path) + 1, STEP):
            years |= {row.year: row for row in self._rows.get(path[:end], ())}
        key = tuple(sorted(row.pk for row in years.values()))
        if key not in self._made:
            self._made[key] = _calendar(years, self._today)
        return self._made[key]


def works_on(over: WorkCalendar, day: date) -> bool:
    """Whether a day is worked; far outside of what a calendar covers, whether it is no day of the usual weekend."""
    try:
        return over.works_on(day)
    except CalendarTooShort:
        return day.weekday() not in WEEKEND


def workdays_between(over: WorkCalendar, first: date, last: date) -> int:
    """How many workdays lie from `first` to `last`, both counted; 0 if `last` comes first."""
    return sum(works_on(over, first + timedelta(days=n)) for n in range((last - first).days + 1))


def _calendar(years: dict[int, CalendarYear], today: date) -> WorkCalendar:
    first, last = date(today.year - BACK, 1, 1), date(today.year + AHEAD, 12, 31)
    used = [years[year] for year in range(first.year, last.year + 1) if year in years]
    weekend = used[-1].weekend if used else WEEKEND
    rows = [DayRow(day.on, day.works) for row in used for day in row.rows]
    return calendar(first, last, rows, announced_until=_announced(years, today), weekend=weekend)


def _announced(years: dict[int, CalendarYear], today: date) -> date:
    """The last day of the last year in a row, from today's on, whose days are all announced."""
    year = today.year
    while year in years and years[year].announced:
        year += 1
    return date(year - 1, 12, 31)


def may_keep_calendar(actor: Actor, organisation: Organisation) -> Any:
    """Whoever administers the organisation."""
    return actor.may_at(Permission.RUN_ORGANISATION, organisation)


@action
def save_calendar_year(
    organisation: Organisation | None,
    year: int,
    days: Iterable[Day],
    *,
    announced: bool,
    weekend: list[int] | None = None,
    country: str = "",
    by: Actor,
    at: datetime,
) -> CalendarYear:
    """Write a year anew, whole; days that contradict each other are refused by name, and nothing is changed."""
    if organisation is None:
        require(by.may(Permission.RUN_ORGANISATION))
    else:
        require(may_keep_calendar(by, organisation))
    rest = WEEKEND if weekend is None else sorted(set(weekend))
    rows = sorted(days, key=lambda day: day.on)
    _can_be(year, rows, rest)
    values = {
        "days": [
            {"on": row.on.isoformat(), "works": row.works, "name": dict(row.name), "own": row.own}
            for row in rows
        ],
        "announced": announced,
        "weekend": rest,
        "country": country,
        "saved_by": by.person,
        "saved_at": at,
    }
    found, _made = CalendarYear.objects.update_or_create(
        organisation=organisation, year=year, defaults=values
    )
    told = CalendarSaved(year=year, days=len(rows), announced=announced)
    tell(told, by=by, at=at, organisation=organisation, subject=Ref("kernel", "calendar", found.public_id))
    return found


@action
def load_official_year(
    organisation: Organisation | None, country: str, year: int, *, by: Actor, at: datetime
) -> CalendarYear:
    """Take the public holidays of a country for a year; own days stay where the new ones say nothing else."""
    try:
        found, announced = official_days(country, year)
    except KeyError:
        raise Refused(not_now("kernel.calendar_country_unknown", country=country[:2])) from None
    days = [Day(row.on, row.works, row.name) for row in found]
    known = {day.on for day in days}
    standing = CalendarYear.objects.filter(organisation=organisation, year=year).first()
    days += [day for day in (standing.rows if standing else ()) if day.own and day.on not in known]
    return save_calendar_year(organisation, year, days, announced=announced, country=country, by=by, at=at)


@action
def add_days(
    organisation: Organisation,
    first: date,
    last: date,
    *,
    works: bool,
    name: dict[str, str],
    by: Actor,
    at: datetime,
) -> CalendarYear:
    """Write own days, `first` to `last`, into the organisation's year; what was decided above is taken over with it.

    Free days of a weekend are passed over, as they are free anyway; what contradicts a day that stands is refused.
    """
    if first > last or first.year != last.year or (last - first).days >= MOST_DAYS:
        raise Refused(not_now("kernel.calendar_days_unclear"))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    year, days, weekend, known, country = _standing(organisation, first.year)
    wanted = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    new = [Day(on, works, name, own=True) for on in wanted if works or on.weekday() not in weekend]
    if not new:
        raise Refused(not_now("kernel.calendar_free_already", on=first.isoformat()))
    return save_calendar_year(
        organisation, year, [*days, *new], announced=known, weekend=weekend, country=country, by=by, at=at
    )


@action
def remove_days(
    organisation: Organisation, first: date, last: date, *, by: Actor, at: datetime
) -> CalendarYear:
    """Take days of one year out of the organisation's calendar; what is not there is gone already."""
    if first > last or first.year != last.year:
        raise Refused(not_now("kernel.calendar_days_unclear"))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    year, days, weekend, known, country = _standing(organisation, first.year)
    rest = [day for day in days if not first <= day.on <= last]
    return save_calendar_year(
        organisation, year, rest, announced=known, weekend=weekend, country=country, by=by, at=at
    )


def _standing(organisation: Organisation, year: int) -> tuple[int, list[Day], list[int], bool, str]:
    """What decides a year here now: its days, weekend, whether it is announced, and of which country."""
    row = years_for(organisation).get(year)
    if row is None:
        return year, [], list(WEEKEND), False, ""
    return year, row.rows, list(row.weekend), row.announced, row.country


def _can_be(year: int, rows: list[Day], weekend: list[int]) -> None:
    if year not in YEARS or len(rows) > MOST_DAYS or not set(weekend) < set(range(7)):
        raise Refused(not_now("kernel.calendar_year_unknown", year=year))
    try:
        calendar(
            date(year, 1, 1),
            date(year, 12, 31),
            [DayRow(row.on, row.works) for row in rows],
            announced_until=date(year, 12, 31),
            weekend=weekend,
        )
    except CalendarFaulty as faulty:
        first = faulty.faults[0]
        raise Refused(not_now(f"kernel.calendar_{first.code}", on=first.on.isoformat())) from faulty
