"""The command `craftpath credits`, from an account, rules and a goal to a plan."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from craftpath.delivery.commands.credits_sentences import CREDITS
from craftpath.delivery.commands.headless import main
from craftpath.engines import credits

ACCOUNT: dict[str, Any] = {
    "on": "2026-06-01",
    "credits": [
        {"id": "welding", "source": "licence", "area": "practice", "points": 5,
         "earned_on": "2025-03-01", "expires_on": None, "outcome": "welder-4"},
        {"id": "drawing", "source": "college", "area": "theory", "points": 2.5,
         "earned_on": "2024-09-01", "expires_on": "2027-01-01", "outcome": "drawing"},
        {"id": "english", "source": "college", "area": "theory", "points": 3,
         "earned_on": "2020-09-01", "expires_on": "2025-09-01", "outcome": "english"},
    ],
}  # fmt: skip
RULES = """
[[rule]]
from = "licence"
to_area = "major"
rate = 0.8
cap = 6
valid_from = 2026-01-01
valid_to = 2026-12-31

[[rule]]
from = "college"
to_area = "general"
rate = "1/2"
"""
GOAL = """
total = 12
[[area]]
key = "major"
min = 6
max = 9
[[area]]
key = "general"
min = 2
[[institution]]
key = "college"
min = 1
[[offer]]
id = "robots"
area = "major"
points = 4
weeks = 8
[[offer]]
id = "safety"
area = "major"
points = 2
weeks = 3
[[offer]]
id = "writing"
area = "general"
points = 4.75
weeks = 6.5
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(account: Any = ACCOUNT, rules: str = RULES, goal: str = GOAL) -> None:
    text = account if isinstance(account, str) else json.dumps(account, indent=1)
    for name, content in (("a.json", text), ("r.toml", rules), ("g.toml", goal)):
        Path(name).write_text(content, encoding="utf-8")


def call(*more: str, out: str = "o.json") -> int:
    files = ["--account", "a.json", "--rules", "r.toml", "--goal", "g.toml", "--out", out]
    return main(["credits", *files, *more])


def plan(**files: Any) -> dict[str, Any]:
    write(**files)
    assert call() == 0
    return json.loads(Path("o.json").read_text(encoding="utf-8"))


def refused(capsys: pytest.CaptureFixture[str], *more: str, **files: Any) -> list[str]:
    """The lines on standard error of a call that must fail and write nothing."""
    write(**files)
    assert call(*more) == 2
    assert sorted(path.name for path in Path().iterdir()) == ["a.json", "g.toml", "r.toml"]
    told = capsys.readouterr()
    assert told.out == ""
    return told.err.splitlines()


def account(at: int, **change: Any) -> dict[str, Any]:
    rows = [{**row, **change} if at == place else row for place, row in enumerate(ACCOUNT["credits"])]
    return {**ACCOUNT, "credits": rows}


# ---- What it says -----------------------------------------------------------------------------------


def test_a_plan_by_hand() -> None:
    """4 of the licence and 1.25 of the college; 6.75 away, filled in 9.5 weeks with minima of both areas."""
    assert plan() == {
        "used": [
            {"credit": "drawing", "area": "general", "points": 1.25},
            {"credit": "welding", "area": "major", "points": 4},
        ],
        "missing": 0,
        "steps": ["safety", "writing"],
        "weeks": 9.5,
        "bound": 0,
        "proven_optimal": True,
    }


def test_what_no_step_fills_stays_missing() -> None:
    found = plan(goal="total = 20\n[[offer]]\nid = 'x'\narea = 'major'\npoints = 3\nweeks = 1\n")
    assert (found["missing"], found["bound"], found["steps"]) == (11.75, 11.75, ["x"])


def test_another_day_is_another_plan() -> None:
    found = plan(account={**ACCOUNT, "on": "2027-01-02"})
    assert (found["used"], found["steps"], found["missing"]) == ([], ["robots", "safety", "writing"], 1.25)
    found = plan(
        account={**ACCOUNT, "on": "2025-09-01"}
    )  # the last day of english; the first rule holds later
    assert [one["credit"] for one in found["used"]] == ["drawing", "english"]


def test_a_rule_takes_by_source_outcome_or_area() -> None:
    for name in ("licence", "welder-4", "practice"):
        rules = f'[[rule]]\nfrom = "{name}"\nto_area = "major"\nrate = 1\n'
        assert [one["credit"] for one in plan(rules=rules)["used"]] == ["welding"]
    assert plan(rules="")["used"] == []


