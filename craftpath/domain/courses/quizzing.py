"""Quizzes: a try draws its questions, each answer is judged at once and kept, the best try counts."""

from __future__ import annotations

import json
import random
import uuid
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.timezone import localdate

from craftpath.domain.courses import rules
from craftpath.domain.courses.content import Content, read
from craftpath.domain.courses.doing import activity_in, begun, following, learner, moved
from craftpath.domain.courses.facts import QuestionAnswered
from craftpath.domain.courses.models import QuizQuestion, QuizTry, Run
from craftpath.domain.exams.content import question
from craftpath.domain.exams.practice import Pair, content_for_learning, versions
from craftpath.engines.scoring import Outcome, score
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, may_not, not_now, require

LONGEST = 20_000


@action
def begin_quiz(run: Run, key: str, *, made_id: uuid.UUID, by: Actor, at: datetime) -> QuizTry:
    """Begin a try, or go on with the one that is open. The same `made_id` again is the same try."""
    person, enrolment = learner(run, by, at)
    one = activity_in(run, key)
    require(rules.of_kind(one, "quiz"))
    following(run, person, enrolment, at)
    known = QuizTry._base_manager.filter(made_id=made_id).first()
    if known is not None:
        if known.person_id != person.pk:
            raise Refused(may_not("courses.form_used"))
        return known
    tries = list(QuizTry._base_manager.filter(run=run, person=person, activity_key=key))
    if tries and tries[-1].ended_at is None:
        return tries[-1]
    content = read(one.kind, one.content)
    if content.tries and len(tries) >= content.tries:
        raise Refused(not_now("courses.no_more_tries", most=content.tries))
    begun(run, key, person, enrolment, by, at)
    row = QuizTry.objects.create(
        made_id=made_id, run=run, person=person, enrolment=enrolment, activity_key=key, number=len(tries) + 1,
        begun_at=at,
    )  # fmt: skip
    found = versions(pairs := drawn(content, made_id.int))
    asked = [found[pair] for pair in pairs if pair in found]
    if not asked:
        raise Refused(not_now("courses.gone"))
    QuizQuestion.objects.bulk_create(
        QuizQuestion(quiz_try=row, order=place, item=item) for place, item in enumerate(asked, start=1)
    )
    return row


def drawn(content: Content, seed: int) -> list[Pair]:
    """The questions of one try: those that were chosen, then so many of each pool, each question once."""
    dice = random.Random(seed)  # noqa: S311  (draws questions, guards nothing)
    found = list(content.fixed)
    for draw in content.draws:
        pool = [pair for pair in draw.pool if pair not in found]
        found += dice.sample(pool, min(draw.count, len(pool)))
    return found


def judge(row: QuizQuestion, given: Any) -> Outcome:
    """What an answer is worth; the item must have been read with its version."""
    return score(question(content_for_learning(row.item)), given)


@action
def answer_question(row: QuizTry, order: int, given: Any, *, by: Actor, at: datetime) -> QuizQuestion:
    """Keep an answer and what it is worth. The first one counts: what is right has been shown since."""
    run = row.run
    require(rules.can_follow(run, localdate(at)))
    if by.person is None or row.person_id != by.person.pk:
        raise Refused(may_not("courses.not_a_learner"))
    following(run, by.person, row.enrolment, at)
    rows = list(row.questions.select_for_update(of=("self",)).select_related("item__item", "item__stimulus"))
    one = next((each for each in rows if each.order == order), None)
    if one is None:
        raise Refused(not_now("courses.gone"))
    if one.answered_at is not None:
        return one
    if len(json.dumps(given, ensure_ascii=False)) > LONGEST:
        raise Refused(not_now("courses.too_many_words", most=LONGEST))
    outcome = judge(one, given)
    one.given, one.answered_at = given, at
    share = Fraction(outcome.earned) / Fraction(outcome.most) if outcome.most else Fraction(0)
    one.share = round(Decimal(share.numerator) / Decimal(share.denominator), 4)
    one.save(update_fields=["given", "share", "answered_at"])
    fact = QuestionAnswered(
        by.person.public_id, row.activity_key, one.item.item.public_id, one.item.number, f"{one.share:f}"
    )
    tell(fact, by=by, at=at, organisation=run.organisation, subject=run.ref)
    if all(each.answered_at is not None for each in rows):
        _end(row, rows, by, at)
    return one


def _end(row: QuizTry, rows: list[QuizQuestion], by: Actor, at: datetime) -> None:
    """The score of a try: each question weighs the same."""
    shares = [one.share for one in rows if one.share is not None]
    row.score, row.ended_at = round(sum(shares, Decimal(0)) * 100 / len(shares), 2), at
    row.save(update_fields=["score", "ended_at"])
    one = activity_in(row.run, row.activity_key)
    state = "done" if row.score >= read(one.kind, one.content).passes else "failed"
    moved(row.run, one, row.person, row.enrolment, state, row.score, by=by, at=at)
