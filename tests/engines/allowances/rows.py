"""Pairs, hours and rules as a test writes them down: rows, of which columns are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np

from craftpath.engines.allowances.monthly import (
    NONE,
    Basis,
    Hours,
    Pairs,
    Payer,
    RatioBand,
    ResultBand,
    Rule,
    Run,
)
from craftpath.values.period import Period

NOVEMBER = date(2026, 11, 1)  # a Sunday; 30 days
ALWAYS = Period(date(2020, 1, 1))


@dataclass(frozen=True)
class Stretch:
    pair: str = "p1"
    trainer: str = "t1"
    apprentice: str = "a1"
    start: date = date(2026, 9, 1)
    end: date | None = None
    share: int = 1000
    kind: str = "master_apprentice"
    role: str = "master"
    occupation: str = "welder"
    programme: str = "w26"
    stage: str = "1"
    enterprise: str = "works"
    college: str = "college"
    capacity: int = NONE
    result: int = NONE
    decided: bool = True


@dataclass(frozen=True)
class Entry:
    pair: str
    day: date
    minutes: int
    session: bool = False


def pairs(*stretches: Stretch) -> Pairs:
    columns: dict[str, Any] = {
        field.name: [getattr(one, field.name) for one in stretches] for field in fields(Stretch)
    }
    for name in ("start", "end"):
        columns[name] = np.array(columns[name], dtype="datetime64[D]")
    return Pairs(**columns)


def hours(*entries: Entry) -> Hours:
    return Hours(
        [one.pair for one in entries],
        np.array([one.day for one in entries], dtype="datetime64[D]"),
        [one.minutes for one in entries],
        [one.session for one in entries],
    )


def rule(key: str = "master", amount: int = 200_00, **given: Any) -> Rule:
    chosen: dict[str, Any] = {
        "version": 1,
        "component": key,
        "valid": ALWAYS,
        "currency": "CNY",
        "payer": Payer.ENTERPRISE,
    }
    return Rule(key=key, amount=amount, **(chosen | given))


def hourly(key: str = "hours", amount: int = 10_00, **given: Any) -> Rule:
    return rule(key, amount, **({"basis": Basis.APPRENTICE_HOUR} | given))


def ratio(*bands: tuple[int | None, int]) -> tuple[RatioBand, ...]:
    return tuple(RatioBand(*band) for band in bands)


def results(*bands: tuple[int, int]) -> tuple[ResultBand, ...]:
    return tuple(ResultBand(*band) for band in bands)


def paid(found: Run) -> dict[tuple[str, str, int], int]:
    """(pair, rule, version) → amount."""
    return {(line.pair, line.rule.key, line.rule.version): line.amount for line in found}


def amounts(found: Run) -> list[int]:
    return [int(one) for one in found.lines.amount]


def november(day: int) -> date:
    return date(2026, 11, day)


def every(found: Sequence[Any], name: str) -> list[Any]:
    return [getattr(one, name) for one in found]
