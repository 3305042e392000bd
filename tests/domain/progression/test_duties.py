"""Duties at gates: stages that end, gates that wait, papers to bring; by when, asked of whom, and when it is over."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from craftpath.domain.apprenticeships.actions import pass_stages
from craftpath.domain.apprenticeships.models import EnrolmentParty, StageProgress
from craftpath.domain.evaluation.actions import decide_results
from craftpath.domain.evaluation.deciding import basis_of
from craftpath.domain.evaluation.models import Evaluation
from craftpath.domain.programmes.models import Programme
from craftpath.domain.progression.actions import (
    give_evidence,
    repeat_stage,
    waive_condition,
    withdraw_evidence,
)
from craftpath.domain.progression.queries import waiting_at
from craftpath.kernel.access import system
from craftpath.kernel.workdays import load_official_year
from tests.cast import AT, TODAY, Cast
from tests.domain.hearing import hears, queries, rows, who_hears
from tests.domain.progression.world import asks, stage

pytestmark = pytest.mark.usefixtures("all_rows")
DAY = timedelta(days=1)


def paper(by: str, key: str = "form") -> dict[str, object]:
    return {"kind": "document", "key": key, "by": by, "name": {"zh": "申报表", "en": "Form"}}


def of_one(cast: Cast, code: str, day: date, number: str = "26001") -> list[tuple[int, date, int]]:
    return [
        row[1:] for row in rows(f"progression.{code}", day) if row[0] == cast.enrolments[number].public_id
    ]


def names(cast: Cast, code: str, day: date) -> dict[str, bool]:
    return who_hears(cast.people, f"progression.{code}", day)


def ends(cast: Cast, day: date, number: str = "26001") -> None:
    """The first stage of somebody, planned for eight months, ends on a day: it began eight months before."""
    opened = date(day.year - (day.month <= 8), (day.month - 9) % 12 + 1, day.day)
    StageProgress.objects.filter(enrolment=cast.enrolments[number], state="open").update(opened_on=opened)


def decide(cast: Cast, at: datetime = AT) -> None:
    """The one complete result of the cast is decided as passed."""
    decide_results(
        cast.evaluation, None, basis=basis_of(cast.evaluation), by=cast.actor("coordinator"), at=at
    )


# ---- stages that end


def test_a_stage_comes_to_its_end_for_whoever_runs_the_cohort(cast: Cast) -> None:
    last = date(2026, 11, 20)
    ends(cast, last)
    assert of_one(cast, "stage_end", last - 31 * DAY) == []
    assert of_one(cast, "stage_end", last - 30 * DAY) == [(0, last, 0)]
    steps = [of_one(cast, "stage_end", last + n * DAY)[0][2] for n in (-15, -14, 14, 15)]
    assert steps == [0, 1, 1, 2]
    assert names(cast, "stage_end", last) == {"coordinator": False, "administrator": False}


def test_it_is_over_when_the_stage_is_passed_or_the_apprentice_has_left(cast: Cast) -> None:
    last = date(2026, 11, 20)
    for number in ("26001", "26002"):
        ends(cast, last, number)
    Evaluation.objects.update(stage=cast.programme.stages.get(order=3))
    by = cast.actor("coordinator")
    pass_stages([cast.enrolments["26001"]], stage=stage(cast), on=TODAY, by=by, at=AT)
    assert of_one(cast, "stage_end", last) == []
    assert len(of_one(cast, "stage_end", last, "26002")) == 1
    type(cast.enrolments["26002"]).objects.filter(number="26002").update(state="ended", ended_on=TODAY)
    assert of_one(cast, "stage_end", last, "26002") == []


def test_whoever_repeats_has_until_the_day_that_was_named(cast: Cast) -> None:
    ends(cast, TODAY)
    until = TODAY + 90 * DAY
    by = {"by": cast.actor("coordinator"), "at": AT}
    asks(cast, paper("apprentice"))
    repeat_stage([cast.enrolments["26001"]], stage(cast), because="再练", until=until, **by)
    assert of_one(cast, "stage_end", TODAY + 30 * DAY) == []
    assert of_one(cast, "stage_end", until + DAY) == [(0, until, 1)]
    later = until + 30 * DAY
    repeat_stage(
        [cast.enrolments["26001"]], stage(cast), because="再练", until=later, **(by | {"at": AT + DAY})
    )
    assert of_one(cast, "stage_end", until) == [(0, later, 0)]


def test_a_stage_for_which_no_months_are_planned_has_no_end(cast: Cast) -> None:
    cast.programme.stages.update(default_months=0)
    assert rows("progression.stage_end", date(2036, 1, 1)) == []
    assert rows("progression.paper", date(2036, 1, 1)) == []


# ---- gates that wait


def test_a_result_that_was_decided_as_passed_waits_at_the_gate(cast: Cast) -> None:
    assert rows("progression.gate", TODAY) == []
    decide(cast)
    due = date(2026, 9, 28)  # ten workdays after the Monday
    assert rows("progression.gate", TODAY) == [(cast.enrolments["26001"].public_id, 0, due, 0)]
    assert names(cast, "gate", due) == {"coordinator": False, "administrator": False}
    steps = [of_one(cast, "gate", day)[0][2] for day in (due - 5 * DAY, due, due + 7 * DAY, due + 8 * DAY)]
    assert steps == [1, 1, 1, 2]
    pass_stages([cast.enrolments["26001"]], stage=stage(cast), on=TODAY, by=cast.actor("coordinator"), at=AT)
    assert rows("progression.gate", TODAY) == []


def test_its_day_is_counted_in_workdays_of_the_place(cast: Cast) -> None:
    decide(cast, AT + 8 * DAY)  # the 22nd of September
    assert [row[1] for row in of_one(cast, "gate", TODAY)] == [date(2026, 10, 6)]
    load_official_year(cast.city, "CN", 2026, by=system(), at=AT)
    assert [row[1] for row in of_one(cast, "gate", TODAY)] == [date(2026, 10, 13)]  # after two holidays


def test_one_apprentice_is_not_asked_for_twice(cast: Cast) -> None:
    ends(cast, TODAY)
    assert len(of_one(cast, "stage_end", TODAY)) == 1
    decide(cast)
    assert (len(of_one(cast, "gate", TODAY)), of_one(cast, "stage_end", TODAY)) == (1, [])
    until = TODAY + 20 * DAY
    repeat_stage(
        [cast.enrolments["26001"]], stage(cast), because="再练", until=until,
        by=cast.actor("coordinator"), at=AT,
    )  # fmt: skip
    assert (of_one(cast, "gate", until), len(of_one(cast, "stage_end", until))) == ([], 1)
    assert waiting_at([cast.evaluation.pk], until) == {}
    after = until + DAY
    assert (len(of_one(cast, "gate", after)), of_one(cast, "stage_end", after)) == (1, [])
    assert waiting_at([cast.evaluation.pk], after) == {cast.evaluation.pk: 1}


# ---- papers


@pytest.mark.parametrize(
    ("by", "who"),
    [
        ("apprentice", {"apprentice"}),
        ("mentor", {"mentor"}),
        ("enterprise", {"hr"}),
        ("college", {"coordinator", "administrator"}),
    ],
)
def test_a_paper_is_asked_of_whoever_can_supply_it(cast: Cast, by: str, who: set[str]) -> None:
    last = date(2026, 11, 20)
    StageProgress.objects.exclude(enrolment=cast.enrolments["26001"]).update(opened_on=date(2030, 1, 1))
    ends(cast, last)
    asks(cast, paper(by), {"kind": "mentor", "by": "enterprise"})
    assert of_one(cast, "paper", last - 31 * DAY) == []
    [(person, due, steps)] = of_one(cast, "paper", last - 30 * DAY)
    assert (due, steps) == (last, 0)
    assert person == (cast.people[by].pk if by in ("apprentice", "mentor") else 0)
    assert names(cast, "paper", last) == dict.fromkeys(who, False)


def test_a_paper_is_due_on_the_last_workday_and_goes_on_to_those_who_run_it(cast: Cast) -> None:
    ends(cast, date(2026, 11, 21))  # a Saturday
    asks(cast, paper("apprentice"))
    friday = date(2026, 11, 20)
    steps = [of_one(cast, "paper", friday + n * DAY)[0] for n in (-8, -7, 0, 1, 14, 15)]
    assert {row[1] for row in steps} == {friday}
    assert [row[2] for row in steps] == [0, 1, 1, 2, 2, 3]
    assert names(cast, "paper", friday + DAY)["coordinator"]
    assert "stranger" not in names(cast, "paper", friday + 20 * DAY)


def test_a_paper_is_over_once_it_was_noted_or_waived(cast: Cast) -> None:
    ends(cast, TODAY)
    asks(cast, paper("apprentice"), paper("apprentice", "photo"))
    row, by = cast.enrolments["26001"], {"by": cast.actor("coordinator"), "at": AT}
    assert len(of_one(cast, "paper", TODAY)) == 1  # two papers of one person are one thing to do
    noted = give_evidence(row, stage(cast), "stage", "form", **by)
    assert len(of_one(cast, "paper", TODAY)) == 1
    waive_condition(row, stage(cast), "stage", "photo", because="已有", **by)
    assert of_one(cast, "paper", TODAY) == []
    withdraw_evidence(noted, **by)
    assert len(of_one(cast, "paper", TODAY)) == 1


def test_the_nearest_gate_says_what_is_asked(cast: Cast) -> None:
    ends(cast, TODAY)
    assert of_one(cast, "paper", TODAY) == []  # the preset of this stage asks for none
    asks(cast, paper("apprentice"))
    asks(cast, {"kind": "mentor", "by": "enterprise"})  # the next version
    assert of_one(cast, "paper", TODAY) == []
    asks(cast, paper("apprentice"), gate="exam")  # of which nobody knows a day
    assert of_one(cast, "paper", TODAY) == []


def test_papers_are_those_of_the_first_programme_of_the_line(cast: Cast) -> None:
    ends(cast, TODAY)
    Programme.objects.filter(pk=cast.programme.pk).update(key="own", root="au_cert3")
    assert len(of_one(cast, "paper", TODAY)) == 2  # of the enterprise and of the college
    Programme.objects.filter(pk=cast.programme.pk).update(root="")
    assert of_one(cast, "paper", TODAY) == []


def test_without_a_mentor_or_an_enterprise_the_college_is_asked(cast: Cast) -> None:
    ends(cast, TODAY)
    asks(cast, paper("mentor"), paper("enterprise", "letter"))
    EnrolmentParty.objects.all().delete()
    type(cast.enrolments["26001"]).objects.update(enterprise=None)
    assert of_one(cast, "paper", TODAY) == [(0, TODAY, 1)]
    assert "hr" not in names(cast, "paper", TODAY)
    assert hears(cast.people["coordinator"], TODAY)["progression.paper"].overdue == 0


def test_the_college_is_told_though_the_enterprise_is_asked_too(cast: Cast) -> None:
    ends(cast, TODAY)
    asks(cast, paper("enterprise", "letter"), paper("mentor"))
    late = TODAY + DAY
    assert names(cast, "paper", late) == {
        "hr": False,
        "mentor": False,
        "coordinator": True,
        "administrator": True,
    }
    assert hears(cast.people["coordinator"], late)["progression.paper"].count == 1


# ---- all kinds


@pytest.mark.parametrize(("code", "most"), [("stage_end", 1), ("gate", 1), ("paper", 3)])
def test_the_same_queries_for_one_and_for_many(cast: Cast, code: str, most: int) -> None:
    asks(cast, paper("apprentice"), paper("mentor", "letter"))
    decide(cast)
    StageProgress.objects.exclude(enrolment=cast.enrolments["26001"]).update(opened_on=date(2036, 1, 1))
    ends(cast, TODAY)
    few = [queries(f"progression.{code}", TODAY, who) for who in (None, cast.people["apprentice"])]
    for number in cast.enrolments:
        ends(cast, TODAY, number)
    many = [queries(f"progression.{code}", TODAY, who) for who in (None, cast.people["apprentice"])]
    assert many == few
    assert max(few) == most
