"""A real course from its raw files to results, held against a calculation that shares nothing with the engine."""

import csv
import os
import subprocess
import sys
import tomllib
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from craftpath.delivery.commands.headless import main
from craftpath.engines.evaluation import Marks, Scheme, Status, explain

ROOT = Path(__file__).parents[2]
RAW = ROOT / "tests/data/oulad/DDD-2013B"


def raw(name: str) -> list[dict[str, str]]:
    with (RAW / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """The four files of the adapter, and the results beside them."""
    folder = tmp_path_factory.mktemp("oulad")
    adapter = str(ROOT / "examples/oulad/adapt.py")
    subprocess.run([sys.executable, adapter, str(RAW), str(folder)], check=True, env=dict(os.environ))
    paths = {name: str(folder / name) for name in ("scheme.toml", "scores.csv", "results.csv")}
    arguments = ["--scheme", paths["scheme.toml"], "--scores", paths["scores.csv"]]
    assert main(["evaluate", *arguments, "--out", paths["results.csv"]]) == 0
    return folder


def calculated() -> dict[str, tuple[bool, Fraction, Fraction]]:
    """Learner -> (complete, exact points to date, exact points open), from the raw files alone."""
    weights: dict[str, dict[str, Fraction]] = {"CMA": {}, "TMA": {}, "Exam": {}}
    for row in raw("assessments.csv"):
        weights[row["assessment_type"]][row["id_assessment"]] = Fraction(row["weight"])
    scores = {
        (row["id_student"], row["id_assessment"]): Fraction(row["score"])
        for row in raw("studentAssessment.csv")
        if row["score"] != "?"
    }

    def points(learner: str, kind: str, most: int) -> Fraction:
        got = sum(w * scores.get((learner, item), 0) for item, w in weights[kind].items())
        return most * Fraction(got) / (100 * sum(weights[kind].values()))

    (exam,) = weights["Exam"]
    found = {}
    for row in raw("studentInfo.csv"):
        learner = row["id_student"]
        to_date = points(learner, "CMA", 30) + points(learner, "TMA", 30) + points(learner, "Exam", 40)
        sat = (learner, exam) in scores
        found[learner] = (sat, to_date, Fraction(0 if sat else 40))
    return found


def printed(value: Fraction) -> str:
    """One decimal, half up."""
    tenths = (value * 10 + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}.{tenths % 10}"


def test_every_learner_has_the_exact_result(course):
    with (course / "results.csv").open(encoding="utf-8", newline="") as source:
        rows = {row["person"]: row for row in csv.DictReader(source)}
    assert Counter(row["state"] for row in rows.values()) == {"complete": 602, "incomplete": 701}
    assert {
        person: (row["state"], row["total"], row["to_date"], row["open"], row["passed"])
        for person, row in rows.items()
    } == {
        learner: (
            "complete" if complete else "incomplete",
            printed(to_date) if complete else "",
            printed(to_date),
            printed(waiting),
            str(Fraction(printed(to_date)) >= 60).lower() if complete else "",
        )
        for learner, (complete, to_date, waiting) in calculated().items()
    }


def test_every_learner_is_exact_before_rounding_too(course):
    with (course / "scheme.toml").open("rb") as source:
        scheme = Scheme.from_table(tomllib.load(source, parse_float=Decimal))
    with (course / "scores.csv").open(encoding="utf-8", newline="") as source:
        rows = [
            (row["person"], row["item"], Decimal(row["score"] or 0), Status[row["status"].upper()])
            for row in csv.DictReader(source)
        ]
    marks = Marks.of(scheme, rows)
    told = [explain(scheme, marks, row) for row in range(len(marks.people))]
    assert len(told) == 1303
    assert {one.person: (one.complete, one.to_date, one.open) for one in told} == calculated()
    assert all(one.total == (one.to_date if one.complete else None) for one in told)


def test_the_sheets_for_the_browser_hold_the_same_cohort(course):
    with (course / "roster.csv").open(encoding="utf-8", newline="") as source:
        roster = list(csv.reader(source))
    assert roster[:3] == [["student number", "name"], ["24213", "Learner 24213"], ["40419", "Learner 40419"]]
    sheet = list(load_workbook(course / "marks.xlsx", read_only=True).active.values)
    assert (len(roster), len(sheet), len(sheet[0])) == (1304, 1304, 15)
    told = {
        (str(line[0]), item): "?" if cell == "-" else str(cell)
        for line in sheet[1:]
        for item, cell in zip(sheet[0][1:], line[1:], strict=True)
    }
    known = {(row["id_student"], row["id_assessment"]): row["score"] for row in raw("studentAssessment.csv")}
    assert told == dict.fromkeys(told, "?") | known
