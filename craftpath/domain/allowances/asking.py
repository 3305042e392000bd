"""A trainer asks about a line of the own; the office that pays answers."""

from __future__ import annotations

from datetime import datetime

from craftpath.domain.allowances import rules
from craftpath.domain.allowances.facts import LineQuestioned, QuestionAnswered, QuestionWithdrawn
from craftpath.domain.allowances.models import LONGEST_WORDS, Line, Question
from craftpath.domain.allowances.states import QUESTION
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, may_not, not_now, require


@action
def ask_about(line: Line, *, words: str, by: Actor, at: datetime) -> Question:
    """Ask about a line; the same words again give the question that is there."""
    require(rules.can_ask_about(by, line))
    require(rules.has_words(words, LONGEST_WORDS))
    if by.person is None:
        raise TypeError("a person asks")
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=by.person.pk)
    waiting = Question._base_manager.filter(line=line, state="asked").first()
    if waiting is not None:
        if waiting.words == words.strip():
            return waiting
        raise Refused(not_now("allowances.question_waits"))
    row = Question.objects.create(line=line, person=by.person, words=words.strip(), asked_at=at)
    tell(LineQuestioned(), by=by, at=at, subject=row.ref)
    return row


@action
def answer_question(question: Question, *, answer: str, by: Actor, at: datetime) -> Question:
    """Answer; the same answer again changes nothing."""
    row = _held(question)
    require(rules.may_answer(by, row))
    require(rules.has_words(answer, LONGEST_WORDS))
    if row.state == "answered" and row.answer == answer.strip():
        return row
    row.state = QUESTION.after(row.state, "answer")
    row.answer, row.answered_by, row.answered_at = answer.strip(), by.person, at
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    tell(QuestionAnswered(), by=by, at=at, subject=row.ref)
    return row


@action
def withdraw_question(question: Question, *, by: Actor, at: datetime) -> Question:
    """Take the own question back; once more changes nothing."""
    row = _held(question)
    if by.person is None or by.person.pk != row.person_id:
        raise Refused(may_not("allowances.not_your_line"))
    if row.state == "withdrawn":
        return row
    row.state = QUESTION.after(row.state, "withdraw")
    row.save(update_fields=["state"])
    tell(QuestionWithdrawn(), by=by, at=at, subject=row.ref)
    return row


def _held(question: Question) -> Question:
    rows = Question.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("line__run__organisation").get(pk=question.pk)
