"""`craftpath look`: packages and items from elsewhere, looked at without a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from craftpath.delivery.commands.headless import main
from tests.exchange.courses.made import manifest, packed, scorm
from tests.exchange.exams.qti_samples import SAMPLES, item
from tests.exchange.exams.test_qti_one import QUESTIONS, cartridge, quiz


def look(folder: Path, capsys: pytest.CaptureFixture[str], **files: bytes) -> list[dict[str, Any]]:
    paths = []
    for name, content in files.items():
        paths.append(folder / name)
        paths[-1].write_bytes(content)
    assert main(["look", *map(str, paths)]) == 0
    told: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["files"]
    assert [one.pop("file") for one in told] == [str(path) for path in paths]
    return told


def test_an_item_says_what_it_becomes_and_is_worth(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two, one = look(
        tmp_path,
        capsys,
        a=SAMPLES["text and choice, each for itself"][0].encode(),
        b=item("<p>Read.</p>").encode(),
    )
    assert [(row["kind"], row["points"], row["right"], row["empty"]) for row in two["items"]] == [
        ("short", 2, 2, 0),
        ("single", 1, 1, 0),
    ]
    assert two["items"][0]["answer"] == {"1": "0.2"}
    assert {"code": "qti.divided", "facts": {"count": 2}} in two["items"][0]["remarks"]
    assert (one["items"][0]["understood"], one["items"][0]["kind"]) == (True, "text")


def test_packages_say_what_they_are_and_what_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course, course_2, climbing, nothing = look(
        tmp_path,
        capsys,
        a=packed(scorm(manifest())),
        b=cartridge(quiz(*(xml for xml, _ in QUESTIONS.values()))),
        c=packed({"../x": "x"}),
        d=b"hello",
    )
    assert (course["kind"], course["version"], course["playable"], course["faults"]) == (
        "scorm",
        "1.2",
        True,
        [],
    )
    assert course_2["kind"] == "cartridge"
    assert len(course_2["items"]) == len(QUESTIONS)
    assert {one["code"] for one in course_2["remarks"]} >= {"course.quiz_not_taken"}
    assert climbing["refused"] == "course.name_leads_out"
    assert nothing["refused"] == "qti.other_kind"


def test_a_file_that_is_not_there_is_a_complaint(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report.json"
    assert main(["look", str(tmp_path / "none.zip"), "--out", str(out)]) == 2
    assert "none.zip:1: file:" in capsys.readouterr().err
    assert not out.exists()
