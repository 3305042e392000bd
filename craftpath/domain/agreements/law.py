"""What a jurisdiction lays down for agreements, read from its file: rows with days, floors, model clauses."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any

from craftpath.domain.agreements.calendar import add_months, is_shorter, months_from
from craftpath.values.text import Text

_FOLDER = "presets"
_NO_LAW = {"clauses", "r208"}


@dataclass(frozen=True, slots=True)
class Row:
    """One rule. `conf` says how sure it is; nobody waives a breach of one that is not `waivable`."""

    key: str
    value: Any
    unit: str = ""
    conf: str = "A"
    valid_from: date | None = None
    valid_to: date | None = None
    source: Text = field(default_factory=Text)
    waivable: bool = True
    steps: tuple[Mapping[str, int], ...] = ()
    share: tuple[int, int] | None = None

    def holds(self, day: date) -> bool:
        """Whether the row is in force on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Floor:
    """The least that is paid: minor units per hour or month, from a month of the training on."""

    amount: int
    per: str
    from_month: int = 0
    valid_from: date | None = None
    valid_to: date | None = None
    started_from: date | None = None
    started_to: date | None = None
    conf: str = "A"
    scale: str = "law"

    def holds(self, start: date, day: date) -> bool:
        """Whether it binds somebody who began on `start`, on this day."""
        return (
            (self.valid_from is None or self.valid_from <= day)
            and (self.valid_to is None or day <= self.valid_to)
            and (self.started_from is None or self.started_from <= start)
            and (self.started_to is None or start <= self.started_to)
            and months_from(start, day) >= self.from_month
        )


@dataclass(frozen=True, slots=True)
class Clause:
    """A model clause with its heading."""

    key: str
    name: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Law:
    """One jurisdiction as a value; the one without a file has no rows."""

    jurisdiction: str
    name: Text
    currency: str
    per: str
    pay_frequency: str
    rows: tuple[Row, ...]
    floors: tuple[Floor, ...]
    clauses: tuple[Clause, ...]
    levels: Mapping[str, str]

    def row(self, key: str, day: date) -> Row | None:
        """The rule of this name that is in force on a day."""
        return next((row for row in self.rows if row.key == key and row.holds(day)), None)

    def value(self, key: str, day: date, default: Any = None) -> Any:
        """The value of that rule."""
        row = self.row(key, day)
        return default if row is None else row.value


def probation_months(row: Row, start: date, last: date) -> int:
    """How many months of probation a contract of this length may have."""
    months = next(
        step["months"]
        for step in row.steps
        if "below_months" not in step or is_shorter(start, last, step["below_months"])
    )
    if row.share is None:
        return months
    whole = months_from(start, last) + 1
    return min(months, whole * row.share[0] // row.share[1])


def floor_on(
    floors: Iterable[Floor], start: date, day: date, weekly_hours: Fraction | None
) -> Fraction | None:
    """The highest floor of a day as an amount a month; one per hour needs the hours of a week."""
    # Of a scale that rises with the training the last step reached counts; of several scales the highest.
    reached: dict[str, Floor] = {}
    for floor in floors:
        known = reached.get(floor.scale)
        if floor.holds(start, day) and (known is None or floor.from_month >= known.from_month):
            reached[floor.scale] = floor
    found = [monthly(Fraction(one.amount), one.per, weekly_hours) for one in reached.values()]
    return max((one for one in found if one is not None), default=None)


def monthly(amount: Fraction, per: str, weekly_hours: Fraction | None) -> Fraction | None:
    """An amount as one a month: 52 weeks are 12 months. None if the hours of a week are needed and unknown."""
    if per == "month":
        return amount
    weekly = amount if per == "week" else (amount * weekly_hours if weekly_hours is not None else None)
    return None if weekly is None else weekly * 52 / 12


def turning_days(floors: Iterable[Floor], start: date, last: date) -> list[date]:
    """The days inside the term on which a floor begins: wages are held against it on each of them."""
    days = {
        day
        for floor in floors
        for day in (floor.valid_from, add_months(start, floor.from_month) if floor.from_month else None)
        if day is not None and start <= day <= last
    }
    return sorted(days)


def jurisdictions() -> tuple[str, ...]:
    """The keys of the files that come with the program, such as `CN`."""
    folder = resources.files("craftpath.domain.agreements") / _FOLDER
    names = (entry.name[:-5] for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(sorted(name.upper() for name in names if name not in _NO_LAW))


@cache
def law_of(jurisdiction: str) -> Law:
    """The law of a jurisdiction; one that nobody has written down yet has the model clauses and no rows."""
    known = jurisdiction.upper() in jurisdictions()
    table = _read(jurisdiction.lower()) if known else {}
    own = table.get("clauses", {})
    clauses = tuple(
        Clause(key, Text.of(row["name"]), Text.of(own.get(key, row)["text"]))
        for key, row in _read("clauses").items()
    )
    return Law(
        jurisdiction=jurisdiction,
        name=Text.of(table.get("name")),
        currency=table.get("currency", ""),
        per=table.get("per", "month"),
        pay_frequency=table.get("pay_frequency", "monthly"),
        rows=tuple(_row(row) for row in table.get("row", ())),
        floors=tuple(_floor(row) for row in table.get("floor", ())),
        clauses=clauses,
        levels=table.get("levels", {}),
    )


def _read(name: str) -> dict[str, Any]:
    text = (resources.files("craftpath.domain.agreements") / _FOLDER / f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _row(row: dict[str, Any]) -> Row:
    share = row.get("share")
    return Row(
        key=row["key"],
        value=row.get("value"),
        unit=row.get("unit", ""),
        conf=row["conf"],
        valid_from=_day(row.get("valid_from")),
        valid_to=_day(row.get("valid_to")),
        source=Text.of(row["source"]),
        waivable=row["waivable"],
        steps=tuple(row.get("steps", ())),
        share=(share[0], share[1]) if share else None,
    )


def _floor(row: dict[str, Any]) -> Floor:
    days: dict[str, Any] = {
        name: _day(row.get(name)) for name in ("valid_from", "valid_to", "started_from", "started_to")
    }
    return Floor(row["amount"], row["per"], row.get("from_month", 0), conf=row["conf"], **days)
