"""Every country's preset: it loads once, holds, judges, and brings the worked numbers that are known of it."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib import resources
from itertools import product
from typing import Any

import pytest
from django.core.management import call_command

from craftpath.domain.programmes.actions import load_presets, presets
from craftpath.domain.programmes.definition import components, faults, judged_items
from craftpath.domain.programmes.details import assumed, level_names, rule_id
from craftpath.domain.programmes.models import (
    CONFIDENCES,
    TOPICS,
    EvaluationScheme,
    LearningArea,
    Outcome,
    Programme,
    Provision,
    Stage,
    Unit,
)
from craftpath.domain.programmes.queries import programmes
from craftpath.domain.programmes.texts import CONFIDENCES as CONFIDENCE_NAMES
from craftpath.domain.programmes.texts import TOPICS as TOPIC_NAMES
from craftpath.domain.standards.actions import load_frameworks
from craftpath.engines.evaluation import Marks, Mode, Scheme, Status, chance, combined, evaluate
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.values.text import Text
from tests.cast import AT

D = Decimal
needs_rows = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]

# Worked by hand, or published with their result.
CHINA = ({"process": 82, "practical_activity": 90, "final_exam": 75}, D("81.6"), True)
GERMANY = {
    "passes with one area at 5": ([60, 55, 45, 52, 70], D("56.3"), True),
    "the work order is under 50 while the average is over it": ([80, 48, 60, 60, 60], D("64.4"), False),
    "one area of part 2 is under 30": ([80, 70, 60, 60, 20], D("68.6"), False),
    "two of three areas are under 50": ([70, 70, 45, 45, 80], D("64.6"), False),
}
AREAS = ("part1", "work_order", "work_planning", "function_analysis", "economics_social")
ENGLAND = {
    ("fail", "fail"): "fail",
    ("fail", "pass"): "fail",
    ("fail", "distinction"): "fail",
    ("pass", "fail"): "fail",
    ("pass", "pass"): "pass",
    ("pass", "distinction"): "merit",
    ("distinction", "fail"): "fail",
    ("distinction", "pass"): "merit",
    ("distinction", "distinction"): "distinction",
}


def _file(key: str) -> dict[str, Any]:
    text = (resources.files("craftpath.domain.programmes") / "presets" / f"{key}.toml").read_text("utf-8")
    return tomllib.loads(text, parse_float=Decimal)


def _scheme(key: str) -> Scheme:
    return Scheme.from_table({"key": key, **_file(key)["scheme"]["definition"]})


def _judge(scheme: Scheme, *people: dict[str, Any]) -> Any:
    cells = [
        (str(n), key, value if isinstance(value, str) else D(value), Status.SCORED)
        for n, person in enumerate(people)
        for key, value in person.items()
    ]
    return evaluate(scheme, Marks.of(scheme, cells))


def test_five_countries_come_with_the_program_and_all_four_modes_are_among_them() -> None:
    assert presets() == ("au_cert3", "cn_334", "de_mechatronics", "uk_standard", "us_registered")
    modes = {_file(key)["scheme"]["definition"]["mode"] for key in presets()}
    assert modes == set(Mode)


@pytest.mark.parametrize("key", presets())
def test_a_preset_holds_and_everything_has_both_names(key: str) -> None:
    table = _file(key)
    definition = table["scheme"]["definition"]
    assert faults(definition, key) == ()
    names = [table["name"], table["scheme"]["name"]]
    for kind in ("stage", "learning_area", "provision"):
        names += [row["name"] for row in table.get(kind, ())]
    names += [row["emphasis"] for row in table["stage"] if row["emphasis"]]
    names += [row["value"] for row in table["provision"] if isinstance(row["value"], dict)]
    infos = components(definition)
    names += [info.name.as_json() for info in infos]
    named = [*level_names(definition).values(), *(name for info in infos for name in info.grades.values())]
    names += [name.as_json() for name in named]
    assert [name for name in names if set(name) != {"zh", "en"} or name["zh"] == name["en"]] == []


@pytest.mark.parametrize("key", presets())
def test_provisions_are_of_known_topics_and_say_how_sure_they_are(key: str) -> None:
    rows = _file(key)["provision"]
    assert {row["topic"] for row in rows} <= set(TOPICS)
    assert {row.get("conf", "") for row in rows} <= {"", *CONFIDENCES}
    times = [(row["key"], row["topic"], row.get("valid_from"), row.get("valid_to")) for row in rows]
    assert len(set(times)) == len(times)
    wanted = {"duration", "hours", "probation", "pay", "ratio", "documents"}
    assert wanted <= {row["topic"] for row in rows}


def test_every_topic_and_mark_of_confidence_has_its_words() -> None:
    assert set(TOPIC_NAMES) == set(TOPICS)
    assert set(CONFIDENCE_NAMES) == set(CONFIDENCES)


@pytest.mark.parametrize("key", presets())
def test_what_is_assumed_names_something_that_is_there(key: str) -> None:
    definition = _file(key)["scheme"]["definition"]
    assert set(assumed(definition)) <= {"decimals", *(rule_id(rule) for rule in definition["rule"])}


@pytest.mark.parametrize("key", presets())
def test_all_top_passes_and_all_lowest_does_not(key: str) -> None:
    scheme = _scheme(key)
    top = {item.key: part.grades[-1] if part.grades else item.max for part, item in scheme.items}
    low = {item.key: part.grades[0] if part.grades else 0 for part, item in scheme.items}
    found = _judge(scheme, top, low)
    assert [found.passed_of(0), found.passed_of(1)] == [True, False]
    if scheme.mode.grades:
        assert [found.grade_of(0), found.grade_of(1)] == [scheme.levels[-1], scheme.levels[0]]
        assert found.total_of(0) is None
    else:
        assert [found.total_of(0), found.total_of(1)] == [100, 0]


class TestWorkedCases:
    """Numbers that are known from outside."""

    def test_china(self) -> None:
        marks, total, passed = CHINA
        found = _judge(_scheme("cn_334"), marks)
        assert (found.total_of(0), found.passed_of(0)) == (total, passed)

    @pytest.mark.parametrize("case", GERMANY)
    def test_germany(self, case: str) -> None:
        marks, total, passed = GERMANY[case]
        found = _judge(_scheme("de_mechatronics"), dict(zip(AREAS, marks, strict=True)))
        assert (found.total_of(0), found.passed_of(0)) == (total, passed)

    def test_germany_oral_supplement(self) -> None:
        assert combined(_scheme("de_mechatronics"), D(45), D(75)) == Fraction(55)
        failed = dict(zip(AREAS, GERMANY["two of three areas are under 50"][0], strict=True))
        row = {key: (D(mark), Status.SCORED) for key, mark in failed.items()}
        found = chance(_scheme("de_mechatronics"), row, "work_planning")
        assert (found.reason, found.least) == ("", 60)  # (2 × 45 + 60) ÷ 3 = 50

    def test_england_every_combination(self) -> None:
        scheme = _scheme("uk_standard")
        grades = scheme.components[0].grades
        assert set(ENGLAND) == set(product(grades, grades))
        found = _judge(scheme, *({"method1": one, "method2": two} for one, two in ENGLAND))
        levels = [found.grade_of(row) for row in range(len(ENGLAND))]
        assert levels == list(ENGLAND.values())
        assert [found.passed_of(row) for row in range(len(ENGLAND))] == [level != "fail" for level in levels]

    def test_united_states(self) -> None:
        full = {"ojl_hours": 8000, "related_instruction": 576, "competencies": 100}
        found = _judge(
            _scheme("us_registered"), full, full | {"ojl_hours": 7999}, full | {"competencies": 99}
        )
        assert [found.passed_of(row) for row in range(3)] == [True, False, False]
        assert [found.grade_of(row) for row in range(3)] == ["met", "not_met", "not_met"]

    def test_australia(self) -> None:
        found = _judge(
            _scheme("au_cert3"),
            {"units": 100, "employer_confirmation": 1},
            {"units": 100, "employer_confirmation": 0},
            {"units": 100},
        )
        assert [found.grade_of(row) for row in range(3)] == ["competent", "not_yet_competent", None]
        assert not found.complete[2]


class TestRows:
    """What needs a database."""

    pytestmark = needs_rows

    def test_all_load_and_loading_twice_changes_nothing(self, db: Any) -> None:
        first = load_presets(by=system(), at=AT)
        load_frameworks(by=system(), at=AT)  # the command brings them too
        tables = (Programme, Stage, LearningArea, Provision, Unit, Outcome, EvaluationScheme, AuditEntry)
        before = [list(table.objects.order_by("pk").values()) for table in tables]
        assert load_presets(by=system(), at=AT) == first
        call_command("presets", verbosity=0)
        assert [list(table.objects.order_by("pk").values()) for table in tables] == before
        assert [programme.key for programme in programmes()][0] == "cn_334"

    def test_facts_beside_the_evaluation_can_be_read(self, db: Any) -> None:
        load_presets(by=system(), at=AT)
        floors = Provision.objects.filter(key="first_year_floor", valid_from__lte=date(2025, 9, 1))
        row = floors.get(valid_to__gte=date(2025, 9, 1))
        assert (row.value, row.unit, row.conf) == (682, "EUR", "V")
        assert Programme.objects.filter(valid_from=None).count() == 0
        hours = Provision.objects.get(programme__key="us_registered", key="on_job_min")
        assert (hours.value, hours.unit, hours.title) == (
            2000,
            "hour",
            Text(zh="在岗学习不少于", en="On-the-job learning, at least"),
        )

    def test_a_required_part_is_marked_in_its_own_unit(self, db: Any) -> None:
        load_presets(by=system(), at=AT)
        scheme = EvaluationScheme.objects.get(key="us-registered")
        assert [(item.max, item.unit) for item in judged_items(scheme.definition)] == [
            (8000, "hour"),
            (576, "hour"),
            (100, "percent"),
        ]
        oral = [
            item.key for item in judged_items(EvaluationScheme.objects.get(key="de-mechatronics").definition)
        ]
        assert [key for key in oral if key.endswith(".oral")] == [
            "work_planning.oral",
            "function_analysis.oral",
            "economics_social.oral",
        ]
