"""What proves a skill, and what does not: confirmed and published facts only, never a zero for what nobody saw."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from craftpath.domain.apprenticeships.models import StageProgress
from craftpath.domain.exams.models import Item, ItemSkill
from craftpath.domain.growth.standing import everybody, peers_of, standing
from craftpath.domain.standards.uses import uses_of
from craftpath.domain.training.models import PlanUnit, Stay
from craftpath.kernel.roles import Permission
from tests.cast import TODAY, Cast
from tests.domain.growth.world import PLANS, TALKS, TEAM, cell, known, logged, rated, seen, stands, view

pytestmark = pytest.mark.usefixtures("all_rows")
DAY = timedelta(days=1)


@pytest.fixture
def place(cast: Cast) -> Cast:
    known()
    return cast


def test_without_a_proof_there_is_no_level(place: Cast) -> None:
    found = stands(place)
    assert len(found.skills) == 19
    assert [cell(found, one.key) for one in found.skills] == [(None, 0, 0)] * 19


def test_an_observed_job_counts_and_a_confirmed_entry_only_tells(place: Cast) -> None:
    seen(place)
    logged(place)
    logged(place, TEAM, confirmed=False)
    found = stands(place)
    assert cell(found, TALKS) == (0.6667, 1, 1)  # (1 + 1) / (2 + 1)
    assert cell(found, TEAM) == (None, 0, 0)
    seen(place, "not_yet")
    assert cell(stands(place), TALKS) == (0.5, 2, 1)


def test_a_published_rating_counts_by_its_criterion_and_what_was_not_observed_never(place: Cast) -> None:
    rated(
        place,
        {"seam": "4", "safety": "4", "tidy": "not_observed"},
        own={"seam": "1", "safety": "1", "tidy": "1"},
    )
    found = stands(place)
    assert cell(found, TALKS) == (0.75, 1, 0)  # (1 + 2) / (2 + 2): the own rating of 1 is not in it
    assert cell(found, PLANS) == (None, 0, 1)
    [proof] = [one for one in found.proofs if one.skill == TALKS]
    assert (proof.said, proof.by, proof.stage) == (
        "现场整齐。", ("周国栋",), place.evaluation.stage_id,
    )  # fmt: skip


def test_nothing_is_read_before_it_is_published_nor_while_it_is_looked_at_anew(place: Cast) -> None:
    row = rated(place, {"seam": "4", "safety": "4", "tidy": "4"}, publish=False)
    assert stands(place).proofs == ()
    assert not row.judgements.exists()


def test_a_reopened_mark_is_left_out(place: Cast) -> None:
    from craftpath.domain.judging.actions import reopen_judgement
    from tests.cast import AT

    row = rated(place, {"seam": "4", "safety": "4", "tidy": "4"})
    reopen_judgement(row.judgements.get(), because="再看", by=place.actor("trainer"), at=AT)
    assert stands(place).proofs == ()


def test_questions_with_a_skill_count_by_their_share_of_points(place: Cast) -> None:
    from craftpath.domain.exams.actions import close_sitting
    from craftpath.domain.exams.marking import scored
    from craftpath.domain.exams.outcomes import keep_outcomes, lines_by_version, outcome_of
    from tests.domain.exams.hall import OPENS, RIGHT, answer, begin, opened

    row, codes = opened(place)
    answer(begin(codes["26001"]), {1: RIGHT[1]})
    lines = list(row.paper.lines.order_by("order").select_related("version"))
    for line in lines[:2]:
        ItemSkill.objects.create(item=line.version.item, key=TALKS)
    by = {"by": place.actor("coordinator"), "at": OPENS}
    row = close_sitting(row, **by)
    table = scored(row)
    with transaction.atomic():
        done = [outcome_of(table, 0, lines_by_version(table), OPENS)]
        if not done[0].points:  # an essay waits: as if nothing had been written
            done[0].points, done[0].full = "1", "1"
            done[0].lines = {str(lines[0].pk): str(lines[0].version.points), str(lines[1].pk): "0"}
        keep_outcomes(row, done, evaluation=place.evaluation.public_id, item="final_exam", **by)
    found = stands(place, today=OPENS.date() + DAY)
    [proof] = found.proofs
    share = float(lines[0].version.points / (lines[0].version.points + lines[1].version.points))
    assert (proof.kind, proof.count, proof.weight) == ("examined", 2, 0.5)
    assert proof.value == pytest.approx(share)
    assert uses_of([TALKS], {Permission.WRITE_ITEMS})["items"][TALKS] == 2
    assert Item.objects.filter(skills__key=TALKS).count() == 2


def test_a_unit_that_is_over_was_taught_and_one_ahead_was_not(place: Cast) -> None:
    from tests.domain.training.world import planned, publish

    publish(place, planned(place))
    first = Stay.objects.filter(enrolment=place.enrolments["26001"]).earliest("starts_on")
    PlanUnit.objects.filter(pk=first.unit_id).update(skills=[PLANS])
    Stay.objects.exclude(pk=first.pk).update(state="cancelled")
    assert cell(stands(place, today=first.ends_on), PLANS) == (None, 0, 0)
    assert cell(stands(place, today=first.ends_on + DAY), PLANS) == (None, 0, 1)


def test_the_own_view_is_in_no_level_and_a_mentors_is_one_proof(place: Cast) -> None:
    view(place, "apprentice", {TALKS: 4})
    assert stands(place).proofs == ()
    view(place, "mentor", {TALKS: 1})
    view(place, "mentor", {TALKS: 4})  # takes the place of the first
    assert cell(stands(place), TALKS) == (0.6667, 1, 0)


def test_a_proof_counts_in_the_stage_of_its_day_and_a_passed_stage_does_not_age(place: Cast) -> None:
    row = place.enrolments["26001"]
    stages = list(place.programme.stages.order_by("order"))
    start = place.cohort.starts_on
    StageProgress.objects.filter(enrolment=row, stage=stages[0]).update(
        state="passed", passed_on=start + 90 * DAY
    )
    StageProgress.objects.create(enrolment=row, stage=stages[1], state="open", opened_on=start + 90 * DAY)
    for on in (start, start + 89 * DAY, start + 90 * DAY):
        seen(place, on=on)
    now, later = stands(place), stands(place, today=TODAY + 300 * DAY)
    assert (cell(now, TALKS, stage=0)[1], cell(now, TALKS, stage=1)[1]) == (2, 1)
    assert cell(now, TALKS, stage=0) == cell(later, TALKS, stage=0)
    assert 0.5 < cell(later, TALKS, stage=1)[0] < cell(now, TALKS, stage=1)[0]


def test_peers_need_five_others_with_proofs(place: Cast) -> None:
    for number in ("26001", "26002", "26003", "26004"):
        seen(place, number=number)
    people = everybody(place.cohort, TODAY)
    found = peers_of(
        standing(place.cohort, people, TODAY, telling=False), place.enrolments["26001"].pk, set()
    )
    assert (found.n == 0).all()


def test_the_same_few_questions_for_one_and_for_many(place: Cast) -> None:
    seen(place)
    counts = []
    for numbers in (["26001"], ["26001", "26002", "26003", "26004"]):
        for number in numbers:
            seen(place, number=number, skill=PLANS)
        with CaptureQueriesContext(connection) as asked:
            stands(place, *numbers)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 18


def test_uses_are_counted_for_every_key(place: Cast) -> None:
    rated(place, {"seam": "4", "safety": "4", "tidy": "4"})
    logged(place)
    seen(place)
    found = uses_of([TALKS, "never_used"], frozenset(Permission))
    assert [found[kind][TALKS] for kind in ("rubrics", "entries", "observations")] == [1, 1, 1]
    assert found["outcomes"][TALKS] > 0
    assert {counts.get("never_used", 0) for counts in found.values()} == {0}
