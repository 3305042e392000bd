"""What evaluation does when others' facts are told, and how its own sound as statements in `activity`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.apprenticeships.facts import RosterTaken, RosterUndone, StagesPassed
from craftpath.domain.apprenticeships.queries import cohorts_of
from craftpath.domain.evaluation.actions import refresh_evidence, refresh_results
from craftpath.domain.evaluation.facts import (
    EvaluationMoved,
    EvaluationOpened,
    MarksRecorded,
    ResultCorrected,
    ResultsDecided,
)
from craftpath.domain.evaluation.models import Evaluation, Mark, ResultVersion
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.learning.facts import AttendanceSettled, SessionsClosed
from craftpath.domain.learning.presence import attended, attended_line
from craftpath.domain.logbook.confirmed import written_by
from craftpath.domain.logbook.facts import EntriesConfirmed, TalkHeld
from craftpath.domain.participation.facts import ActsConfirmed, ActsWithdrawn
from craftpath.domain.participation.queries import whose
from craftpath.domain.programmes.definition import ItemInfo, judged_items, sourced_items
from craftpath.domain.reviews.facts import (
    ReviewCancelled,
    ReviewHeld,
    ReviewMissed,
    ReviewMoved,
    ReviewSigned,
)
from craftpath.domain.reviews.queries import enrolments_reviewed
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.values.ref import Ref
from craftpath.values.text import Text

PORTION = 2000  # statements handed down at a time, so that a nation does not fill the memory


def _refresh(evaluations: Iterable[Evaluation], told: Told) -> None:
    for evaluation in evaluations:
        by = system(told.entry.organisation)
        refresh_results(evaluation, by=by, at=told.entry.at)
        if sourced_items(evaluation.scheme.definition):
            refresh_evidence(evaluation, by=system(), at=told.entry.at)


@on(RosterTaken)
def on_roster_taken(told: Told) -> None:
    """Who is new has a result too: everything is still open."""
    _refresh(evaluations().filter(cohort__public_id=told.fact.cohort), told)


@on(RosterUndone)
def on_roster_undone(told: Told) -> None:
    """Whoever goes again leaves no result, also if one was being reckoned at that moment."""
    _refresh(evaluations().filter(cohort__public_id=told.fact.cohort), told)


@on(StagesPassed)
def on_stages_passed(told: Told) -> None:
    """Who enters a stage appears in its evaluation."""
    if told.fact.opened:
        entered = evaluations().filter(cohort__public_id=told.fact.cohort, stage__key=told.fact.opened)
        _refresh(entered, told)


def _work_out(enrolments: Iterable[int], told: Told) -> None:
    """The evidence of these apprentices, in every evaluation of theirs that works something out."""
    by_cohort: dict[int, set[int]] = {}
    for who, cohort in cohorts_of(enrolments).items():
        by_cohort.setdefault(cohort, set()).add(who)
    for evaluation in evaluations().filter(cohort__in=list(by_cohort)):
        if sourced_items(evaluation.scheme.definition):
            theirs = by_cohort[evaluation.cohort_id]
            refresh_evidence(evaluation, theirs, by=system(), at=told.entry.at)


@on(EvaluationOpened)
def on_evaluation_opened(told: Told) -> None:
    """What is confirmed already counts from the first day."""
    _work_out_all(told)


@on(EvaluationMoved)
def on_evaluation_moved(told: Told) -> None:
    """Another version may work out what was marked by hand, or by another rule."""
    _work_out_all(told)


def _work_out_all(told: Told) -> None:
    for evaluation in evaluations().filter(public_id=told.fact.evaluation):
        refresh_evidence(evaluation, by=system(), at=told.entry.at)


@on(SessionsClosed)
def on_sessions_closed(told: Told) -> None:
    """Closed roll calls count. One that is called anew afterwards is found at night: no roll call pays for it."""
    _work_out(attended(told.fact.sessions), told)


@on(AttendanceSettled)
def on_attendance_settled(told: Told) -> None:
    """What stands of one line may be something else now."""
    _work_out(attended_line(told.fact.attendance), told)


@on(EntriesConfirmed)
def on_entries_confirmed(told: Told) -> None:
    """Confirmed weeks count."""
    _work_out(written_by(told.fact.entries), told)


@on(TalkHeld)
def on_talk_held(told: Told) -> None:
    """A talk counts by its outcome."""
    _work_out(written_by([told.fact.entry]), told)


@on(ActsConfirmed)
def on_acts_confirmed(told: Told) -> None:
    """What somebody stands for counts."""
    _work_out(whose(told.fact.acts), told)


@on(ActsWithdrawn)
def on_acts_withdrawn(told: Told) -> None:
    """And no more once it is taken back."""
    _work_out(whose(told.fact.acts), told)


@on(ReviewSigned)
def on_review_signed(told: Told) -> None:
    """A review counts once all have signed it."""
    _work_out_review(told)


@on(ReviewMissed)
def on_review_missed(told: Told) -> None:
    """One that somebody noted as missed counts as missed."""
    _work_out_review(told)


@on(ReviewMoved)
def on_review_moved(told: Told) -> None:
    """It is to come again, and not missed any more."""
    _work_out_review(told)


@on(ReviewHeld)
def on_review_held(told: Told) -> None:
    """Nor is one that was held after all."""
    _work_out_review(told)


@on(ReviewCancelled)
def on_review_cancelled(told: Told) -> None:
    """Nor is one that is not held at all."""
    _work_out_review(told)


def _work_out_review(told: Told) -> None:
    _work_out(enrolments_reviewed([Ref.parse(told.entry.subject).public_id]), told)


@on(MarksRecorded)
def on_marks_recorded(told: Told) -> None:
    """One statement a mark: this apprentice was scored on this item."""
    evaluation = evaluations().filter(public_id=told.fact.evaluation).first()
    if evaluation is None:
        return
    known = {item.key: item for item in judged_items(evaluation.scheme.definition)}
    marks = Mark.objects.filter(batch=told.fact.batch).select_related("enrolment__person").order_by("pk")
    waiting: list[NewStatement] = []
    for mark in marks.iterator(chunk_size=PORTION):
        waiting.append(
            NewStatement(
                key=f"mark:{mark.public_id}",
                person=mark.enrolment.person,
                verb="scored",
                object_id=f"{settings.ADDRESS}/evaluations/{evaluation.public_id}/items/{mark.item}",
                object_name=_names(known[mark.item]),
                at=mark.recorded_at,
                result=_result(mark, known[mark.item]),
            )
        )
        if len(waiting) == PORTION:
            _hand_down(waiting, told)
            waiting = []
    _hand_down(waiting, told)


@on(ResultsDecided)
def on_results_decided(told: Told) -> None:
    """One statement a person: the stage was passed, or was not."""
    _sound_decision(told)


@on(ResultCorrected)
def on_result_corrected(told: Told) -> None:
    """The corrected result is a statement of its own; the first one stays beside it."""
    _sound_decision(told)


def _sound_decision(told: Told) -> None:
    versions = (
        ResultVersion.objects.filter(decision__public_id=told.fact.decision)
        .select_related(
            "enrolment__person", "evaluation__stage", "evaluation__cohort__organisation", "decision"
        )
        .order_by("pk")
    )
    waiting: list[NewStatement] = []
    for version in versions.iterator(chunk_size=PORTION):
        waiting.append(_decided(version))
        if len(waiting) == PORTION:
            _hand_down(waiting, told)
            waiting = []
    _hand_down(waiting, told)


def _hand_down(statements: list[NewStatement], told: Told) -> None:
    organisation = told.entry.organisation
    record_statements(statements, organisation=organisation, by=system(organisation), at=told.entry.at)


def _decided(version: ResultVersion) -> NewStatement:
    evaluation = version.evaluation
    result: dict[str, Any] = {"success": version.passed, "completion": True}
    if version.total is not None:
        raw = float(version.total)
        result["score"] = {"raw": raw, "min": 0, "max": 100, "scaled": round(raw / 100, 4)}
    if version.grade:
        result["response"] = version.grade
    return NewStatement(
        key=f"result:{evaluation.public_id}:{version.enrolment.public_id}:{version.number}",
        person=version.enrolment.person,
        verb="passed" if version.passed else "failed",
        object_id=f"{settings.ADDRESS}/evaluations/{evaluation.public_id}",
        object_name=_languages(evaluation.stage.title),
        at=version.decision.made_at,
        result=result,
    )


def _names(item: ItemInfo) -> dict[str, str]:
    return _languages(item.name)


def _languages(name: Text) -> dict[str, str]:
    return {tag: words for tag, words in (("zh-Hans", name.zh), ("en", name.en)) if words}


def _result(mark: Mark, item: ItemInfo) -> dict[str, Any]:
    extension = {f"{settings.ADDRESS}/xapi/mark-status": mark.status}
    if mark.grade:
        return {"response": mark.grade, "extensions": extension}
    if mark.score is None:
        return {"extensions": extension}
    return {
        "score": {
            "raw": float(mark.score),
            "min": 0,
            "max": float(max(item.max, mark.score)),  # of an open-ended item more may be done than is asked
            "scaled": round(min(float(mark.score / item.max), 1.0), 4),
        },
        "extensions": extension,
    }
