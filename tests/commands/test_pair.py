"""The command `craftpath pair`, from a problem to a plan."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from craftpath.delivery.commands.headless import main
from craftpath.delivery.commands.pairing_sentences import PAIRING
from craftpath.engines import pairing

PROBLEM: dict[str, Any] = {
    "trainers": [{"id": "wang", "capacity": 2}, {"id": "zhao", "capacity": 1}],
    "apprentices": [{"id": "a"}, {"id": "b", "need": 1}, {"id": "c"}],
    "edges": [
        {"trainer": "wang", "apprentice": "a", "score": 9},
        {"trainer": "wang", "apprentice": "b", "score": 8},
        {"trainer": "wang", "apprentice": "c", "score": 7},
        {"trainer": "zhao", "apprentice": "b", "score": 6},
        {"trainer": "zhao", "apprentice": "c", "score": 1},
    ],
}
PEOPLE: dict[str, Any] = {
    "people": ["li", "wang", "zhao", "chen"],
    "edges": [
        {"a": "wang", "b": "li", "score": 5},
        {"a": "wang", "b": "zhao", "score": 11},
        {"a": "zhao", "b": "chen", "score": 5},
    ],
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(problem: Any) -> None:
    text = problem if isinstance(problem, str) else json.dumps(problem, indent=1)
    Path("p.json").write_text(text, encoding="utf-8")


def call(*more: str, out: str = "o.json", problem: str = "p.json") -> int:
    return main(["pair", "--problem", problem, "--out", out, *more])


def plan(problem: Any, *more: str) -> dict[str, Any]:
    write(problem)
    assert call(*more) == 0
    return json.loads(Path("o.json").read_text(encoding="utf-8"))


def refused(capsys: pytest.CaptureFixture[str], problem: Any, *more: str) -> list[str]:
    """The lines on standard error of a call that must fail and write nothing."""
    write(problem)
    assert call(*more) == 2
    assert sorted(path.name for path in Path().iterdir()) == ["p.json"]
    told = capsys.readouterr()
    assert told.out == ""
    return told.err.splitlines()


def changed(**parts: Any) -> dict[str, Any]:
    return {**PROBLEM, **parts}


# ---- What it says -----------------------------------------------------------------------------------


def test_a_plan_by_hand() -> None:
    assert plan(PROBLEM) == {
        "pairs": [["wang", "a"], ["wang", "c"], ["zhao", "b"]],
        "unmatched": [],
        "total": 22,
        "upper_bound": 22,
        "proven_optimal": True,
    }


def test_pins_bans_needs_and_the_penalty() -> None:
    people = [{"id": "a", "need": 3}, {"id": "b"}, {"id": "c", "need": 0}]
    problem = changed(
        apprentices=people, pinned=[["zhao", "b"]], forbidden=[["wang", "b"]], unmatched_penalty=10
    )
    found = plan(problem)
    assert found["pairs"] == [["wang", "a"], ["zhao", "b"]]
    assert found["unmatched"] == ["a", "a"]
    assert found["total"] == found["upper_bound"] == 9 + 6 - 20


def test_an_empty_side_is_no_fault() -> None:
    nobody = {"trainers": [], "apprentices": [{"id": "x", "need": 2}], "edges": [], "unmatched_penalty": 3}
    assert plan(nobody)["unmatched"] == ["x", "x"]
    assert plan({"trainers": [], "apprentices": [], "edges": []})["total"] == 0


def test_what_other_programs_write_is_read() -> None:
    """A byte order mark, CRLF, 9.0 for 9, fields and parts that mean nothing here."""
    text = json.dumps(changed(note="x"), indent=1).replace('"score": 9', '"score": 9.0, "why": []')
    Path("p.json").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert call() == 0
    assert json.loads(Path("o.json").read_text())["total"] == 22


def test_the_order_of_rows_changes_no_byte() -> None:
    plan(changed(edges=[{**edge, "score": 1} for edge in PROBLEM["edges"]]))
    told = Path("o.json").read_bytes()
    turned = {name: rows[::-1] for name, rows in PROBLEM.items()}
    turned["edges"] = [{**edge, "score": 1} for edge in turned["edges"]]
    plan(turned)
    assert Path("o.json").read_bytes() == told


def test_ids_keep_their_characters() -> None:
    problem = {"trainers": [{"id": "王师傅", "capacity": 1}], "apprentices": [{"id": "小李"}]}
    problem["edges"] = [{"trainer": "王师傅", "apprentice": "小李", "score": 1}]
    assert plan(problem)["pairs"] == [["王师傅", "小李"]]
    assert "王师傅" in Path("o.json").read_text(encoding="utf-8")


def test_pairs_among_equals() -> None:
    assert plan(PEOPLE, "--mutual") == {
        "pairs": [["wang", "zhao"]],
        "total": 11,
        "upper_bound": 11,
        "proven_optimal": True,
    }
    better = {**PEOPLE, "edges": [{**edge, "score": edge["score"] + 1} for edge in PEOPLE["edges"]]}
    assert plan(better, "--mutual")["pairs"] == [["chen", "zhao"], ["li", "wang"]]


# ---- What it refuses --------------------------------------------------------------------------------


def edges_but(at: int, **change: Any) -> list[dict[str, Any]]:
    return [{**edge, **change} if at == place else edge for place, edge in enumerate(PROBLEM["edges"])]


def people_but(**change: Any) -> list[dict[str, Any]]:
    return [{"id": "a", **change}, {"id": "b"}, {"id": "c"}]


@pytest.mark.parametrize(
    ("parts", "complaint"),
    [
        ({"pinned": [["wang", "a"]], "forbidden": [["wang", "a"]]}, "pinned[0]: this pair is pinned and forbidden"),
        ({"pinned": [["zhao", "b"], ["zhao", "c"]]}, "pinned[1]: 2 pins, and the trainer's capacity is 1"),
        ({"pinned": [["wang", "b"], ["zhao", "b"]]}, "pinned[1]: 2 pins, and the apprentice's need is 1"),
        ({"pinned": [["zhao", "a"]]}, "pinned[0]: this pair is pinned and is not among the edges"),
        ({"pinned": [["sun", "a"]]}, 'pinned[0][0]: "sun" is none of the trainers'),
        ({"forbidden": [["zhao", "sun"]]}, 'forbidden[0][1]: "sun" is none of the apprentices'),
        ({"pinned": ["wang"]}, "pinned[0]: is not a pair of two ids in square brackets"),
        ({"pinned": [["wang", 3]]}, 'pinned[0][1]: "3" is not an id in quotes'),
        ({"edges": edges_but(1, trainer="sun")}, 'edges[1].trainer: "sun" is none of the trainers'),
        ({"edges": edges_but(1, apprentice="sun")}, 'edges[1].apprentice: "sun" is none of the apprentices'),
        ({"edges": edges_but(2, score=1.5)}, 'edges[2].score: "1.5" is not a whole number'),
        ({"edges": edges_but(2, score="7")}, 'edges[2].score: "7" is not a whole number'),
        ({"edges": edges_but(2, score=True)}, 'edges[2].score: "true" is not a whole number'),
        ({"edges": edges_but(2, score=None)}, 'edges[2].score: "null" is not a whole number'),
        ({"edges": edges_but(2, score=float("nan"))}, 'edges[2].score: "nan" is not a whole number'),
        ({"edges": edges_but(2, score=2**63)}, f'edges[2].score: "{2**63}" does not fit into 64 bits'),
        ({"edges": [*PROBLEM["edges"], 5]}, "edges[5]: is not an object in braces"),
        ({"edges": {}}, "edges: is not a list in square brackets"),
        ({"edges": [{"trainer": "wang", "apprentice": "a"}]}, "edges[0].score: is missing"),
        ({"edges": [{"apprentice": "a", "score": 1}]}, "edges[0].trainer: is missing"),
        ({"trainers": [{"id": "wang", "capacity": -1}, PROBLEM["trainers"][1]]}, "trainers[0].capacity: -1 is below 0"),
        ({"apprentices": people_but(need=-1)}, "apprentices[0].need: -1 is below 0"),
        ({"apprentices": people_but(need=10**7)}, "apprentices[0].need: 10000000 is above 1000000"),
        ({"apprentices": [{"id": ""}, {"id": "b"}]}, "apprentices[0].id: is empty"),
        ({"unmatched_penalty": 0.5}, 'unmatched_penalty: "0.5" is not a whole number'),
    ],
)  # fmt: skip
def test_faults_are_named_with_place_and_line(
    parts: Any, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    field, reason = complaint.split(": ", 1)
    (told,) = refused(capsys, changed(**parts))
    file, line, told_field, told_reason = re.fullmatch(r"([^:]+):(\d+): (\S+): (.+)", told).groups()  # type: ignore[union-attr]
    assert (file, told_field, told_reason.replace('"', "")) == ("p.json", field, reason.replace('"', ""))
    assert 1 < int(line) <= Path("p.json").read_text().count("\n") + 1


def test_lines_are_those_of_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    text = """{"trainers": [
      {"id": "t", "capacity": 1},
      {"id": "t",
       "capacity": -1}
    ],
    "apprentices": [{"id": "a"}], "edges": [
      {"trainer": "t", "apprentice": "a", "score": 1},

      {"trainer": "t", "apprentice": "a", "score": 2}, {"trainer": "u", "apprentice": "a", "score": 2}
    ],
    "unmatched_penalty": 9000000000000000000
    }"""
    most = pairing.checking.limit(pairing.Problem.named({"t": 1, "u": 1}, {"a": 1}, []))
    assert refused(capsys, text) == [
        'p.json:3: trainers[1].id: "t" already stands on line 2',
        "p.json:4: trainers[1].capacity: -1 is below 0",
        'p.json:9: edges[2].trainer: "u" is none of the trainers',
        "p.json:9: edges[1]: this pair already stands on line 7",
        f"p.json:11: unmatched_penalty: {9 * 10**18} is too large to be added up for so many people: at most {most}",
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "p.json:1: file: the file is empty"),
        ("  \n", "p.json:1: file: the file is empty"),
        ("[]", "p.json:1: file: the file does not hold an object in braces"),
        ("{}", None),
        ("nonsense", 'p.json:1: json: not valid JSON: "Expecting value"'),
        ('{"trainers": [],\n"edges": [}', 'p.json:2: json: not valid JSON: "Expecting value"'),
        ('{"trainers": []\n"edges": []}', "p.json:2: json: not valid JSON: \"Expecting ',' delimiter\""),
        ('{"trainers": [],}', "p.json:1: json: not valid JSON: \"Expecting ',' delimiter\""),
        ('{"trainers" []}', "p.json:1: json: not valid JSON: \"Expecting ':' delimiter\""),
        (
            "{trainers: []}",
            'p.json:1: json: not valid JSON: "Expecting property name enclosed in double quotes"',
        ),
        ('{"trainers": []} x', 'p.json:1: json: not valid JSON: "Extra data"'),
        ('{"trainers": [],\n "trainers": []}', 'p.json:2: file: the part "trainers" stands twice'),
        ('{"trainers": ' + "[" * 100_000, 'p.json:1: json: not valid JSON: "too many brackets in brackets"'),
        ('{"trainers": ' + "1" * 5000 + "}", None),
    ],
)
def test_what_is_no_problem_file(
    text: str, complaint: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    told = refused(capsys, text)
    if complaint is not None:
        assert told == [complaint]
    elif text == "{}":
        assert told == [
            f"p.json:1: {part}: the file has no such part" for part in ("trainers", "apprentices", "edges")
        ]
    else:
        assert told[0].startswith("p.json:1: json: not valid JSON: ")


def test_a_line_that_is_no_utf8_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("p.json").write_bytes(b'{\n"trainers": "\xff"}')
    assert call() == 2
    assert capsys.readouterr().err == "p.json:2: file: the line is not UTF-8 text\n"


def test_half_a_character_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    text = json.dumps(PROBLEM).replace('"wang"', '"\\ud800"')
    assert refused(capsys, text)[0] == "p.json:1: trainers[0].id: holds half a character"


def test_every_fault_is_named_and_not_only_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    told = refused(capsys, changed(trainers=[{"id": 1, "capacity": "x"}, {}], unmatched_penalty=None))
    assert [line.split(": ")[1] for line in told] == [
        "trainers[0].id",
        "trainers[0].capacity",
        "trainers[1].id",
        "trainers[1].capacity",
        "unmatched_penalty",
    ]


@pytest.mark.parametrize(
    ("edges", "complaint"),
    [
        ([{"a": "li", "b": "li", "score": 1}], "edges[0]: nobody can be paired with himself"),
        ([{"a": "li", "b": "sun", "score": 1}], 'edges[0].b: "sun" is none of the people'),
        (
            [{"a": "li", "b": "wang", "score": 1}, {"a": "wang", "b": "li", "score": 1}],
            "edges[1]: this pair already stands on line 9",
        ),
    ],
)
def test_faults_among_equals(edges: Any, complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    (told,) = refused(capsys, {**PEOPLE, "edges": edges}, "--mutual")
    assert told.split(": ", 1)[1] == complaint


def test_people_are_ids(capsys: pytest.CaptureFixture[str]) -> None:
    told = refused(capsys, {"people": ["li", "li", 3, ""], "edges": []}, "--mutual")
    assert told == ['p.json:5: people[2]: "3" is not an id in quotes', "p.json:6: people[3]: is empty"]
    assert refused(capsys, {"people": ["li", "li"], "edges": []}, "--mutual") == [
        'p.json:4: people[1]: "li" already stands on line 3'
    ]


def test_files_and_places(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(problem="no.json") == 2
    assert capsys.readouterr().err == 'no.json:1: file: cannot be read: "No such file or directory"\n'
    write(PROBLEM)
    assert call(out="p.json") == 2
    assert call(out="o.csv") == 2
    assert capsys.readouterr().err.splitlines() == [
        "p.json:1: file: is one of the input files",
        'o.csv:1: file: a report is written as .json, not as ".csv"',
    ]


def test_a_plan_of_an_earlier_call_is_set_aside(capsys: pytest.CaptureFixture[str]) -> None:
    plan(PROBLEM)
    write({})
    assert call() == 2
    assert sorted(path.name for path in Path().glob("o.json*")) == ["o.json.earlier"]


def test_faults_are_told_in_chinese(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    (told,) = refused(capsys, changed(pinned=[["wang", "a"]], forbidden=[["wang", "a"]]))
    assert told.endswith(": pinned[0]: 这一对既被固定又被禁止")


def test_every_code_of_the_engine_has_its_sentence() -> None:
    folder = Path(pairing.__file__).parent
    texts = [(folder / name).read_text("utf-8") for name in ("checking.py", "mutual/checking.py")]
    codes = set(re.findall(r'"pairing\.(\w+)"', "".join(texts)))
    codes |= {"trainer_unknown", "apprentice_unknown"}
    ours = {"columns_uneven", "load_price_negative"}  # a file cannot bring these about
    assert codes - ours - set(PAIRING) == set()


def test_no_django_is_loaded() -> None:
    write(PROBLEM)
    code = (
        "import sys; from craftpath.delivery.commands.headless import main;"
        "assert 'scipy' not in sys.modules and 'ortools' not in sys.modules;"
        "assert main(['pair', '--problem', 'p.json', '--out', 'o.json']) == 0;"
        "assert 'django' not in sys.modules and 'pandas' not in sys.modules"
    )
    root = str(Path(pairing.__file__).parents[3])
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": root})
