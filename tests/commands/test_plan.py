"""The command `craftpath plan`, from units and needs to a plan."""

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
from craftpath.delivery.commands.planning_sentences import PLANNING
from craftpath.engines import curriculum


def row(
    one: str, hours: int, place: str, stage: int, area: str, skills: dict[str, float], *before: str
) -> dict[str, Any]:
    unit: dict[str, Any] = {"id": one, "hours": hours, "place": place, "stage": stage, "area": area}
    return {**unit, "skills": skills, "needs_before": list(before)}


PROBLEM: dict[str, Any] = {
    "units": [
        row("drawings", 10, "school", 1, "trade", {"reads": 0.5}),
        row("measuring", 8, "workshop", 1, "trade", {"reads": 0.3, "plans": 0.4}, "drawings"),
        row("talk", 6, "school", 2, "general", {"talks": 0.8}),
        row("turning", 20, "workshop", 2, "trade", {"plans": 1}),
    ],
    "needs": {"reads": 2, "talks": 1, "plans": 1.5, "sings": 1},
    "limits": {"hours": 24, "stage": {"1": 20, "2": 20}, "place": {"school": 16}, "area_min": {"trade": 10}},
    "pinned": [],
    "forbidden": [],
}  # fmt: skip


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


def call(*more: str, out: str = "o.json") -> int:
    return main(["plan", "--problem", "p.json", "--out", out, *more])


def plan(problem: Any) -> dict[str, Any]:
    write(problem)
    assert call() == 0
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


def limits(**parts: Any) -> dict[str, Any]:
    return changed(limits={**PROBLEM["limits"], **parts})


def unit(at: int, **change: Any) -> dict[str, Any]:
    rows = [{**row, **change} if at == place else row for place, row in enumerate(PROBLEM["units"])]
    return changed(units=rows)


# ---- What it says -----------------------------------------------------------------------------------


def test_a_plan_by_hand() -> None:
    assert plan(PROBLEM) == {
        "units": ["drawings", "measuring", "talk"],
        "covered": {"reads": 0.8, "talks": 0.8, "plans": 0.4, "sings": 0.0},
        "objective": 3.0,
        "bound": 3.0,
        "proven_optimal": True,
    }


def test_pins_bans_and_stages() -> None:
    found = plan(changed(pinned=["turning"]))
    assert found["units"] == ["turning"]
    assert plan(changed(forbidden=["measuring"]))["units"] == ["drawings", "talk"]
    assert plan(limits(stage={"1": 20, "2": 5}))["units"] == ["drawings", "measuring"]
    # What is needed before would come in a later stage: measuring cannot be had.
    assert plan(unit(0, stage=2))["objective"] < 3


def test_parts_that_may_be_left_out() -> None:
    bare = [{name: row[name] for name in ("id", "hours", "skills")} for row in PROBLEM["units"]]
    found = plan({"units": bare, "needs": PROBLEM["needs"]})
    assert sorted(found["units"]) == ["drawings", "measuring", "talk", "turning"]
    assert plan({"units": [], "needs": {"reads": 1}}) == {
        "units": [],
        "covered": {"reads": 0.0},
        "objective": 0.0,
        "bound": 0.0,
        "proven_optimal": True,
    }


def test_what_other_programs_write_is_read() -> None:
    """A byte order mark, CRLF, 10.0 for 10, a stage in quotes, nulls, fields that mean nothing here."""
    text = json.dumps(changed(note="x", pinned=[]), indent=1)
    text = text.replace('"hours": 10', '"hours": 10.0, "why": []').replace('"stage": 1', '"stage": "1"')
    Path("p.json").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert call() == 0
    assert json.loads(Path("o.json").read_text())["objective"] == 3
    assert plan(limits(hours=None, place=None))["proven_optimal"] is True


def test_the_order_of_rows_changes_no_byte() -> None:
    plan(PROBLEM)
    told = Path("o.json").read_bytes()
    plan(changed(units=PROBLEM["units"][::-1]))
    assert Path("o.json").read_bytes() == told


def test_ids_keep_their_characters() -> None:
    text = json.dumps(PROBLEM).replace("drawings", "识图").replace('"trade"', '"技术 技能.1"')
    assert plan(text)["units"][0] == "识图"


def test_figures_of_any_length_are_compared_exactly() -> None:
    found = plan(changed(needs={"reads": 2.000000000000001, "talks": 1 / 3, "plans": 1.5}))
    assert found["proven_optimal"] is True
    assert found["objective"] == found["bound"] == pytest.approx(1.6 + 0.8 / 3 + 0.6)


