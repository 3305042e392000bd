"""Lending the tables of a lake to an engine: DuckDB in this process, or Spark on a cluster. Both through ibis."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from craftpath.delivery.exchange.lake.forward import brought_forward
from craftpath.engines.indicators.star import STAR, Kind, Table

LOOPBACK = "127.0.0.1"
EXECUTOR_MEGABYTES = 1024
SHUFFLES_EACH = 4  # partitions of a shuffle for each worker
FEW_ROWS = 8_000_000
LARGEST_METHOD = (
    8000  # bytes: Java compiles no longer one, and a life table's seventy sums would be interpreted
)
BRIEF_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
Files = Mapping[str, Mapping[int, Sequence[Path]]]
"""Table → version of its schema → files."""


@contextmanager
def on_duckdb(files: Files, until: str, memory: str = "") -> Iterator[tuple[Any, dict[str, Any]]]:
    """The engine in this process, and its tables by name. Rows of periods after `until` are left out."""
    import duckdb  # noqa: PLC0415  (the site starts without it)
    import ibis  # noqa: PLC0415  (the same)

    spill = tempfile.mkdtemp(prefix="craftpath-duckdb-")
    settings: dict[str, Any] = {"temp_directory": spill, "autoload_known_extensions": False}
    connection = ibis.duckdb.connect(**settings, **({"memory_limit": memory} if memory else {}))
    try:
        yield (
            connection,
            _tables(files, until, lambda table, paths: _of_duckdb(connection, table, paths)),
        )
    finally:
        with suppress(duckdb.Error):
            connection.disconnect()
        shutil.rmtree(spill, ignore_errors=True)


def _of_duckdb(connection: Any, table: Table, paths: Sequence[Path]) -> Any:
    if not paths:
        import ibis  # noqa: PLC0415  (the site starts without it)

        return connection.create_table(f"{table.name}_empty", schema=ibis.schema(_types(table)), temp=True)
    return connection.read_parquet([str(path) for path in paths], hive_partitioning=False, union_by_name=True)


@contextmanager
def on_spark(
    files: Files, until: str, master: str, workers: int, rows: int
) -> Iterator[tuple[Any, dict[str, Any]]]:
    """A session on Spark and its tables by name; without `master` a cluster of so many worker processes here."""
    import ibis  # noqa: PLC0415  (the site starts without it)

    work = tempfile.mkdtemp(prefix="craftpath-spark-")
    before = dict(os.environ)
    try:
        os.environ.update(_surroundings(work, here=not master))
        session = _session(work, master, workers, rows)
        try:
            connection = ibis.pyspark.connect(session)
            yield (
                session,
                _tables(files, until, lambda table, paths: _of_spark(connection, session, table, paths)),
            )
        finally:
            session.stop()
    finally:
        os.environ.clear()
        os.environ.update(before)
        shutil.rmtree(work, ignore_errors=True)


def _surroundings(work: str, here: bool) -> dict[str, str]:
    """Variables that Spark reads. A cluster here writes into its home, so it gets one of its own."""
    python = {"PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable}
    if not here:
        return python
    import pyspark  # noqa: PLC0415  (only where Java is)

    home = Path(work) / "home"
    home.mkdir()
    for one in Path(pyspark.__file__).parent.iterdir():
        (home / one.name).symlink_to(one)
    return {**python, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": LOOPBACK, "SPARK_LOCAL_HOSTNAME": LOOPBACK}


def _session(work: str, master: str, workers: int, rows: int) -> Any:
    """A session; one of workers here speaks on the loopback address alone.

    The compiler of Java is worth its time from some millions of rows on; below, half of the time is compiling.
    """
    settings = {
        "spark.master": master or f"local-cluster[{workers},1,{EXECUTOR_MEGABYTES}]",
        "spark.app.name": "craftpath rollup",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(SHUFFLES_EACH * workers),
        "spark.sql.sources.parallelPartitionDiscovery.threshold": "100000",
        "spark.sql.files.openCostInBytes": "65536",
        "spark.sql.codegen.hugeMethodLimit": str(LARGEST_METHOD),
        "spark.executorEnv.PYTHONPATH": str(Path(__file__).resolve().parents[4]),
    }
    if rows < FEW_ROWS:
        settings |= dict.fromkeys(
            ("spark.driver.extraJavaOptions", "spark.executor.extraJavaOptions"), BRIEF_JAVA
        )
    if not master:
        settings |= {
            "spark.driver.bindAddress": LOOPBACK,
            "spark.driver.host": LOOPBACK,
            "spark.executor.memory": f"{EXECUTOR_MEGABYTES}m",
            "spark.local.dir": work,
            "spark.sql.warehouse.dir": f"{work}/warehouse",
        }
    from pyspark.sql import SparkSession  # noqa: PLC0415  (only where Java is)

    builder = SparkSession.builder
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _of_spark(connection: Any, session: Any, table: Table, paths: Sequence[Path]) -> Any:
    from pyspark.sql import types  # noqa: PLC0415  (only where Java is)

    kinds = {Kind.DAY: types.DateType, Kind.WHOLE: types.LongType, Kind.FLAG: types.LongType}
    fields = [types.StructField(one.name, kinds.get(one.kind, types.StringType)()) for one in table.columns]
    schema = types.StructType(fields)
    rows = (
        session.read.schema(schema).parquet(*map(str, paths))
        if paths
        else session.createDataFrame([], schema)
    )
    name = f"lake_{table.name}_{abs(hash(tuple(paths)))}"
    rows.createOrReplaceTempView(name)
    return connection.table(name)


def _tables(files: Files, until: str, of: Any) -> dict[str, Any]:
    made = {}
    for name, table in STAR.items():
        versions = {version: paths for version, paths in files.get(name, {}).items() if paths}
        pieces = [
            brought_forward(of(table, paths), table, version) for version, paths in sorted(versions.items())
        ] or [of(table, ())]
        whole = pieces[0]
        for piece in pieces[1:]:
            whole = whole.union(piece)
        made[name] = whole.filter(whole.period <= until)
    return made


def _types(table: Table) -> dict[str, str]:
    kinds = {Kind.DAY: "date", Kind.WHOLE: "int64", Kind.FLAG: "int64"}
    return {one.name: kinds.get(one.kind, "string") for one in table.columns}
