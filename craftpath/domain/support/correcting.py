"""The apprentice says that a fact is not so; whoever runs support answers; and a sign that was wrong is set right."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from craftpath.domain.apprenticeships.queries import hold
from craftpath.domain.support import rules
from craftpath.domain.support.facts import CorrectionAsked, CorrectionEnded, SignCorrected
from craftpath.domain.support.models import Correction, Sign
from craftpath.domain.support.states import CORRECTION, SIGN
from craftpath.domain.support.weighing import hold_looks, weigh
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import require


@action
def ask_correction(sign: Sign, *, words: str, by: Actor, at: datetime) -> Correction:
    """Say that it is not so, in words; the sign goes on speaking until somebody has answered."""
    row = _held(sign)
    require(rules.may_ask(by, row))
    waiting = Correction._base_manager.filter(sign=row, state="asked")
    require(rules.can_be_asked(row, words, waiting))
    made = Correction.objects.create(sign=row, words=words.strip(), asked_at=at)
    tell(CorrectionAsked(row.rule), by=by, at=at, subject=made.ref)
    return made


@action
def uphold_correction(correction: Correction, *, answer: str, by: Actor, at: datetime) -> Correction:
    """It is as the apprentice says: the sign is silent until its facts have once been otherwise."""
    made = _answered(correction, "uphold", answer, by=by, at=at)
    correct_sign(made.sign, by=by, at=at)
    return made


@action
def reject_correction(correction: Correction, *, answer: str, by: Actor, at: datetime) -> Correction:
    """It stays as it is, and why."""
    return _answered(correction, "reject", answer, by=by, at=at)


@action
def withdraw_correction(correction: Correction, *, by: Actor, at: datetime) -> Correction:
    """The apprentice takes it back."""
    row = _waiting(correction)
    require(rules.may_ask(by, row.sign))
    row.state = CORRECTION.after(row.state, "withdraw")
    row.save(update_fields=["state"])
    tell(CorrectionEnded(row.sign.rule, row.state), by=by, at=at, subject=row.ref)
    return row


@action
def read_answer(correction: Correction, *, by: Actor, at: datetime) -> Correction:
    """The apprentice has read the answer; the first time counts."""
    row = _waiting(correction)
    require(rules.may_ask(by, row.sign))
    if row.answered_at is not None and row.read_at is None:
        row.read_at = at
        row.save(update_fields=["read_at"])
    return row


@action
def correct_sign(sign: Sign, *, by: Actor, at: datetime) -> Sign:
    """What it rests on is not so: it speaks no more while its facts stay as they are."""
    row = _held(sign)
    require(rules.may_answer(by, row.enrolment))
    if row.ended_at is not None:  # over by itself meanwhile
        return row
    row.state = SIGN.after(row.state, "correct")
    row.save(update_fields=["state"])
    weigh(row.enrolment)
    tell(SignCorrected(row.rule), by=by, at=at, subject=row.ref)
    return row


@action
def lapse_corrections(signs: Iterable[int], *, by: Actor, at: datetime) -> int:
    """What was asked about signs that ended by themselves has nothing left to answer; says of how many."""
    require(rules.may_keep(by))
    ids, ended = list(signs), 0
    for first in range(0, len(ids), 500):
        rows = Correction._base_manager.filter(sign__in=ids[first : first + 500], state="asked")
        ended += rows.update(state=CORRECTION.after("asked", "lapse"))
    return ended


def _answered(correction: Correction, move: str, answer: str, *, by: Actor, at: datetime) -> Correction:
    row = _waiting(correction)
    require(rules.may_answer(by, row.sign.enrolment))
    state = CORRECTION.after(row.state, move)
    require(rules.can_say(answer))
    row.state, row.answer, row.answered_by, row.answered_at = state, answer.strip(), by.person, at
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    tell(CorrectionEnded(row.sign.rule, state), by=by, at=at, subject=row.ref)
    return row


def _held(sign: Sign) -> Sign:
    hold([sign.enrolment_id])
    hold_looks(Q(pk=sign.enrolment_id))
    return Sign._base_manager.select_related("enrolment__cohort__organisation").get(pk=sign.pk)


def _waiting(correction: Correction) -> Correction:
    hold([correction.sign.enrolment_id])
    rows = Correction._base_manager.select_related("sign__enrolment__cohort__organisation")
    return rows.get(pk=correction.pk)
