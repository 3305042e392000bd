"""A diagnosis is begun, answered question by question, and ends by what it knows; or it is stopped."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from craftpath.domain.apprenticeships.queries import hold
from craftpath.domain.exams.exercises import still_open
from craftpath.domain.standards.queries import skill_seen
from craftpath.domain.study import rules
from craftpath.domain.study.answering import LONGEST, keep_answer, row_of
from craftpath.domain.study.asking import Next, following
from craftpath.domain.study.facts import DiagnosisBegun, DiagnosisEnded
from craftpath.domain.study.models import Answered, Diagnosis
from craftpath.domain.study.states import DIAGNOSIS
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

__all__ = ["LONGEST", "answer_diagnosis", "begin_diagnosis", "stop_diagnosis"]


@action
def begin_diagnosis(
    enrolment: Enrolment, skill: str, *, made_id: uuid.UUID, by: Actor, at: datetime
) -> Diagnosis:
    """Ask where one stands in a skill. One that is open goes on; the same form begins it once."""
    require(rules.may_learn(by, enrolment))
    hold([enrolment.pk])
    rows = Diagnosis._base_manager.filter(enrolment=enrolment)
    row = rows.filter(made_id=made_id).first() or rows.filter(skill=skill, state="open").first()
    if row is not None:
        return row
    require(rules.can_learn(enrolment))
    if skill_seen(skill) is None:
        raise Refused(not_now("study.skill_unknown"))
    first = following(enrolment, None, skill, at).exercise
    if first is None:
        raise Refused(not_now("study.no_questions"))
    row = Diagnosis(enrolment=enrolment, skill=skill, made_id=made_id, posed_id=first.version, begun_at=at)
    row.save()
    _told(DiagnosisBegun(skill), row, by=by, at=at)
    return row


@action
def answer_diagnosis(
    diagnosis: Diagnosis, *, version: int, given: Any, made_id: uuid.UUID, by: Actor, at: datetime
) -> Diagnosis:
    """Answer the question that is posed; nothing given is "I do not know". Sent again, it counts once.

    A question that was kept back meanwhile is passed over: its answer counts nothing.
    """
    require(rules.may_learn(by, diagnosis.enrolment))
    row = _held(diagnosis)
    if Answered._base_manager.filter(enrolment=row.enrolment, made_id=made_id).exists():
        return row
    require(rules.can_learn(row.enrolment))
    if row.state != "open" or row.posed is None:
        raise Refused(not_now("study.diagnosis_over"))
    if version != row.posed_id:
        raise Refused(not_now("study.another_question"))
    if still_open(row.posed):
        keep_answer(row_of(row.enrolment, row.skill, row.posed, given, made_id=made_id, at=at), diagnosis=row)
    _go_on(row, following(row.enrolment, row.pk, row.skill, at), by=by, at=at)
    return row


def _go_on(row: Diagnosis, after: Next, *, by: Actor, at: datetime) -> None:
    """Pose what comes next, or finish."""
    if after.exercise is not None:
        row.posed_id = after.exercise.version
        row.save(update_fields=["posed"])
        return
    row.state, row.posed, row.ended_at = DIAGNOSIS.after(row.state, "answer"), None, at
    row.found, row.ended_because = after.found, after.because
    _ended(row, by=by, at=at)


@action
def stop_diagnosis(diagnosis: Diagnosis, *, by: Actor, at: datetime) -> Diagnosis:
    """Stop before the end; what was answered counts all the same. Once more changes nothing."""
    require(rules.may_learn(by, diagnosis.enrolment))
    row = _held(diagnosis)
    if row.state == "open":
        row.state, row.posed, row.ended_at = DIAGNOSIS.after(row.state, "stop"), None, at
        _ended(row, by=by, at=at)
    return row


def _ended(row: Diagnosis, *, by: Actor, at: datetime) -> None:
    row.save(update_fields=["state", "posed", "ended_at", "found", "ended_because"])
    questions = Answered._base_manager.filter(diagnosis=row).count()
    _told(DiagnosisEnded(row.skill, row.found, questions), row, by=by, at=at)


def _held(diagnosis: Diagnosis) -> Diagnosis:
    """The row as it is now, nobody else writing of this apprentice beside."""
    hold([diagnosis.enrolment_id])
    rows = Diagnosis._base_manager.select_related(
        "enrolment__cohort__organisation", "posed__item", "posed__stimulus"
    )
    return rows.get(pk=diagnosis.pk)


def _told(fact: Fact, row: Diagnosis, *, by: Actor, at: datetime) -> None:
    tell(fact, by=by, at=at, organisation=row.enrolment.cohort.organisation, subject=row.ref)
