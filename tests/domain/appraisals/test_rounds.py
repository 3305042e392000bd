"""Rounds: opened once, computed to the same bytes, shown, published by another person, replaced by a later version."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from craftpath.domain.appraisals import actions, queries
from craftpath.domain.appraisals.calculating import as_text, calculate
from craftpath.domain.appraisals.computing import _Cancelled, carry_out
from craftpath.domain.appraisals.gathering import gather
from craftpath.domain.appraisals.inputs import digest, read
from craftpath.domain.appraisals.models import Appraisal, AppraisalPart, AppraisalRound, AppraisalScheme
from craftpath.domain.evaluation.models import Decision, Result, ResultVersion
from craftpath.domain.pairing.models import Standing
from craftpath.kernel.access import Actor
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.roles import Role
from tests.cast import AT, Cast
from tests.domain.appraisals.world import (
    DAY,
    EFFECTS,
    ENDS,
    STARTS,
    computed,
    of,
    office,
    opened,
    other,
    published,
    refused,
    shown,
    taught,
)

pytestmark = pytest.mark.usefixtures("all_rows")


# ---- Opening ----------------------------------------------------------------------------------


def test_a_round_is_opened_once_and_writes_the_built_in_scheme_down(cast: Cast) -> None:
    name = uuid.uuid4()
    row = opened(cast, made_id=name)
    assert opened(cast, made_id=name) == row
    assert (row.starts_on, row.ends_on, row.version, row.state) == (STARTS, ENDS, 1, "draft")
    [scheme] = AppraisalScheme.objects.all()
    assert row.scheme == scheme
    assert scheme.version == 1
    with refused("appraisals.round_already"):
        opened(cast)


def test_only_the_office_opens_one_and_no_period_that_goes_on(cast: Cast) -> None:
    for who in ("trainer", "assessor"):
        with refused("kernel.role_lacks"):
            opened(cast, by=cast.actor(who))
    with refused("kernel.belongs_to_another"):
        opened(cast, by=cast.actor("stranger", cast.neighbour))
    with refused("appraisals.period_not_over"):
        opened(cast, starts_on=STARTS + 31 * DAY)


def test_a_dropped_round_makes_room_for_another(cast: Cast) -> None:
    row = opened(cast)
    actions.drop_round(row, **office(cast))
    assert actions.drop_round(row, **office(cast)).state == "dropped"
    assert opened(cast).version == 2


# ---- Computing --------------------------------------------------------------------------------


def test_a_round_is_computed_and_can_be_computed_again_to_the_same_bytes(cast: Cast) -> None:
    taught(cast)
    row = computed(cast)
    before = (row.inputs_digest, row.results_digest)
    text = row.inputs.content
    assert digest(text) == row.inputs_digest
    assert digest(as_text(calculate(read(text)))) == row.results_digest
    assert read(text).as_text() == text
    again = computed(cast, row)
    assert (again.inputs_digest, again.results_digest) == before
    assert Appraisal.objects.filter(round=row).count() == 8  # six, and the two of the cast


def test_what_is_said_of_a_trainer_follows_the_results_and_adds_up(cast: Cast) -> None:
    taught(cast)
    row = computed(cast)
    values = [of(row, f"师傅{n:03}").effect["value"] for n in range(6)]
    assert values == sorted(values)
    assert values[0] < -2 < 2 < values[-1]
    for n, effect in enumerate(EFFECTS):
        one = of(row, f"师傅{n:03}")
        assert abs(one.effect["value"]) <= abs(one.effect["raw"]) + 1e-9, effect  # shrunk
        assert sum(line["contribution"] for line in one.lines) == pytest.approx(one.effect["value"], abs=1e-4)
        parts = list(one.parts.all())
        assert sum(part.points for part in parts) == pytest.approx(float(one.score or 0), abs=2e-3)
        assert one.low is not None
        assert one.high is not None
        assert one.score is not None
        assert one.low <= one.score <= one.high
        assert [part.key for part in parts] == ["progress", "verification", "response", "continuity", "voice"]


def test_too_few_says_so_instead_of_a_figure(cast: Cast) -> None:
    taught(cast)
    one = of(computed(cast), "周国栋")  # two apprentices without a decided result
    progress = one.parts.get(key="progress")
    assert (progress.figure, progress.reached, progress.why) == (None, None, "too_few_apprentices")
    assert one.score is None
    assert one.why == "too_little_measured"
    assert {why for _, _, why in one.left_out} == {"no_decided_result"}
    assert not AppraisalPart.objects.filter(
        appraisal__round=one.round, key="voice", figure__isnull=False
    ).exists()


def test_without_any_result_or_any_pair_nothing_is_made_up(cast: Cast) -> None:
    row = opened(cast)
    actions.compute_round(row, **office(cast))
    row.refresh_from_db()
    assert (row.state, row.failed) == ("draft", "appraisals.nobody_taught")
    taught(cast, 2, 2, decided=False)
    found = computed(cast, row)
    assert found.failed == ""
    assert found.about["why"] == "no_cases"
    assert set(Appraisal.objects.values_list("why", flat=True)) == {"too_little_measured"}


@pytest.mark.parametrize("each", [5, 50])
def test_inputs_take_the_same_queries_for_few_and_many(cast: Cast, each: int) -> None:
    taught(cast, 2, each, decided=False)
    row = AppraisalRound.objects.select_related("scheme", "organisation").get(pk=opened(cast).pk)
    with CaptureQueriesContext(connection) as asked:
        gather(row)
    assert len(asked) == 8


def test_a_cancelled_computation_keeps_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    taught(cast, 2, 2, decided=False)
    row = opened(cast)
    monkeypatch.setattr("craftpath.domain.appraisals.computing.enqueue", lambda *_: None)
    row = actions.compute_round(row, **office(cast))
    assert actions.compute_round(row, **office(cast)).state == "computing"
    times = iter(range(0, 10_000, 10))

    def clock() -> float:
        now = next(times)
        if now == 20:
            actions.cancel_round(row, **office(cast))
        return now

    carry_out(row, **office(cast), clock=clock)
    row.refresh_from_db()
    assert row.state == "draft"
    assert not Appraisal.objects.exists()
    assert actions.cancel_round(row, **office(cast)).state == "draft"
    assert issubclass(_Cancelled, Exception)


def test_a_killed_worker_comes_back_and_the_work_is_done_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    taught(cast, 2, 2, decided=False)
    monkeypatch.setattr("craftpath.domain.appraisals.computing.enqueue", lambda *_: None)
    row = actions.compute_round(opened(cast), **office(cast))
    stale = AppraisalRound.objects.select_related("scheme", "organisation").get(pk=row.pk)
    carry_out(row, **office(cast))
    carry_out(stale, **office(cast))
    assert Appraisal.objects.filter(round=row).count() == 4
    assert AuditEntry.objects.filter(fact="appraisals.round_computed").count() == 1


def test_a_broken_computation_says_so_and_fails_where_it_is_seen(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    taught(cast, 2, 2, decided=False)
    monkeypatch.setattr("craftpath.domain.appraisals.computing.enqueue", lambda *_: None)
    row = actions.compute_round(opened(cast), **office(cast))
    monkeypatch.setattr("craftpath.domain.appraisals.computing.calculate", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        carry_out(row, **office(cast))
    row.refresh_from_db()
    assert (row.state, row.failed) == ("draft", "appraisals.failed")


# ---- What counts ------------------------------------------------------------------------------


def test_a_result_counts_by_its_first_decision_with_the_figure_in_force(cast: Cast) -> None:
    rows = taught(cast)
    first = ResultVersion.objects.get(enrolment=rows[0])
    late = Decision.objects.create(
        evaluation=cast.evaluation, scheme=cast.scheme, kind="corrected", reason="x", made_at=AT + 9 * DAY
    )
    second = ResultVersion.objects.create(
        decision=late,
        evaluation=cast.evaluation,
        enrolment=rows[0],
        number=2,
        total=99,
        passed=True,
        known_marks=0,
    )
    Result.objects.filter(enrolment=rows[0]).update(decided=second, total=99)
    found = {case.enrolment: case for case in gather(opened(cast)).cases}
    assert found[rows[0].public_id].result == 99.0 != float(first.total or 0)
    ResultVersion.objects.filter(enrolment=rows[1]).update(decision=late)
    found = {case.enrolment: case for case in gather(AppraisalRound.objects.get()).cases}
    assert rows[1].public_id not in found


def test_a_result_before_is_the_start_of_the_next_stage(cast: Cast) -> None:
    from craftpath.domain.evaluation.actions import open_evaluation

    rows = taught(cast)
    stage = cast.programme.stages.get(order=2)
    second = open_evaluation(cohort=cast.cohort, stage=stage, scheme=cast.scheme, **office(cast))
    decision = Decision.objects.create(
        evaluation=second, scheme=cast.scheme, kind="decided", made_at=AT - 20 * DAY
    )
    ResultVersion.objects.create(
        decision=decision,
        evaluation=second,
        enrolment=rows[0],
        number=1,
        total=80,
        passed=True,
        known_marks=0,
    )
    found = [case for case in gather(opened(cast)).cases if case.enrolment == rows[0].public_id]
    starts = {case.stage: case.start for case in found}
    first = float(ResultVersion.objects.get(enrolment=rows[0], evaluation=cast.evaluation).total or 0)
    assert list(starts.values()).count(None) == 1
    assert first in starts.values()


# ---- Showing and publishing -------------------------------------------------------------------


def test_only_a_computed_round_is_shown_and_only_another_person_publishes_it(cast: Cast) -> None:
    taught(cast)
    with refused("appraisals.not_computed"):
        actions.show_round(opened(cast), **office(cast))
    row = shown(cast, computed(cast, AppraisalRound.objects.get()))
    assert row.hearing_until == (AT + 10 * DAY).date()
    assert actions.show_round(row, **office(cast)).state == "hearing"
    with refused("appraisals.hearing_open"):
        actions.publish_round(row, **other(cast, AT + 10 * DAY))
    with refused("appraisals.computed_it_oneself"):
        actions.publish_round(row, **office(cast, AT + 11 * DAY))
    with refused("kernel.role_lacks"):
        actions.publish_round(row, by=cast.actor("trainer"), at=AT + 11 * DAY)
    done = published(cast, row)
    assert done.state == "published"
    assert published(cast, row).published_at == done.published_at
    with refused("appraisals.shown_already"):
        actions.drop_round(row, **office(cast))
    with refused("appraisals.not_draft"):
        actions.compute_round(row, **office(cast))


def test_the_database_too_refuses_the_same_person(cast: Cast) -> None:
    taught(cast)
    row = published(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        AppraisalRound.objects.filter(pk=row.pk).update(published_by=row.computed_by_id)


def test_publishing_writes_results_down_and_a_band_can_be_read(cast: Cast) -> None:
    taught(cast)
    row = published(cast)
    best, none = of(row, "师傅005"), of(row, "周国栋")
    noted = {one.person_id: one for one in Standing.objects.filter(result__isnull=False)}
    assert len(noted) == 6
    assert noted[best.person_id].result == best.result
    assert noted[best.person_id].organisation == cast.jinheng
    assert noted[best.person_id].result_on == (AT + 11 * DAY).date()
    day = (AT + 11 * DAY).date()
    band = queries.published_band([best.person_id, none.person_id], day)
    assert set(band) == {best.person_id}
    assert (band[best.person_id].result, band[best.person_id].place) == (best.result, best.band)
    assert band[best.person_id].name.zh in ("符合预期", "高于预期")
    assert queries.published_band([best.person_id], day - DAY) == {}


def test_a_later_version_takes_its_place_and_the_past_stays(cast: Cast) -> None:
    rows = taught(cast)
    row = published(cast)
    with refused("appraisals.no_words"):
        actions.follow_round(row, made_id=uuid.uuid4(), reason=" ", **office(cast))
    later = actions.follow_round(row, made_id=uuid.uuid4(), reason="成绩已更正", **office(cast))
    with refused("appraisals.later_version"):
        actions.follow_round(row, made_id=uuid.uuid4(), reason="再一次", **office(cast))
    with refused("appraisals.no_later_version"):
        actions.replace_round(row, **office(cast))
    for one in rows[:6]:  # those of the first trainer were decided too low
        ResultVersion.objects.filter(enrolment=one).update(total=95)
    later = shown(cast, computed(cast, later))
    assert later.version == 2
    row.refresh_from_db()
    assert row.state == "published"  # until the later one counts
    later = published(cast, later, 25)
    row.refresh_from_db()
    assert row.state == "replaced"
    who = of(row, "师傅000").person_id
    before, after = ((AT + n * DAY).date() for n in (12, 25))
    assert queries.published_band([who], before)[who].result == of(row, "师傅000").result
    assert (
        queries.published_band([who], after)[who].result
        == of(later, "师傅000").result
        != of(row, "师傅000").result
    )
    assert Standing.objects.get(person=who).result == of(later, "师傅000").result


def test_no_fact_holds_a_score(cast: Cast) -> None:
    taught(cast)
    row = published(cast)
    scores = {str(one.score) for one in Appraisal.objects.filter(round=row, why="")}
    told = json.dumps(
        list(AuditEntry.objects.filter(fact__startswith="appraisals.").values_list("payload", flat=True))
    )
    assert not any(score in told for score in scores)


def test_a_role_that_ended_meanwhile_computes_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from craftpath.delivery.jobs.bodies import appraise

    monkeypatch.setattr("craftpath.domain.appraisals.computing.enqueue", lambda *_: None)
    guest = Actor(cast.college, cast.people["stranger"], frozenset({Role.COORDINATOR}))
    row = actions.compute_round(opened(cast), by=guest, at=AT)
    appraise.call(row.pk)
    row.refresh_from_db()
    assert (row.state, row.failed) == ("draft", "appraisals.without_role")


def test_days_before_the_period_count_for_shares_and_not_for_continuity(cast: Cast) -> None:
    rows = taught(cast, 2, 2)
    found = gather(opened(cast))
    own = found.own[of_person(rows[0])]
    assert own.planned == 2 * (ENDS - max(STARTS, rows[0].starts_on)).days
    assert own.away == 0
    assert all(sum(share for _, share in case.shares) == pytest.approx(1) for case in found.cases)
    assert timedelta(0) < ENDS - STARTS


def of_person(row: object) -> str:
    from craftpath.domain.pairing.models import Bond

    return Bond.objects.select_related("teacher").get(enrolment=row).teacher.public_id
