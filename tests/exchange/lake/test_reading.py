"""Every fault of a lake is named with its file, and everything else is read."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from craftpath.delivery.exchange.lake.layout import sha256_of, signature_text
from craftpath.delivery.exchange.lake.opening import on_duckdb
from craftpath.delivery.exchange.lake.reading import Lake, read_lake
from craftpath.delivery.exchange.lake.writing import CityWriter, write_hand_over
from craftpath.engines.indicators import CATALOGUE, STAR, cells
from tests.engines.indicators.rows import arrow, star_rows
from tests.exchange.lake.lakes import (
    KEYS,
    MADE_AT,
    NOW,
    change_file,
    change_manifest,
    manifest_of,
    part,
    write_city,
    write_lake,
)

ONE, OTHER = "330100", "320100"


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    return write_lake(tmp_path / "lake")


def codes(lake: Lake) -> list[tuple[str, str, bool]]:
    return [(fault.code, fault.city, fault.kept) for fault in lake.faults]


def counted(lake: Lake) -> dict[str, int]:
    with on_duckdb(lake.files, lake.until) as (_, tables):
        return {name: table.count().to_pyarrow().as_py() for name, table in tables.items()}


def test_a_whole_lake_has_no_fault_and_every_row(lake: Path) -> None:
    read = read_lake(lake, NOW)
    assert read.faults == []
    assert set(read.cities) == {ONE, OTHER}
    assert counted(read) == dict.fromkeys(STAR, 80) == dict(read.rows)


def test_what_is_written_is_what_is_read(lake: Path) -> None:
    with on_duckdb(read_lake(lake, NOW).files, "2024-Q3") as (_, tables):
        found = tables["apprenticeship"].to_pyarrow().to_pylist()
    rows = [row for seed in range(2) for row in star_rows(seed, 40)["apprenticeship"]]
    assert sorted(found, key=str) == sorted(rows, key=str)


def forged(lake: Path) -> None:
    path = manifest_of(lake, ONE)
    path.with_name("manifest.sig").write_text(signature_text(KEYS[OTHER], path.read_bytes()))


def altered(lake: Path) -> None:
    path = manifest_of(lake, ONE)
    path.write_bytes(path.read_bytes().replace(b'"rows": ', b'"rows":  ', 1))


def unsigned(lake: Path) -> None:
    manifest_of(lake, ONE).with_name("manifest.sig").unlink()


def no_base64(lake: Path) -> None:
    manifest_of(lake, ONE).with_name("manifest.sig").write_bytes(b"\xff\xfe not base64")


def gone(lake: Path) -> None:
    manifest_of(lake, ONE).unlink()


def unreadable(lake: Path) -> None:
    manifest_of(lake, ONE).write_text('{"schema": 1, "city": ' + "[" * 100_000)


def newer(lake: Path) -> None:
    change_manifest(lake, ONE, lambda told: told.update(schema=2))


def wordy(lake: Path) -> None:
    change_manifest(lake, ONE, lambda told: told.update(schema="1"))


def unknown(lake: Path) -> None:
    path = lake / "cities.json"
    told = json.loads(path.read_bytes())
    told["cities"] = [row for row in told["cities"] if row["city"] != ONE]
    path.write_text(json.dumps(told))


def two_keys(lake: Path) -> None:
    path = lake / "cities.json"
    told = json.loads(path.read_bytes())
    told["cities"].append({**told["cities"][0], "key": told["cities"][1]["key"]})
    assert told["cities"][0]["city"] == ONE
    path.write_text(json.dumps(told))


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (forged, "signature_forged"),
        (altered, "signature_forged"),
        (unsigned, "signature_missing"),
        (no_base64, "signature_forged"),
        (gone, "manifest_missing"),
        (unreadable, "manifest_unreadable"),
        (newer, "schema_unknown"),
        (wordy, "schema_unknown"),
        (unknown, "city_unknown"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_city_that_cannot_be_believed_is_left_out_and_named(
    lake: Path, spoil: Callable[[Path], None], code: str
) -> None:
    spoil(lake)
    read = read_lake(lake, NOW)
    assert (code, ONE, False) in codes(read)
    assert set(read.cities) == {OTHER}
    assert counted(read) == dict.fromkeys(STAR, 40)


def test_a_city_of_two_keys_is_nobody_s(lake: Path) -> None:
    two_keys(lake)
    read = read_lake(lake, NOW)
    assert codes(read)[0] == ("city_two_keys", ONE, False)
    assert set(read.cities) == {OTHER}


def test_a_city_that_is_listed_twice_is_counted_once(lake: Path) -> None:
    path = lake / "cities.json"
    told = json.loads(path.read_bytes())
    told["cities"].append(told["cities"][0])
    path.write_text(json.dumps(told))
    read = read_lake(lake, NOW)
    assert codes(read) == [("city_twice_listed", ONE, False)]
    assert counted(read) == dict.fromkeys(STAR, 80)


def test_a_second_copy_of_a_city_is_left_out(lake: Path) -> None:
    shutil.copytree(lake / "manifests" / f"city={ONE}", lake / "manifests" / f"city={ONE}copy")
    for table in STAR:
        shutil.copytree(lake / table / f"city={ONE}", lake / table / f"city={ONE}copy")
    read = read_lake(lake, NOW)
    assert ("city_twice", ONE, False) in codes(read)
    assert {code for code, *_ in codes(read)} <= {"city_twice", "not_listed"}
    assert counted(read) == dict.fromkeys(STAR, 80)


def test_one_city_s_rows_are_not_counted_for_another(lake: Path) -> None:
    """A city hands over what another one has handed over already."""
    rows = arrow(star_rows(0, 40))
    shutil.rmtree(lake / "manifests" / f"city={OTHER}")
    for table in STAR:
        shutil.rmtree(lake / table / f"city={OTHER}")
    write_city(lake, OTHER, rows)
    read = read_lake(lake, NOW)
    assert {code for code, *_ in codes(read)} == {"content_twice", "table_missing"}
    assert counted(read) == dict.fromkeys(STAR, 40)


def test_a_manifest_in_another_city_s_folder_is_left_out(lake: Path) -> None:
    (lake / "manifests" / f"city={ONE}").rename(lake / "manifests" / "city=440100")
    read = read_lake(lake, NOW)
    assert ("city_elsewhere", ONE, False) in codes(read)
    assert set(read.cities) == {OTHER}


def test_a_missing_partition_is_named_and_the_rest_read(lake: Path) -> None:
    (lake / part("gate", ONE)).unlink()
    read = read_lake(lake, NOW)
    assert [(fault.code, fault.file) for fault in read.faults] == [("partition_missing", part("gate", ONE))]
    found = counted(read)
    assert found["gate"] < 80
    assert {name: n for name, n in found.items() if name != "gate"} == dict.fromkeys(set(STAR) - {"gate"}, 80)


def test_a_changed_file_is_left_out(lake: Path) -> None:
    path = lake / part("risk", ONE)
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(bytes(raw))
    read = read_lake(lake, NOW)
    assert codes(read) == [("file_changed", ONE, False)]


def test_a_link_out_of_the_lake_is_not_followed(lake: Path, tmp_path: Path) -> None:
    path = lake / part("risk", ONE)
    path.rename(tmp_path / "elsewhere.parquet")
    path.symlink_to(tmp_path / "elsewhere.parquet")
    assert codes(read_lake(lake, NOW)) == [("partition_missing", ONE, False)]


def test_files_that_no_manifest_lists_are_not_read(lake: Path) -> None:
    shutil.copy(lake / part("risk", ONE), lake / f"risk/city={ONE}/year=2024/part-0009.parquet")
    read = read_lake(lake, NOW)
    assert codes(read) == [("not_listed", ONE, False)]
    assert counted(read)["risk"] == 80


def test_paths_that_lead_elsewhere_are_not_followed(lake: Path) -> None:
    def lead(told: dict) -> None:
        told["files"][0]["path"] = "../secret.parquet"
        told["files"][1]["path"] = told["files"][2]["path"]
        told["files"].append({"path": f"purse/city={ONE}/year=2024/part-0.parquet", "sha256": "", "rows": 1})

    change_manifest(lake, ONE, lead)
    found = [code for code, *_ in codes(read_lake(lake, NOW))]
    assert found.count("path_foreign") == 2
    assert "table_unknown" in found


def test_an_older_schema_is_brought_forward(lake: Path) -> None:
    rows = pq.read_table(lake / part("money", ONE)).drop_columns(["partner_kind"])
    change_file(lake, ONE, part("money", ONE), rows)
    rows = pq.read_table(lake / part("apprenticeship", ONE)).drop_columns(["birth_year", "reason"])
    change_file(lake, ONE, part("apprenticeship", ONE), rows)
    assert {code for code, *_ in codes(read_lake(lake, NOW))} == {"columns_differ"}
    change_manifest(lake, ONE, lambda told: told.update(schema=0))
    read = read_lake(lake, NOW)
    assert codes(read) == [("schema_older", ONE, True)]
    assert counted(read) == dict.fromkeys(STAR, 80)
    with on_duckdb(read.files, read.until) as (_, tables):
        old = tables["money"].filter(tables["money"].partner_kind == "-").count().to_pyarrow().as_py()
        assert old >= rows.num_rows > 0
        assert set(cells(tables, CATALOGUE, ())) == set(STAR) - {"mark"}


def test_clocks_in_the_future_are_named_and_rows_of_the_future_left_out(lake: Path) -> None:
    later = (NOW + timedelta(days=3)).isoformat()
    change_manifest(lake, ONE, lambda told: told.update(made_at=later))
    rows = pq.read_table(lake / part("risk", ONE))
    ahead = rows.set_column(rows.column_names.index("period"), "period", pa.array(["2024-Q4"] * len(rows)))
    change_file(lake, ONE, part("risk", ONE), pa.concat_tables([rows, ahead.cast(rows.schema)]))
    read = read_lake(lake, NOW)
    assert codes(read) == [("clock_ahead", ONE, True), ("period_ahead", ONE, True)]
    assert counted(read)["risk"] == 80


def test_a_clock_a_little_ahead_is_no_fault(lake: Path) -> None:
    change_manifest(lake, ONE, lambda told: told.update(made_at=(NOW + timedelta(hours=20)).isoformat()))
    assert read_lake(lake, NOW).faults == []


def test_a_file_that_lies_wholly_in_the_future_is_left_out(lake: Path) -> None:
    rows = pq.read_table(lake / part("risk", ONE))
    ahead = rows.set_column(rows.column_names.index("period"), "period", pa.array(["2024-Q4"] * len(rows)))
    change_file(lake, ONE, part("risk", ONE), ahead)
    assert codes(read_lake(lake, NOW)) == [("period_ahead", ONE, False)]


def test_columns_rows_and_numbers_must_be_those_of_the_star(lake: Path) -> None:
    def cut(table: pa.Table) -> pa.Table:
        return table.drop_columns(["passed"])

    def texts(table: pa.Table) -> pa.Table:
        return table.set_column(table.column_names.index("passed"), "passed", pa.array(["1"] * len(table)))

    def twos(table: pa.Table) -> pa.Table:
        return table.set_column(table.column_names.index("passed"), "passed", pa.array([2] * len(table)))

    def negative(table: pa.Table) -> pa.Table:
        return table.set_column(table.column_names.index("attempt"), "attempt", pa.array([-1] * len(table)))

    def empty(table: pa.Table) -> pa.Table:
        return table.set_column(
            table.column_names.index("place"), "place", pa.array([None] * len(table), pa.string())
        )

    def elsewhere(table: pa.Table) -> pa.Table:
        return table.set_column(
            table.column_names.index("period"), "period", pa.array(["2022-Q1"] * len(table))
        )

    def wordy(table: pa.Table) -> pa.Table:
        return table.set_column(
            table.column_names.index("period"), "period", pa.array(["2024-1"] * len(table))
        )

    whole = pq.read_table(lake / part("gate", ONE))
    for change, code in (
        (cut, "columns_differ"),
        (texts, "columns_differ"),
        (twos, "value_impossible"),
        (negative, "value_impossible"),
        (empty, "cells_empty"),
        (elsewhere, "year_differs"),
        (wordy, "value_impossible"),
    ):
        change_file(lake, ONE, part("gate", ONE), change(whole))
        assert codes(read_lake(lake, NOW)) == [(code, ONE, False)], code
    change_file(lake, ONE, part("gate", ONE), whole, write_statistics=False)
    assert {code for code, *_ in codes(read_lake(lake, NOW))} == {"statistics_missing"}

    def more(told: dict) -> None:
        for one in told["files"]:
            one["rows"] += one["path"] == part("gate", ONE)

    change_file(lake, ONE, part("gate", ONE), whole)
    change_manifest(lake, ONE, more)
    assert codes(read_lake(lake, NOW)) == [("rows_differ", ONE, False)]


def test_a_file_that_is_no_parquet_is_left_out(lake: Path) -> None:
    (lake / part("gate", ONE)).write_bytes(b"PAR1 nothing")

    def listed(told: dict) -> None:
        for one in told["files"]:
            if one["path"] == part("gate", ONE):
                one["sha256"] = sha256_of(lake / part("gate", ONE))

    change_manifest(lake, ONE, listed)
    assert codes(read_lake(lake, NOW)) == [("file_unreadable", ONE, False)]


def test_years_between_years_are_missed(tmp_path: Path) -> None:
    folder = write_lake(tmp_path / "lake")
    rows = star_rows(5, 30)
    for row in rows["risk"]:
        row["period"] = "2021-Q1" if row["period"] == "2023-Q4" else "2024-Q1"
    del rows["village"]
    shutil.rmtree(folder / "manifests" / f"city={ONE}")
    for table in STAR:
        shutil.rmtree(folder / table / f"city={ONE}")
    write_city(folder, ONE, arrow(rows))
    found = [
        (fault.code, fault.facts.get("year"), fault.facts["table"]) for fault in read_lake(folder, NOW).faults
    ]
    assert found == [
        ("year_missing", 2022, "risk"),
        ("year_missing", 2023, "risk"),
        ("table_missing", None, "village"),
    ]


def test_the_reader_s_own_list_of_cities_goes_before_the_lake_s(lake: Path, tmp_path: Path) -> None:
    """Whoever forges a lake forges its list of keys too."""
    own = tmp_path / "cities.json"
    own.write_bytes((lake / "cities.json").read_bytes())
    told = json.loads(own.read_bytes())
    told["cities"][0]["key"] = told["cities"][1]["key"]
    (lake / "cities.json").write_text(json.dumps(told))
    assert codes(read_lake(lake, NOW))[0][0] == "signature_forged"
    assert read_lake(lake, NOW, own).faults == []


def test_a_lake_without_a_list_of_cities_is_not_read(lake: Path) -> None:
    for text in ("", "[]", '{"cities": 3}', '{"cities": [3]}', '{"cities": [{"city": "../x", "key": ""}]}'):
        (lake / "cities.json").write_text(text)
        read = read_lake(lake, NOW)
        assert read.files == {}
        assert codes(read)[0][0] in ("cities_unreadable", "city_malformed")


def test_a_hand_over_is_a_lake_of_one_city_or_nothing(tmp_path: Path) -> None:
    rows = arrow(star_rows(3, 20))
    folder = tmp_path / "out" / "hand-over"
    write_hand_over(folder, ONE, {"zh": "示例"}, rows.items(), KEYS[ONE], MADE_AT)
    read = read_lake(folder, NOW)
    assert read.faults == []
    assert counted(read) == dict.fromkeys(STAR, 20)
    with pytest.raises(FileExistsError):
        write_hand_over(folder, ONE, {}, rows.items(), KEYS[ONE], MADE_AT)
    broken = {**rows, "risk": rows["risk"].drop_columns(["left"])}
    with pytest.raises(KeyError):
        write_hand_over(tmp_path / "out" / "other", ONE, {}, broken.items(), KEYS[ONE], MADE_AT)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["hand-over"]


def test_the_writer_refuses_what_the_star_forbids(tmp_path: Path) -> None:
    rows = arrow(star_rows(3, 5))["risk"]
    writer = CityWriter(tmp_path, ONE, KEYS[ONE], MADE_AT)
    holes = rows.set_column(0, "place", pa.array([None] * 5, pa.string()))
    with pytest.raises(ValueError, match="empty cells"):
        writer.add("risk", holes)
    with pytest.raises(ValueError, match="not the code"):
        CityWriter(tmp_path, "../x", KEYS[ONE], MADE_AT)
    with pytest.raises(ValueError, match="time zone"):
        CityWriter(tmp_path, ONE, KEYS[ONE], MADE_AT.replace(tzinfo=None))
