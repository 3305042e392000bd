"""Made-up marks, and the sheets that an office would send in with them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from craftpath.delivery.exchange.writing import OutSheet, write_xlsx
from craftpath.domain.programmes.definition import ItemInfo

WORDS = {"absent": "缺考", "deferred": "缓考", "exempt": "免修", "missing": "-"}


@dataclass(frozen=True)
class Sheet:
    """One file on its way in."""

    name: str
    content: bytes


MASTERS = (9, -4, 1, 5, -6, 10, -3, 11, -5, 2)
"""Points that the masters of the demo's enterprises add in each stage, in the order in which rosters deal them out."""


def master(number: str) -> int:
    """What the own master adds, by the student number: it ends with two digits of the cohort and two of the place."""
    cohort, n = int(number[-4:-2]), int(number[-2:]) - 1
    return MASTERS[0] if n in (1, 2) else MASTERS[(n // 3 + cohort) % len(MASTERS)]


def ability(number: str) -> float:
    """How good somebody is, 0–100, the same in all sheets."""
    chance = random.Random(f"ability-{number}")  # noqa: S311
    return min(97.0, max(42.0, chance.gauss(76, 5)))


def mark(number: str, item: ItemInfo, stage: int) -> Decimal | str:
    """A score near the ability, or now and then a word."""
    chance = random.Random(f"{number}-{item.key}-{stage}")  # noqa: S311
    luck = chance.random()
    if item.component == "process" and luck < 0.02:
        return WORDS["exempt"]
    if luck < 0.04:
        return WORDS["absent"] if item.component != "final_exam" else WORDS["deferred"]
    able = ability(number) + master(number) * (1 + stage / 2)
    share = min(1.0, max(0.2, chance.gauss(able, 7) / 100))
    steps = Decimal("0.5") if item.max <= 20 else Decimal(1)
    return (Decimal(str(round(share * float(item.max), 3))) / steps).quantize(Decimal(1)) * steps


def sheet(
    name: str,
    people: Sequence[tuple[str, str]],
    items: Sequence[ItemInfo],
    *,
    stage: int,
    waiting: frozenset[str] = frozenset(),
) -> Sheet:
    """A wide sheet: number, name, one column an item; for those in `waiting` the last item is not in yet."""
    last = items[-1].key
    rows = [
        (
            number,
            person,
            *(
                WORDS["missing"] if number in waiting and item.key == last else mark(number, item, stage)
                for item in items
            ),
        )
        for number, person in people
    ]
    header = ["学号", "姓名", *(item.name.zh for item in items)]
    return Sheet(f"{name}.xlsx", write_xlsx([OutSheet(name="成绩", header=header, rows=rows)]))
