"""From the tables of a lake to the cells that are published: grouped by the engine, added up, finished and hidden.

The engine groups every table by place, stage and occupation, each with the period, and by place and enterprise: few
cells, however many people a lake tells of. Totals and each dimension alone are added up from that, which is allowed
because parts are sums. So every engine answers the same, to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from craftpath.engines.disclosure.nested import Axis, Crossing, Family, Tree, hide_family
from craftpath.engines.indicators import NOT_APPLICABLE, Finished, Indicator, Part, finish, parts_by_table
from craftpath.engines.indicators.cells import grouped, most_of_a_period

AXES = ("place", "stage", "occupation", "period")
CROSSED = ("place", "stage", "occupation")  # each by period
Whole = npt.NDArray[np.int64]
Cells = Mapping[tuple[str, ...], Any]
"""Way to group → a column with a place for each of its cells."""


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
    """Every way to group one table of facts, added up from what the engine groups by two dimensions each."""
    people = list(counted)
    keys = [part.key for part in people]
    blocks: dict[tuple[str, ...], Block] = {
        (name, "period"): _sorted(grouped(table, parts, (name, "period")).to_pyarrow(), parts, keys, name)
        for name in CROSSED
    }
    for name in CROSSED:
        blocks[(name,)] = _by_one(blocks[name, "period"], name)
    periods = _by_one(blocks[CROSSED[0], "period"], "period")
    blocks[("period",)] = replace(periods, most={key: periods.parts[key] for key in keys})
    blocks[()] = _whole(blocks[("period",)])
    blocks[("enterprise",)] = _enterprises(table, parts, people, blocks[("place",)].words["place"])
    return blocks


def _coded(column: Any) -> tuple[Any, Whole]:
    """The sorted words of a column, and which of them stands in each row."""
    import pyarrow as pa  # noqa: PLC0415  (slow to import)

    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    encoded = whole.cast(pa.string()).dictionary_encode()
    words = np.array(encoded.dictionary.to_pylist(), dtype=object).astype(str)
    order = np.argsort(words, kind="stable")
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    codes = place[encoded.indices.to_numpy(zero_copy_only=False)] if len(words) else np.zeros(0, np.int64)
    return pa.array(words[order].tolist(), pa.string()), codes


def _sorted(found: Any, parts: Sequence[Part], people: Sequence[str], name: str) -> Block:
    """Cells of a dimension by period in the order of their words, whatever order the engine answered in.

    Nobody is in such a cell twice.
    """
    by = (name, "period")
    coded = {one: _coded(found[one]) for one in by}
    order = np.lexsort((coded["period"][1], coded[name][1]))
    codes = {one: coded[one][1][order] for one in by}
    sums = {part.key: found[part.key].to_numpy()[order] for part in parts}
    words = {one: coded[one][0].take(codes[one]) for one in by}
    return Block(by, words, codes, sums, {key: sums[key] for key in people})


def _summed(column: Whole, starts: Whole) -> Whole:
    return np.add.reduceat(column, starts) if len(starts) else np.zeros(0, np.int64)


def _by_one(block: Block, name: str) -> Block:
    """One of the two dimensions of a block alone."""
    words, code = _coded(block.words[name])
    size = len(words)
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


def _enterprises(table: Any, parts: Sequence[Part], people: Sequence[Part], places: Any) -> Block:
    """Enterprises; `codes["place"]` says where each is, -1 where in several places."""
    by = ("place", "enterprise")
    found = grouped(table, parts, by).to_pyarrow().sort_by([(name, "ascending") for name in by])
    largest = most_of_a_period(table, people, by).to_pyarrow().sort_by([(name, "ascending") for name in by])
    words, code = _coded(found["enterprise"])
    size = len(words)
    order = np.argsort(code, kind="stable")
    starts = np.searchsorted(code[order], np.arange(size))
    sums = {part.key: _summed(found[part.key].to_numpy()[order], starts) for part in parts}
    most = {}
    for part in people:
        column = largest[part.key].to_numpy()[order]
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
    flags, gone = _hidden(indicator, blocks, people, small)
    for place in range(len(indicator.around)):
        crowd = {by: figures[by].around[place] for by in blocks}
        few = {by: (crowd[by] > 0) & (crowd[by] < indicator.floor) for by in blocks}
        more, also_gone = _hidden(indicator, blocks, crowd, few)
        flags, gone = {by: flags[by] | more[by] for by in blocks}, gone | also_gone
    return [Published(indicator, blocks[by], figures[by], flags[by], by not in gone) for by in blocks]


def _hidden(
    indicator: Indicator, blocks: Mapping[tuple[str, ...], Block], people: Cells, small: Cells
) -> tuple[dict[tuple[str, ...], Any], set[tuple[str, ...]]]:
    """Which cells are hidden for the sake of one crowd, by block, and the blocks that are not published at all."""
    weights: Cells = {by: np.where(small[by], np.maximum(people[by], 1), people[by]) for by in blocks}
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
    return flags, {by for place, by in enumerate(crossed) if place in hidden.unpublished}


def _applies(block: Block, blocks: Mapping[tuple[str, ...], Block]) -> bool:
    """Whether a dimension says anything: not where all that it says is that it does not apply."""
    return all(blocks[(name,)].words[name].to_pylist() not in ([NOT_APPLICABLE], []) for name in block.by)


def _people(indicator: Indicator, block: Block, figures: Finished) -> Whole:
    """How many different people a cell tells of, for sure."""
    if not indicator.repeats:
        return np.asarray(figures.counted, dtype=np.int64)
    (part,) = indicator.counted
    return np.asarray(block.most[part.key], dtype=np.int64)
