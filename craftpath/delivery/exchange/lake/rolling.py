"""From the tables of a lake to the cells that are published: grouped by the engine, added up, finished and hidden.

The engine groups every table twice: by place, stage, occupation and period, and by place and enterprise. What is
published is added up from that, which is allowed because parts are sums: totals, each dimension alone, and place,
stage and occupation by period. So every engine answers the same, to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from craftpath.engines.disclosure.nested import Axis, Crossing, Family, Tree, hide_family
from craftpath.engines.indicators import NOT_APPLICABLE, Finished, Indicator, Part, finish, parts_by_table
from craftpath.engines.indicators.cells import MOST, grouped, summed_with_most

FINE = ("place", "stage", "occupation", "period")
AXES = ("place", "stage", "occupation", "period")
CROSSED = ("place", "stage", "occupation")  # each by period
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Cells of one way to group: the words of each dimension by cell, and a column for each part."""

    by: tuple[str, ...]
    words: Mapping[str, Any]  # dimension → Arrow array of texts
    codes: Mapping[str, Whole]  # dimension → index of its word in the block of that dimension alone
    parts: Mapping[str, Whole]
    most: Mapping[str, Whole]  # part → the largest sum of one period

    def __len__(self) -> int:
        return len(next(iter(self.parts.values())))


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """Cells of one indicator in one way to group, with what is hidden; `published` is False where none is shown."""

    indicator: Indicator
    block: Block
    figures: Finished
    hidden: npt.NDArray[np.bool_]
    published: bool = True


def rolled(tables: Mapping[str, Any], indicators: Sequence[Indicator]) -> Iterator[list[Published]]:
    """The published cells of each indicator, one after the other, table by table of the star."""
    for name, parts in parts_by_table(indicators).items():
        mine = [indicator for indicator in indicators if indicator.table == name]
        blocks = blocks_of(tables[name], parts, {part for one in mine for part in one.counted})
        for indicator in mine:
            yield _published(indicator, blocks)


def blocks_of(table: Any, parts: Sequence[Part], counted: Iterable[Part]) -> dict[tuple[str, ...], Block]:
    """Every way to group one table of facts, worked out from two questions to the engine."""
    fine = grouped(table, parts, FINE).to_pyarrow()
    keys = [part.key for part in parts]
    people = [part.key for part in counted]
    columns = {key: fine[key].to_numpy() for key in keys}
    coded = {name: _coded(fine[name]) for name in FINE}
    blocks: dict[tuple[str, ...], Block] = {}
    for name in CROSSED:
        blocks[name, "period"] = _added(coded, columns, (name, "period"), people)
    for name in CROSSED:
        blocks[(name,)] = _without_period(blocks[name, "period"], coded, name)
    blocks[("period",)] = _added(coded, columns, ("period",), people)
    blocks[()] = _whole(blocks[("period",)])
    blocks[("enterprise",)] = _enterprises(table, parts, people, coded["place"][0])
    return blocks


def _coded(column: Any) -> tuple[Any, Whole]:
    """The sorted words of a column, and which of them stands in each row."""
    import pyarrow as pa  # noqa: PLC0415  (slow to import)

    encoded = column.combine_chunks().cast(pa.string()).dictionary_encode()
    words = np.array(encoded.dictionary.to_pylist(), dtype=object).astype(str)
    order = np.argsort(words, kind="stable")
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    codes = place[encoded.indices.to_numpy(zero_copy_only=False)] if len(words) else np.zeros(0, np.int64)
    return pa.array(words[order].tolist(), pa.string()), codes


def _added(
    coded: Mapping[str, tuple[Any, Whole]],
    columns: Mapping[str, Whole],
    by: tuple[str, ...],
    people: Sequence[str],
) -> Block:
    """Parts by some dimensions that hold the period, so that nobody is in a cell twice."""
    code = np.zeros(len(next(iter(columns.values()))), np.int64)
    for name in by:
        code = code * max(1, len(coded[name][0])) + coded[name][1]
    order = np.argsort(code, kind="stable")
    cells, starts = np.unique(code[order], return_index=True)
    parts = {key: _summed(column[order], starts) for key, column in columns.items()}
    codes: dict[str, Whole] = {}
    rest = cells
    for name in reversed(by):
        rest, codes[name] = np.divmod(rest, max(1, len(coded[name][0])))
    words = {name: coded[name][0].take(codes[name]) for name in by}
    return Block(by, words, codes, parts, {key: parts[key] for key in people})


