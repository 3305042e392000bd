"""Gates, evaluations of stages and their marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from craftpath.delivery.commands.made_up.columns import Book, Quarters, optional, words
from craftpath.delivery.commands.made_up.contracts import Contracts
from craftpath.delivery.commands.made_up.training import Table
from craftpath.engines.indicators.star import MARK_STATES

SCHEME = "cn-334"
ITEMS = ("process", "practical_activity", "final_exam")
SCHEME_TEXT = """key = "cn-334"
mode = "weighted"
decimals = 1
rules_use = "rounded"

[[component]]
key = "process"
weight = 30

[[component]]
key = "practical_activity"
weight = 30

[[component]]
key = "final_exam"
weight = 40

[[rule]]
kind = "overall_min"
value = 60
"""
WEIGHTS = (30, 30, 40)
ENDS = (2, 5, 7)  # quarters, from 0, in which the stages end
PASS = 60_00
SCORED, ABSENT = 0, 1


def tested(
    book: Book, contracts: Contracts, quarters: Quarters, keys: pa.Array, people: pa.Array, chance: Any
) -> Iterator[Table]:
    """The tables of the quarters in which a stage ends."""
    rows = np.flatnonzero(np.isin(quarters.elapsed, ENDS))
    contract = quarters.contract[rows]
    ability = contracts.talent[contract] + book.city.passing
    marks = [
        np.clip(chance.normal(mean + 7.0 * ability, spread) * 100, 0, 100_00).round(-1).astype(np.int64)
        for mean, spread in ((76.0, 7.0), (74.0, 8.0), (70.0, 10.0))
    ]
    absent = chance.random(len(rows)) < 0.015
    marks[2] = np.where(absent, 0, marks[2])
    total = (sum(weight * mark for weight, mark in zip(WEIGHTS, marks, strict=True)) + 50) // 100
    passed = (total >= PASS) & ~absent
    again = np.flatnonzero(~passed & (chance.random(len(rows)) < 0.8))
    better = np.minimum(total[again] + chance.integers(0, 18_00, len(again)), 100_00)
    where = quarters.where.take(rows)
    every, attempt = np.concatenate([np.arange(len(rows)), again]), np.repeat([1, 2], [len(rows), len(again)])
    first = attempt == 1
    yield (
        "exam",
        book.table(
            "exam",
            where.take(every),
            apprenticeship=words(contract[every], keys),
            attempt=attempt,
            passed=np.concatenate([passed, better >= PASS]).astype(np.int64),
            process=marks[0][every],
            practical=marks[1][every],
            final=optional(marks[2][every], ~first | absent[every]),
            total=optional(np.concatenate([total, better]), first & absent[every]),
        ),
    )
    yield "gate", _gates(book, quarters, rows, contracts, passed, again, better, keys, people, chance)
    items = np.tile(np.arange(3), len(rows))
    each = np.repeat(np.arange(len(rows)), 3)
    gone = absent[each] & (items == 2)
    yield (
        "mark",
        book.table(
            "mark",
            where.take(each),
            apprenticeship=words(contract[each], keys),
            scheme=words(np.zeros(len(each)), (SCHEME,)),
            item=words(items, ITEMS),
            score=optional(np.stack(marks, axis=1).ravel(), gone),
            status=words(np.where(gone, ABSENT, SCORED), MARK_STATES),
        ),
    )


def _gates(
    book: Book,
    quarters: Quarters,
    rows: Any,
    contracts: Contracts,
    passed: Any,
    again: Any,
    better: Any,
    keys: pa.Array,
    people: pa.Array,
    chance: Any,
) -> pa.Table:
    """Whoever passes the evaluation mostly passes the gate; a second attempt comes some months later."""
    through = passed & (chance.random(len(rows)) < 0.96)
    later = (better >= PASS) & (chance.random(len(again)) < 0.93)
    every = np.concatenate([np.arange(len(rows)), again])
    attempt = np.repeat([1, 2], [len(rows), len(again)])
    contract = quarters.contract[rows][every]
    months = 3 * (quarters.number[rows][every] + 1) + np.where(
        attempt == 1, 0, chance.integers(1, 7, len(every))
    )
    return book.table(
        "gate",
        quarters.where.take(rows[every]),
        apprenticeship=words(contract, keys),
        person=words(contracts.person[contract], people),
        attempt=attempt,
        passed=np.concatenate([through, later]).astype(np.int64),
        months_from_start=months,
    )
