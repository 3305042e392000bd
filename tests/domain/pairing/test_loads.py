"""What teachers carry, what rosters brought, what is due; and that it takes the same few queries for many."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from craftpath.delivery.jobs.housekeeping import turn_the_day
from craftpath.domain.apprenticeships.queries import mentors_of
from craftpath.domain.pairing.actions import set_house_rule, set_standing, take_over_mentors
from craftpath.domain.pairing.loads import loads, places_of, seats, teachers_at
from craftpath.domain.pairing.models import Standing
from craftpath.domain.pairing.queries import from_rosters, house_rules
from craftpath.domain.pairing.rules import Wanted
from craftpath.kernel.access import system
from craftpath.kernel.duties import KINDS, Asked
from craftpath.kernel.tenancy import looking_for
from tests.cast import AT, TODAY, Cast
from tests.domain.pairing.world import among, formed, of, somebody

pytestmark = pytest.mark.usefixtures("all_rows")


def due(code: str, day: Any = TODAY) -> list[Any]:
    found = KINDS[code].find(Asked(timezone.now(), day))
    if hasattr(found, "values_list"):
        found = found.values_list("duty_subject", "duty_anchor", "duty_place", "duty_who")
    return list(found)


def test_a_learner_counts_once_and_only_seen_pairs_are_named(cast: Cast) -> None:
    mentor, second = cast.people["mentor"], somebody("李师傅")
    set_standing(mentor, organisation=cast.jinheng, capacity=2, by=system(), at=AT)
    formed(cast, of(cast, "26001", mentor))
    formed(cast, of(cast, "26001", mentor), kind="college_tutor")
    formed(cast, Wanted(mentor, second, cast.college), kind="layered")
    with looking_for(cast.actor("hr", cast.jinheng).scope):
        [load] = loads([(cast.jinheng, mentor)], TODAY)
    assert (load.learners, load.capacity, load.standing) == (2, 2, "full")
    assert dict(load.kinds) == {"master_apprentice": 1, "layered": 1}
    # The layered pair is run and taught at the college, so the enterprise counts it and does not name it.
    assert [bond.learner.name for bond in load.seen] == ["陈雨桐"]
    assert load.hidden == 1


def test_loads_take_the_same_queries_for_one_and_for_many(cast: Cast) -> None:
    counts = []
    for people in (1, 6):
        some = [(cast.jinheng, somebody(f"师傅 {n}")) for n in range(people)]
        for _, person in some:
            formed(cast, among(cast, person, somebody("学")), kind="layered")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            loads(some, TODAY)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 4


def test_teachers_are_mentors_those_with_a_standing_and_those_who_teach(cast: Cast) -> None:
    stands, teaches = somebody("张师傅"), somebody("王师傅")
    set_standing(stands, organisation=cast.jinheng, capacity=3, by=system(), at=AT)
    formed(cast, among(cast, teaches, somebody("钱工")), kind="layered")
    places = places_of(cast.college)
    assert {place.key for place in places} == {"lanchuan", "lanchuan-east", "jinheng", "qinghe"}
    names = {person.name for _, person in teachers_at(places, TODAY)}
    assert names == {"周国栋", "吴海燕", "张师傅", "王师傅"}
    assert "马建国" in {person.name for _, person in seats(places, TODAY)}


def test_rules_of_many_houses_are_one_question(cast: Cast, django_assert_num_queries: Any) -> None:
    set_house_rule(cast.city, capacity=5, gap_days=7, objection_days=10, by=system(), at=AT)
    with django_assert_num_queries(1):
        found = house_rules([cast.campus, cast.jinheng, cast.neighbour])
    assert {pk: row.capacity for pk, row in found.items()} == {
        cast.campus.pk: 5, cast.jinheng.pk: 5, cast.neighbour.pk: 8,
    }  # fmt: skip


def test_mentors_of_rosters_are_counted_until_they_are_taken_over(cast: Cast) -> None:
    assert from_rosters() == {cast.cohort.pk: 4}
    take_over_mentors(cast.cohort, by=cast.actor("coordinator"), at=AT)
    assert from_rosters() == {}


def test_a_gap_is_due_when_the_house_allows_no_more(cast: Cast) -> None:
    take_over_mentors(cast.cohort, by=cast.actor("coordinator"), at=AT)
    row = cast.enrolments["26005"]
    [(subject, anchor, place, who)] = due("pairing.gap")
    assert (subject, place, who) == (row.public_id, cast.college.pk, None)
    assert anchor == row.starts_on + timedelta(days=15)
    pair = formed(cast, of(cast, "26005", somebody("孙师傅")), ends_on=TODAY + timedelta(days=5))
    assert due("pairing.gap") == []
    [(_, anchor, _, _)] = due("pairing.gap", TODAY + timedelta(days=6))
    assert pair.ends_on is not None
    assert anchor == pair.ends_on + timedelta(days=15)


def test_a_qualification_is_a_duty_only_of_who_teaches(cast: Cast) -> None:
    until = TODAY + timedelta(days=20)
    for name in ("孙师傅", "李师傅"):
        set_standing(
            somebody(name), organisation=cast.jinheng, capacity=3, qualified_until=until, by=system(), at=AT
        )
    assert due("pairing.qualification") == []
    teacher = Standing.objects.order_by("pk")[0].person
    formed(cast, of(cast, "26005", teacher), ends_on=until)
    assert due("pairing.qualification") == [(teacher.public_id, until, cast.jinheng.pk, None)]


def test_a_proposal_waits_for_each_in_it_once(cast: Cast) -> None:
    teacher = somebody("孙师傅")
    pair = formed(cast, of(cast, "26005", teacher), ask=True)
    learner = cast.enrolments["26005"].person
    assert due("pairing.answer") == sorted(
        (pair.public_id, TODAY, cast.college.pk, who) for who in (teacher.pk, learner.pk)
    )


def test_the_day_lets_teachers_in(cast: Cast) -> None:
    formed(cast, of(cast, "26005", somebody("孙师傅")), on=TODAY + timedelta(days=1))
    row = cast.enrolments["26005"]
    assert mentors_of([row]) == {}
    turn_the_day(AT + timedelta(days=1))
    assert [person.name for person in mentors_of([row])[row.pk]] == ["孙师傅"]
