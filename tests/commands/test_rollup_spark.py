"""The same lake on Spark, with two worker processes: every cell and every result is what DuckDB says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from craftpath.delivery.commands import rollup_engines
from craftpath.delivery.commands.headless import main
from tests.exchange.lake.lakes import write_lake

ROOT = Path(__file__).parents[2]
MISSING = "Spark needs Java 17 and pyspark: make system, then make setup"
PATIENCE = 420  # seconds, on a machine with other work

pytestmark = pytest.mark.timeout(PATIENCE + 30)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """One lake with faults, rolled up on each engine; Spark starts once for all tests."""
    if shutil.which("java") is None or find_spec("pyspark") is None:
        pytest.fail(MISSING) if os.environ.get("CI") else pytest.skip(MISSING)
    folder = tmp_path_factory.mktemp("spark")
    lake = folder / "lake"
    assert main(["lake", "--people", "2000", "--seed", "7", "--out", str(lake)]) == 0
    next(lake.glob("gate/*/*/*.parquet")).unlink()
    (next(lake.glob("manifests/*")) / "manifest.sig").write_text("AAAA\n")
    scheme = lake / "schemes" / "cn-334.toml"
    for engine in ("duckdb", "spark"):
        command = [sys.executable, "-m", "craftpath.delivery.commands.headless", "rollup", "--engine", engine]
        command += [
            "--workers",
            "2",
            "--lake",
            str(lake),
            "--out",
            str(folder / engine),
            "--results",
            str(scheme),
        ]
        subprocess.run(command, cwd=ROOT, check=True, timeout=PATIENCE)
    return folder / "duckdb", folder / "spark"


def report_of(out: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return told


def test_every_cell_is_the_same(both: tuple[Path, Path]) -> None:
    duckdb, spark = ((out / "indicators.csv").read_text(encoding="utf-8").splitlines() for out in both)
    assert len(duckdb) > 10_000
    assert duckdb == spark


def test_every_result_is_the_same_to_the_last_digit(both: tuple[Path, Path]) -> None:
    duckdb, spark = (pq.read_table(out / "results-cn-334.parquet").to_pylist() for out in both)
    assert len(duckdb) > 1000
    assert duckdb == spark


def test_the_report_names_the_same_faults(both: tuple[Path, Path]) -> None:
    duckdb, spark = map(report_of, both)
    assert spark.pop("engine") == "spark"
    assert duckdb.pop("engine") == "duckdb"
    for told in (duckdb, spark):
        told.pop("made_at")
    assert duckdb == spark
    assert {fault["code"] for fault in spark["faults"]} == {"partition_missing", "signature_forged"}


def test_nothing_of_spark_stays_behind(both: tuple[Path, Path]) -> None:
    assert [
        path.name for path in both[1].parent.iterdir() if path.name not in ("lake", "duckdb", "spark")
    ] == []
    home = find_spec("pyspark")
    assert home is not None
    assert home.origin is not None
    assert not (Path(home.origin).parent / "work").exists()


def test_without_java_it_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lake = write_lake(tmp_path / "lake", 5)
    monkeypatch.setattr(rollup_engines, "java", lambda: None)
    assert main(["rollup", "--engine", "spark", "--lake", str(lake), "--out", str(tmp_path / "out")]) == 2
    assert "make system" in capsys.readouterr().err
