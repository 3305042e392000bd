"""The command `craftpath items`, from files to reports."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook

from craftpath.delivery.commands.headless import main
from tests.engines.psychometrics.published import LSAT6
from tests.engines.psychometrics.simulated import simulated

PATTERNS = "pattern,count\n" + "".join(f"{pattern},{count}\n" for pattern, count in LSAT6.items())
CHOICES = "person,q1,q2,q3\nLi,A,B,C\nWang,A,C,\nZhao,B,B,C\n"
KEY = "item,key,max\nq1,A,1\nq2,B,\nq3,C,2\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    Path("p.csv").write_text(PATTERNS, encoding="utf-8")
    Path("c.csv").write_text(CHOICES, encoding="utf-8")
    Path("k.csv").write_text(KEY, encoding="utf-8")
    return tmp_path


def call(*more: str, responses: str = "c.csv", model: str = "ctt", out: str = "r.json") -> int:
    return main(["items", "--responses", responses, "--model", model, "--out", out, *more])


def report(*more: str, **files: str) -> dict[str, Any]:
    assert call(*more, **files) == 0
    return json.loads(Path("r.json").read_text(encoding="utf-8"))


def refused(capsys: pytest.CaptureFixture[str], *more: str, **files: str) -> list[str]:
    """The lines on standard error of a call that must fail and write nothing."""
    before = sorted(Path().iterdir())
    assert call(*more, **files) == 2
    assert sorted(Path().iterdir()) == before
    told = capsys.readouterr()
    assert told.out == ""
    return told.err.splitlines()


def scores(text: str) -> None:
    Path("c.csv").write_bytes(text.encode())


def column(found: dict[str, Any], name: str) -> list[Any]:
    return [row[name] for row in found["items"]]


# ---- What it says ----------------------------------------------------------------------------------


def test_lsat6_without_a_model() -> None:
    found = report("--patterns", responses="p.csv")
    assert (found["n"], found["n_complete"]) == (1000, 1000)
    assert (found["alpha"], found["kr20"]) == pytest.approx((0.295, 0.295), abs=1e-4)
    assert column(found, "item") == [f"item{at}" for at in range(1, 6)]
    assert column(found, "n") == [1000] * 5
    assert column(found, "difficulty") == [0.924, 0.709, 0.553, 0.763, 0.87]
    wanted = [0.1128, 0.1532, 0.1728, 0.1444, 0.1216]
    assert column(found, "discrimination") == pytest.approx(wanted, abs=1e-4)
    assert (column(found, "a"), column(found, "b"), found["log_likelihood"]) == ([None] * 5, [None] * 5, None)
    assert found["why"] == {"log_likelihood": "no_model"}
    assert column(found, "why") == [{"a": "no_model", "b": "no_model"}] * 5


@pytest.mark.parametrize(
    ("model", "more", "a", "b", "likelihood", "tolerance"),
    [
        ("rasch", (), [1] * 5, [-2.8720, -1.0630, -0.2576, -1.3881, -2.2188], -2473.054, 1e-3),
        (
            "rasch",
            ("--slope", "common"),
            [0.7551] * 5,
            [-3.6153, -1.3224, -0.3176, -1.7301, -2.7802],
            -2466.938,
            1e-3,
        ),
        (
            "2pl",
            (),
            [0.8257, 0.7227, 0.8909, 0.6884, 0.6569],
            [-3.3588, -1.3701, -0.2797, -1.8664, -3.1259],
            -2466.653,
            5e-3,
        ),
    ],
)
def test_lsat6_with_a_model(
    model: str, more: tuple, a: list[float], b: list[float], likelihood: float, tolerance: float
) -> None:
    found = report("--patterns", *more, responses="p.csv", model=model)
    assert column(found, "a") == pytest.approx(a, abs=tolerance)
    assert column(found, "b") == pytest.approx(b, abs=tolerance)
    assert found["log_likelihood"] == pytest.approx(likelihood, abs=1e-3)
    assert ("why" in found, found["method"]["converged"]) == (False, True)
    assert found["method"]["nodes"] >= 41


def test_figures_are_not_rounded() -> None:
    text = Path("r.json")
    report("--patterns", responses="p.csv")
    assert '"alpha": 0.29499719221594' in text.read_text(encoding="utf-8")


def test_people_and_their_patterns_say_the_same() -> None:
    made = simulated(200, 5, seed=71, missing=0.1).responses.scores
    rows = [["" if np.isnan(cell) else str(int(cell)) for cell in row] for row in made]
    scores(
        "person,item1,item2,item3,item4,item5\n"
        + "".join(f"p{at},{','.join(row)}\n" for at, row in enumerate(rows))
    )
    Path("p.csv").write_text(
        "note,count,pattern\n" + "".join(f"x,1,{''.join(cell or '.' for cell in row)}\n" for row in rows)
    )
    one, other = report(model="2pl"), report("--patterns", responses="p.csv", model="2pl")
    assert one == other
    assert one["n_complete"] < one["n"] <= 200


def test_a_key_scores_by_equality() -> None:
    found = report("--key", "k.csv")
    assert column(found, "difficulty") == pytest.approx([2 / 3, 2 / 3, 1])
    assert column(found, "n") == [3, 3, 2]
    assert (found["n"], found["n_complete"]) == (3, 2)
    assert found["kr20"] is None  # an item is worth 2
    assert found["why"]["kr20"] == "not_dichotomous"
    patterns = "pattern,count\nABC,1\nAC.,1\nBBC,1\n"
    Path("p.csv").write_text(patterns)
    Path("k.csv").write_text("item,key,max\nitem1,A,1\nitem2,B,1\nitem3,C,2\n")
    other = report("--patterns", "--key", "k.csv", responses="p.csv")
    for name in ("difficulty", "discrimination", "n"):
        assert column(other, name) == column(found, name)


def test_without_a_key_the_maximum_is_the_observed_one() -> None:
    scores("person,q1,q2\na,4,1\nb,2,0.5\nc,0,1\nd,,0\n")
    found = report(model="rasch")
    assert column(found, "difficulty") == pytest.approx([0.5, 0.625])
    assert [row["why"] for row in found["items"]] == [{"a": "not_dichotomous", "b": "not_dichotomous"}] * 2
    assert (found["log_likelihood"], found["why"]["log_likelihood"]) == (None, "too_few_items")


def test_items_without_an_estimate_have_a_reason_beside_them() -> None:
    made = simulated(100, 4, seed=72).responses.scores.astype(int)
    scores(
        "person,e,h,m,x,a,b,c,d\n"
        + "".join(f"p{at},1,0,,{at % 2},{','.join(map(str, row))}\n" for at, row in enumerate(made))
    )
    found = report(model="rasch")
    assert [row.get("why", {}).get("b") for row in found["items"]] == [
        "all_right", "all_wrong", "no_answers", *[None] * 5
    ]  # fmt: skip
    assert column(found, "difficulty")[:3] == [1, 0, None]
    assert [row["n"] for row in found["items"]][:4] == [100, 100, 0, 100]
    assert (found["n"], found["n_complete"], found["alpha"]) == (100, 0, None)
    assert found["why"] == {"alpha": "no_complete_rows", "kr20": "no_complete_rows"}
    assert found["items"][4]["b"] is not None


@pytest.mark.parametrize("model", ["ctt", "rasch", "2pl"])
def test_one_person_and_one_item_say_what_they_can(model: str) -> None:
    scores("person,q\na,1\n")
    found = report(model=model)
    assert (found["n"], found["alpha"], found["why"]["alpha"]) == (1, None, "too_few_items")
    assert found["items"][0]["difficulty"] == 1
    assert set(found["items"][0]["why"]) == {"discrimination", "a", "b"}


def test_nobody_answered_anything() -> None:
    scores("person,q,r\na,,\nb,,\n")
    found = report(model="2pl")
    assert (found["n"], column(found, "n"), found["why"]["log_likelihood"]) == (0, [0, 0], "no_answers")


def test_every_figure_says_how_it_was_made() -> None:
    found = report("--patterns", responses="p.csv", model="rasch")["method"]
    assert set(found["figures"]) == {
        "alpha", "kr20", "log_likelihood", "difficulty", "discrimination", "a", "b"
    }  # fmt: skip
    assert found["figures"]["discrimination"] == {"method": "pearson_item_rest", "missing": "complete_rows"}
    assert found["figures"]["b"] == {"method": "rasch_mml_slope_1", "missing": "ignored"}
    assert found["version"] == "1"


# ---- Forms of files --------------------------------------------------------------------------------


def test_a_byte_order_mark_crlf_quotes_blanks_and_blank_lines_are_fine() -> None:
    scores("person,q1,q2\na,1,0\nb,0,1\nc,1,1\n")
    plain = report()
    scores('\ufeffperson,"q1", q2\r\n\r\n"a",1,0\r\n,,\r\n b ,"0",1\r\nc,1, 1 \r\n')
    assert report() == plain


def test_a_workbook_holds_the_items_and_the_test() -> None:
    assert call("--patterns", responses="p.csv", model="rasch", out="r.xlsx") == 0
    book = load_workbook("r.xlsx")
    rows = [[cell.value for cell in row] for row in book["items"]]
    assert rows[0] == ["item", "n", "difficulty", "discrimination", "a", "b", "why"]
    assert rows[1][:3] == ["item1", 1000, 0.924]
    assert rows[1][5] == pytest.approx(-2.872, abs=1e-3)
    assert [row[0].value for row in book["test"]][1:] == [
        "n",
        "n_complete",
        "alpha",
        "kr20",
        "log_likelihood",
    ]
    scores("person,=1+1\na,1\n")
    assert call(out="r.xlsx") == 0
    sheet = load_workbook("r.xlsx")["items"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet["G2"].value == "discrimination: too_few_rows, a: no_model, b: no_model"


@pytest.mark.parametrize("name", ["r.csv", "r.txt"])
def test_a_report_is_no_table_of_commas(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = f'{name}:1: file: a report is written as .json, .xlsx, not as "{name[1:]}"'
    assert refused(capsys, out=name) == [wanted]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "c.csv:1: file: the file is empty"),
        ("\n\n,,\n", "c.csv:1: file: the file is empty"),
        ("person,q\n", "c.csv:1: person: there is no row below the header"),
        ("person\na\n", "c.csv:1: person: there is no column of an item"),
        ("name,q\na,1\n", "c.csv:1: person: the header row has no such column"),
        ("person,q,Person\na,1,1\n", "c.csv:1: person: the header row names this column twice"),
        ("person,q,q\na,1,1\n", "c.csv:1: q: the header row names this column twice"),
        ("person,q,\na,1,1\n", "c.csv:1: header: the name in column 2 is empty"),
        (
            "person,q\u200b\na,1\n",
            "c.csv:1: header: the name in column 1 holds a character that cannot be printed",
        ),
        ("person,q,r\na,1\n", "c.csv:2: row: the row has 2 cells, the header 3"),
        ("person,q\na,1,\n", "c.csv:2: row: the row has 3 cells, the header 2"),
        ("person,q\na,1\n,0\n", "c.csv:3: person: the name in column 1 is empty"),
        ("person,q\na,1\nb,0\na,0\n", 'c.csv:4: person: "a" already stands on line 2'),
        ("person,q\na,x\n", 'c.csv:2: q: "x" is not a number in plain digits'),
        ("person,q\na,NaN\n", 'c.csv:2: q: "NaN" is not a number in plain digits'),
        ("person,q\na,inf\n", 'c.csv:2: q: "inf" is not a number in plain digits'),
        ("person,q\na,1e3\n", 'c.csv:2: q: "1e3" is not a number in plain digits'),
        ("person,q\na,１\n", 'c.csv:2: q: "１" is not a number in plain digits'),
        ("person,q\na,-1\n", 'c.csv:2: q: "-1" is below 0'),
        ("person,q\na," + "9" * 31 + "\n", f'c.csv:2: q: "{"9" * 31}" is not a number in plain digits'),
        ('person,q\na,"1\n', 'c.csv:2: file: not valid CSV: "unexpected end of data"'),
        (
            "person,q\na," + "1" * 200_000 + "\n",
            'c.csv:2: file: not valid CSV: "field larger than field limit (131072)"',
        ),
    ],
)
def test_impossible_answers_are_named(text: str, complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    scores(text)
    assert refused(capsys) == [complaint]


def test_a_line_that_is_no_utf8_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("c.csv").write_bytes(b"person,q\na,1\nb\xff,1\n")
    assert refused(capsys) == ["c.csv:3: file: the line is not UTF-8 text"]


def test_every_fault_is_named_and_not_only_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    scores("person,q,r\na,x,1\nb,1\nc,-1,y\n")
    assert [line.split(": ")[0] for line in refused(capsys)] == ["c.csv:2", "c.csv:3", "c.csv:4", "c.csv:4"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("pattern\n11\n", "c.csv:1: count: the header row has no such column"),
        ("pattern,count\n", "c.csv:1: pattern: there is no row below the header"),
        ("pattern,count\n,4\n", "c.csv:2: pattern: is empty"),
        ("pattern,count\n101,1\n11,1\n", 'c.csv:3: pattern: "11" has 2 characters, the first pattern 3'),
        ("pattern,count\n1x,1\n", 'c.csv:2: pattern: "x" is neither a digit nor a dot'),
        (
            "pattern,count\n10,-1\n",
            'c.csv:2: count: "-1" is not a whole number of 0 or more, of at most 12 digits',
        ),
        (
            "pattern,count\n10,1.5\n",
            'c.csv:2: count: "1.5" is not a whole number of 0 or more, of at most 12 digits',
        ),
        (
            "pattern,count\n10,\n",
            'c.csv:2: count: "" is not a whole number of 0 or more, of at most 12 digits',
        ),
        (
            "pattern,count\n10,1" + "0" * 12 + "\n",
            f'c.csv:2: count: "1{"0" * 12}" is not a whole number of 0 or more, of at most 12 digits',
        ),
        ("pattern,count\n10\n", "c.csv:2: row: the row has 1 cells, the header 2"),
        ("pattern,count,count\n10,1,1\n", "c.csv:1: count: the header row names this column twice"),
    ],
)
def test_impossible_patterns_are_named(text: str, complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    scores(text)
    assert refused(capsys, "--patterns") == [complaint]


def test_a_pattern_may_stand_twice_and_nobody_may_have_it() -> None:
    scores("pattern,count\n10,2\n01,1\n10,1\n77,0\n")
    found = report("--patterns")
    assert (found["n"], column(found, "difficulty")) == (4, [0.75, 0.25])


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "k.csv:1: file: the file is empty"),
        ("item,max\nq1,1\n", "k.csv:1: key: the header row has no such column"),
        ("item,key\nq1,A\nq2,B\n", 'k.csv:1: item: "q3" has no key'),
        ("item,key\nq1,A\nq2,B\nq3,C\nq4,A\n", 'k.csv:5: item: "q4" is not an item of "c.csv"'),
        ("item,key\nq1,A\nq2,B\nq3,C\nq1,B\n", 'k.csv:5: item: "q1" already stands on line 2'),
        ("item,key\nq1,A\nq2,\nq3,C\n", "k.csv:3: key: is empty"),
        ("item,key,max\nq1,A,0\nq2,B,\nq3,C,\n", 'k.csv:2: max: "0" is not above 0'),
        ("item,key,max\nq1,A,x\nq2,B,\nq3,C,\n", 'k.csv:2: max: "x" is not a number in plain digits'),
        ("item,key\nq1,A,1\nq2,B\nq3,C\nq1,A\n", "k.csv:2: row: the row has 3 cells, the header 2"),
    ],
)
def test_impossible_keys_are_named(text: str, complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("k.csv").write_text(text)
    assert refused(capsys, "--key", "k.csv") == [complaint]


def test_a_program_s_word_for_nothing_is_no_choice(capsys: pytest.CaptureFixture[str]) -> None:
    scores("person,q1,q2,q3\na,nan,B,C\n")
    wanted = 'c.csv:2: q1: "nan" is no answer; leave the cell empty where there is none'
    assert refused(capsys, "--key", "k.csv") == [wanted]


def test_files_that_are_not_there_and_places_that_cannot_be_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert refused(capsys, responses="no.csv") == [
        'no.csv:1: file: cannot be read: "No such file or directory"'
    ]
    assert refused(capsys, "--key", "no.csv") == [
        'no.csv:1: file: cannot be read: "No such file or directory"'
    ]
    assert refused(capsys, "--key", "k.csv", out="no/r.json")[0].startswith(
        "no/r.json:1: file: cannot be written"
    )
    scores("person,q\na,1\n")
    Path("c.json").write_text("person,q\na,1\n")
    assert refused(capsys, responses="c.json", out="c.json") == ["c.json:1: file: is one of the input files"]


def test_a_report_of_an_earlier_call_is_set_aside(capsys: pytest.CaptureFixture[str]) -> None:
    report("--key", "k.csv")
    assert call() == 2  # letters are no scores
    assert sorted(path.name for path in Path().glob("r.json*")) == ["r.json.earlier"]


def test_faults_are_told_in_chinese_where_the_place_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    scores("person,q\na,-1\n")
    assert refused(capsys) == ['c.csv:2: q: "-1" 小于 0']


def test_no_django_and_no_database_is_loaded() -> None:
    code = (
        "import sys; from craftpath.delivery.commands.headless import main;"
        "assert main(['items', '--responses', 'p.csv', '--patterns', '--model', '2pl', '--out', 'r.json']) == 0;"
        "assert 'django' not in sys.modules and 'numba' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
