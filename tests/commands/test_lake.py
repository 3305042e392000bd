"""The command `craftpath lake`: a made-up nation that reads like a real one, and always the same."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from craftpath.delivery.commands.headless import main
from craftpath.delivery.commands.made_up.contracts import REASONS
from craftpath.delivery.commands.made_up.testing import SCHEME
from craftpath.delivery.commands.scheme_file import read_scheme
from craftpath.delivery.exchange.lake.opening import on_duckdb
from craftpath.delivery.exchange.lake.reading import Lake, read_lake
from craftpath.domain.agreements.texts import REASONS_TO_LEAVE
from craftpath.engines.indicators import CATALOGUE, STAR, Finished, cells, finish

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PEOPLE = 3000


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("nation") / "lake"
    assert main(["lake", "--people", str(PEOPLE), "--seed", "7", "--out", str(out)]) == 0
    return out


def figures(read: Lake, by: tuple[str, ...] = ()) -> dict[str, Finished]:
    with on_duckdb(read.files, read.until) as (_, tables):
        found = cells(tables, CATALOGUE, by)
    return {
        one.key: finish(one, {part.key: found[one.table][part.key].to_numpy() for part in one.parts})
        for one in CATALOGUE
    }


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_same_seed_makes_the_same_bytes_and_another_seed_others(lake: Path, tmp_path: Path) -> None:
    main(["lake", "--people", str(PEOPLE), "--seed", "7", "--out", str(tmp_path / "again")])
    main(["lake", "--people", str(PEOPLE), "--seed", "8", "--out", str(tmp_path / "other")])
    first = contents(lake)
    assert first == contents(tmp_path / "again")
    assert first["cities.json"] != contents(tmp_path / "other")["cities.json"]


def test_the_lake_is_whole_signed_and_of_many_cities(lake: Path) -> None:
    read = read_lake(lake, NOW)
    assert read.faults == []
    assert len(read.cities) >= 4
    assert set(read.files) == set(STAR)
    assert read.rows["apprenticeship"] >= PEOPLE


def test_its_people_live_plausibly(lake: Path) -> None:
    read = read_lake(lake, NOW)
    found = {key: one.values()[0] for key, one in figures(read).items()}
    assert all(value is not None for value in found.values())
    known: dict[str, Any] = found
    assert known["enrolled"] == read.rows["apprenticeship"]
    assert known["enrolled"] == sum(known[key] for key in ("running", "completed", "left", "transferred"))
    assert (
        0.5
        < known["contract_completion"]
        < known["individual_completion"]
        < known["projected_completion"]
        < 0.9
    )
    assert 0.75 < known["gate_first_try"] < 0.97
    assert known["wage_step_1"] < known["wage_step_2"] < known["wage_step_3"]
    assert known["subsidy_returned"] < known["subsidy_received"] < known["subsidy_claimed"]


def test_early_leaving_falls_with_time(lake: Path) -> None:
    found = pq.read_table(lake / "risk", columns=["quarter_no", "left"]).to_pydict()
    at, left = [0] * 6, [0] * 6
    for quarter, gone in zip(found["quarter_no"], found["left"], strict=True):
        if quarter <= 6:
            at[quarter - 1] += 1
            left[quarter - 1] += gone
    hazards = [gone / there for gone, there in zip(left, at, strict=True)]
    assert hazards[0] > hazards[2] > hazards[4] > 0


def test_cities_differ(lake: Path) -> None:
    found = figures(read_lake(lake, NOW), ("place",))["exam_first_try"]
    rates = [float(value) for value, n in zip(found.values(), found.n, strict=True) if value and n > 100]
    assert max(rates) - min(rates) > 0.05


def test_reasons_are_those_of_agreements() -> None:
    assert {*REASONS, "transfer"} == set(REASONS_TO_LEAVE)


def test_its_scheme_is_one_that_evaluate_reads(lake: Path) -> None:
    assert read_scheme(lake / "schemes" / f"{SCHEME}.toml").key == SCHEME


def test_a_folder_that_is_taken_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kept").write_text("mine")
    assert main(["lake", "--people", "10", "--out", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith(f"{tmp_path}:1: file: ")
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


@pytest.mark.parametrize("wrong", [["--people", "0"], ["--people", "x"], ["--people", "5", "--seed", "-1"]])
def test_impossible_numbers_are_refused(
    wrong: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["lake", *wrong, "--out", str(tmp_path / "lake")])
    assert end.value.code == 2
    assert not (tmp_path / "lake").exists()


def test_a_nation_of_one_is_written_too(tmp_path: Path) -> None:
    assert main(["lake", "--people", "1", "--seed", "3", "--out", str(tmp_path / "lake")]) == 0
    assert read_lake(tmp_path / "lake", NOW).rows["apprenticeship"] >= 1
