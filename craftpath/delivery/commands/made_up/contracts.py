"""Contracts of a city: when each begins, where, how long it goes on and how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from craftpath.delivery.commands.made_up.nation import FIRST_YEAR, OCCUPATIONS, QUARTERS, City, Ints

PLANNED = 8  # quarters
LONGEST = 13
RUNNING, COMPLETED, LEFT, TRANSFERRED = range(4)
REASONS = (
    "other_work",
    "health",
    "family",
    "further_study",
    "not_suited",
    "conduct",
    "enterprise_closed",
    "breach_by_enterprise",
    "mutual",
    "other",
)
OFTEN = (0.30, 0.07, 0.10, 0.12, 0.19, 0.05, 0.06, 0.04, 0.04, 0.03)
TRANSFER = 10  # the index of "transfer"
UNKNOWN = -1


@dataclass(frozen=True, slots=True, eq=False)
class Contracts:
    """One place a contract. `before` are quarters already done under an earlier one of the same person."""

    person: Ints
    place: Ints
    occupation: Ints
    enterprise: Ints
    first: Ints  # quarter of the beginning, from 0
    before: Ints
    lasted: Ints  # quarters seen
    outcome: Ints
    reason: Ints
    born: Ints
    started: npt.NDArray[Any]  # days
    ended: npt.NDArray[Any]  # days; NaT while running
    talent: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.person)


def quarter_days(quarters: Ints) -> npt.NDArray[Any]:
    """The first day of each quarter, counted from the first one of the nation."""
    months = (FIRST_YEAR - 1970) * 12 + 3 * quarters
    return months.astype("datetime64[M]").astype("datetime64[D]")


def contracts_of(city: City, people: int, chance: np.random.Generator, kindness: Any) -> Contracts:
    """The contracts of so many people. `kindness` says of each enterprise how well people stay in it."""
    weights = 1.0 / (np.arange(city.enterprises) + 3.0) ** 0.7
    enterprise = chance.choice(city.enterprises, people, p=weights / weights.sum())
    occupation = (enterprise * 7 + chance.integers(0, 3, people)) % len(OCCUPATIONS)
    first = np.minimum(chance.integers(0, QUARTERS + 4, people), QUARTERS - 1 - chance.integers(0, 8, people))
    born = FIRST_YEAR + first // 4 - 15 - chance.poisson(4.0, people)
    born[chance.random(people) < 0.06] = UNKNOWN
    talent = chance.normal(0.0, 1.0, people)
    earlier = _lived(city, chance, kindness, talent, enterprise, first, np.zeros(people, np.int64), True)
    moved = np.flatnonzero(earlier[1] == TRANSFERRED)
    done = earlier[0][moved]
    goes_on = first[moved] + done < QUARTERS
    moved, done = moved[goes_on], done[goes_on]
    elsewhere = (enterprise[moved] + 1 + chance.integers(0, 5, len(moved))) % city.enterprises
    later = _lived(city, chance, kindness, talent[moved], elsewhere, first[moved] + done, done, False)
    person = np.concatenate([np.arange(people), moved])
    all_first = np.concatenate([first, first[moved] + done])
    lasted, outcome = (np.concatenate(pair) for pair in zip(earlier, later, strict=True))
    where = np.concatenate([enterprise, elsewhere])
    started = quarter_days(all_first) + chance.integers(0, 28, len(person)).astype("timedelta64[D]")
    last = quarter_days(all_first + lasted) - chance.integers(1, 60, len(person)).astype("timedelta64[D]")
    last = np.maximum(last, started + np.timedelta64(10, "D"))
    reason = chance.choice(len(REASONS), len(person), p=OFTEN)
    reason[chance.random(len(person)) < 0.08] = UNKNOWN
    reason = np.where(outcome == LEFT, reason, np.where(outcome == TRANSFERRED, TRANSFER, UNKNOWN))
    return Contracts(
        person=person,
        place=where % len(city.places),
        occupation=occupation[person],
        enterprise=where,
        first=all_first,
        before=np.concatenate([np.zeros(people, np.int64), done]),
        lasted=lasted,
        outcome=outcome,
        reason=reason,
        born=born[person],
        started=started,
        ended=np.where(outcome == RUNNING, np.datetime64("NaT", "D"), last),
        talent=talent[person],
    )


def _lived(
    city: City,
    chance: np.random.Generator,
    kindness: Any,
    talent: Any,
    enterprise: Ints,
    first: Ints,
    before: Ints,
    may_move: bool,
) -> tuple[Ints, Ints]:
    """How many quarters each contract is seen for, and how it stands then."""
    size = len(enterprise)
    lasted, outcome = np.zeros(size, np.int64), np.full(size, RUNNING)
    going = np.arange(size)
    risk = city.leaving * kindness[enterprise] * np.exp(-0.3 * talent)
    for quarter in range(LONGEST):
        going = going[first[going] + quarter < QUARTERS]
        if not len(going):
            break
        lasted[going] = quarter + 1
        elapsed = before[going] + quarter
        leaves = np.clip(0.075 * np.exp(-0.33 * quarter) * risk[going], 0.0, 0.5)
        moves = 0.012 if may_move else 0.0
        completes = np.where(elapsed >= PLANNED - 1, 0.78, 0.0)
        drawn = chance.random(len(going))
        ends = np.select(
            [drawn < leaves, drawn < leaves + moves, drawn > 1 - completes],
            [LEFT, TRANSFERRED, COMPLETED],
            RUNNING,
        )
        outcome[going] = ends
        going = going[ends == RUNNING]
    return lasted, outcome
