"""What is written down of contracts quarter by quarter: risk, hours, record book, wages, credits, answers, mentors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from craftpath.delivery.commands.made_up.columns import Book, Quarters, Where, optional, words
from craftpath.delivery.commands.made_up.contracts import (
    COMPLETED,
    LEFT,
    PLANNED,
    REASONS,
    UNKNOWN,
    Contracts,
    quarter_days,
)
from craftpath.delivery.commands.made_up.nation import QUARTERS
from craftpath.engines.indicators.star import ANSWER_KINDS, OUTCOMES, PLACE_KINDS

Table = tuple[str, pa.Table]


def trained(
    book: Book, contracts: Contracts, quarters: Quarters, keys: pa.Array, people: pa.Array, chance: Any
) -> Iterator[Table]:
    """The tables, one after the other, so that only one is in memory."""
    yield "apprenticeship", _contracts(book, contracts, keys, people)
    yield "risk", _risk(book, contracts, quarters, keys)
    yield "hours", _hours(book, quarters, keys, chance)
    yield "entry", _entries(book, contracts, quarters, chance)
    yield "wage", _wages(book, quarters, keys, chance)
    yield "credit", _credits(book, quarters, chance)
    yield "answer", _answers(book, quarters, chance)
    yield "mentor", _mentors(book, quarters, chance)


def _contracts(book: Book, contracts: Contracts, keys: pa.Array, people: pa.Array) -> pa.Table:
    ends = quarter_days(contracts.first + PLANNED - contracts.before) - np.timedelta64(1, "D")
    where = Where(
        contracts.place,
        contracts.first,
        np.minimum(contracts.before * 3 // 8, 2),
        contracts.occupation,
        contracts.enterprise,
    )
    return book.table(
        "apprenticeship",
        where,
        apprenticeship=keys,
        person=words(contracts.person, people),
        started_on=contracts.started,
        planned_end_on=np.maximum(ends, contracts.started + np.timedelta64(90, "D")),
        ended_on=optional(contracts.ended, np.isnat(contracts.ended)),
        outcome=words(contracts.outcome, OUTCOMES),
        reason=words(contracts.reason, (*REASONS, "transfer")),
        birth_year=optional(contracts.born, contracts.born == UNKNOWN),
    )


def _risk(book: Book, contracts: Contracts, quarters: Quarters, keys: pa.Array) -> pa.Table:
    last = quarters.number + 1 == contracts.lasted[quarters.contract]
    outcome = contracts.outcome[quarters.contract]
    return book.table(
        "risk",
        quarters.where,
        apprenticeship=words(quarters.contract, keys),
        quarter_no=quarters.number + 1,
        completed=(last & (outcome == COMPLETED)).astype(np.int64),
        left=(last & (outcome == LEFT)).astype(np.int64),
    )


def _hours(book: Book, quarters: Quarters, keys: pa.Array, chance: Any) -> pa.Table:
    rows = np.repeat(np.arange(len(quarters.contract)), 2)
    kind = np.tile(np.arange(2), len(quarters.contract))
    planned = np.where(kind == 0, 13 * 3 * 480, 13 * 2 * 420)
    kept = np.minimum(chance.normal(np.where(kind == 0, 0.93, 0.96), 0.08), 1.05)
    return book.table(
        "hours",
        quarters.where.take(rows),
        apprenticeship=words(quarters.contract[rows], keys),
        place_kind=words(kind, PLACE_KINDS),
        planned_minutes=planned,
        confirmed_minutes=np.maximum(0, planned * kept / 15).astype(np.int64) * 15,
    )


def _entries(book: Book, contracts: Contracts, quarters: Quarters, chance: Any) -> pa.Table:
    written = chance.poisson(11.0, len(quarters.contract))
    prompt = 1 / (1 + np.exp(-1.6 - 0.3 * contracts.talent[quarters.contract]))
    return book.table(
        "entry",
        quarters.where,
        entries=written,
        signed_in_time=chance.binomial(written, prompt),
        answer_hours=(written * chance.gamma(3.0, 14.0, len(written))).astype(np.int64),
    )


def _wages(book: Book, quarters: Quarters, keys: pa.Array, chance: Any) -> pa.Table:
    step = np.minimum(quarters.elapsed // 4, 2) + 1
    floor = np.round(np.array([0, 198_000, 226_000, 258_000])[step] * book.city.wage, -3).astype(np.int64)
    amount = floor * chance.normal(1.12, 0.07, len(step))
    return book.table(
        "wage",
        quarters.where,
        apprenticeship=words(quarters.contract, keys),
        step=step,
        amount_minor=np.round(amount, -3).astype(np.int64),
        floor_minor=floor,
    )


def _credits(book: Book, quarters: Quarters, chance: Any) -> pa.Table:
    rows = np.flatnonzero(chance.random(len(quarters.contract)) < 0.35)
    return book.table(
        "credit",
        quarters.where.take(rows),
        earned=chance.integers(1, 9, len(rows)) * 50,
        converted=np.where(chance.random(len(rows)) < 0.12, chance.integers(1, 13, len(rows)) * 50, 0),
    )


def _answers(book: Book, quarters: Quarters, chance: Any) -> pa.Table:
    rows = np.flatnonzero(chance.random(len(quarters.contract)) < 0.12)
    kind = chance.choice(3, len(rows), p=(0.72, 0.25, 0.03))
    answered = chance.random(len(rows)) < np.array([0.94, 0.97, 0.9])[kind]
    hours = chance.gamma(2.0, np.array([9.0, 30.0, 80.0])[kind]).astype(np.int64)
    return book.table(
        "answer",
        quarters.where.take(rows),
        kind=words(kind, ANSWER_KINDS),
        answered=answered.astype(np.int64),
        hours=optional(hours, ~answered),
    )


def _mentors(book: Book, quarters: Quarters, chance: Any) -> pa.Table:
    """Apprentices of an enterprise, an occupation and a quarter are shared out among mentors, four to one at most."""
    where = quarters.where
    code = (where.enterprise * 64 + where.occupation) * QUARTERS + where.period
    _, first, count = np.unique(code, return_index=True, return_counts=True)
    mentors = -(-count // chance.integers(2, 5, len(count)))
    rows = np.repeat(np.arange(len(count)), mentors)
    place = np.arange(len(rows)) - (np.cumsum(mentors) - mentors)[rows]
    share, rest = count[rows] // mentors[rows], count[rows] % mentors[rows]
    whom = where.enterprise[first][rows] * 64 + where.occupation[first][rows]
    numbers, index = np.unique(whom * 10_000 + place, return_inverse=True)
    names = pa.array(book.city.pseudonyms("mentor", numbers.tolist()))
    taken = where.take(first[rows])
    return book.table(
        "mentor",
        Where(taken.place, taken.period, None, taken.occupation, taken.enterprise),
        mentor=words(index, names),
        apprentices=share + (place < rest),
        qualified=(chance.random(len(rows)) < 0.86).astype(np.int64),
    )
