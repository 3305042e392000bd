"""Words over what answers say: overrides by a trainer or by the apprentice, and objections to them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.queries import hold
from craftpath.domain.standards.queries import skill_seen
from craftpath.domain.study import rules
from craftpath.domain.study.facts import OverrideLifted, OverrideSet, StudyObjected, StudyObjectionEnded
from craftpath.domain.study.models import Override, StudyObjection
from craftpath.domain.study.states import OBJECTION, OVERRIDE
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


@action
def set_override(
    enrolment: Enrolment, skill: str, kind: str, *, words: str, until: date, by: Actor, at: datetime
) -> Override:
    """Say as somebody who helps what holds, whatever answers say: known, must, not now. It takes an older one's place.

    The same once more changes nothing.
    """
    require(rules.may_guide(by, enrolment))
    require(rules.can_say(words))
    require(rules.can_override(kind, until, localdate(at)))
    return _set(enrolment, skill, kind, words.strip(), until, by=by, at=at)


@action
def show_anyway(enrolment: Enrolment, skill: str, *, by: Actor, at: datetime) -> Override:
    """Keep a skill on the own path although it is mastered; once more changes nothing."""
    require(rules.may_learn(by, enrolment))
    return _set(enrolment, skill, "must", "", None, by=by, at=at)


def _set(
    enrolment: Enrolment, skill: str, kind: str, words: str, until: date | None, *, by: Actor, at: datetime
) -> Override:
    hold([enrolment.pk])
    require(rules.can_learn(enrolment))
    if skill_seen(skill) is None or by.person is None:
        raise Refused(not_now("study.skill_unknown"))
    own = rules.is_own(by, enrolment)
    before = Override._base_manager.filter(enrolment=enrolment, skill=skill, state="open").first()
    if before is not None:
        if (before.kind, before.words, before.until, before.own) == (kind, words, until, own):
            return before
        if own and not before.own and (before.until is None or before.until >= localdate(at)):
            raise Refused(not_now("study.word_stands"))
        _lift(before, by=by, at=at)
    row = Override(
        enrolment=enrolment,
        skill=skill,
        kind=kind,
        words=words,
        until=until,
        own=own,
        by=by.person,
        set_at=at,
    )
    row.save()
    _told(OverrideSet(skill, kind), row, by=by, at=at)
    return row


@action
def lift_override(override: Override, *, by: Actor, at: datetime) -> Override:
    """It holds no more: what answers say counts again. Once more changes nothing."""
    require(rules.may_lift(by, override))
    hold([override.enrolment_id])
    row = _override(override.pk)
    if row.state == "open":
        _lift(row, by=by, at=at)
    return row


def _lift(row: Override, *, by: Actor, at: datetime) -> None:
    row.state, row.lifted_by, row.lifted_at = OVERRIDE.after(row.state, "lift"), by.person, at
    row.save(update_fields=["state", "lifted_by", "lifted_at"])
    _told(OverrideLifted(row.skill), row, by=by, at=at)


def _override(pk: int) -> Override:
    rows = Override._base_manager.select_related("enrolment__cohort__organisation", "by")
    return rows.get(pk=pk)


@action
def object_to_study(
    enrolment: Enrolment, skill: str, *, override: Override | None = None, words: str, by: Actor, at: datetime
) -> StudyObjection:
    """Say that an override, or what the answers say of a skill, is wrong. To an override once."""
    require(rules.may_learn(by, enrolment))
    hold([enrolment.pk])
    rows = StudyObjection._base_manager.filter(enrolment=enrolment, skill=skill, override=override)
    before = rows.first() if override is not None else rows.filter(state="open").first()
    if before is not None:
        return before
    require(rules.can_learn(enrolment))
    require(rules.can_say(words))
    if override is not None and (
        override.own or (override.enrolment_id, override.skill) != (enrolment.pk, skill)
    ):
        raise Refused(may_not("study.not_yours"))
    if skill_seen(skill) is None:
        raise Refused(not_now("study.skill_unknown"))
    row = StudyObjection(
        enrolment=enrolment, skill=skill, override=override, words=words.strip(), raised_at=at
    )
    row.save()
    _told(StudyObjected(skill), row, by=by, at=at)
    return row


@action
def agree_objection(objection: StudyObjection, *, answer: str, by: Actor, at: datetime) -> StudyObjection:
    """Agree in words; the override that it is about is lifted. Once more changes nothing."""
    return _answered(objection, "agree", answer, by=by, at=at)


@action
def reject_objection(objection: StudyObjection, *, answer: str, by: Actor, at: datetime) -> StudyObjection:
    """Say in words why it stands. Once more changes nothing."""
    return _answered(objection, "reject", answer, by=by, at=at)


@action
def withdraw_objection(objection: StudyObjection, *, by: Actor, at: datetime) -> StudyObjection:
    """Take it back, as the apprentice. Once more changes nothing."""
    require(rules.may_learn(by, objection.enrolment))
    return _ended(objection, "withdraw", "", by=by, at=at)


def _answered(
    objection: StudyObjection, move: str, answer: str, *, by: Actor, at: datetime
) -> StudyObjection:
    require(rules.may_guide(by, objection.enrolment))
    require(rules.can_say(answer))
    return _ended(objection, move, answer.strip(), by=by, at=at)


def _ended(objection: StudyObjection, move: str, answer: str, *, by: Actor, at: datetime) -> StudyObjection:
    hold([objection.enrolment_id])
    rows = StudyObjection._base_manager.select_related(
        "enrolment__cohort__organisation", "override__enrolment"
    )
    row = rows.get(pk=objection.pk)
    if row.state == OBJECTION.moves[move]["open"]:
        return row
    row.state, row.answer = OBJECTION.after(row.state, move), answer
    row.ended_by, row.ended_at = by.person, at
    row.save(update_fields=["state", "answer", "ended_by", "ended_at"])
    if move == "agree" and row.override is not None and row.override.state == "open":
        _lift(_override(row.override.pk), by=by, at=at)
    _told(StudyObjectionEnded(row.skill, row.state), row, by=by, at=at)
    return row


def _told(fact: Fact, row: Override | StudyObjection, *, by: Actor, at: datetime) -> None:
    tell(fact, by=by, at=at, organisation=row.enrolment.cohort.organisation, subject=row.ref)
