"""Questions and answers: one's own, and what waits for whoever teaches."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query
from ninja.responses import Status
from pydantic import Field

from craftpath.delivery.api.finding import actor, at, needs, one, place, somebody
from craftpath.delivery.api.kinds import PLAIN, Asked, Code, Named, Shape, named
from craftpath.delivery.api.paging import Page, Turn, page_of
from craftpath.delivery.api.room import Room
from craftpath.domain.apprenticeships.queries import enrolments_of
from craftpath.domain.questions import actions, queries, rules
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.questions.models import Answer as AnswerRow
    from craftpath.domain.questions.models import Question as Row

room = Room("questions", Area.QUESTIONS)
Text = Annotated[str, Field(min_length=1, max_length=rules.LONGEST, pattern=PLAIN)]


class Question(Shape):
    """A question. Who asks is nobody's business where it was asked without a name."""

    id: str
    title: str
    text: str
    skill: str
    asked_by: Named | None
    asked_at: datetime
    due_on: date = Field(description="by when an answer was promised")
    answered_at: datetime | None
    answers: int
    solved: bool
    own: bool
    revision: int


class Answer(Shape):
    """An answer, and who vouches for it."""

    id: str
    by: Named | None
    text: str
    made_at: datetime
    accepted: bool
    vouched_by: list[Named]
    thanks: int


class Thread(Question):
    """A question with what was answered, the accepted answer first."""

    thread: list[Answer]


class QuestionsAsked(Turn, Asked):
    """Which questions."""

    show: Literal["waiting", "called", "own", "all"] = Field(
        "all", description="`waiting` for an answer, of whomever; `called`: those that ask the caller"
    )
    skill: Code | None = None


class NewQuestion(Asked):
    """What is asked, and before whom one's name stands."""

    made_id: UUID | None = Field(None, description="a name that a device gave it, so that it comes but once")
    text: Text
    name_to: Literal["everybody", "staff", "nobody"] = "everybody"
    audience: Literal["college", "cohort"] = "college"
    skill: Code = ""


class NewAnswer(Asked):
    """What is answered."""

    made_id: UUID | None = Field(None, description="a name that a device gave it, so that it comes but once")
    text: Text


@room.read("/questions", Page[Question])
def list_questions(request: HttpRequest, asked: Query[QuestionsAsked]) -> Any:
    """Questions that one sees, the newest first."""
    needs(request, Permission.ASK_QUESTIONS)
    me = somebody(request)
    shown = {"waiting": "open", "called": "open"}.get(asked.show, asked.show if asked.show == "own" else "")
    rows = queries.listed(queries.questions(), me, show=shown, skill=asked.skill or "")
    if asked.show == "called":
        rows = queries.called(rows, me)
    found = page_of(rows, ("-asked_at", "-pk"), asked, request)
    return {"items": [Question(**_question(request, row)) for row in found.rows], "next": found.next}


@room.read("/questions/{question}", Thread, one=True)
def read_question(request: HttpRequest, question: str) -> Thread:
    """One question with its answers."""
    needs(request, Permission.ASK_QUESTIONS)
    return _whole(request, question)


@room.write("/questions", Thread, name="ask", status=201, one=False)
def ask_question(request: HttpRequest, response: HttpResponse, body: NewQuestion) -> Status:
    """Ask. The same `made_id` once more is the same question."""
    me, here = somebody(request), place(request)
    own = enrolments_of(me).exclude(state="ended").filter(cohort__organisation__path__startswith=here.path)
    row = actions.ask_question(
        made_id=body.made_id or uuid.uuid4(), text=body.text, name_to=body.name_to, audience=body.audience,
        skill=body.skill, organisation=here, enrolment=own.first(), by=actor(request), at=at(request),
    )  # fmt: skip
    response.headers["Location"] = f"/api/v1/questions/{row.public_id}"
    return Status(201, _whole(request, row.public_id))


@room.write("/questions/{question}/answers", Thread, name="answer", status=201)
def answer_question(request: HttpRequest, question: str, body: NewAnswer) -> Status:
    """Answer a question that one sees."""
    row = one(queries.questions(), question)
    actions.write_answer(
        row, made_id=body.made_id or uuid.uuid4(), text=body.text, by=actor(request), at=at(request)
    )
    return Status(201, _whole(request, question))


@room.write("/answers/{answer}/accept", Thread, name="accept_answer")
def accept_answer(request: HttpRequest, answer: str) -> Thread:
    """Say that an answer solves it; whoever asked does, or the office."""
    row = one(queries.answer(answer), answer)
    actions.accept_answer(row, by=actor(request), at=at(request))
    return _whole(request, row.question.public_id)


@room.write("/answers/{answer}/endorse", Thread, name="endorse_answer")
def endorse_answer(request: HttpRequest, answer: str) -> Thread:
    """Vouch for an answer of somebody else, as a master or trainer."""
    row = one(queries.answer(answer), answer)
    actions.endorse_answer(row, by=actor(request), at=at(request))
    return _whole(request, row.question.public_id)


def _question(request: HttpRequest, row: Row) -> dict[str, Any]:
    who = actor(request)
    reads = row.state == "open" or rules.asks(who, row) or bool(rules.may_tend(who, row.organisation))
    return {
        "id": row.public_id,
        "title": row.title if reads else "",
        "text": row.text if reads else "",
        "skill": row.skill,
        "asked_by": named(row.asker) if rules.may_know(who, row) else None,
        "asked_at": row.asked_at,
        "due_on": row.due_on,
        "answered_at": row.answered_at,
        "answers": row.answers,
        "solved": row.accepted_id is not None,
        "own": rules.asks(who, row),
        "revision": row.revision,
    }


def _whole(request: HttpRequest, public_id: str) -> Thread:
    row = one(queries.questions(), public_id)
    thread = queries.thread(row, actor(request).person)
    return Thread(
        **_question(request, row),
        thread=[_answer(request, row, answer, thread) for answer in thread.answers if answer.state == "open"],
    )


def _answer(request: HttpRequest, question: Row, row: AnswerRow, thread: queries.Thread) -> Answer:
    hidden = rules.is_askers(row, question) and not rules.may_know(actor(request), question)
    return Answer(
        id=row.public_id,
        by=None if hidden else named(row.person),
        text=row.text,
        made_at=row.made_at,
        accepted=row.pk == question.accepted_id,
        vouched_by=[
            Named(id=one.person.public_id, name=one.person.name) for one in thread.endorsements[row.pk]
        ],
        thanks=thread.thanks.get(row.pk, 0),
    )
