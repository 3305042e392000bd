"""Columns of facts as Arrow arrays: texts by dictionary, so that a word is written once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from craftpath.delivery.commands.made_up.contracts import Contracts
from craftpath.delivery.commands.made_up.nation import OCCUPATIONS, PERIODS, STAGES, City, Ints
from craftpath.engines.indicators.star import NOT_APPLICABLE, STAR

NONE = (NOT_APPLICABLE,)


def words(codes: Any, of: Sequence[str] | pa.Array) -> pa.Array:
    """Texts by their index; a negative one is an empty cell."""
    codes = np.asarray(codes, dtype=np.int32)
    empty = codes < 0
    indices = pa.array(codes, mask=empty) if empty.any() else pa.array(codes)
    return pa.DictionaryArray.from_arrays(indices, of if isinstance(of, pa.Array) else pa.array(of))


def optional(values: Any, empty: Any) -> pa.Array:
    """Numbers with empty cells."""
    return pa.array(values, mask=np.asarray(empty))


@dataclass(frozen=True, slots=True, eq=False)
class Where:
    """The dimensions of rows as indexes; None where one does not apply to any row."""

    place: Ints
    period: Ints
    stage: Any = None
    occupation: Any = None
    enterprise: Any = None

    def take(self, rows: Any) -> Where:
        """The dimensions of some of the rows."""
        others = (
            None if part is None else part[rows] for part in (self.stage, self.occupation, self.enterprise)
        )
        return Where(self.place[rows], self.period[rows], *others)


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """Writes rows of a city as tables of the star."""

    city: City
    enterprises: pa.Array

    def table(self, name: str, where: Where, **columns: Any) -> pa.Table:
        """One table of facts."""
        size = len(where.place)
        none = np.zeros(size, np.int32)

        def dimension(codes: Any, of: Any) -> pa.Array:
            return words(none, NONE) if codes is None else words(codes, of)

        made = {
            "place": words(where.place, self.city.places),
            "stage": dimension(where.stage, STAGES),
            "occupation": dimension(where.occupation, OCCUPATIONS),
            "enterprise": dimension(where.enterprise, self.enterprises),
            "period": words(where.period, PERIODS),
            **columns,
        }
        schema = STAR[name].schema()
        ready = []
        for field in schema:
            cells = made[field.name]
            if not isinstance(cells, pa.Array):
                cells = pa.array(cells)
            is_words = isinstance(cells, pa.DictionaryArray)
            ready.append(cells if is_words else cells.cast(field.type))
        return pa.table(ready, names=[field.name for field in schema])


@dataclass(frozen=True, slots=True, eq=False)
class Quarters:
    """One place a contract and a quarter in which it was there."""

    contract: Ints
    number: Ints  # from 0
    elapsed: Ints  # quarters of the person before it
    stage: Ints
    where: Where

    @classmethod
    def of(cls, contracts: Contracts) -> Quarters:
        """All quarters of all contracts, one contract after the other."""
        contract = np.repeat(np.arange(len(contracts)), contracts.lasted)
        starts = np.cumsum(contracts.lasted) - contracts.lasted
        number = np.arange(len(contract)) - starts[contract]
        elapsed = contracts.before[contract] + number
        stage = np.minimum(elapsed * 3 // 8, len(STAGES) - 1)
        where = Where(
            place=contracts.place[contract],
            period=contracts.first[contract] + number,
            stage=stage,
            occupation=contracts.occupation[contract],
            enterprise=contracts.enterprise[contract],
        )
        return cls(contract, number, elapsed, stage, where)
