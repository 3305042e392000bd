"""Objections of an apprentice to a proof: this is not about this skill. Whoever helps answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.queries import hold
from craftpath.domain.growth import rules
from craftpath.domain.growth.facts import SkillObjected, SkillObjectionEnded
from craftpath.domain.growth.models import SkillObjection
from craftpath.domain.growth.standing import standing
from craftpath.domain.growth.states import OBJECTION
from craftpath.domain.standards.queries import CORE, alike, owners_of, ties_of
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


@action
def object_to_proof(
    enrolment: Enrolment, *, proof: str, skill: str, words: str, by: Actor, at: datetime
) -> SkillObjection:
    """Say that a proof is not about a skill; it counts until somebody who helps has answered. Once for each."""
    require(rules.may_speak(by, enrolment))
    hold([enrolment.pk])
    same = alike([skill], ties_of(enrolment.cohort.organisation))[skill]
    rows = SkillObjection._base_manager.filter(enrolment=enrolment, proof=proof, skill__in=same)
    before = rows.exclude(state="withdrawn").first()
    if before is not None:
        return before
    require(rules.can_speak(enrolment))
    require(rules.can_say(words, rules.LONGEST_WORDS))
    tagged = _tagged(enrolment, proof, skill, localdate(at))
    row = SkillObjection(enrolment=enrolment, proof=proof, skill=tagged, words=words.strip(), raised_at=at)
    row.save()
    _told(SkillObjected(tagged, proof), row, by=by, at=at)
    return row


def _tagged(enrolment: Enrolment, proof: str, skill: str, today: date) -> str:
    """The skill that the proof names: by this one, or by one that says the same, it counts wherever it does."""
    framework = owners_of([skill]).get(skill, CORE)
    for one in standing(enrolment.cohort, [enrolment.pk], today, framework=framework).proofs:
        if (one.key, one.skill) == (proof, skill):
            return one.via or one.skill
    raise Refused(not_now("growth.proof_gone"))


@action
def uphold_objection(
    objection: SkillObjection, *, answer: str = "", by: Actor, at: datetime
) -> SkillObjection:
    """Agree: the proof counts no more for this skill. Once more changes nothing."""
    return _answered(objection, "uphold", answer, by=by, at=at)


@action
def reject_objection(objection: SkillObjection, *, answer: str, by: Actor, at: datetime) -> SkillObjection:
    """Say in words why the proof stands. Once more changes nothing."""
    require(rules.can_say(answer, rules.LONGEST_WORDS))
    return _answered(objection, "reject", answer, by=by, at=at)


@action
def withdraw_objection(objection: SkillObjection, *, by: Actor, at: datetime) -> SkillObjection:
    """Take it back, as the apprentice. Once more changes nothing."""
    require(rules.may_speak(by, objection.enrolment))
    return _ended(objection, "withdraw", "", by=by, at=at)


def _answered(
    objection: SkillObjection, move: str, answer: str, *, by: Actor, at: datetime
) -> SkillObjection:
    require(rules.may_answer(by, objection.enrolment))
    if len(answer.strip()) > rules.LONGEST_WORDS:
        raise Refused(not_now("growth.too_long", most=rules.LONGEST_WORDS))
    return _ended(objection, move, answer.strip(), by=by, at=at)


def _ended(objection: SkillObjection, move: str, answer: str, *, by: Actor, at: datetime) -> SkillObjection:
    rows = SkillObjection._base_manager.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("enrolment__cohort__organisation").get(pk=objection.pk)
    if row.state == OBJECTION.moves[move]["open"]:
        return row
    row.state, row.answer = OBJECTION.after(row.state, move), answer
    row.ended_by, row.ended_at = by.person, at
    row.save(update_fields=["state", "answer", "ended_by", "ended_at"])
    _told(SkillObjectionEnded(row.skill, row.state), row, by=by, at=at)
    return row


def _told(fact: Fact, row: SkillObjection, *, by: Actor, at: datetime) -> None:
    tell(fact, by=by, at=at, organisation=row.enrolment.cohort.organisation, subject=row.ref)
