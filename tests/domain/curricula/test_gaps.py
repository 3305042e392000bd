"""What a version lacks, and how two versions differ: worked out from small contents that were made by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.domain.curricula.comparing import changes, longest_rising
from craftpath.domain.curricula.gaps import area_minutes, gaps_of
from craftpath.domain.curricula.hours import first_targets, sums
from craftpath.domain.curricula.library import circles
from craftpath.domain.curricula.models import (
    ChosenUnit,
    CurriculumVersion,
    VersionAssessment,
    VersionOutcome,
)
from craftpath.domain.curricula.queries import Content
from craftpath.domain.programmes.models import HourBucket, LearningArea, Stage

HOUR = 60
ONE = Stage(key="one", order=1, name={"zh": "一"}, default_months=12)
TWO = Stage(key="two", order=2, name={"zh": "二"}, default_months=6)
WORK = HourBucket(
    key="work", name={"zh": "岗位"}, place="workplace", period="year", target_minutes=200 * HOUR
)
TAUGHT = HourBucket(
    key="taught", name={"zh": "教学"}, place="college", period="programme", target_minutes=30 * HOUR
)
ONLINE = HourBucket(
    key="online",
    name={"zh": "线上"},
    place="online",
    period="programme",
    cap_minutes=10 * HOUR,
    within="taught",
)
AREA = LearningArea(key="know", name={"zh": "知识"})


def unit(key: str, stage: str, hours: int, bucket: str = "work", **more: Any) -> ChosenUnit:
    return ChosenUnit(
        key=key, stage=stage, minutes=hours * HOUR, bucket=bucket, name={"zh": key}, order=more.pop("order", 1), **more
    )  # fmt: skip


def content(units: list[ChosenUnit], **more: Any) -> Content:
    """Each unit teaches an outcome that the one assessment sees; nothing is missing unless the caller says so."""
    outcomes = [VersionOutcome(key=f"do_{one.key}", name={"zh": f"能做 {one.key}"}) for one in units]
    own: dict[str, Any] = {
        "version": CurriculumVersion(scheme_id=1, made_at=datetime(2026, 1, 1, tzinfo=UTC)),
        "stages": [ONE, TWO], "areas": [AREA], "buckets": [WORK, TAUGHT, ONLINE],
        "targets": {("one", "work"): 200 * HOUR, ("two", "work"): 100 * HOUR,
                    ("one", "taught"): 20 * HOUR, ("two", "taught"): 10 * HOUR},
        "units": units, "outcomes": outcomes, "assessments": [VersionAssessment(key="exam", name={"zh": "考试"})],
        "teaches": frozenset((f"do_{one.key}", one.key) for one in units),
        "sees": frozenset((one.key, "exam") for one in outcomes),
    }  # fmt: skip
    return Content(**(own | more))


def whole() -> list[ChosenUnit]:
    return [
        unit("drawing", "one", 20, "taught"), unit("turning", "one", 200, prerequisites=["drawing"]),
        unit("measuring", "two", 100), unit("theory", "two", 10, "online", area="know"),
    ]  # fmt: skip


def codes(given: Content) -> list[str]:
    return [gap.code.removeprefix("curricula.gap_") for gap in gaps_of(given)]


def test_a_whole_plan_has_no_gap() -> None:
    assert codes(content(whole())) == []


def test_hours_are_told_with_stage_kind_and_sign() -> None:
    units = whole()
    units[1].minutes += 5 * HOUR
    units[2].minutes -= 2 * HOUR
    found = gaps_of(content(units))
    assert [(gap.code[14:], gap.key, gap.facts["minutes"]) for gap in found] == [
        ("hours_over", "one", 300), ("hours_under", "two", 120),
    ]  # fmt: skip


def test_stage_hours_come_to_the_programme_s_and_caps_hold() -> None:
    targets = content([]).targets | {("one", "work"): 190 * HOUR}  # type: ignore[operator]
    units = whole()
    units[1].minutes = 190 * HOUR
    assert codes(content(units, targets=targets)) == ["programme_hours"]
    units = whole()
    units[0].bucket = "online"
    assert codes(content(units)) == ["over_cap"]


@pytest.mark.parametrize(
    ("more", "code", "key"),
    [
        ({"teaches": {("do_turning", "turning")}}, "outcome_untaught", "do_drawing"),
        ({"sees": {("do_turning", "exam")}}, "outcome_unseen", "do_drawing"),
    ],
)
def test_no_row_of_the_coverage_is_empty(more: dict[str, Any], code: str, key: str) -> None:
    found = gaps_of(content(whole(), **more))
    assert (f"curricula.gap_{code}", key) in {(gap.code, gap.key) for gap in found}


def test_no_column_of_the_coverage_is_empty() -> None:
    more = [
        VersionAssessment(key="exam", name={"zh": "考试"}),
        VersionAssessment(key="task", name={"zh": "任务"}),
    ]
    assert codes(content(whole(), assessments=more)) == ["assessment_empty"]
    full = content(whole())
    assert codes(
        content(whole(), teaches=full.teaches - {("do_drawing", "drawing")} | {("do_drawing", "turning")})
    ) == ["unit_empty"]


def test_a_unit_before_what_it_needs_is_told_with_both_names() -> None:
    units = whole()
    units[0], units[1] = units[1], units[0]
    (gap,) = gaps_of(content(units))
    assert gap.code == "curricula.gap_needs_later"
    assert (gap.facts["unit"].zh, gap.facts["wanted"].zh) == ("turning", "drawing")
    units[1].prerequisites = ["moon"]
    assert codes(content(units)) == ["needs_missing", "needs_later"][::-1]


def test_a_circle_is_told_once() -> None:
    units = whole()
    units[0].prerequisites = ["turning"]
    assert codes(content(units)).count("circle") == 1


def test_minutes_by_area_come_to_all_minutes() -> None:
    units = whole()
    given = content(units)
    given.outcomes[0].area = "know"
    found = area_minutes(given)
    assert sum(found.values()) == sum(one.minutes for one in units)
    assert found["know"] == 30 * HOUR


def test_targets_without_units_go_by_months_in_whole_hours() -> None:
    found = first_targets([WORK, TAUGHT, ONLINE], [ONE, TWO], [])
    assert found == {
        ("one", "work"): 200 * HOUR, ("two", "work"): 100 * HOUR,
        ("one", "taught"): 20 * HOUR, ("two", "taught"): 10 * HOUR,
    }  # fmt: skip


# ---- Differences ---------------------------------------------------------------------------------


def test_differences_are_told_by_what_became_of_each() -> None:
    before, units = content(whole()), whole()
    units[1].minutes += HOUR
    units[2].stage = "one"
    units[3] = unit("robots", "two", 10, "online")
    found = {(one.code, one.key) for one in changes(before, content(units))}
    assert {
        ("unit_hours", "turning"), ("unit_moved", "measuring"), ("unit_added", "robots"),
        ("unit_left_out", "theory"), ("outcome_added", "do_robots"), ("outcome_left_out", "do_theory"),
    } == found  # fmt: skip
    assert changes(before, content(whole())) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [("hazardous", True), ("place", "college"), ("area", "know"), ("trainer", "trainer"), ("room", "12"),
     ("resources", [{"words": "图册", "link": ""}])],
)  # fmt: skip
def test_what_a_unit_says_beside_its_hours_is_compared(column: str, value: Any) -> None:
    before, after = unit("u", "one", 5), unit("u", "one", 5, **{column: value})
    [told] = changes(content([before]), content([after]))
    assert (told.code, told.key, told.facts["what"]) == ("unit_described", "u", [column])


def test_another_area_of_an_outcome_and_another_source_of_an_assessment_are_told() -> None:
    units = [unit("u", "one", 5)]
    name = {"zh": "能做 u"}
    exam = VersionAssessment(key="exam", name={"zh": "考试"}, source="exams/paper/a1")
    after = content(units, outcomes=[VersionOutcome(key="do_u", name=name, area="know")], assessments=[exam])
    told = [one.code for one in changes(content(units), after)]
    assert told == ["outcome_area", "assessment_changed"]


def test_only_the_unit_that_moved_is_said_to_have_moved() -> None:
    def row(keys: str) -> Content:
        return content([unit(key, "one", 1, order=at) for at, key in enumerate(keys, start=1)])

    assert [one.key for one in changes(row("abcde"), row("bcdea")) if one.code == "unit_shifted"] == ["a"]


@given(st.permutations(range(7)))
def test_the_longest_rising_selection_rises_and_no_element_extends_it(figures: list[int]) -> None:
    kept = sorted(longest_rising(figures))
    chosen = [figures[at] for at in kept]
    assert chosen == sorted(chosen)
    best = 0
    for mask in range(1 << len(figures)):
        some = [figure for at, figure in enumerate(figures) if mask >> at & 1]
        best = max(best, len(some)) if some == sorted(some) else best
    assert len(kept) == best


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3)))
def test_a_circle_is_found_exactly_where_there_is_one(needs: dict[str, list[str]]) -> None:
    left = {key: {one for one in wants if one in needs} for key, wants in needs.items()}
    while free := {key for key, wants in left.items() if not wants & left.keys()}:
        left = {key: wants for key, wants in left.items() if key not in free}
    found = circles(needs, needs)
    assert bool(found) == bool(left)
    for circle in found:
        assert circle[0] == circle[-1]
        assert all(b in needs[a] for a, b in zip(circle, circle[1:], strict=False))


ROWS = [
    ("one", "work", 3),
    ("two", "work", 5),
    ("one", "taught", 7),
    ("two", "online", 11),
    ("one", "online", 2),
]


@given(st.lists(st.sampled_from(ROWS), max_size=8))
def test_unit_hours_sum_to_stage_hours_and_these_to_all(rows: list[tuple[str, str, int]]) -> None:
    units = [unit(f"u{at}", stage, hours, bucket) for at, (stage, bucket, hours) in enumerate(rows)]
    found = sums(units, [WORK, TAUGHT, ONLINE], [ONE, TWO], {})
    counted = sum(one.minutes for one in found if one.bucket in ("work", "taught"))
    assert counted == sum(one.minutes for one in units)  # hours online stand within the taught ones
