"""Duties: what has to be done by when, by whom, and who is told when it is not. Nothing here is stored.

A noun says its kinds in two places of its own. In `duties.toml`, one table a kind:

    [week_waits]
    topic = "log"                    # of kernel.topics
    page = "logbook:team"            # where whoever is asked does it
    board = "logbook:board"          # where whoever is told looks at it (the deadlines page if left out)
    needs = "confirm_logs"           # what whoever is asked may do there
    term = "7 days"                  # from the anchor to the due day; "3 workdays", "1 month next", "-2 weeks before"
    ahead = "14 days"                # waits only from so long before the due day on (at once if left out)
    name = { zh = "…", en = "…" }
    steps = [ { at = "-2 workdays" }, { at = "0 days", tells = "manage_cohorts" } ]
    documents = "review"             # the kind of document that it asks to sign, if it is about signatures
    others = [ "handle_care" ]       # who hears of it beside the persons asked; see below
    unnamed = true                   # pages do not say who is asked: it would tell who has done it already

A step is a term from the due day on: before it a reminder, after it an escalation; it tells whoever is asked, or
those who hold the permission `tells` at the place of the duty or above it. In `duties.py`, one function a kind:

    @duty("logbook.week_waits", subject="apprenticeships.enrolment")
    def week_waits(asked: Asked) -> models.QuerySet[Any]:
        return columns(Entry.objects.filter(state="submitted"), subject="enrolment__public_id", …)

The function returns what is open in the open scope as four columns (see `columns`): one query however many. Where SQL
cannot say it, it yields the columns as tuples. Whoever is asked is a person, or, where the column holds none, everybody
with the permission `needs` at the place or above it.

Without `others` whoever looks after deadlines sees the kind on their page, and bots count it. With `others` no bot
counts it, and only those hear of it who hold all these permissions: the office that is asked, whoever is told, the
reader of the page. A person who is asked without holding `needs` hears nothing either. `others = []` leaves nobody but
the persons asked: not a figure of it stands anywhere else.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib import resources
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
from django.db import models
from django.db.models import F, Value

from craftpath.engines.deadlines import Roll, Term, Unit, WorkCalendar, due, steps_reached
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.kernel.topics import Topic
from craftpath.kernel.workdays import Calendars
from craftpath.values.text import Text

AT_ONCE = 50_000  # rows that are in memory at one time
_EDGE = 400  # days at either end of a calendar that terms may lead out of

Row = tuple[str, Any, int, int | None]  # subject, anchor, place, who


@dataclass(frozen=True, slots=True)
class Asked:
    """For which moment duties are asked; for an organisation and all below it; for people with ids in (after, until].

    Tables that the open scope guards need no second look at `within`, and `people` is seen to here.
    """

    at: datetime
    today: date
    within: Organisation | None = None
    people: tuple[int, int] | None = None


Find = Callable[[Asked], models.QuerySet[Any] | Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Step:
    """When somebody is told: a term from the due day on; `tells` nobody in particular is whoever is asked."""

    at: Term
    tells: Permission | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of duty as its row says it, with the query that finds what is open."""

    code: str
    topic: Topic
    name: Text
    page: str
    board: str
    needs: Permission | None
    term: Term
    ahead: Term | None
    steps: tuple[Step, ...]
    subject: tuple[str, str]  # noun and kind of the refs
    find: Find
    documents: str = ""
    others: frozenset[Permission] | None = None
    unnamed: bool = False

    @property
    def private(self) -> bool:
        """Whether nobody but the persons asked hears of it."""
        return self.others is not None and not self.others

    def heard_with(self, permission: Permission) -> frozenset[Permission]:
        """All that an office must hold to hear of it where `permission` is asked for."""
        return frozenset({permission}) | (self.others or frozenset())

    def told_with(self, held: Collection[Permission]) -> frozenset[Permission]:
        """What an office with these permissions is told by: of several steps that tell it, the first one's."""
        wanted = (self.heard_with(step.tells) for step in self.steps if step.tells is not None)
        return next((one for one in wanted if one.issubset(held)), frozenset())

    def shown_to(self, held: Collection[Permission]) -> bool:
        """Whether somebody with these permissions finds it among what others are asked for."""
        return self.others is None or (bool(self.others) and self.others.issubset(held))

    def asks(self, held: Collection[Permission]) -> bool:
        """Whether somebody with these permissions hears of it when asked in person."""
        return self.others is None or self.needs is None or self.needs in held


