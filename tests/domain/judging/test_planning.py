"""Planning a practical assessment: who rates whose work, by whose rule, and what is refused."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.evaluation.models import Evaluation
from craftpath.domain.judging.actions import (
    Panel,
    ask_raters,
    cancel_practical,
    close_practical,
    excuse_rater,
    plan_practical,
    reopen_practical,
)
from craftpath.domain.judging.models import Practical, Rater
from craftpath.domain.judging.queries import works
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.judging.world import levels, practical, rate, rubric, seat

pytestmark = pytest.mark.usefixtures("all_rows")


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^{reason}$")


def asked(row: Practical, number: str) -> set[tuple[str, str]]:
    rows = Rater.objects.filter(practical=row, enrolment__number=number)
    return set(rows.values_list("person__name", "kind"))


def with_raters(cast: Cast, rule: dict[str, Any]) -> None:
    """Let the scheme say how several marks of the second task become one."""
    scheme = cast.evaluation.scheme
    definition = scheme.definition
    definition["component"][1]["item"][1]["raters"] = rule
    type(scheme).objects.filter(pk=scheme.pk).update(definition=definition)
    cast.evaluation = Evaluation.objects.select_related("scheme", "cohort__organisation").get(
        pk=cast.evaluation.pk
    )


def test_everybody_in_the_stage_is_judged_by_the_own_mentor_and_those_who_are_named(cast: Cast) -> None:
    row = practical(cast)
    assert set(works(row)) == {cast.enrolments[n].pk for n in ("26001", "26002", "26003", "26004")}
    assert asked(row, "26001") == {("周国栋", "mentor"), ("马建国", "trainer")}
    assert asked(row, "26003") == {("吴海燕", "mentor"), ("马建国", "trainer")}
    assert row.rule == {"method": "mean", "raters": 2, "gap": "20", "beyond": "third_rater"}


def test_the_scheme_s_own_rule_is_kept_with_it(cast: Cast) -> None:
    with_raters(cast, {"method": "median", "raters": 2, "gap": "10", "beyond": "chair"})
    row = practical(cast)
    assert row.rule == {"method": "median", "raters": 2, "gap": "10", "beyond": "chair"}
    with_raters(cast, {"method": "mean", "raters": 2, "beyond": "third_rater"})
    row.refresh_from_db()
    assert row.rule["method"] == "median"


def test_too_few_raters_and_a_missing_chair_are_named(cast: Cast) -> None:
    with_raters(cast, {"method": "mean", "raters": 3, "beyond": "third_rater"})
    with refused(r"judging\.too_few_raters") as found:
        practical(cast)
    assert found.value.verdict.facts == {"wanted": 3, "given": 2, "name": "陈雨桐"}
    with_raters(cast, {"method": "chair", "raters": 1, "beyond": "chair"})
    with refused(r"judging\.chair_missing"):
        practical(cast)
    trainer = cast.people["trainer"]
    row = practical(cast, Panel(people=[(trainer, "trainer")], chair=trainer.pk))
    assert seat(cast, row, "trainer").is_chair
    assert Practical.objects.count() == 1


def test_peers_rate_as_many_as_rate_them_and_never_themselves(cast: Cast) -> None:
    row = practical(cast, Panel(mentors=False, peers=2, self_rating=True))
    for number in ("26001", "26002", "26003", "26004"):
        person = cast.enrolments[number].person
        theirs = Rater.objects.filter(practical=row, person=person)
        assert theirs.filter(kind="peer").count() == 2
        assert not theirs.filter(kind="peer", enrolment__person=person).exists()
        assert list(theirs.filter(kind="self").values_list("enrolment__person", flat=True)) == [person.pk]
    assert row.rule["raters"] == 2  # the own rating does not count as one


def test_more_peers_than_there_are_classmates_are_those_that_there_are(cast: Cast) -> None:
    row = practical(cast, Panel(mentors=False, peers=9))
    assert Rater.objects.filter(practical=row, enrolment=cast.enrolments["26001"]).count() == 3


def test_nobody_is_named_to_rate_the_own_work(cast: Cast) -> None:
    with refused(r"judging\.rates_himself"):
        practical(cast, Panel(people=[(cast.people["apprentice"], "master")]))


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"item": "nothing"}, r"judging\.item_unknown"),
        ({"kind": "exam"}, r"judging\.item_unknown"),
        ({"title": "  "}, r"judging\.no_title"),
        ({"title": "x" * 121}, r"judging\.no_title"),
        ({"due_on": TODAY - timedelta(days=1)}, r"judging\.due_in_the_past"),
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, other: dict[str, Any], reason: str) -> None:
    with refused(reason):
        practical(cast, **other)


def test_the_same_plan_twice_is_one_and_an_item_has_one(cast: Cast) -> None:
    made_id = uuid.uuid4()
    first = practical(cast, made_id=made_id)
    assert practical(cast, made_id=made_id, title="anders") == first
    with refused(r"judging\.item_has_one"):
        practical(cast)
    cancel_practical(first, because="Maschine defekt", by=cast.actor("coordinator"), at=AT)
    assert practical(cast).pk != first.pk


@pytest.mark.parametrize("who", ["apprentice", "mentor", "assessor", "hr", "officer", "stranger"])
def test_others_plan_nothing(cast: Cast, who: str) -> None:
    house = {
        "mentor": cast.jinheng, "hr": cast.jinheng, "officer": cast.city, "stranger": cast.neighbour,
    }.get(who)  # fmt: skip
    with pytest.raises(Refused) as found:
        plan_practical(
            cast.evaluation, made_id=uuid.uuid4(), item="task2", rubric=rubric(cast), kind="task",
            title="x", due_on=TODAY, panel=Panel(), by=cast.actor(who, house), at=AT,
        )  # fmt: skip
    assert found.value.verdict.who


def test_a_third_rater_is_asked_once_and_a_classmate_not_about_himself(cast: Cast) -> None:
    row, by = practical(cast), cast.actor("coordinator")
    ids = [cast.enrolments["26001"].pk, cast.enrolments["26002"].pk]
    third = {"person": cast.people["assessor"], "kind": "assessor", "by": by, "at": AT}
    assert ask_raters(row, ids, **third) == 2
    assert ask_raters(row, ids, **third) == 0
    with refused(r"judging\.rates_himself"):
        ask_raters(row, ids, person=cast.people["classmate"], kind="peer", by=by, at=AT)
    with refused(r"judging\.work_unknown"):
        ask_raters(row, [cast.enrolments["26005"].pk], **third)
    with refused(r"judging\.asked_already"):
        ask_raters(row, ids, **(third | {"chair": True}))


def test_whoever_cannot_rate_is_excused_with_a_reason_and_not_who_has_rated(cast: Cast) -> None:
    row, by = practical(cast), cast.actor("trainer")
    with refused(r"judging\.no_reason"):
        excuse_rater(seat(cast, row, "mentor"), because=" ", by=by, at=AT)
    for _pressed in range(2):
        excused = excuse_rater(seat(cast, row, "mentor"), because="住院", by=by, at=AT)
    assert excused.excused_because == "住院"
    with refused(r"judging\.excused"):
        rate(cast, row, "mentor", levels("4", "4", "4"))
    rate(cast, row, "trainer", levels("4", "4", "4"))
    assert works(row)[cast.enrolments["26001"].pk].needs == "more_raters"
    with refused(r"judging\.rated_already"):
        excuse_rater(seat(cast, row, "trainer"), because="x", by=by, at=AT)


def test_closed_and_cancelled_ones_take_no_ratings(cast: Cast) -> None:
    row, by = practical(cast), cast.actor("coordinator")
    close_practical(row, by=by, at=AT)
    with refused(r"judging\.not_open"):
        rate(cast, row, "trainer", levels("4", "4", "4"))
    reopen_practical(row, by=by, at=AT)
    rate(cast, row, "trainer", levels("4", "4", "4"))
    cancel_practical(row, because="x", by=by, at=AT)
    with refused(r"judging\.not_open"):
        rate(cast, row, "mentor", levels("4", "4", "4"))


def test_reading_works_takes_the_same_queries_for_one_and_for_all(cast: Cast) -> None:
    row = practical(cast)
    with CaptureQueriesContext(connection) as one:
        works(row, [cast.enrolments["26001"].pk])
    with CaptureQueriesContext(connection) as every:
        works(row)
    assert len(one) == len(every) == 3
