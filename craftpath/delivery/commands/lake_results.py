"""Results of a nation's evaluations: the evaluation engine as a function on columns, the same on every engine.

Rows of marks come in batches of Arrow, all marks of one apprenticeship and stage beside one another, and go out as
results, one row for each. Spark calls `results_of` on its workers by `mapInArrow`, DuckDB hands it its own batches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from craftpath.delivery.commands.evaluate import result_columns
from craftpath.engines.evaluation import Item, Marks, Scheme, Status, evaluate
from craftpath.engines.indicators.star import MARK_STATES

WHOSE = ("apprenticeship", "stage")
COLUMNS = (*WHOSE, "item", "score", "status")
AT_ONCE = 300_000  # marks
PLACES = 2
FAULTY = "faulty"
_STATUS = {word: Status[word.upper()] for word in MARK_STATES}


def result_schema(scheme: Scheme) -> pa.Schema:
    """The columns of results: whose, the columns of `craftpath evaluate`, and why there is no result."""
    names = [column.name for column in result_columns(evaluate(scheme, _nobody(scheme)))][1:]
    return pa.schema([pa.field(name, pa.string()) for name in (*WHOSE, *names, "why")])


def _nobody(scheme: Scheme) -> Marks:
    shape = (0, len(scheme.items))
    return Marks((), np.zeros(shape, np.int64), np.zeros(shape, np.int8), PLACES)


def results_of(batches: Iterable[pa.RecordBatch], scheme: Scheme) -> Iterator[pa.RecordBatch]:
    """Results of marks that come sorted by whose they are; nobody's marks are torn apart between batches."""
    waiting: list[pa.RecordBatch] = []
    size = 0
    for batch in batches:
        waiting.append(batch.select(COLUMNS))
        size += batch.num_rows
        if size >= AT_ONCE:
            table = pa.Table.from_batches(waiting).combine_chunks()
            last = _last_begins(table)
            if last:
                yield from _evaluated(table.slice(0, last), scheme)
            waiting = table.slice(last).to_batches()
            size = table.num_rows - last
    if size:
        yield from _evaluated(pa.Table.from_batches(waiting), scheme)


def _last_begins(table: pa.Table) -> int:
    """The first row of whoever stands last."""
    whose = [table[name][-1].as_py() for name in WHOSE]
    same = np.ones(table.num_rows, dtype=np.bool_)
    for name, word in zip(WHOSE, whose, strict=True):
        same &= pc.equal(table[name], word).to_numpy()
    other = np.flatnonzero(~same)
    return int(other[-1]) + 1 if len(other) else 0


def _evaluated(table: pa.Table, scheme: Scheme) -> Iterator[pa.RecordBatch]:
    table = table.combine_chunks()
    starts = _starts(table)
    who = np.cumsum(starts) - 1
    people = int(who[-1]) + 1
    whose = {name: table[name].take(pa.array(np.flatnonzero(starts))) for name in WHOSE}
    scores, status, faulty = _cells(table, who, people, scheme)
    kept = np.flatnonzero(faulty == "")
    names = tuple(map(str, range(len(kept))))
    columns = result_columns(evaluate(scheme, Marks(names, scores[kept], status[kept], PLACES)))[1:]
    made: dict[str, Any] = {name: cells.combine_chunks().cast(pa.string()) for name, cells in whose.items()}
    for column in columns:
        cells = np.full(people, "", dtype=object)
        cells[kept] = column.cells
        if column.name == "state":
            cells[faulty != ""] = FAULTY
        made[column.name] = pa.array(cells.tolist(), pa.string())
    made["why"] = pa.array(faulty.tolist(), pa.string())
    yield from pa.table(made).to_batches()


def _starts(table: pa.Table) -> Any:
    """Where somebody else's marks begin."""
    starts = np.zeros(table.num_rows, dtype=np.bool_)
    starts[:1] = True
    for name in WHOSE:
        cells = table[name].combine_chunks()
        starts[1:] |= pc.not_equal(cells[1:], cells[:-1]).to_numpy(zero_copy_only=False)
    return starts


def _cells(table: pa.Table, who: Any, people: int, scheme: Scheme) -> tuple[Any, Any, Any]:
    """Scores in hundredths and statuses, one row each person; and why somebody's marks make no sense, else empty."""
    items = [item for _, item in scheme.items]
    item = _codes(table["item"], [one.key for one in items])
    state = _codes(table["status"], list(MARK_STATES))
    given = table["score"].is_valid().to_numpy()
    score = pc.fill_null(table["score"], 0).to_numpy()
    status = np.array([_STATUS[word] for word in MARK_STATES], np.int8)[state]
    status = np.where((status == Status.SCORED) & ~given, np.int8(Status.MISSING), status)
    most = np.array([_most(one) for one in items], np.int64)[item]
    scored = status == Status.SCORED
    faulty = np.full(people, "", dtype=object)
    for code, wrong in (
        ("score_impossible", scored & ((score < 0) | (score > most))),
        ("status_unknown", state < 0),
        ("item_unknown", item < 0),
    ):
        faulty[who[wrong]] = code
    cell = who * len(items) + np.maximum(item, 0)
    _, first, times = np.unique(cell[item >= 0], return_index=True, return_counts=True)
    faulty[who[item >= 0][first[times > 1]]] = "mark_twice"
    scores = np.zeros((people, len(items)), np.int64)
    statuses = np.full((people, len(items)), Status.MISSING, np.int8)
    known = item >= 0
    scores[who[known], item[known]] = np.where(scored, score, 0)[known]
    statuses[who[known], item[known]] = status[known]
    return scores, statuses, faulty


def _most(item: Item) -> int:
    return int(item.max * 100) if not item.open_ended else 1 << 53


def _codes(column: Any, words: list[str]) -> Any:
    """The place of each text among `words`, -1 where it is none of them."""
    found = pc.index_in(column, value_set=pa.array(words, pa.string()))
    return pc.fill_null(found, -1).to_numpy().astype(np.int64)
