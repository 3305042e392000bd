"""What was approved is never changed: a line that comes out otherwise is taken back whole and written anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from craftpath.engines.allowances.monthly.answers import Run


class Kind(StrEnum):
    """What a line in the books does."""

    ORIGINAL = "original"
    REVERSAL = "reversal"
    RENEWED = "renewed"


class Whose(NamedTuple):
    """What a line is for and between whom: lines that agree in this add up."""

    month: date
    pair: str
    rule: str
    version: int
    payee: str
    payer: str
    payer_id: str
    currency: str


@dataclass(frozen=True, slots=True)
class Booked:
    """One line in the books: an amount in minor units, negative in a reversal."""

    whose: Whose
    amount: int
    kind: Kind = Kind.ORIGINAL


def booked(run: Run) -> tuple[Booked, ...]:
    """A run's lines as they go into the books, in its order."""
    lines = run.lines
    return tuple(
        Booked(_whose(run, pair, rule, payee, payer), amount)
        for pair, rule, payee, payer, amount in zip(
            lines.pair.codes.tolist(),
            lines.rule.tolist(),
            lines.payee.codes.tolist(),
            lines.payer.codes.tolist(),
            lines.amount.tolist(),
            strict=True,
        )
    )


def correct(previous: Iterable[Booked], new: Iterable[Booked]) -> tuple[Booked, ...]:
    """The counter-lines after which the books say what `new` says: per line a reversal, then the new amount.

    `previous` is all that is in the books, earlier corrections included. Lines that stay get no counter-line, so that
    correcting twice changes nothing.
    """
    was, becomes = _sums(previous), _sums(new)
    found = []
    for whose in sorted(was.keys() | becomes.keys()):
        before, after = was.get(whose, 0), becomes.get(whose, 0)
        if before == after:
            continue
        if before:
            found.append(Booked(whose, -before, Kind.REVERSAL))
        if after:
            found.append(Booked(whose, after, Kind.RENEWED))
    return tuple(found)


def _sums(lines: Iterable[Booked]) -> dict[Whose, int]:
    found: dict[Whose, int] = defaultdict(int)
    for line in lines:
        found[line.whose] += line.amount
    return found


def _whose(run: Run, pair: int, at: int, payee: int, payer: int) -> Whose:
    lines, rule = run.lines, run.rules[at]
    return Whose(
        run.month,
        lines.pair.words[pair],
        rule.key,
        rule.version,
        lines.payee.words[payee],
        rule.payer.value,
        lines.payer.words[payer],
        rule.currency,
    )
