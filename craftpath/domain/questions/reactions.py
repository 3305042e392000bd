"""How asking and answering sound as statements in `activity`; nothing here counts in any mark.

A statement names its person, so what somebody did without a name is none.
"""

from __future__ import annotations

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.questions.facts import QuestionAnswered, QuestionAsked
from craftpath.domain.questions.models import Answer, Question
from craftpath.domain.questions.rules import is_askers
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref


@on(QuestionAsked)
def on_question_asked(told: Told) -> None:
    """Somebody asked under the own name."""
    question = _question(told)
    if question is not None and question.name_to == "everybody":
        _hand_down(told, question, question.asker, "asked", f"question:{question.public_id}")


@on(QuestionAnswered)
def on_question_answered(told: Told) -> None:
    """Somebody answered; what whoever asked without a name adds is left out."""
    question = _question(told)
    answer = Answer._base_manager.select_related("person").filter(public_id=told.fact.answer).first()
    if question is None or answer is None:
        return
    if not is_askers(answer, question) or question.name_to == "everybody":
        _hand_down(told, question, answer.person, "answered", f"answer:{answer.public_id}")


def _question(told: Told) -> Question | None:
    public_id = Ref.parse(told.entry.subject).public_id
    return Question._base_manager.select_related("asker").filter(public_id=public_id).first()


def _hand_down(told: Told, question: Question, person: Person, verb: str, key: str) -> None:
    statement = NewStatement(
        key=key,
        person=person,
        verb=verb,
        object_id=f"{settings.ADDRESS}/questions/{question.public_id}",
        object_name={"zh-Hans": "提问", "en": "Question"},
        at=told.entry.at,
    )
    organisation = told.entry.organisation
    record_statements([statement], organisation=organisation, by=system(organisation), at=told.entry.at)