def _summed(column: Whole, starts: Whole) -> Whole:
    return np.add.reduceat(column, starts) if len(starts) else np.zeros(0, np.int64)


def _without_period(block: Block, coded: Mapping[str, tuple[Any, Whole]], name: str) -> Block:
    words, _ = coded[name]
    code, size = block.codes[name], len(words)
    parts = {key: np.zeros(size, np.int64) for key in block.parts}
    for key, column in block.parts.items():
        np.add.at(parts[key], code, column)
    most = {key: np.zeros(size, np.int64) for key in block.most}
    for key in most:
        np.maximum.at(most[key], code, block.parts[key])
    return Block((name,), {name: words}, {name: np.arange(size)}, parts, most)


def _whole(periods: Block) -> Block:
    parts = {key: column.sum(keepdims=True) for key, column in periods.parts.items()}
    most = {key: periods.parts[key].max(keepdims=True, initial=0) for key in periods.most}
    return Block((), {}, {}, parts, most)


def _enterprises(table: Any, parts: Sequence[Part], people: Sequence[str], places: Any) -> Block:
    """Enterprises; `codes["place"]` says where each is, -1 where in several places."""
    counted = [part for part in parts if part.key in set(people)]
    found = summed_with_most(table, parts, counted, ("place", "enterprise")).to_pyarrow()
    words, code = _coded(found["enterprise"])
    size = len(words)
    order = np.lexsort((code,))
    starts = np.searchsorted(code[order], np.arange(size))
    sums = {part.key: _summed(found[part.key].to_numpy()[order], starts) for part in parts}
    most = {}
    for part in counted:
        column = found[f"{part.key}{MOST}"].to_numpy()[order]
        most[part.key] = np.maximum.reduceat(column, starts) if size else np.zeros(0, np.int64)
    index = {word: number for number, word in enumerate(places.to_pylist())}
    place = np.array([index[word] for word in found["place"].to_pylist()], dtype=np.int64)[order]
    several = np.bincount(code, minlength=size) > 1
    parent = np.where(several, -1, place[starts]) if size else place
    return Block(("enterprise",), {"enterprise": words}, {"place": parent}, sums, most)


def _published(indicator: Indicator, blocks: Mapping[tuple[str, ...], Block]) -> list[Published]:
    """What is published of an indicator, with one decision for all its tables about what is hidden."""
    blocks = {by: block for by, block in blocks.items() if _applies(block, blocks)}
    figures = {by: finish(indicator, block.parts) for by, block in blocks.items()}
    people = {by: _people(indicator, blocks[by], figures[by]) for by in blocks}
    small = {by: figures[by].small(people[by]) for by in blocks}
    weights = {by: np.where(small[by], np.maximum(people[by], 1), people[by]) for by in blocks}
    axes = {
        name: Axis(weights[(name,)], small[(name,)], indicator.repeats and name == "period")
        for name in AXES
        if (name,) in blocks
    }
    crossed = [by for by in blocks if len(by) == 2]
    crossings = [
        Crossing(*by, blocks[by].codes[by[0]], blocks[by].codes[by[1]], weights[by], small[by])
        for by in crossed
    ]
    alone = ("enterprise",)
    trees = (
        [Tree("place", blocks[alone].codes["place"], weights[alone], small[alone])] if alone in blocks else []
    )
    hidden = hide_family(Family(bool(small[()][0]), axes, crossings, trees), indicator.floor)
    flags: dict[tuple[str, ...], Any] = {(): np.array([hidden.total])}
    flags |= {(name,): hidden.axes[name] for name in axes}
    flags |= dict(zip(crossed, hidden.crossings, strict=True))
    if trees:
        flags[alone] = hidden.trees[0]
    gone = {by for place, by in enumerate(crossed) if place in hidden.unpublished}
    return [Published(indicator, blocks[by], figures[by], flags[by], by not in gone) for by in blocks]


def _applies(block: Block, blocks: Mapping[tuple[str, ...], Block]) -> bool:
    """Whether a dimension says anything: not where all that it says is that it does not apply."""
    return all(blocks[(name,)].words[name].to_pylist() not in ([NOT_APPLICABLE], []) for name in block.by)


def _people(indicator: Indicator, block: Block, figures: Finished) -> Whole:
    """How many different people a cell tells of, for sure."""
    if not indicator.repeats:
        return np.asarray(figures.counted, dtype=np.int64)
    (part,) = indicator.counted
    return np.asarray(block.most[part.key], dtype=np.int64)
