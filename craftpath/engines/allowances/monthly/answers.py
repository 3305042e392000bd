"""What a month's run answers: lines as columns, the parts and cuts behind them, and one line with all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

import numpy as np

from craftpath.engines.allowances.monthly.coding import Coded, Ints
from craftpath.engines.allowances.monthly.types import NONE, Basis, Cap, Payer, Rule


class Why(StrEnum):
    """Why a pair, or confirmed minutes, have no line."""

    ENDED_BEFORE = "ended_before_month"
    BEGINS_AFTER = "begins_after_month"
    NO_RULE = "no_rule"
    NO_PAYER = "no_payer"  # the rule lets the enterprise or college pay, and the pair has none
    OUTSIDE = "minutes_outside_pair"  # confirmed for days on which the pair is not in force


@dataclass(frozen=True, slots=True)
class Unpaid:
    """A pair, with the rule's key where one rule alone is concerned, and why it has no line."""

    pair: str
    why: Why
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """One row a line, by pair, rule and version; unique in these for a month.

    `rule` is the place in the run's rules; `payer` the id of enterprise or college, empty for the subsidy.
    `rounded` is the pay in minor units before caps, `amount` after them.
    """

    pair: Coded
    apprentice: Coded
    payee: Coded
    payer: Coded
    rule: Ints
    rounded: Ints
    amount: Ints

    def __len__(self) -> int:
        return len(self.rule)


@dataclass(frozen=True, slots=True)
class Parts:
    """One row a part, by line and day: what holds on days that are alike. Factors and share are in per mille.

    `apprentices` and `found` (the decided result) are NONE where the rule does not ask or there is none; `reached`
    says whether the pair has the rule's minimum of confirmed hours.
    """

    line: Ints
    day: Ints
    days: Ints
    minutes: Ints
    share: Ints
    apprentices: Ints
    over: Any
    ratio: Ints
    found: Ints
    result: Ints
    reached: Any

    def __len__(self) -> int:
        return len(self.line)


@dataclass(frozen=True, slots=True)
class Cuts:
    """One row a line that a cap has cut, in the order of the caps: the amount before and after it."""

    line: Ints
    cap: Ints
    before: Ints
    after: Ints

    def __len__(self) -> int:
        return len(self.line)


@dataclass(frozen=True, slots=True)
class Part:
    """Days that are alike, from `start` on; factors are shares of 1."""

    start: date
    days: int
    minutes: int
    share: Fraction
    apprentices: int | None
    over_capacity: bool
    ratio: Fraction
    found: int | None
    result: Fraction
    reached: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """One cap that a line was cut by."""

    cap: Cap
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line with all that it was worked out from: its rule, the days of the month, its parts and cuts."""

    pair: str
    apprentice: str
    payee: str
    payer: Payer
    payer_id: str
    rule: Rule
    month: date
    month_days: int
    parts: tuple[Part, ...]
    rounded: int
    cuts: tuple[Cut, ...]
    amount: int


@dataclass(frozen=True, slots=True)
class Run:
    """A month's lines with the rules and caps that made them, and who has none and why."""

    month: date
    days: int
    rules: tuple[Rule, ...]
    caps: tuple[Cap, ...]
    lines: Lines
    parts: Parts
    cuts: Cuts
    unpaid: tuple[Unpaid, ...]

    def __len__(self) -> int:
        return len(self.lines)

    def __iter__(self) -> Iterator[Line]:
        return (self.line(at) for at in range(len(self)))

    def totals(self) -> dict[str, int]:
        """The sum of the lines of each currency, in minor units."""
        found = dict.fromkeys(sorted({rule.currency for rule in self.rules}), 0)
        for at, rule in enumerate(self.rules):
            found[rule.currency] += int(self.lines.amount[self.lines.rule == at].sum())
        return found

    def line(self, at: int) -> Line:
        """One line, as people read it."""
        lines, rule = self.lines, self.rules[int(self.lines.rule[at])]
        first, last = np.searchsorted(self.parts.line, [at, at + 1])
        return Line(
            pair=lines.pair.words[lines.pair.codes[at]],
            apprentice=lines.apprentice.words[lines.apprentice.codes[at]],
            payee=lines.payee.words[lines.payee.codes[at]],
            payer=rule.payer,
            payer_id=lines.payer.words[lines.payer.codes[at]],
            rule=rule,
            month=self.month,
            month_days=self.days,
            parts=tuple(self._part(rule, place) for place in range(int(first), int(last))),
            rounded=int(lines.rounded[at]),
            cuts=tuple(self._cut(int(place)) for place in np.flatnonzero(self.cuts.line == at)),
            amount=int(lines.amount[at]),
        )

    def _part(self, rule: Rule, at: int) -> Part:
        parts = self.parts
        return Part(
            start=self.month.replace(day=int(parts.day[at]) + 1),
            days=int(parts.days[at]) if rule.by_day or rule.basis is not Basis.PAIR_MONTH else self.days,
            minutes=int(parts.minutes[at]),
            share=_share(parts.share[at]),
            apprentices=_known(parts.apprentices[at]),
            over_capacity=bool(parts.over[at]),
            ratio=_share(parts.ratio[at]),
            found=_known(parts.found[at]),
            result=_share(parts.result[at]),
            reached=bool(parts.reached[at]),
        )

    def _cut(self, at: int) -> Cut:
        cuts = self.cuts
        return Cut(self.caps[int(cuts.cap[at])], int(cuts.before[at]), int(cuts.after[at]))


def _share(per_mille: Any) -> Fraction:
    return Fraction(int(per_mille), 1000)


def _known(value: Any) -> int | None:
    return None if value == NONE else int(value)