def test_the_order_of_rows_changes_no_byte() -> None:
    plan()
    told = Path("o.json").read_bytes()
    rules = "[[rule]]".join(["", *RULES.split("[[rule]]")[:0:-1]])
    plan(account={**ACCOUNT, "credits": ACCOUNT["credits"][::-1]}, rules=rules)
    assert Path("o.json").read_bytes() == told


def test_what_other_programs_write_is_read() -> None:
    """A byte order mark, CRLF, days in quotes, whole numbers with a point, fields that mean nothing here."""
    write()
    text = Path("a.json").read_text().replace('"points": 5', '"points": 5.0, "note": ["x"]')
    Path("a.json").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    rules = RULES.replace("2026-01-01", '"2026-01-01"') + "\nnote = 'x'\n"
    Path("r.toml").write_bytes(b"\xef\xbb\xbf" + rules.replace("\n", "\r\n").encode())
    assert call() == 0
    assert json.loads(Path("o.json").read_text())["steps"] == ["safety", "writing"]


def test_who_gave_it_may_be_named_beside_the_source() -> None:
    goal = 'total = 4\n[[institution]]\nkey = "college"\nmin = 4\n'
    assert plan(goal=goal)["missing"] == 2.75
    assert plan(goal=goal, account=account(0, institution="college"))["missing"] == 0
    step = '[[offer]]\nid = "here"\narea = "major"\npoints = 3\nweeks = 2\ninstitution = "college"\n'
    assert plan(goal=goal + step)["steps"] == ["here"]


# ---- What it refuses --------------------------------------------------------------------------------


def test_every_fault_of_every_file_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = account(0, points=-1, earned_on="2025-02-30", outcome=7)
    wrong["credits"][1] = {**wrong["credits"][2]}
    told = refused(
        capsys, account=wrong, rules=RULES.replace("0.8", "1.2"), goal=GOAL.replace("= 9", '= "9"')
    )
    assert told == [
        'a.json:9: credits[0].earned_on: "2025-02-30" is not a day such as 2026-09-01',
        'a.json:11: credits[0].outcome: "7" is not an id in quotes',
        'g.toml:6: area[0].max: "9" is not a number',
    ]
    wrong["credits"][0] = {**ACCOUNT["credits"][0], "points": -1}
    told = refused(capsys, account=wrong, rules=RULES.replace("0.8", "1.2"), goal=GOAL.replace("= 9", "= 5"))
    assert told == [
        "a.json:8: credits[0].points: -1 is below 0",
        'a.json:23: credits[2].id: "english" already stands on line 14',
        "r.toml:5: rule[0].rate: 1.2 is above 1: more would be converted than was earned",
        "g.toml:6: area[0].max: 5 is below the minimum of 6",
    ]


