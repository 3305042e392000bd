"""The arithmetic of an account: what is earned under caps, converted by a rule, taken back, and left on a day.

Points are whole smallest units, such as hundredths. A ledger is lines in the order in which they were written; none is
ever altered, and what was wrong is taken back by a line of its own. Every refusal is a code with its facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from craftpath.engines.credits.limits import period_of
from craftpath.engines.credits.types import Rule
from craftpath.values.verdict import Verdict, not_now


class Kind(StrEnum):
    """What a line of a ledger does."""

    EARNED = "earned"
    CONVERTED = "converted"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line. `credit` names the earned line that it is about, itself included; `of` the line that a reversal undoes.

    `award` is what a conversion is for, and `given` what came of it there.
    """

    id: str
    kind: Kind
    credit: str
    points: int
    on: date
    expires_on: date | None = None
    outcome: str = ""
    award: str = ""
    given: int = 0
    of: str = ""


@dataclass(frozen=True, slots=True)
class Cap:
    """At most so many points within each calendar period of so many months; no months: for good."""

    most: int
    months: int | None = None

    def room(self, on: date, before: Iterable[tuple[date, int]]) -> int:
        """What still fits on a day, beside what was earned before."""
        taken = sum(points for day, points in before if self._same(day, on))
        return max(0, self.most - taken)

    def _same(self, day: date, on: date) -> bool:
        return self.months is None or period_of(day, self.months) == period_of(on, self.months)


def fitting(points: int, on: date, before: Sequence[tuple[date, int]], caps: Iterable[Cap]) -> int:
    """How many of these points are earned on a day under every cap; the rest is lost."""
    return min([points, *(cap.room(on, before) for cap in caps)])


def can_earn(entries: Iterable[Entry], outcome: str) -> Verdict:
    """Once for each outcome, as long as it stands."""
    standing = _standing(entries)
    if any(entry.kind is Kind.EARNED and entry.outcome == outcome for entry in standing):
        return not_now("credits.earned_already", outcome=outcome)
    return Verdict()


def can_convert(entries: Sequence[Entry], credit: str, rule: Rule, award: str, on: date) -> Verdict:
    """Whether a credit may go, whole, to an award on a day by a rule."""
    standing = _standing(entries)
    earned = next((one for one in standing if one.kind is Kind.EARNED and one.id == credit), None)
    if earned is None:
        return not_now("credits.not_there", credit=credit)
    if any(one.kind is Kind.CONVERTED and one.credit == credit for one in standing):
        return not_now("credits.spent", credit=credit)
    if earned.on > on:
        return not_now("credits.not_earned_yet", on=earned.on)
    if earned.expires_on is not None and earned.expires_on < on:
        return not_now("credits.expired", on=earned.expires_on)
    if not rule.holds(on):
        return not_now("credits.rule_not_in_force", first=rule.valid_from, last=rule.valid_to)
    amount = int(rule.gives(earned.points))
    if not amount:
        return not_now("credits.gives_nothing", points=earned.points)
    before = sum(one.given for one in standing if one.kind is Kind.CONVERTED and one.award == award)
    if rule.cap is not None and before + amount > rule.cap:
        return not_now("credits.over_rule", cap=rule.cap, left=max(0, int(rule.cap) - before), amount=amount)
    return Verdict()


def conversion(entries: Sequence[Entry], credit: str, rule: Rule, award: str, name: str, on: date) -> Entry:
    """The line by which a credit leaves, whole, and what is given for it."""
    earned = next(entry for entry in entries if entry.id == credit)
    given = int(rule.gives(earned.points))
    return Entry(
        name, Kind.CONVERTED, credit, -earned.points, on, earned.expires_on, award=award, given=given
    )


def can_reverse(entries: Sequence[Entry], one: str) -> Verdict:
    """Once; and an earned line only while nothing that stands was made of it."""
    standing = {entry.id: entry for entry in _standing(entries)}
    line = standing.get(one)
    if line is None or line.kind is Kind.REVERSED:
        return not_now("credits.not_there", credit=one)
    if line.kind is Kind.EARNED and any(
        entry.kind is Kind.CONVERTED and entry.credit == one for entry in standing.values()
    ):
        return not_now("credits.spent", credit=one)
    return Verdict()


def reversal(entries: Sequence[Entry], one: str, name: str, on: date) -> Entry:
    """The line that takes another back, as if it had never been."""
    line = next(entry for entry in entries if entry.id == one)
    return Entry(name, Kind.REVERSED, line.credit, -line.points, on, line.expires_on, of=one)


def balance(entries: Iterable[Entry], on: date) -> int:
    """What can be used on a day: what has come by then and has neither left nor expired."""
    left: dict[str, int] = {}
    last: dict[str, date | None] = {}
    for entry in entries:
        if entry.on <= on:
            left[entry.credit] = left.get(entry.credit, 0) + entry.points
            last.setdefault(entry.credit, entry.expires_on)
    return sum(points for credit, points in left.items() if (day := last[credit]) is None or day >= on)


def _standing(entries: Iterable[Entry]) -> list[Entry]:
    """Lines that nothing has taken back."""
    lines = list(entries)
    gone = {entry.of for entry in lines if entry.kind is Kind.REVERSED}
    return [entry for entry in lines if entry.id not in gone and entry.kind is not Kind.REVERSED]