# ---- What it refuses --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("problem", "complaint"),
    [
        (unit(0, id=""), "units[0].id: is empty"),
        (unit(0, id=7), 'units[0].id: "7" is not an id in quotes'),
        (unit(2, id="drawings"), 'units[2].id: "drawings" already stands on line 3'),
        (unit(0, hours=-1), "units[0].hours: -1 is below 0"),
        (unit(0, hours=1.5), 'units[0].hours: "1.5" is not a whole number'),
        (unit(0, hours="10"), 'units[0].hours: "10" is not a whole number'),
        (unit(0, hours=None), 'units[0].hours: "null" is not a whole number'),
        (unit(0, hours=10**7), "units[0].hours: 10000000 is above 1000000"),
        (unit(0, stage="first"), 'units[0].stage: "first" is not a whole number'),
        (unit(0, stage=None), "units[0].stage: is missing"),
        (unit(0, place=None), "units[0].place: is missing, and limits.place asks for it"),
        (unit(0, area=None), "units[0].area: is missing, and limits.area_min asks for it"),
        (unit(0, area=3), 'units[0].area: "3" is not an id in quotes'),
        (unit(0, skills={"reads": 1.2}), "units[0].skills.reads: 1.2 is not between 0 and 1"),
        (unit(0, skills={"a b": -0.1}), "units[0].skills.a b: -0.1 is not between 0 and 1"),
        (unit(0, skills={"reads": float("nan")}), "units[0].skills.reads: nan is not between 0 and 1"),
        (unit(0, skills={"reads": "much"}), 'units[0].skills.reads: "much" is not a number'),
        (unit(0, skills=[]), "units[0].skills: is not an object in braces"),
        (unit(1, needs_before=["drawing"]), 'units[1].needs_before[0]: "drawing" is none of the units'),
        (unit(1, needs_before="drawings"), "units[1].needs_before: is not a list in square brackets"),
        (changed(needs={"reads": -2}), "needs.reads: -2 is below 0"),
        (changed(needs={"reads": float("inf")}), "needs.reads: inf is not a number"),
        (changed(needs={"reads": 10**400}), f"needs.reads: {10**400} is above 1000000000"),
        (changed(needs={"reads": True}), 'needs.reads: "true" is not a number'),
        (changed(needs=[]), "needs: is not an object in braces"),
        (changed(pinned=["sun"]), 'pinned[0]: "sun" is none of the units'),
        (changed(forbidden=[["talk"]]), 'forbidden[0]: "talk" is not an id in quotes'),
        (changed(pinned=["talk"], forbidden=["talk"]), 'pinned[0]: "talk" is pinned and forbidden'),
        (limits(hours=-1), "limits.hours: -1 is below 0"),
        (limits(hours=10.5), 'limits.hours: "10.5" is not a whole number'),
        (limits(stage={"one": 4}), 'limits.stage.one: "one" is not a whole number'),
        (limits(place={"work shop": "4"}), 'limits.place.work shop: "4" is not a whole number'),
        (limits(place=[4]), "limits.place: is not an object in braces"),
        (
            limits(area_min={"trade": 39}),
            'limits.area_min.trade: 39 hours at least, and all units of "trade" together have 38',
        ),
        (changed(limits=7), "limits: is not an object in braces"),
        (changed(units=[3]), "units[0]: is not an object in braces"),
    ],
)  # fmt: skip
def test_faults_are_named_with_place_and_line(
    problem: Any, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    field, reason = complaint.split(": ", 1)
    (told,) = refused(capsys, problem)
    file, line, told_field, told_reason = re.fullmatch(r"([^:]+):(\d+): ([^:]+): (.+)", told).groups()  # type: ignore[union-attr]
    assert (file, told_field, told_reason.replace('"', "")) == ("p.json", field, reason.replace('"', ""))
    assert 1 < int(line) <= Path("p.json").read_text().count("\n") + 1


def test_lines_are_those_of_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    text = """{"units": [
      {"id": "a", "hours": 1, "stage": 1,
       "place": "hall", "skills": {"reads": 1,
                  "talks well": 2}, "needs_before": ["c"]},
      {"id": "b", "hours": 1, "stage": 1, "place": "hall", "skills": {}, "needs_before": ["a"]},
      {"id": "c", "hours": 1, "stage": 1, "place": "hall", "skills": {}, "needs_before": [
         "b"]},
      {"id": "d", "hours": 1, "stage": 1, "place": "hall", "skills": {}, "needs_before": ["d"]}],
    "needs": {"reads": 1},
    "limits": {"hours": 3,
      "place": {"hall no. 1": -3}}}"""
    tail = "prerequisites bite their tail, each needed before the next"
    assert refused(capsys, text) == [
        "p.json:4: units[0].skills.talks well: 2 is not between 0 and 1",
        f"p.json:4: units[0].needs_before[0]: {tail}: a → b → c → a",
        f"p.json:8: units[3].needs_before[0]: {tail}: d → d",
        "p.json:11: limits.place.hall no. 1: -3 is below 0",
    ]


def test_hours_that_cannot_fit_name_what_quarrels(capsys: pytest.CaptureFixture[str]) -> None:
    told = refused(capsys, limits(hours=25, stage={}, area_min={"general": 6}) | {"pinned": ["turning"]})
    way = "One way that works: limits.hours 26"
    assert [line.partition(": ")[2] for line in told] == [
        f"limits.hours: cannot be kept together with limits.area_min.general, pinned[0]. {way}",
        f"limits.area_min.general: cannot be kept together with limits.hours, pinned[0]. {way}",
        f"pinned[0]: cannot be kept together with limits.hours, limits.area_min.general. {way}",
    ]


def test_a_pin_against_a_ban_of_what_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    told = refused(capsys, changed(pinned=["talk", "measuring"], forbidden=["drawings"]))
    assert [line.split(": ")[1] for line in told] == ["pinned[1]", "forbidden[0]"]
    assert "without pinned[1]" in told[0] or "without forbidden[0]" in told[0]


def test_a_pin_whose_prerequisite_comes_too_late(capsys: pytest.CaptureFixture[str]) -> None:
    (told,) = refused(capsys, {**unit(0, stage=2), "pinned": ["measuring"]})
    assert told.endswith(
        'pinned[0]: "measuring" cannot stand anywhere: what it needs before it comes in a later stage ("drawings")'
    )


def test_a_least_number_of_hours_alone(capsys: pytest.CaptureFixture[str]) -> None:
    rows = unit(0, stage=2)["units"]
    (told,) = refused(
        capsys, {"units": rows, "needs": PROBLEM["needs"], "limits": {"area_min": {"trade": 31}}}
    )
    assert told.endswith(
        "limits.area_min.trade: cannot be kept with these units and prerequisites. "
        "One way that works: limits.area_min.trade 30"
    )


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf"])
def test_seconds_are_some(seconds: str, capsys: pytest.CaptureFixture[str]) -> None:
    (told,) = refused(capsys, PROBLEM, f"--seconds={seconds}")
    assert told.endswith("seconds are no time to search")


def test_out_of_time_with_nothing_to_show(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def late(*_: object) -> None:
        raise curriculum.TimeRanOut

    monkeypatch.setattr(curriculum, "choose", late)
    (told,) = refused(capsys, PROBLEM, "--seconds=2")
    assert "no plan was found in 2.0 seconds" in told


def test_no_problem_at_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, "{}") == [
        "p.json:1: units: the file has no such part",
        "p.json:1: needs: the file has no such part",
    ]
    assert refused(capsys, "") == ["p.json:1: file: the file is empty"]
    text = json.dumps(PROBLEM).replace('"drawings"', '"\\ud800"')
    assert refused(capsys, text)[0] == "p.json:1: units[0].id: holds half a character"
    write(PROBLEM)
    assert call(out="p.json") == 2
    assert call(out="o.csv") == 2


def test_faults_are_told_in_chinese(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    told = refused(capsys, limits(hours=19) | {"pinned": ["turning"]})
    assert told[0].endswith(": limits.hours: 无法与 pinned[0] 同时满足。一种可行的办法：limits.hours 改为 20")


def test_every_code_of_the_engine_has_its_sentence() -> None:
    text = (Path(curriculum.__file__).parent / "checking.py").read_text("utf-8")
    codes = set(re.findall(r'"curriculum\.(\w+)"', text))
    assert len(codes) > 9
    ours = {"no_stage"}  # a file cannot bring it about
    assert codes - ours - set(PLANNING) == set()


def test_no_django_is_loaded() -> None:
    write(PROBLEM)
    code = (
        "import sys; from craftpath.delivery.commands.headless import main;"
        "assert 'scipy' not in sys.modules and 'ortools' not in sys.modules;"
        "assert main(['plan', '--problem', 'p.json', '--out', 'o.json']) == 0;"
        "assert 'django' not in sys.modules"
    )
    root = str(Path(curriculum.__file__).parents[3])
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": root})