@dataclass(frozen=True, slots=True)
class Duties:
    """Open duties of one kind, a row each: what, where (an organisation), who (a person, 0 for an office), days."""

    kind: Kind
    subjects: Sequence[str]
    places: npt.NDArray[np.int64]
    who: npt.NDArray[np.int64]
    due: npt.NDArray[np.datetime64]
    assumed: npt.NDArray[np.bool_]
    reached: npt.NDArray[np.int64]  # how many steps lie behind

    def __len__(self) -> int:
        return len(self.subjects)

    @property
    def things(self) -> Sequence[Any]:
        """What each row counts as: a notice is one thing for each reader, anything else is one, whoever is asked."""
        if self.kind.topic == Topic.PEOPLE:
            return list(zip(self.subjects, self.who.tolist(), strict=True))
        return self.subjects


KINDS: dict[str, Kind] = {}


def duty(code: str, *, subject: str) -> Callable[[Find], Find]:
    """Register a kind; its row stands in `duties.toml` beside the function. A code serves one kind.

    `subject` says whose public ids the first column holds, as noun and kind of a ref: `"apprenticeships.enrolment"`.
    """
    key, about = code.partition(".")[2], tuple(subject.split("."))

    def register(find: Find) -> Find:
        if code in KINDS and KINDS[code].find.__module__ != find.__module__:
            raise TypeError(f"two kinds of duties are called {code}")
        package = sys.modules[find.__module__].__package__ or find.__module__.rpartition(".")[0]
        table = tomllib.loads((resources.files(package) / "duties.toml").read_text("utf-8"))
        KINDS[code] = _kind(code, table[key], (about[0], about[1]), find)
        return find

    return register


def _kind(code: str, row: dict[str, Any], subject: tuple[str, str], find: Find) -> Kind:
    steps = tuple(
        Step(term(one["at"]), Permission(one["tells"]) if "tells" in one else None)
        for one in row.get("steps", ())
    )
    others = frozenset(map(Permission, row["others"])) if "others" in row else None
    if others is not None and not others and any(step.tells for step in steps):
        raise TypeError(f"{code} is for the persons asked only, and tells others")
    return Kind(
        code=code,
        topic=Topic(row["topic"]),
        name=Text.of(row["name"]),
        page=row["page"],
        board=row.get("board", ""),
        needs=Permission(row["needs"]) if "needs" in row else None,
        term=term(row["term"]),
        ahead=term(row["ahead"]) if "ahead" in row else None,
        steps=steps,
        subject=subject,
        find=find,
        documents=row.get("documents", ""),
        others=others,
        unnamed=bool(row.get("unnamed", False)),
    )


def term(words: str) -> Term:
    """A term as rows write it: `"7 days"`, `"-2 workdays"`, `"1 months next"`; ValueError for anything else."""
    count, unit, *roll = words.split()
    return Term(int(count), Unit(unit), Roll(*roll) if roll else Roll.STAYS)


def columns(
    rows: models.QuerySet[Any], *, subject: str, anchor: Any, place: Any, who: Any = ""
) -> models.QuerySet[Any]:
    """The four columns of a kind, by names of fields or expressions: public id, day or moment, organisation, person."""
    named = {
        "duty_subject": F(subject),
        "duty_anchor": _column(anchor),
        "duty_place": _column(place),
        "duty_who": _person(who),
    }
    return rows.order_by().values(**named)


