"""The terms of an agreement as one value, written whole, as an evaluation scheme is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, Self

from craftpath.values.text import Text

PER = ("month", "week", "hour")
FREQUENCIES = ("monthly", "biweekly", "weekly")
RECORD_FORMS = ("electronic", "written")
MOST_STEPS = 12


@dataclass(frozen=True, slots=True)
class WageStep:
    """What is paid from a day on, in minor units."""

    starts_on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What the parties agree on beside who they are and from when until when. Empty means: not stated."""

    currency: str = ""
    per: str = "month"
    wage: tuple[WageStep, ...] = ()
    pay_frequency: str = ""
    weekly_hours: Decimal | None = None
    annual_leave_days: Decimal | None = None
    probation_end: date | None = None
    induction_on: date | None = None
    occupation: Text = field(default_factory=Text)
    qualification: Text = field(default_factory=Text)
    mentor_qualification: str = ""
    record_form: str = ""
    length_reason: str = ""
    off_job_percent: Decimal | None = None
    skilled_workers: int = 0
    bond_cost: int = 0
    bond_months: int = 0
    clauses: Mapping[str, Text] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The form that a row keeps: figures as text, days as ISO."""
        return {one.name: _plain(getattr(self, one.name)) for one in fields(self)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Read `as_json` back; what an older row does not know is not stated."""
        given = dict(value)
        for name in ("probation_end", "induction_on"):
            given[name] = date.fromisoformat(given[name]) if given.get(name) else None
        for name in ("weekly_hours", "annual_leave_days", "off_job_percent"):
            given[name] = Decimal(given[name]) if given.get(name) else None
        given["wage"] = tuple(
            WageStep(date.fromisoformat(row["starts_on"]), row["amount"]) for row in given.get("wage", ())
        )
        given["occupation"] = Text.of(given.get("occupation"))
        given["qualification"] = Text.of(given.get("qualification"))
        given["clauses"] = {key: Text.of(one) for key, one in (given.get("clauses") or {}).items()}
        known = {one.name for one in fields(cls)}
        return cls(**{name: one for name, one in given.items() if name in known})

    def clause(self, key: str) -> Text:
        """The words of a clause; empty where there are none."""
        return self.clauses.get(key) or Text()

    def has(self, key: str) -> bool:
        """Whether a clause says anything."""
        return bool(self.clause(key).both().strip())

    def with_clauses(self, clauses: Mapping[str, Text]) -> Self:
        """The same with the given words where nothing is said yet."""
        return replace(
            self, clauses={**clauses, **{k: v for k, v in self.clauses.items() if v.both().strip()}}
        )


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return value.as_json()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [{"starts_on": row.starts_on.isoformat(), "amount": row.amount} for row in value]
    if isinstance(value, Mapping):
        return {key: one.as_json() for key, one in value.items() if one.both().strip()}
    return "" if value is None else value


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The keys of two stored terms that differ, clauses one by one as `clauses.<key>`, in a steady order."""
    keys = [key for key in {**before, **after} if key != "clauses" and before.get(key) != after.get(key)]
    old, new = before.get("clauses") or {}, after.get("clauses") or {}
    return [*keys, *(f"clauses.{key}" for key in {**old, **new} if old.get(key) != new.get(key))]