@pytest.mark.parametrize(
    ("change", "place", "reason"),
    [
        ({"points": True}, "points", '"true" is not a number'),
        ({"points": "3"}, "points", '"3" is not a number'),
        ({"points": None}, "points", '"null" is not a number'),
        ({"points": 1e-9}, "points", "is finer than 6 decimals or a millionth"),
        ({"points": 1e300}, "points", "is above 1000000"),
        ({"points": 10**30}, "points", "is above 1000000"),
        ({"id": ""}, "id", "is empty"),
        ({"source": None}, "source", '"null" is not an id in quotes'),
        ({"earned_on": None}, "earned_on", '"null" is not a day such as 2026-09-01'),
        ({"earned_on": "20250101"}, "earned_on", '"20250101" is not a day such as 2026-09-01'),
        ({"expires_on": "2020-01-01"}, "expires_on", 'expires on "2020-01-01", before it was earned on "2025-03-01"'),
        ({"expires_on": ["x"]}, "expires_on", '"x" is not a day such as 2026-09-01'),
    ],
)  # fmt: skip
def test_bad_credits(
    change: dict[str, Any], place: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (told,) = refused(capsys, account=account(0, **change))
    assert f": credits[0].{place}: " in told
    assert told.endswith(reason)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rate = 0.8", "", "r.toml:2: rule[0].rate: is missing"),
        ("rate = 0.8", "rate = nan", 'r.toml:5: rule[0].rate: "NaN" is not a number'),
        ("rate = 0.8", "rate = -0.1", "r.toml:5: rule[0].rate: -0.1 is below 0"),
        ("rate = 0.8", 'rate = "1/0"', 'r.toml:5: rule[0].rate: "1/0" is not a number'),
        ("rate = 0.8", 'rate = "3/2"', 'r.toml:5: rule[0].rate: "3/2" is above 1: more would be converted'),
        ("rate = 0.8", "rate = 1e-999999", "r.toml:5: rule[0].rate: "),
        ("cap = 6", "cap = -1", "r.toml:6: rule[0].cap: -1 is below 0"),
        ("2026-12-31", "2025-12-31", 'r.toml:8: rule[0].valid_to: ends on "2025-12-31", before it begins'),
        ("2026-12-31", "2026-12-31T10:00:00", "r.toml:8: rule[0].valid_to: "),
        ('from = "licence"', 'from = ""', "r.toml:3: rule[0].from: is empty"),
        ('"licence"', '"licence', "r.toml:3: toml: not valid TOML"),
    ],
)
def test_bad_rules(old: str, new: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    (told,) = refused(capsys, rules=RULES.replace(old, new))
    assert told.startswith(said)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("total = 12", "", "g.toml:1: total: is missing"),
        ("total = 12", "total = inf", 'g.toml:2: total: "Infinity" is not a number'),
        ('key = "general"', 'key = "major"', 'g.toml:8: area[1].key: "major" already stands on line 4'),
        ("min = 1\n", "", "g.toml:10: institution[0].min: is missing"),
        ('id = "safety"', 'id = "robots"', 'g.toml:19: offer[1].id: "robots" already stands on line 14'),
        ("weeks = 8", "weeks = -8", "g.toml:17: offer[0].weeks: -8 is below 0"),
        ("weeks = 8\n", "", "g.toml:13: offer[0].weeks: is missing"),
        ("total = 12", "total = 12\narea = 3", "g.toml:4: toml: not valid TOML"),
    ],
)
def test_bad_goals(old: str, new: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    (told,) = refused(capsys, goal=GOAL.replace(old, new, 1))
    assert told.startswith(said)


def test_rows_that_are_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, account='{"on": "2026-06-01", "credits": [3]}') == [
        "a.json:1: credits[0]: is not an object in braces"
    ]
    assert refused(capsys, account="{}", rules="rule = 3", goal="total = 1\narea = [1]") == [
        "a.json:1: credits: the file has no such part",
        "a.json:1: on: is missing",
        "r.toml:1: rule: is not a list in square brackets",
        "g.toml:2: area[0]: is not an object in braces",
    ]
    assert refused(capsys, account="[]", rules="=", goal="\x00")[0].startswith("a.json:1: file: ")


def test_files_that_cannot_be_read_or_would_be_lost(capsys: pytest.CaptureFixture[str]) -> None:
    write()
    Path("r.toml").unlink()
    Path("g.toml").write_bytes(b"total = 1\n# \xff\n")
    assert call() == 2
    told = capsys.readouterr().err.splitlines()
    assert told == [
        'r.toml:1: file: cannot be read: "No such file or directory"',
        "g.toml:2: file: the line is not UTF-8 text",
    ]
    write()
    for out in ("a.json", "g.toml", "r.toml", "o.csv"):
        assert call(out=out) == 2
    assert json.loads(Path("a.json").read_text()) == ACCOUNT


def test_an_earlier_plan_does_not_stand_for_a_failed_one() -> None:
    plan()
    write(rules="[[rule]]\n")
    assert call() == 2
    assert not Path("o.json").exists()


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf"])
def test_seconds_are_some(seconds: str, capsys: pytest.CaptureFixture[str]) -> None:
    (told,) = refused(capsys, f"--seconds={seconds}")
    assert told.endswith("seconds are no time to search")


def test_faults_are_told_in_chinese(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    (told,) = refused(capsys, rules=RULES.replace("0.8", "1.2"))
    assert told == "r.toml:5: rule[0].rate: 1.2 大于 1：转换所得会多于已取得的学分"


def test_every_code_of_the_engine_has_its_sentence() -> None:
    text = (Path(credits.__file__).parent / "checking.py").read_text("utf-8")
    codes = set(re.findall(r'"credits\.(\w+)"', text))
    assert len(codes) > 7
    assert codes - set(CREDITS) == set()
    names = re.compile(r"\{(\w+)")
    assert all(set(names.findall(one)) == set(names.findall(other)) for one, other in CREDITS.values())


def test_no_django_is_loaded() -> None:
    write()
    code = (
        "import sys; from craftpath.delivery.commands.headless import main;"
        "assert 'ortools' not in sys.modules;"
        "assert main('credits --account a.json --rules r.toml --goal g.toml --out o.json'.split()) == 0;"
        "assert 'django' not in sys.modules"
    )
    root = str(Path(credits.__file__).parents[3])
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": root})
