"""The command `craftpath needs`, from a file to a report."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from craftpath.delivery.commands.headless import main
from craftpath.delivery.commands.needs_sentences import NEEDS

HEAD = "respondent,item,importance,ability"
TOY = [
    f"r{who},talk,{i},{a}" for who, (i, a) in enumerate(zip([5, 4, 5, 4, 5], [3, 3, 4, 4, 2], strict=True))
]
FIGURES = ("importance_mean", "ability_mean", "gap", "mwds", "nr", "pr", "tr", "rds")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(rows: list[str], head: str = HEAD) -> None:
    Path("a.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")


def call(*more: str, out: str = "n.json") -> int:
    return main(["needs", "--answers", "a.csv", *more, "--out", out])


def report(*more: str) -> dict[str, Any]:
    assert call(*more) == 0
    return json.loads(Path("n.json").read_text(encoding="utf-8"))


def refused(capsys: pytest.CaptureFixture[str], *more: str) -> list[str]:
    before = sorted(Path().iterdir())
    assert call(*more) == 2
    assert sorted(Path().iterdir()) == before
    told = capsys.readouterr()
    assert told.out == ""
    return told.err.splitlines()


def test_the_toy_survey() -> None:
    write(TOY)
    found = report()
    assert (found["n"], found["groups"]) == (5, {})
    assert found["items"] == [
        {
            "item": "talk", "n": 5, "importance_mean": pytest.approx(4.6), "ability_mean": pytest.approx(3.2),
            "gap": pytest.approx(1.4), "mwds": pytest.approx(6.44), "nr": 80, "pr": 0, "tr": 20, "rds": -80,
        }
    ]  # fmt: skip
    assert found["method"] == {"version": "1", "disclosure": "2", "missing": "complete_pairs", "min_cell": 5}


def test_only_complete_pairs_count_and_items_stand_as_they_came() -> None:
    write(["1,b,5,", "1,a,4,2", "2,a,,3", "2,b,,", "3,a,2,3"])
    found = report("--min-cell", "1")
    assert found["n"] == 3
    assert [(item["item"], item["n"]) for item in found["items"]] == [("b", 0), ("a", 2)]
    assert found["items"][1]["mwds"] == pytest.approx(3 * 0.5)
    assert {name: found["items"][0][name] for name in FIGURES} == dict.fromkeys(FIGURES)
    assert found["items"][0]["why"] == dict.fromkeys(FIGURES, "no_pairs")


def test_small_cells_are_hidden_also_against_subtraction() -> None:
    sites = ["east"] * 12 + ["west"] * 6 + ["north"] * 3
    write([f"r{who},talk,5,{1 + who % 4},{site}" for who, site in enumerate(sites)], f"{HEAD},site")
    found = report("--by", "site")["groups"]["site"]
    assert list(found) == ["east", "west", "north"]
    assert (found["east"]["n"], found["east"]["items"][0]["n"]) == (12, 12)
    for site in ("west", "north"):
        [cell] = found[site]["items"]
        assert (found[site]["n"], found[site]["suppressed"], cell["n"], cell["suppressed"]) == (
            None,
            True,
            None,
            True,
        )
        assert all(cell[name] is None and cell["why"][name] == "suppressed" for name in FIGURES)
    whole = report("--by", "site", "--min-cell", "3")["groups"]["site"]
    assert [whole[site]["n"] for site in whole] == [12, 6, 3]


def test_nothing_small_follows_from_two_columns_and_gaps() -> None:
    """Every sum of hidden cells in a column, for people and for each item, is nobody's or five people's at least."""
    rows = [
        f"r{who},{item},{'' if (who + at) % 7 == 0 else 4},{1 + who % 5},{'abcd'[who % 11 % 4]},{'xyz'[who % 23 % 3]}"
        for (who, (at, item)) in product(range(60), enumerate(("talk", "plan", "green")))
    ]
    write([*rows, "odd,talk,5,1,,x", "even,talk,5,1,e,x"], f"{HEAD},trade,stage")
    found = report("--by", "trade", "stage")
    for column in found["groups"].values():
        layers = [(found["n"], [value["n"] for value in column.values()])]
        for at, item in enumerate(found["items"]):
            layers.append((item["n"], [value["items"][at]["n"] for value in column.values()]))
        for whole, cells in layers:
            shown = [n for n in cells if n is not None]
            assert all(n >= 5 for n in shown)
            assert len(shown) == len(cells) or whole - sum(shown) >= 5


def test_few_people_are_hidden_whole() -> None:
    write(TOY[:4])
    found = report()
    assert (found["n"], found["suppressed"], found["why"]) == (None, True, {"n": "suppressed"})
    assert found["items"][0]["suppressed"]


def test_a_byte_order_mark_crlf_and_other_columns_are_fine() -> None:
    write(TOY)
    plain = report()
    text = Path("a.csv").read_text().replace(HEAD, "Respondent,ITEM,note,importance,ability").replace(
        ",talk,", ",talk,\"a, b\","
    ).replace("\n", "\r\n\r\n")  # fmt: skip
    Path("a.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert report() == plain


@pytest.mark.parametrize(
    ("text", "by", "complaint"),
    [
        ("", "", "a.csv:1: file: the file is empty"),
        (f"{HEAD}\n", "", "a.csv:1: respondent: there is no row below the header"),
        ("respondent,item,importance\n1,a,5\n", "", 'a.csv:1: ability: the header row has no such column; it has "respondent, item, importance"'),  # noqa: E501
        (f"{HEAD}\n1,a,5,3\n", "site", 'a.csv:1: site: the header row has no such column; it has "respondent, item, importance, ability"'),  # noqa: E501
        (f"{HEAD}\n1,a,5,3\n", "item", "a.csv:1: item: this column holds what is analysed and cannot be a group"),
        (f"{HEAD},item\n1,a,5,3,b\n", "", "a.csv:1: item: the header row names this column twice"),
        (f"{HEAD}\n1,a,5,3\n2,a,4,2\n1,a,4,4\n", "", 'a.csv:4: item: respondent "1" already answered item "a" on line 2'),  # noqa: E501
        (f"{HEAD}\n1,a,five,3\n", "", 'a.csv:2: importance: "five" is not a number in plain digits'),
        (f"{HEAD}\n1,a,5,NaN\n", "", 'a.csv:2: ability: "NaN" is not a number in plain digits'),
        (f"{HEAD}\n1,a,5,-1\n", "", 'a.csv:2: ability: "-1" is below 0; leave the cell empty where there is no answer'),
        (f"{HEAD}\n1,a,9999,1\n", "", 'a.csv:2: importance: "9999" is above 1000, which no scale reaches'),
        (f"{HEAD}\n,a,5,1\n", "", "a.csv:2: respondent: is empty"),
        (f"{HEAD}\n1,a,5\n", "", "a.csv:2: row: the row has 3 cells, the header 4"),
        (f"{HEAD},site\n1,a,5,3,x\n1,b,5,3,y\n", "site", 'a.csv:3: site: respondent "1" has "y" here and "x" on line 2'),  # noqa: E501
    ],
)  # fmt: skip
def test_what_is_refused(text: str, by: str, complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.csv").write_text(text, encoding="utf-8")
    assert refused(capsys, *(["--by", by] if by else [])) == [complaint]


def test_gbk_is_refused_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.csv").write_bytes(f"{HEAD}\n1,a,5,3\n2,沟通,5,3\n".encode("gbk"))
    assert refused(capsys) == ["a.csv:3: file: the line is not UTF-8 text"]


def test_a_column_of_names_is_no_group(capsys: pytest.CaptureFixture[str]) -> None:
    write([f"{who},a,5,3,name {who}" for who in range(101)], f"{HEAD},name")
    [told] = refused(capsys, "--by", "name")
    assert told == "a.csv:102: name: the column has more than 100 different values and cannot be a group"


def test_faults_are_told_in_chinese(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    write(["1,a,五,3", "2,a,-9,3"])
    assert refused(capsys) == [
        'a.csv:2: importance: "五" 不是用半角数字写成的数',
        'a.csv:3: importance: "-9" 小于 0；没有填答时请留空',
    ]
    assert all(chinese != english for english, chinese in NEEDS.values())


def test_an_earlier_report_does_not_stand_after_bad_input() -> None:
    write(TOY)
    report()
    write(["1,a,x,1"])
    assert call() == 2
    assert not Path("n.json").exists()
    assert Path("n.json.earlier").exists()
