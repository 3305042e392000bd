"""Rosters, stages, cohorts, parties."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from craftpath.domain.apprenticeships.actions import (
    RosterEntry,
    appoint,
    complete_cohort,
    end_enrolments,
    pass_stages,
    plan_cohort,
    start_cohort,
    take_roster,
)
from craftpath.domain.apprenticeships.models import Enrolment, EnrolmentParty
from craftpath.domain.apprenticeships.queries import (
    current_stages,
    enrolments,
    enrolments_with,
    mentors_in,
    mentors_of,
    path_of,
    paths_of,
)
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
DAY = date(2026, 9, 14)


def _take(cast: Cast, *entries: RosterEntry) -> tuple[int, int, int]:
    outcome = take_roster(cast.cohort, entries, by=cast.actor("coordinator"), at=AT)
    return outcome.added, outcome.changed, outcome.unchanged


def test_a_roster_enrols_opens_the_first_stage_and_joins_the_college(cast: Cast) -> None:
    row = enrolments().get(number="26001")
    assert (row.person.name, row.person.name_latin, row.enterprise) == ("陈雨桐", "Chen Yutong", cast.jinheng)
    assert [(step.stage.key, step.state) for step in path_of(row)] == [
        ("junior_craftsman", "open"),
        ("craftsman", "locked"),
        ("master_craftsman", "locked"),
    ]
    assert row.person.has_usable_password() is False


def test_a_stage_in_the_roster_takes_earlier_ones_over(cast: Cast) -> None:
    path = path_of(cast.enrolments["26005"])
    assert [(step.state, step.basis) for step in path] == [
        ("passed", "taken_over"),
        ("open", ""),
        ("locked", ""),
    ]


def test_the_same_roster_again_changes_nothing(cast: Cast) -> None:
    people = Person.objects.count()
    entry = RosterEntry("26001", "陈雨桐", name_latin="Chen Yutong", enterprise=cast.jinheng, mentor="周国栋")
    assert _take(cast, entry) == (0, 0, 1)
    assert Person.objects.count() == people


def test_a_sheet_without_a_column_changes_nothing_there(cast: Cast) -> None:
    assert _take(cast, RosterEntry("26001", "陈雨桐")) == (0, 0, 1)
    assert enrolments().get(number="26001").enterprise == cast.jinheng


def test_what_differs_is_changed_and_nobody_unmentioned_is_touched(cast: Cast) -> None:
    assert _take(cast, RosterEntry("26001", "陈雨彤", phone="13800000000", enterprise=cast.qinghe)) == (
        0,
        1,
        0,
    )
    row = enrolments().get(number="26001")
    assert (row.person.name, row.person.phone, row.enterprise) == ("陈雨彤", "13800000000", cast.qinghe)
    assert Enrolment.objects.count() == 5


def test_a_number_known_to_the_college_is_the_same_person_in_another_cohort(cast: Cast) -> None:
    by = cast.actor("coordinator")
    other = plan_cohort(
        organisation=cast.college,
        programme=cast.programme,
        name={"zh": "二班"},
        occupation={},
        starts_on=DAY,
        by=by,
        at=AT,
    )
    take_roster(other, [RosterEntry("26001", "陈雨桐")], by=by, at=AT)
    assert other.enrolments.get().person == cast.people["apprentice"]


def test_the_same_number_at_another_college_is_another_person(cast: Cast) -> None:
    by = cast.actor("stranger", cast.neighbour)
    other = plan_cohort(
        organisation=cast.neighbour,
        programme=cast.programme,
        name={"zh": "一班"},
        occupation={},
        starts_on=DAY,
        by=by,
        at=AT,
    )
    take_roster(other, [RosterEntry("26001", "别人")], by=by, at=AT)
    person = other.enrolments.get().person
    assert (person.username, person.name) == ("dongling-26001", "别人")
    assert cast.people["apprentice"].name == "陈雨桐"


def test_mentors_are_found_by_number_or_name_or_made_at_the_enterprise(cast: Cast) -> None:
    found = mentors_of(cast.enrolments.values())
    names = {row.number: [m.name for m in found.get(row.pk, [])] for row in cast.enrolments.values()}
    assert names == {
        "26001": ["周国栋"],
        "26002": ["周国栋"],
        "26003": ["吴海燕"],
        "26004": ["吴海燕"],
        "26005": [],
    }
    assert _take(cast, RosterEntry("26005", "孙佳怡", mentor="周国栋")) == (0, 1, 0)
    assert Person.objects.filter(name="周国栋").count() == 1
    assert [row.number for row in enrolments_with(cast.people["mentor"])] == ["26001", "26002", "26005"]


def test_passing_a_stage_is_a_recorded_decision_and_opens_the_next(cast: Cast) -> None:
    rows = [cast.enrolments["26001"], cast.enrolments["26002"]]
    stage = cast.evaluation.stage
    pass_stages(rows, stage=stage, on=DAY, by=cast.actor("coordinator"), at=AT)
    steps = paths_of(rows)[rows[0].pk]
    assert (steps[0].state, steps[0].passed_on, steps[0].passed_by, steps[0].basis) == (
        "passed",
        DAY,
        cast.people["coordinator"],
        "decision",
    )
    assert (steps[1].state, steps[1].opened_on) == ("open", DAY)


def test_a_stage_cannot_be_passed_twice_nor_out_of_order(cast: Cast) -> None:
    by, rows = cast.actor("coordinator"), [cast.enrolments["26001"]]
    pass_stages(rows, stage=cast.evaluation.stage, on=DAY, by=by, at=AT)
    for stage in (cast.evaluation.stage, cast.programme.stages.get(order=3)):
        with pytest.raises(Refused) as caught:
            pass_stages(rows, stage=stage, on=DAY, by=by, at=AT)
        assert caught.value.verdict.reason == "apprenticeships.stage_not_open"


def test_the_last_stage_opens_nothing_more(cast: Cast) -> None:
    by, rows = cast.actor("coordinator"), [cast.enrolments["26005"]]
    for order in (2, 3):
        pass_stages(rows, stage=cast.programme.stages.get(order=order), on=DAY, by=by, at=AT)
    assert [step.state for step in path_of(rows[0])] == ["passed"] * 3


def test_who_leaves_stays_on_record(cast: Cast) -> None:
    end_enrolments(
        [cast.enrolments["26004"]], because="moved_away", on=DAY, by=cast.actor("coordinator"), at=AT
    )
    row = enrolments().get(number="26004")
    assert (row.state, row.ended_on, row.ended_because) == ("ended", DAY, "moved_away")


def test_a_completed_cohort_takes_nobody_in(cast: Cast) -> None:
    by = cast.actor("coordinator")
    complete_cohort(cast.cohort, by=by, at=AT)
    with pytest.raises(Refused) as caught:
        _take(cast, RosterEntry("26010", "新人"))
    assert caught.value.verdict.reason == "apprenticeships.cohort_completed"
    with pytest.raises(Refused):
        start_cohort(cast.cohort, by=by, at=AT)


def test_an_assessor_sees_who_was_given_to_them(cast: Cast) -> None:
    rows = [cast.enrolments["26003"]]
    by = cast.actor("coordinator")
    assert appoint(rows, person=cast.people["assessor"], role="assessor", on=DAY, by=by, at=AT) == 1
    assert appoint(rows, person=cast.people["assessor"], role="assessor", on=DAY, by=by, at=AT) == 0
    assert [row.number for row in enrolments_with(cast.people["assessor"], "assessor")] == ["26003"]


@pytest.mark.parametrize("who", ["trainer", "assessor", "apprentice"])
def test_others_may_not_change_who_is_enrolled(cast: Cast, who: str) -> None:
    with pytest.raises(Refused) as caught:
        take_roster(cast.cohort, [RosterEntry("1", "x")], by=cast.actor(who), at=AT)
    assert caught.value.verdict.who
    assert EnrolmentParty.objects.filter(enrolment__number="1").count() == 0


def test_who_is_known_from_another_cohort_is_brought_up_to_date_at_once(cast: Cast) -> None:
    by = cast.actor("coordinator")
    other = plan_cohort(
        organisation=cast.college,
        programme=cast.programme,
        name={"zh": "二班"},
        occupation={},
        starts_on=DAY,
        by=by,
        at=AT,
    )
    entry = RosterEntry("26001", "陈雨桐", phone="13900000000")
    outcomes = [take_roster(other, [entry], by=by, at=AT) for _ in range(2)]
    assert [(o.added, o.changed, o.unchanged) for o in outcomes] == [(1, 0, 0), (0, 0, 1)]
    assert enrolments().get(cohort=other).person.phone == "13900000000"


@pytest.mark.parametrize("count", [2, 30])
def test_a_roster_takes_the_same_queries_however_many_mentors(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    entries = [
        RosterEntry(f"27{n:03}", f"新人{n}", enterprise=cast.jinheng, mentor=f"师傅{n}") for n in range(count)
    ]
    with django_assert_num_queries(41):
        take_roster(cast.cohort, entries, by=cast.actor("coordinator"), at=AT)


@pytest.mark.parametrize("count", [3, 300])
def test_a_large_roster_leaves_the_same_trace_as_a_small_one(cast: Cast, count: int) -> None:
    """What an undo needs: everybody made, with their mentors, and nobody else's."""
    others = set(EnrolmentParty.objects.values_list("pk", flat=True))
    entries = [
        RosterEntry(f"27{n:03}", f"新人{n}", enterprise=cast.jinheng, mentor=f"师傅{n % 7}")
        for n in range(count)
    ]
    entries.append(RosterEntry("26005", "孙佳怡", mentor="周国栋"))
    trace = take_roster(cast.cohort, entries, by=cast.actor("coordinator"), at=AT).trace
    new = Enrolment.objects.filter(number__startswith="27")
    assert sorted(trace.enrolments) == sorted(new.values_list("pk", flat=True))
    assert sorted(trace.people) == sorted(new.values_list("person_id", flat=True))
    assert sorted(trace.parties) == sorted(set(EnrolmentParty.objects.values_list("pk", flat=True)) - others)
    assert len(trace.parties) == count + 1
    again = take_roster(cast.cohort, entries, by=cast.actor("coordinator"), at=AT)
    assert (again.added, again.changed, again.trace.parties) == (0, 0, [])


def test_a_whole_cohort_is_told_as_its_members_are(cast: Cast) -> None:
    rows = list(cast.enrolments.values())
    _take(cast, RosterEntry("26001", "陈雨桐", enterprise=cast.qinghe, mentor="吴海燕"))
    named = {pk: [person.name for person in people] for pk, people in mentors_of(rows).items()}
    whole = mentors_in(cast.cohort.pk)
    assert {pk: [person.name for person in people] for pk, people in whole.items()} == named
    assert len(named[cast.enrolments["26001"].pk]) == 2
    by, gone = cast.actor("coordinator"), cast.enrolments["26005"]
    for order in (2, 3):
        pass_stages([gone], stage=cast.programme.stages.get(order=order), on=DAY, by=by, at=AT)
    expected = {}
    for pk, path in paths_of(rows).items():
        begun = [step for step in path if step.state != "locked"]
        now = next((step for step in begun if step.state == "open"), begun[-1])
        expected[pk] = now.stage.key
    assert current_stages(cast.cohort.pk) == expected
    assert set(expected.values()) == {"junior_craftsman", "master_craftsman"}
