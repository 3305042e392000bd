"""One apprentice's result, taken apart."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from craftpath.domain.evaluation import columns, queries
from craftpath.domain.evaluation.actions import NewMark, record_marks
from craftpath.engines.evaluation import Role
from tests.cast import AT, Cast

Browse = Callable[[str], Client]


def address(cast: Cast, number: str, organisation: str = "lanchuan") -> str:
    return f"/o/{organisation}/results/{cast.evaluation.public_id}/{cast.enrolments[number].public_id}/"


@pytest.fixture
def shown(cast: Cast, browse: Browse) -> Callable[[str], Any]:
    return lambda number: browse("coordinator").get(address(cast, number)).context


def test_the_sum_stands_in_words(shown: Callable[[str], Any]) -> None:
    assert shown("26001")["sentence"] == "80.5 of 100; all marks are in. The pass rules are met."
    assert shown("26002")["sentence"] == "37.5 of 45 so far; two marks left, 55 points still open."
    assert shown("26003")["sentence"] == "42.2 of 60 so far; one mark left, 40 points still open."
    assert shown("26003")["rounding"] == "42.15 exactly, half up to one place: 42.2"


def test_each_component_says_its_arithmetic(shown: Callable[[str], Any]) -> None:
    assert [(one.label, one.colour, one.figure, one.note) for one in shown("26001")["branches"]] == [
        ("Process evaluation", "process", "25",
         "Weight 30. 83.3333… of 100: 30 × 83.3333… ÷ 100 = 25 points."),
        ("Practical activity evaluation", "practical", "25.5", "Weight 30. 85 of 100: 30 × 85 ÷ 100 = 25.5 points."),
        ("Final examination", "exam", "30", "Weight 40. 75 of 100: 40 × 75 ÷ 100 = 30 points."),
    ]  # fmt: skip
    assert [one.note for one in shown("26002")["branches"]][1:] == [
        "Weight 30. So far 70 of 100: 15 × 70 ÷ 100 = 10.5 points. Still open: 15 points.",
        "Weight 40. Still open: 40 points.",
    ]


def test_each_item_says_what_it_does_in_the_sum(shown: Callable[[str], Any]) -> None:
    leaves = [
        (leaf.label, leaf.badge, leaf.note, leaf.figure)
        for one in shown("26003")["branches"]
        for leaf in one.leaves
    ]
    assert leaves == [
        ("Attendance", "counts", "95 of 100 is 95 %. Weight 1 of 1.", "28.5"),
        ("Training log", "dropped as the lowest", "85 of 100 is 85 %.", ""),
        ("Quiz", "leaves the sum", "Exempt; full marks are 50.", ""),
        ("Workshop task 1", "counts", "91 of 100 is 91 %. Weight 1 of 2.", "13.65"),
        ("Workshop task 2", "counts as zero", "Absent; full marks are 100. Weight 1 of 2.", "0"),
        ("Final examination", "still open", "Deferred; full marks are 100. Still open: 40 points.", ""),
    ]


def test_the_points_of_the_leaves_make_the_total(
    cast: Cast, shown: Callable[[str], Any], all_rows: None
) -> None:
    for number in ("26001", "26002", "26003", "26004"):
        explained = shown(number)["explanation"]
        points = sum((item.points for part in explained.components for item in part.items), Fraction(0))
        assert points == explained.to_date


def test_pass_rules_show_the_figure_that_they_use(shown: Callable[[str], Any]) -> None:
    assert [(one.label, one.note, one.badge) for one in shown("26001")["rules"]] == [
        ("The total reaches 60", "Total 80.5, needed 60", "met")
    ]
    assert [one.badge for one in shown("26002")["rules"]] == ["not yet met"]


def test_learning_areas_group_the_same_marks(shown: Callable[[str], Any]) -> None:
    assert [(name, str(value)) for name, value in shown("26001")["areas"]] == [
        ("Professional consciousness", "75.0"),
        ("General professional knowledge", "80.0"),
        ("General professional skills", "85.0"),
    ]
    assert shown("26003")["areas"][1] == ("General professional knowledge", None)


def test_the_scheme_in_force_is_linked_for_those_who_may_read_it(cast: Cast, browse: Browse) -> None:
    link = f"/o/lanchuan/schemes/{cast.scheme.public_id}/".encode()
    assert link in browse("coordinator").get(address(cast, "26001")).content
    own = browse("apprentice").get(address(cast, "26001")).content
    assert link not in own
    assert b"Welder 3-3-4" in own


def test_what_a_result_waits_for_is_what_the_derivation_calls_open(cast: Cast, all_rows: None) -> None:
    for row in queries.results_of_cohort(cast.evaluation):
        explained = queries.derivation(cast.evaluation, row.enrolment).explanation
        waiting = [item.key for part in explained.components for item in part.items if item.role is Role.OPEN]
        assert list(row.missing) == waiting


def test_a_rule_on_a_component_without_weight_makes_the_result_wait_for_it(
    cast: Cast, all_rows: None
) -> None:
    definition = {
        "component": [
            {"key": "all", "weight": "100", "missing": "zero"},
            {"key": "gate", "weight": "0"},
            {"key": "shown", "weight": "0"},
        ],
        "rule": [{"kind": "component_min", "component": "gate", "value": "60"}],
    }
    scheme = columns.engine_scheme(definition, "x")
    marks = columns.Marks.of(scheme, [("somebody", "all", None, columns.Status.MISSING)])
    assert columns.open_items(scheme, marks, 0) == ["gate"]


def test_an_apprentice_sees_the_own_result_and_no_other(cast: Cast, browse: Browse) -> None:
    assert browse("apprentice").get(address(cast, "26001")).status_code == 200
    assert browse("apprentice").get(address(cast, "26002")).status_code == 404


@pytest.mark.parametrize(
    ("who", "organisation", "number", "status"),
    [
        ("mentor", "jinheng", "26001", 200),
        ("mentor", "jinheng", "26003", 404),
        ("hr", "jinheng", "26003", 404),
        ("officer", "lanchuan-bureau", "26001", 403),
        ("stranger", "lanchuan", "26001", 404),
        ("stranger", "dongling", "26001", 404),
        ("coordinator", "lanchuan", "26005", 404),  # stage 1 was taken over: nothing is judged here
        ("", "lanchuan", "26001", 302),
    ],
)
def test_who_may_look(
    cast: Cast, browse: Browse, who: str, organisation: str, number: str, status: int
) -> None:
    assert browse(who).get(address(cast, number, organisation)).status_code == status


def test_the_weight_of_an_exempt_component_goes_to_the_others(
    cast: Cast, browse: Browse, shown: Callable[[str], Any], all_rows: None
) -> None:
    pk = cast.enrolments["26004"].pk
    given = [NewMark(pk, item, "exempt") for item in ("attendance", "log", "quiz")]
    given += [NewMark(pk, item, "scored", Decimal(70)) for item in ("task1", "task2", "final_exam")]
    record_marks(cast.evaluation, given, by=cast.actor("coordinator"), at=AT)
    context = shown("26004")
    expected = [("practical", Decimal("42.9"), Decimal("30.0")), ("exam", Decimal("57.1"), Decimal("40.0"))]
    assert [(part.key, part.weight, part.earned) for part in context["parts"]] == expected
    assert [one.note for one in context["branches"]][:2] == [
        "Everything here is exempt; its weight goes to the other components.",
        "Weight 30. With the weight of exempt components: 42.8571…. "
        "70 of 100: 42.8571… × 70 ÷ 100 = 30 points.",
    ]
    way = f"/o/lanchuan/cohorts/apprentices/{cast.enrolments['26004'].public_id}/"
    found = browse("coordinator").get(way).context["results"][0].parts
    assert [(part.key, part.weight, part.earned) for part in found] == expected
