"""The two engines of `craftpath rollup`: each lends the tables and runs the column function of results."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from craftpath.delivery.commands.complaints import BadInput, Complaint
from craftpath.delivery.commands.lake_results import COLUMNS, WHOSE, result_schema, results_of
from craftpath.delivery.commands.lake_sentences import LAKE
from craftpath.delivery.commands.speech import say
from craftpath.delivery.exchange.lake.opening import on_duckdb, on_spark
from craftpath.delivery.exchange.lake.reading import Lake
from craftpath.engines.evaluation import Scheme

BATCH = 100_000


class Engine(Protocol):
    """What a rollup asks of an engine."""

    @property
    def tables(self) -> dict[str, Any]:
        """The tables of the star by name."""

    def results(self, scheme: Scheme, folder: Path) -> dict[str, Any]:
        """Write everybody's results by a scheme; what the report says of them."""


@contextmanager
def duckdb_engine(lake: Lake) -> Iterator[Engine]:
    """The engine in this process."""
    with on_duckdb(lake.files, lake.until) as (connection, tables):
        yield _Duckdb(connection, tables)


def java() -> str | None:
    """Where Java is, if anywhere."""
    return shutil.which("java")


@contextmanager
def spark_engine(lake: Lake, master: str, workers: int) -> Iterator[Engine]:
    """Apache Spark; raises `BadInput` where it is not installed or there is no Java."""
    if find_spec("pyspark") is None or java() is None:
        raise BadInput([Complaint("craftpath", 1, "engine", say(LAKE, "no_spark"))])
    with on_spark(lake.files, lake.until, master, workers, sum(lake.rows.values())) as (session, tables):
        yield _Spark(session, tables)


@dataclass(frozen=True, slots=True, eq=False)
class _Duckdb:
    connection: Any
    tables: dict[str, Any]

    def results(self, scheme: Scheme, folder: Path) -> dict[str, Any]:
        marks = _marks_of(self.tables, scheme).order_by(list(WHOSE))
        batches = self.connection.raw_sql(self.connection.compile(marks)).to_arrow_reader(BATCH)
        return _keep(results_of(batches, scheme), scheme, folder)


@dataclass(frozen=True, slots=True, eq=False)
class _Spark:
    session: Any
    tables: dict[str, Any]

    def results(self, scheme: Scheme, folder: Path) -> dict[str, Any]:
        from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415  (only where Java is)

        schema = result_schema(scheme)
        marks = self.session.sql(_marks_of(self.tables, scheme).compile())
        beside = marks.repartitionByRange(*WHOSE).sortWithinPartitions(*WHOSE)
        made = beside.mapInArrow(partial(_on_worker, scheme=scheme), from_arrow_schema(schema))
        pieces = (folder / f"{scheme.key}.pieces").resolve()
        try:
            made.write.parquet(pieces.as_uri())
            return _keep(_in_order(pieces), scheme, folder)
        finally:
            shutil.rmtree(pieces, ignore_errors=True)


def _in_order(pieces: Path) -> Iterator[Any]:
    """What the workers wrote: pieces are numbered by their keys, and sorted inside."""
    import pyarrow.parquet as pq  # noqa: PLC0415  (slow to import)

    for piece in sorted(pieces.glob("part-*.parquet")):
        with pq.ParquetFile(piece) as file:
            yield from file.iter_batches(BATCH)


def _on_worker(batches: Iterator[Any], scheme: Scheme) -> Iterator[Any]:
    yield from results_of(batches, scheme)


def _marks_of(tables: dict[str, Any], scheme: Scheme) -> Any:
    marks = tables["mark"]
    return marks.filter(marks.scheme == scheme.key).select(*COLUMNS)


def _keep(batches: Any, scheme: Scheme, folder: Path) -> dict[str, Any]:
    """Results as Parquet, in the order of keys and stages."""
    import pyarrow.compute as pc  # noqa: PLC0415  (slow to import)
    import pyarrow.parquet as pq  # noqa: PLC0415  (the same)

    schema = result_schema(scheme)
    told: dict[str, Any] = {"file": f"results-{scheme.key}.parquet", "n": 0, "complete": 0, "passed": 0}
    faulty: dict[str, int] = {}
    with pq.ParquetWriter(folder / told["file"], schema, compression="zstd") as file:
        for batch in batches:
            if not batch.num_rows:
                continue
            file.write_batch(batch.cast(schema) if batch.schema != schema else batch)
            states = pc.value_counts(batch["state"]).to_pylist()
            told["n"] += batch.num_rows
            told["complete"] += sum(row["counts"] for row in states if row["values"] == "complete")
            told["passed"] += pc.sum(pc.equal(batch["passed"], "true")).as_py() or 0
            for row in pc.value_counts(batch["why"]).to_pylist():
                if row["values"]:
                    faulty[row["values"]] = faulty.get(row["values"], 0) + row["counts"]
    return {**told, "faulty": dict(sorted(faulty.items()))}
