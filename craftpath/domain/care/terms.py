"""What must be notified after an incident, by when each step of a complaint is due: read from rows, then counted."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from craftpath.engines.deadlines import Roll, Term, Unit, WorkCalendar, due
from craftpath.values.text import Text

HOURS = "hours"  # a unit that needs no calendar; the engine counts whole days
CONFIDENCES = ("V", "S", "M", "A")
ANCHORS = ("occurred", "known")


@dataclass(frozen=True, slots=True)
class Duty:
    """One row of `presets/notifications.toml`; `term` is None where `hours` are counted."""

    key: str
    country: str
    severities: tuple[str, ...]
    anchor: str
    term: Term | None
    hours: int
    min_absence: int
    hurt: bool
    conf: str
    name: Text
    to: Text
    source: Text

    def binds(self, *, country: str, severity: str, hurt: str, absence_days: int | None) -> bool:
        """Whether it is due for such an incident; an absence that nobody knows yet counts as long enough."""
        long_enough = absence_days is None or absence_days >= self.min_absence
        somebody = not self.hurt or hurt != "nobody"
        return (
            self.country == country
            and severity in self.severities
            and somebody
            and (long_enough or severity == "fatal")
        )

    def due_at(
        self, occurred_at: datetime, known_at: datetime, zone: ZoneInfo, calendar: WorkCalendar
    ) -> tuple[datetime, bool]:
        """The moment by which it is due, and whether that may move: the end of the due day, or so many hours later."""
        anchor = occurred_at if self.anchor == "occurred" else known_at
        if self.term is None:
            return anchor + timedelta(hours=self.hours), False
        day, assumed = due_day(anchor.astimezone(zone).date(), self.term, calendar)
        # The next midnight in the zone, less a second: a day may have 23 or 25 hours.
        end = datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)
        return end - timedelta(seconds=1), assumed


def due_day(anchor: date, term: Term, calendar: WorkCalendar) -> tuple[date, bool]:
    """One due day, and whether it is assumed."""
    found = due([anchor], term, calendar)
    return found.days[0].item(), bool(found.assumed[0])


def read_duties(text: str) -> tuple[Duty, ...]:
    """The rows of such a file; ValueError for a key twice or a word that is not known."""
    found = tuple(_duty(row) for row in tomllib.loads(text)["row"])
    if len({row.key for row in found}) != len(found):
        raise ValueError("a key stands twice")
    return found


def _duty(row: Mapping[str, Any]) -> Duty:
    if row["anchor"] not in ANCHORS or row["conf"] not in CONFIDENCES:
        raise ValueError(f"{row['key']}: {row['anchor']}, {row['conf']}")
    return Duty(
        key=row["key"],
        country=row["country"],
        severities=tuple(row["severities"]),
        anchor=row["anchor"],
        term=None if row["unit"] == HOURS else _term(row),
        hours=row["count"] if row["unit"] == HOURS else 0,
        min_absence=row.get("min_absence", 0),
        hurt=row.get("hurt", True),
        conf=row["conf"],
        name=Text.of(row["name"]),
        to=Text.of(row["to"]),
        source=Text.of(row["source"]),
    )


def _term(row: Mapping[str, Any]) -> Term:
    return Term(row["count"], Unit(row["unit"]), Roll(row.get("roll", "stays")))


@cache
def duties() -> tuple[Duty, ...]:
    """All rows that come with the platform."""
    return read_duties(_preset("notifications"))


@cache
def steps() -> Mapping[str, Term]:
    """state of a complaint → the term until its next step."""
    return {row["state"]: _term(row) for row in tomllib.loads(_preset("steps"))["row"]}


def _preset(name: str) -> str:
    folder = resources.files("craftpath.domain.care") / "presets"
    return (folder / f"{name}.toml").read_text("utf-8")
