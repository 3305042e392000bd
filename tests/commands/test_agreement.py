"""The command `craftpath agreement`, from files to reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from craftpath.delivery.commands.headless import main
from tests.engines.psychometrics.published import COHEN_1968, FLEISS_TEXTBOOK, KRIPPENDORFF, SHROUT_FLEISS


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    write(SHROUT_FLEISS)
    return tmp_path


def write(rows: list) -> None:
    width = len(rows[0])
    text = "unit," + ",".join(f"r{at}" for at in range(width)) + "\n"
    for at, row in enumerate(rows):
        text += f"u{at}," + ",".join("" if cell is None or cell != cell else str(cell) for cell in row) + "\n"
    Path("a.csv").write_text(text, encoding="utf-8")


def call(level: str = "interval", ratings: str = "a.csv", out: str = "r.json") -> int:
    return main(["agreement", "--ratings", ratings, "--level", level, "--out", out])


def report(level: str = "interval") -> dict[str, Any]:
    assert call(level) == 0
    return json.loads(Path("r.json").read_text(encoding="utf-8"))


def refused(capsys: pytest.CaptureFixture[str], level: str = "interval", **files: str) -> list[str]:
    before = sorted(Path().iterdir())
    assert call(level, **files) == 2
    assert sorted(Path().iterdir()) == before
    told = capsys.readouterr()
    assert told.out == ""
    return told.err.splitlines()


def test_six_targets_and_four_judges() -> None:
    found = report()
    assert (found["units"], found["raters"]) == (6, 4)
    wanted = {"1,1": 0.16574, "2,1": 0.28976, "3,1": 0.71484, "1,k": 0.44280, "2,k": 0.62005, "3,k": 0.90932}
    assert found["icc"] == pytest.approx(wanted, abs=1e-4)
    assert found["percent_agreement"] == pytest.approx(1 / 36)
    for name in ("cohen_kappa", "weighted_kappa_linear", "weighted_kappa_quadratic"):
        assert (found[name], found["why"][name]) == (None, "not_two_raters")
    assert found["method"]["figures"]["krippendorff_alpha"] == {
        "n": 6, "method": "krippendorff_alpha_interval", "missing": "pairable"
    }  # fmt: skip


def test_two_raters_of_cohen() -> None:
    counts = np.rint(np.array(COHEN_1968) * 200).astype(int)
    write([[one, other] for one in range(3) for other in range(3) for _ in range(counts[one, other])])
    found = report("ordinal")
    assert found["cohen_kappa"] == pytest.approx(0.49153, abs=1e-4)
    assert found["weighted_kappa_linear"] == pytest.approx(0.47368, abs=1e-4)
    assert found["weighted_kappa_quadratic"] == pytest.approx(0.45455, abs=1e-4)
    assert (found["units"], found["icc"], found["why"]) == (200, None, {"icc": "level"})


def test_fourteen_raters_in_words() -> None:
    write([[f"level {at}" for at, n in enumerate(unit) for _ in range(n)] for unit in FLEISS_TEXTBOOK])
    found = report("nominal")
    assert found["fleiss_kappa"] == pytest.approx(0.20993, abs=1e-4)
    assert found["percent_agreement"] == pytest.approx(0.37802, abs=1e-4)


def test_gaps() -> None:
    write([list(unit) for unit in zip(*KRIPPENDORFF, strict=True)])
    found = report("nominal")
    assert found["krippendorff_alpha"] == pytest.approx(0.743, abs=5e-4)
    assert (found["units"], found["raters"]) == (11, 4)
    assert (found["fleiss_kappa"], found["why"]["fleiss_kappa"]) == (None, "unequal_ratings")
    assert (report("ratio")["krippendorff_alpha"], report("ratio")["why"]["icc"]) == (
        pytest.approx(0.797, abs=5e-4),
        "gaps",
    )


def test_words_of_two_raters_have_a_kappa_and_no_order() -> None:
    write([["good", "good"], ["poor", "good"], ["poor", "poor"]])
    found = report("nominal")
    assert found["cohen_kappa"] == pytest.approx(0.4)
    assert found["why"]["weighted_kappa_linear"] == "no_order"
    write([[2, 2], [1, 2], [1.0, "1.00"]])  # as numbers these are two categories, and in order
    found = report("nominal")
    assert found["cohen_kappa"] == found["weighted_kappa_linear"] == pytest.approx(0.4)


def test_one_category_is_no_agreement_beyond_chance() -> None:
    write([[3, 3], [3, 3]])
    found = report()
    assert found["percent_agreement"] == 1
    assert found["why"] == {
        "cohen_kappa": "chance_certain",
        "weighted_kappa_linear": "chance_certain",
        "weighted_kappa_quadratic": "chance_certain",
        "fleiss_kappa": "chance_certain",
        "krippendorff_alpha": "no_variation",
        "icc": "no_variation",
    }


def test_some_correlations_may_be_absent() -> None:
    write([[1, 3], [3, 1]])
    found = report()["icc"]
    assert (found["1,1"], found["1,k"], found["why"]["1,k"]) == (-1, None, "no_variation")


@pytest.mark.parametrize(
    "rows", [[[1, 2, 3]], [[1], [2]], [[None, None], [None, None]], [[1, None], [None, 2]]]
)
def test_little_to_compare_is_told(rows: list) -> None:
    write(rows)
    found = report()
    assert found["icc"] is None
    assert found["why"]["icc"] in {"too_few_units", "too_few_raters", "gaps"}
    assert all(value is not None or name in found["why"] for name, value in found.items())


def test_a_byte_order_mark_crlf_and_quotes_are_fine() -> None:
    plain = report()
    text = Path("a.csv").read_text().replace("\n", "\r\n\r\n").replace("u1", '"u1"')
    Path("a.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert report() == plain


@pytest.mark.parametrize(
    ("text", "level", "complaint"),
    [
        ("", "nominal", "a.csv:1: file: the file is empty"),
        ("unit,a\n", "nominal", "a.csv:1: unit: there is no row below the header"),
        ("unit\nu\n", "nominal", "a.csv:1: unit: there is no column of a rater"),
        ("person,a\nu,1\n", "nominal", "a.csv:1: unit: the header row has no such column"),
        ("unit,a,a\nu,1,1\n", "nominal", "a.csv:1: a: the header row names this column twice"),
        ("unit,a,b\nu,1\n", "nominal", "a.csv:2: row: the row has 2 cells, the header 3"),
        ("unit,a\nu,1\nu,1\n", "nominal", 'a.csv:3: unit: "u" already stands on line 2'),
        ("unit,a\nu,good\n", "ordinal", 'a.csv:2: a: "good" is not a number in plain digits'),
        ("unit,a\nu,inf\n", "interval", 'a.csv:2: a: "inf" is not a number in plain digits'),
        (
            "unit,a\nu,NaN\n",
            "nominal",
            'a.csv:2: a: "NaN" is no answer; leave the cell empty where there is none',
        ),
        ("unit,a\nu,-1\n", "ratio", 'a.csv:2: a: "-1" is below 0'),
    ],
)
def test_impossible_ratings_are_named(
    text: str, level: str, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.csv").write_text(text)
    assert refused(capsys, level) == [complaint]


def test_below_zero_is_fine_where_only_differences_count() -> None:
    write([[-1, -2], [3, 2.5]])
    assert report()["icc"]["3,1"] is not None


def test_a_report_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, out="r.xlsx") == ['r.xlsx:1: file: a report is written as .json, not as ".xlsx"']


def test_a_report_of_an_earlier_call_is_set_aside() -> None:
    report()
    Path("a.csv").write_text("unit,a\nu,x\n")
    assert call() == 2
    assert sorted(path.name for path in Path().glob("r.json*")) == ["r.json.earlier"]
