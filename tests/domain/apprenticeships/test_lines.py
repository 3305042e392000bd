"""What tables say of cohorts and people, beside the paths and parties that they are read from."""

from __future__ import annotations

from datetime import timedelta

import pytest

from craftpath.domain.apprenticeships.actions import end_enrolments, pass_stages
from craftpath.domain.apprenticeships.models import EnrolmentParty, StageProgress
from craftpath.domain.apprenticeships.queries import (
    cohorts,
    enrolments,
    headcounts,
    learners,
    mentors_of,
    paths_of,
    with_path,
)
from craftpath.domain.programmes.queries import stages_of
from tests.cast import AT, TODAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def test_a_headcount_counts_everybody_once_wherever_they_are(cast: Cast) -> None:
    first, second, *_rest = stages_of(cast.cohort.programme_id)
    people = list(cast.enrolments.values())
    begun = StageProgress.objects.filter(enrolment__in=people, stage=first, state="open")
    here = [row.enrolment for row in begun.select_related("enrolment").order_by("pk")]
    gone, passed = here[0], here[1]
    end_enrolments([gone], because="left", on=TODAY, by=cast.actor("coordinator"), at=AT)
    pass_stages([passed], stage=first, on=TODAY, by=cast.actor("coordinator"), at=AT)
    StageProgress.objects.filter(enrolment=here[2]).delete()  # somebody who has begun no stage
    count = headcounts([cast.cohort.pk])[cast.cohort.pk]
    active = enrolments().filter(cohort=cast.cohort, state="active")
    assert count.people == active.count() == len(people) - 1
    assert count.without_password == sum(not row.person.has_usable_password() for row in active)
    for stage in (first, second):
        there = StageProgress.objects.filter(enrolment__in=active, stage=stage, state="open").count()
        assert count.in_stage(stage.pk) == there > 0
        assert (count.stages[stage.pk].order, count.stages[stage.pk].name) == (stage.order, stage.name)
    assert headcounts([0])[0].people == 0


def test_learners_are_as_their_paths_and_mentors_say(cast: Cast) -> None:
    someone = cast.enrolments["26001"]
    old = EnrolmentParty.objects.filter(enrolment=someone, role="mentor").first()
    assert old is not None
    EnrolmentParty.objects.create(
        enrolment=someone, person=cast.people["assessor"], role="mentor", starts_on=TODAY
    )
    EnrolmentParty.objects.create(
        enrolment=someone,
        person=cast.people["trainer"],
        role="mentor",
        starts_on=TODAY - timedelta(days=9),
        ends_on=TODAY,
    )
    rows = enrolments().filter(cohort=cast.cohort)
    found = learners(rows[:3])
    assert [one.number for one in found] == [row.number for row in rows[:3]]
    paths, mentors = paths_of(rows), mentors_of(rows)
    for one in found:
        begun = [step for step in paths[one.pk] if step.state != "locked"]
        at = next((step for step in begun if step.state == "open"), begun[-1])
        assert one.stage_id == at.stage.pk
        assert one.mentors == [person.name for person in mentors.get(one.pk, [])]
    assert len(next(one for one in found if one.pk == someone.pk).mentors) == 2


def test_a_cohort_comes_with_its_path(cast: Cast) -> None:
    found = with_path(cohorts().filter(pk=cast.cohort.pk))
    assert found is not None
    cohort, stages = found
    known = stages_of(cast.cohort.programme_id)
    assert cohort == cast.cohort
    assert [(one.pk, one.order, one.key, one.name) for one in stages] == [
        (one.pk, one.order, one.key, one.name) for one in known
    ]
    assert with_path(cohorts().filter(pk=0)) is None