def first_of(
    rows: models.QuerySet[Any], *, subject: str, anchor: str, place: Any, who: Any = ""
) -> models.QuerySet[Any]:
    """The same where many rows make one duty: the anchor is the earliest of them."""
    grouped = rows.order_by().values(
        duty_subject=F(subject), duty_place=_column(place), duty_who=_person(who)
    )
    found: models.QuerySet[Any] = grouped.annotate(duty_anchor=models.Min(anchor))
    return found


def _column(given: Any) -> Any:
    return F(given) if isinstance(given, str) else given


def _person(given: Any) -> Any:
    return _column(given) if given else Value(None, output_field=models.BigIntegerField())


class Clock:
    """What due days need beside the rows: the calendars and time zones of all organisations; two queries."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self._calendars = Calendars(asked.today)
        rows = Organisation.objects.values_list("pk", "path", "key", "time_zone")
        self.places = {pk: (path, key, ZoneInfo(zone)) for pk, path, key, zone in rows}

    def calendar(self, place: int) -> WorkCalendar:
        """The working calendar of an organisation."""
        return self._calendars.of(self.places[place][0])


def open_duties(kind: Kind, clock: Clock, people: tuple[int, int] | None = None) -> Iterator[Duties]:
    """What is open of a kind in the open scope, `AT_ONCE` rows at a time; `people`: asked of ids in (after, until].

    What lies so far ahead that it waits for nobody yet is left out.
    """
    rows = _rows(kind, replace(clock.asked, people=people))
    while some := list(islice(rows, AT_ONCE)):
        reckoned = _reckoned(kind, some, clock)
        if len(reckoned):
            yield reckoned


def _rows(kind: Kind, asked: Asked) -> Iterator[Row]:
    found = kind.find(asked)
    after, until = asked.people or (0, 0)
    if not isinstance(found, models.QuerySet):
        return (row for row in found if asked.people is None or (row[3] and after < row[3] <= until))
    if asked.people is not None:
        found = found.filter(duty_who__gt=after, duty_who__lte=until)
    return found.values_list("duty_subject", "duty_anchor", "duty_place", "duty_who").iterator(5_000)


def _reckoned(kind: Kind, rows: list[Row], clock: Clock) -> Duties:
    subjects = np.array([row[0] for row in rows], dtype=object)
    places = np.array([row[2] for row in rows], np.int64)
    who = np.array([row[3] or 0 for row in rows], np.int64)
    anchors = np.array([_day(row[1], clock.places[row[2]][2]) for row in rows], "datetime64[D]")
    days, assumed = anchors.copy(), np.zeros(len(rows), bool)
    waits, reached = np.ones(len(rows), bool), np.zeros(len(rows), np.int64)
    by_calendar: dict[int, tuple[WorkCalendar, list[int]]] = {}
    for place in np.unique(places).tolist():
        made = clock.calendar(place)
        by_calendar.setdefault(id(made), (made, []))[1].append(place)
    for made, here in by_calendar.values():
        mine = np.isin(places, here)
        # A day far outside what any calendar knows is reckoned as the nearest one inside.
        inside = np.clip(anchors[mine], made.first + _EDGE, made.last - _EDGE)
        answer = due(inside, kind.term, made)
        days[mine], assumed[mine] = answer.days, answer.assumed
        reached[mine] = steps_reached(answer.days, [step.at for step in kind.steps], clock.asked.today, made)
        if kind.ahead is not None:
            begins = Term(-kind.ahead.count, kind.ahead.unit, kind.ahead.roll)
            waits[mine] = due(answer.days, begins, made).days <= np.datetime64(clock.asked.today, "D")
    return Duties(
        kind, subjects[waits].tolist(), places[waits], who[waits], days[waits], assumed[waits], reached[waits]
    )


def _day(anchor: date | datetime | str, zone: ZoneInfo) -> date | str:
    """A moment is of the day that it is at the place; a day that a JSON column holds stays a text."""
    return anchor.astimezone(zone).date() if isinstance(anchor, datetime) else anchor
