"""The command `craftpath rollup`: what is counted, what is hidden, and what is said of a lake with faults."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from craftpath.delivery.commands.headless import main
from craftpath.delivery.commands.lake_sentences import LAKE
from craftpath.engines.indicators import CATALOGUE, DIMENSIONS, by_key
from tests.exchange.lake.lakes import change_manifest, manifest_of, part, write_lake

ROOT = Path(__file__).parents[2]
HEAD = ["indicator", *DIMENSIONS, "n", "value", "suppressed"]
Row = dict[str, str]


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("nation") / "lake"
    assert main(["lake", "--people", "3000", "--seed", "7", "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def rolled(nation: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("rolled") / "out"
    scheme = nation / "schemes" / "cn-334.toml"
    assert main(["rollup", "--lake", str(nation), "--out", str(out), "--results", str(scheme)]) == 0
    return out


def rows_of(out: Path) -> list[Row]:
    with (out / "indicators.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    assert reader.fieldnames == HEAD
    return rows


def report_of(out: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return told


def dims(row: Row) -> tuple[str, ...]:
    return tuple(name for name in DIMENSIONS if row[name])


def test_every_indicator_has_its_total_its_dimensions_and_pairs_by_period(rolled: Path) -> None:
    rows = rows_of(rolled)
    ways = {key: set() for key in (one.key for one in CATALOGUE)}
    seen = set()
    for row in rows:
        ways[row["indicator"]].add(dims(row))
        place = (row["indicator"], *(row[name] for name in DIMENSIONS))
        assert place not in seen
        seen.add(place)
    every = {
        (),
        *((name,) for name in DIMENSIONS),
        ("place", "period"),
        ("stage", "period"),
        ("occupation", "period"),
    }
    assert ways["enrolled"] == every
    assert ways["village_people"] == {(), ("place",), ("period",), ("place", "period")}
    assert all(() in way for way in ways.values())


def test_what_is_shown_is_above_the_floor_and_has_its_places(rolled: Path) -> None:
    hidden = 0
    for row in rows_of(rolled):
        indicator = by_key(row["indicator"])
        if row["suppressed"] == "true":
            assert row["n"] == row["value"] == ""
            hidden += 1
            continue
        assert row["suppressed"] == "false"
        n = int(row["n"])
        if indicator.people == () and n:
            assert n >= indicator.floor
        if row["value"]:
            assert -Decimal(row["value"]).as_tuple().exponent == indicator.places
        else:
            assert not n or indicator.key in ("projected_completion", "first_year_survival")
    assert hidden > 100


def test_counts_add_up_along_every_dimension_that_is_wholly_shown(rolled: Path) -> None:
    rows = [row for row in rows_of(rolled) if row["indicator"] == "enrolled"]
    total = next(int(row["value"]) for row in rows if not dims(row))
    for way in (("place",), ("stage",), ("occupation",), ("period",), ("stage", "period")):
        some = [row for row in rows if dims(row) == way]
        if all(row["suppressed"] == "false" for row in some):
            assert sum(int(row["value"]) for row in some) == total
    assert total > 3000


def test_no_hidden_count_follows_from_the_file_by_adding_and_subtracting(rolled: Path) -> None:
    """Whoever reads the file writes down every sum and solves for what is hidden."""
    rows = rows_of(rolled)
    for key in ("enrolled", "left", "complaint_answered", "subsidy_returned", "satisfaction_mentor"):
        mine = [row for row in rows if row["indicator"] == key]
        cells = {tuple(row[name] for name in DIMENSIONS): row for row in mine}
        hidden = [place for place, row in cells.items() if row["suppressed"] == "true"]
        index = {place: number for number, place in enumerate(hidden)}
        sums = []
        for place, row in cells.items():
            for name in DIMENSIONS:
                at = DIMENSIONS.index(name)
                if place[at]:
                    continue
                inside = [
                    other
                    for other in cells
                    if other[at] and all(other[k] == place[k] for k in range(5) if k != at)
                ]
                if not inside or (name == "enterprise" and any(place)):
                    continue
                line = np.zeros(len(hidden))
                for other in inside:
                    if other in index:
                        line[index[other]] += 1
                if place in index:
                    line[index[place]] -= 1
                if row and line.any():
                    sums.append(line)
        if not sums:
            continue
        _, values, right = np.linalg.svd(np.array(sums))
        free = right[int((values > 1e-9).sum()) :]
        told = (np.abs(free) < 1e-9).all(axis=0) if len(free) else np.ones(len(hidden), dtype=bool)
        assert [hidden[place] for place in np.flatnonzero(told)] == [], key


def test_the_report_tells_of_cities_rows_and_every_indicator(rolled: Path) -> None:
    report = report_of(rolled)
    assert report["schema"] == 1
    assert report["engine"] == "duckdb"
    assert report["faults"] == []
    assert len(report["cities"]) == 4
    assert set(report["indicators"]) == {one.key for one in CATALOGUE}
    told = report["indicators"]["projected_completion"]
    assert told["not_available"]["open_end"] > 0
    rows = [row for row in rows_of(rolled) if row["indicator"] == "projected_completion"]
    assert told["cells"] == len(rows)
    assert told["suppressed"] == sum(row["suppressed"] == "true" for row in rows)
    empty = [row for row in rows if row["suppressed"] == "false" and not row["value"]]
    assert sum(told["not_available"].values()) == len(empty)


def test_results_of_the_nation_are_those_of_evaluate(nation: Path, rolled: Path, tmp_path: Path) -> None:
    columns = ["apprenticeship", "stage", "item", "score", "status"]
    marks = [
        row
        for path in sorted(nation.glob("mark/*/*/*.parquet"))
        for row in pq.read_table(path, columns=columns).to_pylist()
    ]
    with (tmp_path / "scores.csv").open("w", encoding="utf-8") as file:
        file.write("person,item,score,status\n")
        for row in marks:
            score = "" if row["score"] is None else f"{Decimal(row['score']) / 100}"
            file.write(f"{row['apprenticeship']}/{row['stage']},{row['item']},{score},{row['status']}\n")
    scheme, out = nation / "schemes" / "cn-334.toml", tmp_path / "results.csv"
    scores = tmp_path / "scores.csv"
    assert main(["evaluate", "--scheme", str(scheme), "--scores", str(scores), "--out", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        expected = {row.pop("person"): row for row in csv.DictReader(file)}
    found = {}
    for row in pq.read_table(rolled / "results-cn-334.parquet").to_pylist():
        assert row.pop("why") == ""
        found[f"{row.pop('apprenticeship')}/{row.pop('stage')}"] = row
    assert found == expected
    report = report_of(rolled)["results"]["cn-334"]
    assert report["n"] == len(expected)
    assert report["passed"] == sum(row["passed"] == "true" for row in expected.values())


# ---- Faults -----------------------------------------------------------------------------------------


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    return write_lake(tmp_path / "lake")


def roll(lake: Path, *more: str) -> tuple[int, Path]:
    out = lake.parent / "out"
    return main(["rollup", "--lake", str(lake), "--out", str(out), *more]), out


def forged(lake: Path) -> None:
    path = manifest_of(lake, "330100")
    path.with_name("manifest.sig").write_text("AAAA\n")


def missing(lake: Path) -> None:
    (lake / part("gate", "330100")).unlink()


def older(lake: Path) -> None:
    change_manifest(lake, "330100", lambda told: told.update(schema=0))


def newer(lake: Path) -> None:
    change_manifest(lake, "330100", lambda told: told.update(schema=7))


def ahead(lake: Path) -> None:
    change_manifest(lake, "330100", lambda told: told.update(made_at="2999-01-01T00:00:00Z"))


def twice(lake: Path) -> None:
    path = lake / "cities.json"
    told = json.loads(path.read_bytes())
    told["cities"].append(told["cities"][0])
    path.write_text(json.dumps(told))


@pytest.mark.parametrize(
    ("spoil", "code", "file"),
    [
        (forged, "signature_forged", "manifests/city=330100/manifest.json"),
        (missing, "partition_missing", part("gate", "330100")),
        (older, "schema_older", "manifests/city=330100/manifest.json"),
        (newer, "schema_unknown", "manifests/city=330100/manifest.json"),
        (ahead, "clock_ahead", "manifests/city=330100/manifest.json"),
        (twice, "city_twice_listed", "cities.json"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_fault_is_named_in_the_report_and_the_rest_is_computed(
    lake: Path, spoil: Callable[[Path], None], code: str, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(lake)
    done, out = roll(lake)
    assert done == 0
    told = report_of(out)["faults"]
    assert (code, file, "330100") in [(one["code"], one["file"], one["city"]) for one in told]
    err = capsys.readouterr().err
    assert f"{lake / file}:1: 330100: " in err
    assert len(err.splitlines()) == len(told)
    total = next(row for row in rows_of(out) if row["indicator"] == "enrolled" and not dims(row))
    assert total["value"] == ("40" if code in ("signature_forged", "schema_unknown") else "80")


def test_a_division_by_nobody_is_empty_and_counted_in_the_report(lake: Path) -> None:
    done, out = roll(lake)
    assert done == 0
    rows = [row for row in rows_of(out) if row["indicator"] == "leaving_explained"]
    empty = [row for row in rows if row["suppressed"] == "false" and row["n"] == "0"]
    assert all(row["value"] == "" for row in empty)
    assert report_of(out)["indicators"]["leaving_explained"]["not_available"] == (
        {"no_rows": len(empty)} if empty else {}
    )


def test_a_lake_in_which_nothing_can_be_believed_gives_no_file(
    lake: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for code in ("330100", "320100"):
        manifest_of(lake, code).with_name("manifest.sig").unlink()
    (lake.parent / "out").mkdir()
    (lake.parent / "out" / "indicators.csv").write_text("of before")
    done, out = roll(lake)
    assert done == 2
    assert [path.name for path in out.iterdir()] == ["indicators.csv.earlier"]
    lines = capsys.readouterr().err.splitlines()
    assert sum("not signed" in line for line in lines) == 2
    assert lines[-1] == f"{lake}:1: lake: there is nothing that can be counted"


def test_what_cannot_be_is_refused(lake: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert roll(tmp_path / "nowhere")[0] == 2
    assert main(["rollup", "--lake", str(lake), "--out", str(lake / "out")]) == 2
    (tmp_path / "file").write_text("x")
    assert main(["rollup", "--lake", str(lake), "--out", str(tmp_path / "file")]) == 2
    (tmp_path / "scheme.toml").write_text("nonsense")
    assert roll(lake, "--results", str(tmp_path / "scheme.toml"))[0] == 2
    assert not (tmp_path / "out").exists()
    assert len(capsys.readouterr().err.splitlines()) == 4
    with pytest.raises(SystemExit):
        roll(lake, "--engine", "abacus")


def test_results_of_before_are_replaced_as_a_whole(lake: Path) -> None:
    assert roll(lake)[0] == 0
    forged(lake)
    done, out = roll(lake)
    assert done == 0
    assert sorted(path.name for path in out.iterdir()) == ["indicators.csv", "report.json"]
    assert report_of(out)["faults"]


def test_marks_that_make_no_sense_are_named_and_nobody_s_result_is_invented(tmp_path: Path) -> None:
    from craftpath.delivery.commands.lake_results import results_of
    from craftpath.delivery.commands.scheme_file import read_scheme
    from tests.engines.indicators.rows import arrow, star_rows

    rows = star_rows(1, 6)["mark"]
    kept = [
        ("a", "process", 80_00, "scored"),
        ("a", "practical_activity", 70_00, "scored"),
        ("a", "final_exam", 60_00, "scored"),
        ("b", "process", 101_00, "scored"),
        ("c", "process", 50_00, "scored"), ("c", "process", 60_00, "scored"),
        ("d", "poem", 50_00, "scored"),
        ("e", "process", None, "scored"), ("e", "final_exam", None, "absent"),
        ("f", "process", 50_00, "lost"),
    ]  # fmt: skip
    made = [
        {
            **rows[0],
            "apprenticeship": who,
            "stage": "craftsman",
            "item": item,
            "score": score,
            "status": status,
        }
        for who, item, score, status in kept
    ]
    (tmp_path / "scheme.toml").write_text(SCHEME)
    scheme = read_scheme(tmp_path / "scheme.toml")
    table = arrow({"mark": made})["mark"]
    whole = [row for batch in results_of(table.to_batches(), scheme) for row in batch.to_pylist()]
    torn = [
        row for batch in results_of(table.to_batches(max_chunksize=1), scheme) for row in batch.to_pylist()
    ]
    assert whole == torn
    assert [(row["apprenticeship"], row["state"], row["why"]) for row in whole] == [
        ("a", "complete", ""),
        ("b", "faulty", "score_impossible"),
        ("c", "faulty", "mark_twice"),
        ("d", "faulty", "item_unknown"),
        ("e", "incomplete", ""),
        ("f", "faulty", "status_unknown"),
    ]
    assert whole[0]["total"] == "69.0"
    assert whole[1]["total"] == whole[4]["total"] == ""


def test_nobody_s_marks_are_torn_apart_between_portions(
    nation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyarrow as pa

    from craftpath.delivery.commands import lake_results
    from craftpath.delivery.commands.scheme_file import read_scheme

    path = sorted(nation.glob("mark/*/*/*.parquet"))[0]
    table = pq.read_table(path).sort_by([("apprenticeship", "ascending"), ("stage", "ascending")])
    scheme = read_scheme(nation / "schemes" / "cn-334.toml")
    whole = pa.Table.from_batches(lake_results.results_of(table.to_batches(), scheme))
    monkeypatch.setattr(lake_results, "AT_ONCE", 7)
    portions = pa.Table.from_batches(lake_results.results_of(table.to_batches(max_chunksize=5), scheme))
    assert whole.to_pylist() == portions.to_pylist()


SCHEME = """key = "cn-334"
decimals = 1
[[component]]
key = "process"
weight = 30
[[component]]
key = "practical_activity"
weight = 30
[[component]]
key = "final_exam"
weight = 40
"""


def test_every_fault_of_a_lake_has_its_sentence_in_both_languages() -> None:
    source = "".join(
        path.read_text("utf-8")
        for path in (ROOT / "craftpath" / "delivery").rglob("*.py")
        if path.parent.name == "lake" or path.name.startswith("rollup")
    )
    used = set(re.findall(r'LakeFault\(\s*"(\w+)"', source)) | set(re.findall(r'LAKE, "(\w+)"', source))
    used |= {"city_twice_listed", "city_two_keys", "city_twice", "city_elsewhere"}
    assert used == set(LAKE)
    assert all(english and chinese for english, chinese in LAKE.values())
