"""Asking, wording anew, reading what is new."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from craftpath.domain.questions import rules
from craftpath.domain.questions.attaching import Files, attach_file
from craftpath.domain.questions.facts import AnswersRead, PostChanged, QuestionAsked
from craftpath.domain.questions.models import AUDIENCES, NAMES, Answer, Call, Question, QuestionWord, Wording
from craftpath.domain.questions.promising import due_after, promised
from craftpath.domain.questions.routing import called_for, college_of, tells_by_class
from craftpath.domain.questions.wording import clean, print_of, title_of, words_of
from craftpath.kernel.access import Actor, system
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import NOBODY
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

ONCE = timedelta(days=1)


@action
def ask_question(
    *,
    made_id: uuid.UUID,
    text: str,
    name_to: str = "everybody",
    audience: str = "college",
    skill: str = "",
    files: Files = (),
    organisation: Organisation,
    enrolment: Enrolment | None = None,
    by: Actor,
    at: datetime,
) -> Question:
    """Ask. Sent twice (`made_id`), or the same words within a day, it is one question.

    `enrolment` is the asker's own: it says the class, and with it who is asked. Where the class has so few people that
    it would tell who asks without a name, the question belongs to the college only.
    """
    require(rules.may_ask(by))
    asker = held_person(by)
    known = Question._base_manager.select_related("organisation").filter(made_id=made_id).first()
    if known is not None and known.asker_id != asker.pk:
        raise Refused(not_now("questions.form_used"))
    text = clean(text)
    require(rules.can_hold(text, len(files)))
    known = known or _same(asker, text, at)
    if known is not None:
        return known
    if name_to not in NAMES or audience not in AUDIENCES:
        raise Refused(not_now("questions.choice_unknown"))
    lately = Question._base_manager.filter(asker=asker, asked_at__gt=at - ONCE)
    not_too_often(list(lately.values_list("asked_at", flat=True)), at)
    if enrolment is not None and enrolment.person_id != asker.pk:
        raise Refused(not_now("questions.class_unknown"))
    college = college_of(enrolment.cohort.organisation if enrolment else organisation)
    told = enrolment is not None and tells_by_class(enrolment, name_to)
    if audience == "cohort" and (enrolment is None or told):
        raise Refused(
            not_now("questions.class_too_small" if told else "questions.class_unknown", most=rules.FEWEST)
        )
    question = Question.objects.create(
        made_id=made_id, organisation=college, cohort=None if enrolment is None or told else enrolment.cohort,
        audience=audience, asker=asker, name_to=name_to, title=title_of(text), text=text, print=print_of(text),
        skill=skill, asked_at=at, due_on=due_after(college, promised(college), at),
    )  # fmt: skip
    today = at.astimezone(ZoneInfo(college.time_zone)).date()
    people = called_for(enrolment, skill=skill, name_to=name_to, today=today)
    Call.objects.bulk_create(Call(question=question, person=one, at=at) for one in people)
    index(question)
    for name, kind, content in files:
        attach_file(question, made_id=name, kind=kind, content=content, by=by, at=at)
    told_by(question, QuestionAsked(called=len(people)), by, at)
    return question


@action
def change_post(
    post: Question | Answer, *, text: str, revision: int, skill: str = "", by: Actor, at: datetime
) -> Question | Answer:
    """Word an own question or answer anew; what it said before is kept and can be read. The same changes nothing."""
    question = held(post if isinstance(post, Question) else post.question)
    post = question if isinstance(post, Question) else fresh(post, question)
    require(rules.may_change(by, post))
    text = clean(text)
    require(rules.can_hold(text, 1 if post.files.exists() else 0))
    if post.state != "open":
        raise Refused(not_now("questions.closed"))
    skill = skill if isinstance(post, Question) else ""
    if text == post.text and skill == getattr(post, "skill", ""):
        return post
    if revision != post.revision:
        raise Refused(not_now("questions.changed_meanwhile"))
    if text != post.text:
        answer = None if isinstance(post, Question) else post
        Wording.objects.create(
            question=question, answer=answer, owner_id=rules.writer_id(post), revision=post.revision, text=post.text,
            until=at,
        )  # fmt: skip
        post.text, post.revision, post.changed_at = text, post.revision + 1, at
    if isinstance(post, Question):
        post.title, post.print, post.skill = title_of(text), print_of(text), skill
    post.save()
    if isinstance(post, Question):
        index(post)
    told_by(question, PostChanged(what=what(post), revision=post.revision), by, at)
    return post


@action
def read_answers(question: Question, *, by: Actor, at: datetime) -> Question:
    """Note that whoever asked has read what is new; once more changes nothing."""
    question = held(question)
    require(rules.may_change(by, question))
    if question.news_at is not None:
        question.news_at = None
        question.save(update_fields=["news_at"])
        told_by(question, AnswersRead(), by, at)
    return question


def held(question: Question) -> Question:
    """The question as it is now, kept from others until the open transaction ends."""
    rows = Question.objects.select_for_update(of=("self",), no_key=True).select_related("organisation")
    return rows.get(pk=question.pk)


def index(question: Question) -> None:
    """Write the words by which it is found: those of its text while it stands, else none."""
    QuestionWord.objects.filter(question=question).delete()
    words = words_of(question.text) if question.state == "open" else []
    QuestionWord.objects.bulk_create(
        QuestionWord(organisation=question.organisation, word=word, question=question) for word in words
    )


def told_by(question: Question, fact: Fact, by: Actor, at: datetime, *, always_house: bool = False) -> None:
    """Tell a fact: by whoever did it, but by the house where that would tell a name that is hidden."""
    hidden = rules.asks(by, question) and question.name_to != "everybody"
    teller = system(question.organisation) if hidden or always_house else by
    tell(fact, by=teller, at=at, organisation=question.organisation, subject=question.ref)


def what(post: Question | Answer) -> str:
    """Which of the two it is, as facts say it."""
    return "question" if isinstance(post, Question) else "answer"


def fresh(answer: Answer, question: Question) -> Answer:
    """An answer as it is now, to a question that is held."""
    found = Answer.objects.select_related("person").get(pk=answer.pk)
    found.question = question
    return found


def held_person(by: Actor) -> Person:
    """Whoever asks; two presses at once stand in line here."""
    rows = Person.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(pk=by.person.pk if by.person else NOBODY)


def _same(asker: Person, text: str, at: datetime) -> Question | None:
    if not text:
        return None
    rows = Question._base_manager.filter(
        asker=asker, print=print_of(text), state="open", asked_at__gt=at - ONCE
    )
    return rows.select_related("organisation").first()


def not_too_often(moments: Sequence[datetime], at: datetime) -> None:
    """Refuse somebody who has written so much in an hour or a day that nobody could read it."""
    if (
        len(moments) >= rules.MOST_A_DAY
        or sum(one > at - timedelta(hours=1) for one in moments) >= rules.MOST_AN_HOUR
    ):
        raise Refused(not_now("questions.too_often", hour=rules.MOST_AN_HOUR, day=rules.MOST_A_DAY))
