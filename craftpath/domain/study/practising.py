"""Five minutes of practice: a set is begun from what is due, answered question by question, and ends."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.queries import hold
from craftpath.domain.exams.exercises import Exercise, exercises, still_open, versions_by_id
from craftpath.domain.study import rules
from craftpath.domain.study.answering import keep_answer, row_of
from craftpath.domain.study.facts import PracticeEnded
from craftpath.domain.study.models import Answered, PracticeCard, PracticeSet
from craftpath.domain.study.states import SET
from craftpath.engines.mastery.practising import FIVE_MINUTES, Due, five_minutes
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

MOST_NEW = 4
"""Questions that were never practised, in one set: more of them would crowd out what comes again."""


@action
def begin_practice(
    enrolment: Enrolment, *, wanted: Sequence[str], made_id: uuid.UUID, by: Actor, at: datetime
) -> PracticeSet:
    """A set of what is due, then some new questions of the skills that are wanted, the first of them first.

    One that was begun on the same day goes on; an older one is left. The same form begins one once.
    """
    require(rules.may_learn(by, enrolment))
    hold([enrolment.pk])
    rows = PracticeSet._base_manager.filter(enrolment=enrolment)
    standing = rows.filter(made_id=made_id).first()
    if standing is not None:
        return standing
    require(rules.can_learn(enrolment))
    running = rows.filter(state="open").first()
    if running is not None:
        if localdate(running.begun_at) == localdate(at):
            return running
        running.state, running.ended_at = SET.after(running.state, "begin"), at
        running.save(update_fields=["state", "ended_at"])
    chosen = drawn(enrolment, wanted, at)
    if not chosen:
        raise Refused(not_now("study.nothing_due"))
    row = PracticeSet(enrolment=enrolment, made_id=made_id, questions=chosen, begun_at=at)
    row.save()
    return row


def drawn(enrolment: Enrolment, wanted: Sequence[str], at: datetime) -> list[list[Any]]:
    """[version, skill] of each question of a set, in their order; five queries."""
    pool = {one.item: one for one in exercises(enrolment.cohort.organisation)}
    cards = list(PracticeCard._base_manager.filter(enrolment=enrolment).order_by("due_at", "pk"))
    waiting = [
        Due(str(card.item_id), card.skill, card.due_at, pool[card.item_id].seconds)
        for card in cards
        if card.item_id in pool
    ]
    taken = five_minutes(waiting, at)
    found: list[list[Any]] = [[pool[int(one.key)].version, one.skill] for one in taken]
    left = FIVE_MINUTES - sum(one.seconds for one in taken)
    return found + _new(pool.values(), wanted, {card.item_id for card in cards}, left)


def _new(
    pool: Collection[Exercise], wanted: Sequence[str], known: Collection[int], left: float
) -> list[list[Any]]:
    """Questions never practised, skill by skill in turn, as many as fit and no more than a few."""
    shelves = [[one for one in pool if skill in one.skills and one.item not in known] for skill in wanted]
    found: list[list[Any]] = []
    used: set[int] = set()
    for turn in range(MOST_NEW):
        for skill, shelf in zip(wanted, shelves, strict=True):
            if turn < len(shelf) and len(found) < MOST_NEW and shelf[turn].item not in used:
                one = shelf[turn]
                if one.seconds <= left:
                    left -= one.seconds
                    used.add(one.item)
                    found.append([one.version, skill])
    return found


@action
def answer_practice(
    practice: PracticeSet,
    *,
    version: int,
    given: Any,
    sure: bool,
    made_id: uuid.UUID,
    by: Actor,
    at: datetime,
) -> Answered | None:
    """Answer a question of the set; sent again, it counts once. None: it was kept back meanwhile and is passed over.

    With the last answer the set ends.
    """
    require(rules.may_learn(by, practice.enrolment))
    hold([practice.enrolment_id])
    row = PracticeSet._base_manager.select_related("enrolment__cohort__organisation").get(pk=practice.pk)
    standing = Answered._base_manager.filter(enrolment=row.enrolment, made_id=made_id).first()
    if standing is None:
        standing = Answered._base_manager.filter(practice=row, version=version).first()
    if standing is not None:
        return standing
    require(rules.can_learn(row.enrolment))
    skills: dict[int, str] = dict(row.questions)
    if row.state != "open" or version not in skills:
        raise Refused(not_now("study.set_over"))
    asked = versions_by_id([version])[version]
    answered = None
    if still_open(asked):
        answered = row_of(row.enrolment, skills[version], asked, given, made_id=made_id, at=at)
        answered.sure = sure
        keep_answer(answered, practice=row)
    else:
        row.questions = [one for one in row.questions if one[0] != version]
    _end_if_done(row, by=by, at=at)
    return answered


def _end_if_done(row: PracticeSet, *, by: Actor, at: datetime) -> None:
    answers = list(Answered._base_manager.filter(practice=row).values_list("right", flat=True))
    if len(answers) >= len(row.questions):
        row.state, row.ended_at = SET.after(row.state, "answer"), at
        told = PracticeEnded(len(answers), sum(answers))
        tell(told, by=by, at=at, organisation=row.enrolment.cohort.organisation, subject=row.ref)
    row.save(update_fields=["questions", "state", "ended_at"])
