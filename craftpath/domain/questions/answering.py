"""Answering, accepting, vouching, saying thanks, withdrawing."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db.models import Min

from craftpath.domain.questions import rules
from craftpath.domain.questions.asking import (
    ONCE,
    fresh,
    held,
    held_person,
    index,
    not_too_often,
    told_by,
    what,
)
from craftpath.domain.questions.attaching import Files, attach_file
from craftpath.domain.questions.facts import (
    AnswerAccepted,
    AnswerEndorsed,
    AnswerThanked,
    PostWithdrawn,
    QuestionAnswered,
)
from craftpath.domain.questions.models import Answer, Endorsement, Question, Thanks
from craftpath.domain.questions.states import POST
from craftpath.domain.questions.wording import clean
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, may_not, not_now, require


@action
def write_answer(
    question: Question, *, made_id: uuid.UUID, text: str, files: Files = (), by: Actor, at: datetime
) -> Answer:
    """Answer, or add something to one's own question. Sent twice, or the same words again, it is one answer."""
    require(rules.may_ask(by))
    person = held_person(by)
    question = held(question)
    text = clean(text)
    known = Answer._base_manager.filter(made_id=made_id).first()
    if known is not None and (known.question_id, known.person_id) != (question.pk, person.pk):
        raise Refused(not_now("questions.form_used"))
    if known is None and text:
        same = Answer._base_manager.filter(question=question, person=person, text=text, state="open")
        known = same.first()
    if known is not None:
        return known
    require(rules.can_answer(question))
    require(rules.can_hold(text, len(files)))
    lately = Answer._base_manager.filter(person=person, made_at__gt=at - ONCE)
    not_too_often(list(lately.values_list("made_at", flat=True)), at)
    answer = Answer.objects.create(
        made_id=made_id, question=question, person=person, role=rules.standing_as(by), text=text, made_at=at
    )
    for name, kind, content in files:
        attach_file(answer, made_id=name, kind=kind, content=content, by=by, at=at)
    if not rules.is_askers(answer, question):
        question.news_at = question.news_at or at
    recount(question)
    told_by(question, QuestionAnswered(answer=answer.public_id), by, at)
    return answer


@action
def accept_answer(answer: Answer, *, by: Actor, at: datetime) -> Answer:
    """Say that an answer helped; another one takes its place. The same once more changes nothing."""
    question = held(answer.question)
    answer = fresh(answer, question)
    require(rules.may_accept(by, question))
    _stands(answer)
    if question.accepted_id == answer.pk:
        return answer
    question.accepted, question.accepted_at = answer, at
    if rules.asks(by, question):
        question.news_at = None
    recount(question)
    told_by(question, AnswerAccepted(answer=answer.public_id), by, at)
    return answer


@action
def endorse_answer(answer: Answer, *, endorsed: bool = True, by: Actor, at: datetime) -> Answer:
    """Vouch for an answer with name and role, or take that back; twice is once."""
    question = held(answer.question)
    answer = fresh(answer, question)
    require(rules.may_endorse(by, answer))
    if endorsed:
        _stands(answer)
    mine = Endorsement.objects.filter(answer=answer, person=by.person)
    if mine.exists() == endorsed:
        return answer
    if endorsed:
        Endorsement.objects.create(answer=answer, person=held_person(by), role=rules.standing_as(by), at=at)
    else:
        mine.delete()
    recount(question)
    told_by(question, AnswerEndorsed(answer=answer.public_id, endorsed=endorsed), by, at)
    return answer


@action
def thank_answer(answer: Answer, *, thanked: bool = True, by: Actor, at: datetime) -> Answer:
    """Say thanks, or take it back; twice is once. History tells that somebody did and never who."""
    question = held(answer.question)
    answer = fresh(answer, question)
    require(rules.may_ask(by))
    if rules.wrote(by, answer):
        raise Refused(may_not("questions.own_answer"))
    if thanked:
        _stands(answer)
    mine = Thanks.objects.filter(answer=answer, person=by.person)
    if mine.exists() == thanked:
        return answer
    if thanked:
        Thanks.objects.create(answer=answer, person=held_person(by), at=at)
    else:
        mine.delete()
    told_by(question, AnswerThanked(answer=answer.public_id, thanked=thanked), by, at, always_house=True)
    return answer


@action
def withdraw_post(post: Question | Answer, *, by: Actor, at: datetime) -> Question | Answer:
    """Withdraw an own question or answer: what others wrote stays readable around it. Twice is once."""
    question = held(post if isinstance(post, Question) else post.question)
    post = question if isinstance(post, Question) else fresh(post, question)
    require(rules.may_change(by, post))
    if post.state == "withdrawn":
        return post
    put(post, "withdraw", question)
    told_by(question, PostWithdrawn(what=what(post)), by, at)
    return post


def put(post: Question | Answer, move: str, question: Question) -> None:
    """Move a question or an answer on; what counts answers and finds questions follows."""
    post.state = POST.after(post.state, move)
    post.save(update_fields=["state"])
    if isinstance(post, Question):
        index(post)
    else:
        if question.accepted_id == post.pk and post.state != "open":
            question.accepted, question.accepted_at = None, None
        recount(question)


def recount(question: Question) -> None:
    """Count anew what lists and queues go by, from the answers that stand."""
    rows = Answer._base_manager.filter(question=question, state="open")
    others = rows.exclude(person=question.asker_id)
    question.answers = rows.count()
    question.answered_at = others.aggregate(first=Min("made_at"))["first"]
    endorsed = Endorsement.objects.filter(answer__in=rows).exists()
    question.standing = 3 if question.accepted_id else 2 if endorsed else 1 if question.answered_at else 0
    question.save()


def _stands(answer: Answer) -> None:
    if answer.state != "open":
        raise Refused(not_now("questions.closed"))
