"""The rotation as a chart: a row for each apprentice, a column for each day under heads of weeks, bars with words.

A stay is a cell that is as many columns wide as it has days, so nothing is measured in the browser. Stays that share a
day stand in lanes below one another. Colours are those of departments, in their order; the word stands in the bar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.training.words import Said, room, span
from craftpath.domain.training.offering import OFFERED

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.training.models import Stay

DAYS = 7
TONES = 8
BLOCK = "block"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A stay, or (without words) the days between two."""

    days: int
    label: str = ""
    note: str = ""
    when: str = ""
    tone: str = ""
    url: str = ""
    clash: str = ""
    level: str = ""
    cut: str = ""
    new: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One apprentice."""

    name: str
    note: str
    url: str
    lanes: list[list[Bar]]


@dataclass(frozen=True, slots=True)
class Week:
    """A head: the number of the ISO week, its Monday, and whether today lies in it."""

    number: int
    monday: date
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Who is in one department in one week, for narrow screens."""

    label: str
    tone: str
    people: list[str]
    clash: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that is drawn."""

    weeks: list[Week]
    rows: list[Row]
    legend: list[tuple[str, str]]
    by_week: list[tuple[Week, list[Place]]]
    stays: int


def monday_of(day: date) -> date:
    """The Monday of a day's ISO week."""
    return day - timedelta(days=day.weekday())


def draw(
    request: Request,
    people: Sequence[Enrolment],
    stays: Iterable[Stay],
    clashes: Iterable[Said],
    first: date,
    weeks: int,
    *,
    fresh: bool = False,
) -> Chart:
    """`first` is a Monday. A stay that is only offered has no page to lead to; `fresh` marks it among others."""
    stays = list(stays)
    last = first + timedelta(days=weeks * DAYS) - _DAY
    heads = [_week(first + timedelta(days=n * DAYS), request.today) for n in range(weeks)]
    tones = tones_of(stays)
    worst: dict[str, Said] = {}
    for one in clashes:
        for name in one.stays:
            if one.level != "info":
                worst.setdefault(name, one)
    bars: dict[int, list[tuple[Stay, Bar]]] = {}
    for stay in stays:
        if stay.starts_on <= last and stay.ends_on >= first:
            bar = _bar(request, stay, tones, worst.get(stay.public_id), first, last, fresh=fresh)
            bars.setdefault(stay.enrolment_id, []).append((stay, bar))
    rows = [
        Row(
            row.person.name,
            text(row.enterprise.name) if row.enterprise is not None else "",
            reverse("training:hours", args=[request.organisation.key, row.public_id]),
            _lanes(bars.get(row.pk, []), first, weeks * DAYS),
        )
        for row in people
    ]
    legend = [(tone, name) for name, tone in tones.items()]
    names = {row.pk: row.person.name for row in people}
    # A narrow screen begins with the present week, where there is one.
    ahead = next((n for n, week in enumerate(heads) if week.current), 0)
    by_week = [(week, _places(stays, week.monday, tones, names, worst)) for week in heads[ahead:]]
    return Chart(heads, rows, legend, by_week, len(stays))


def tones_of(stays: Iterable[Stay]) -> dict[str, str]:
    """Department (or block at the college) → the word of its colour, in a fixed order.

    Departments of one name at several enterprises have one colour: it is the same kind of work.
    """
    rooms = {stay.department.pk: text(stay.department.name) for stay in stays if stay.department is not None}
    names = list(dict.fromkeys(rooms[key] for key in sorted(rooms)))
    rest = {_place(stay) for stay in stays if stay.department is None}
    return {name: str(n % TONES + 1) for n, name in enumerate(names)} | dict.fromkeys(sorted(rest), BLOCK)


def _place(stay: Stay) -> str:
    if stay.department is not None:
        return text(stay.department.name)
    return _("Block at the college") if stay.kind == "college" else text(stay.host.name)


def _week(monday: date, today: date) -> Week:
    return Week(
        monday.isocalendar().week,
        monday,
        date_format(monday, _("j M")),
        monday <= today < monday + timedelta(days=DAYS),
    )


def _bar(
    request: Request,
    stay: Stay,
    tones: Mapping[str, str],
    clash: Said | None,
    first: date,
    last: date,
    *,
    fresh: bool,
) -> Bar:
    offered = stay.public_id.startswith(OFFERED)
    begins, ends = max(stay.starts_on, first), min(stay.ends_on, last)
    cut = ("start " if begins > stay.starts_on else "") + ("end" if ends < stay.ends_on else "")
    return Bar(
        days=(ends - begins).days + 1,
        label=_place(stay),
        note=text(stay.unit.name),
        when=span(stay.starts_on, stay.ends_on),
        tone=tones[_place(stay)],
        url="" if offered else reverse("training:stay", args=[request.organisation.key, stay.public_id]),
        clash=clash.sentence if clash else "",
        level=clash.level if clash else "",
        cut=cut.strip(),
        new=offered and fresh,
    )


def _lanes(bars: Sequence[tuple[Stay, Bar]], first: date, days: int) -> list[list[Bar]]:
    """Each lane is filled to the whole width with gaps; who has no stay has one empty lane."""
    lanes: list[list[Bar]] = []
    filled: list[int] = []
    for stay, bar in bars:
        begins = max(0, (stay.starts_on - first).days)
        lane = next((n for n, used in enumerate(filled) if used <= begins), len(lanes))
        if lane == len(lanes):
            lanes.append([])
            filled.append(0)
        if begins > filled[lane]:
            lanes[lane].append(Bar(begins - filled[lane]))
        lanes[lane].append(bar)
        filled[lane] = begins + bar.days
    if not lanes:
        return [[Bar(days)]]
    for row, used in zip(lanes, filled, strict=True):
        if used < days:
            row.append(Bar(days - used))
    return lanes


def _places(
    stays: Iterable[Stay],
    monday: date,
    tones: Mapping[str, str],
    names: Mapping[int, str],
    worst: Mapping[str, Said],
) -> list[Place]:
    found: dict[tuple[str, str], list[str]] = {}
    clash: dict[tuple[str, str], str] = {}
    for stay in stays:
        if stay.starts_on < monday + timedelta(days=DAYS) and stay.ends_on >= monday:
            key = (_place(stay), room(stay.department) if stay.department is not None else _place(stay))
            found.setdefault(key, []).append(names.get(stay.enrolment_id, "–"))
            if stay.public_id in worst:
                clash[key] = worst[stay.public_id].sentence
    order = {name: n for n, name in enumerate(tones)}
    keys = sorted(found, key=lambda key: (order[key[0]], key[1]))
    return [Place(key[1], tones[key[0]], found[key], clash.get(key, "")) for key in keys]
