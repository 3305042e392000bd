"""Reading questions, their answers, what waits, and what the office minds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from craftpath.domain.questions.models import (
    Answer,
    Attachment,
    Call,
    Endorsement,
    Hiding,
    Question,
    Report,
    Thanks,
    Wording,
)
from craftpath.domain.questions.promising import Pace, pace, promised
from craftpath.domain.questions.routing import college_of
from craftpath.domain.questions.similar import similar
from craftpath.kernel.people import Person

__all__ = ["Pace", "college_of", "pace", "promised", "similar"]


def questions() -> models.QuerySet[Question]:
    """The questions of the open scope, the newest first."""
    rows = Question.objects.select_related("organisation", "cohort", "asker")
    return rows.order_by("-asked_at", "-pk")


def to_find() -> models.QuerySet[Question]:
    """Questions that stand: what was withdrawn or hidden is looked for by nobody."""
    return questions().filter(state="open")


def listed(
    rows: models.QuerySet[Question], reader: Person, *, show: str = "", skill: str = ""
) -> models.QuerySet[Question]:
    """Those that a list shows: what was withdrawn is left out but of one's own."""
    rows = rows.filter(asker=reader) if show == "own" else rows.filter(state="open")
    if show == "open":
        rows = rows.filter(answered_at__isnull=True)
    if show == "solved":
        rows = rows.filter(standing=3)
    return rows.filter(skill=skill) if skill else rows


def waiting() -> models.QuerySet[Question]:
    """Questions of the open scope that nobody has answered yet, the oldest first."""
    return questions().filter(state="open", answered_at__isnull=True).order_by("asked_at", "pk")


def called(rows: models.QuerySet[Question], person: Person) -> models.QuerySet[Question]:
    """Those that somebody is asked to answer."""
    return rows.filter(Exists(Call.objects.filter(question=OuterRef("pk"), person=person)))


def calls_of(question: Question) -> list[Person]:
    """Who is asked to answer, the nearest first; one query."""
    return [
        row.person for row in Call.objects.filter(question=question).select_related("person").order_by("pk")
    ]


@dataclass(slots=True)
class Thread:
    """A question with everything that stands beneath it, in the order in which it is read."""

    question: Question
    answers: list[Answer]
    files: dict[int, list[Attachment]]  # answer id (0: of the question) → its photos and recordings
    thanks: dict[int, int]
    thanked: set[int]
    endorsements: dict[int, list[Endorsement]] = field(default_factory=dict)
    hidings: dict[int, Hiding] = field(default_factory=dict)


def thread(question: Question, reader: Person | None) -> Thread:
    """The answers – accepted, then endorsed, then the oldest – with files, thanks and who vouches; six queries."""
    vouched = Endorsement.objects.select_related("person").order_by("at", "pk")
    rows = Answer._base_manager.filter(question=question).select_related("person")
    answers = list(rows.prefetch_related(Prefetch("endorsements", vouched)).order_by("made_at", "pk"))
    held = {row.pk: list(row.endorsements.all()) for row in answers}
    answers.sort(key=lambda row: (row.pk != question.accepted_id, not held[row.pk] or row.state != "open"))
    files: dict[int, list[Attachment]] = {}
    for one in Attachment.objects.filter(question=question).order_by("pk"):
        files.setdefault(one.answer_id or 0, []).append(one)
    counted = Thanks.objects.filter(answer__question=question).order_by()
    thanks = dict(counted.values_list("answer").annotate(count=models.Count("pk")))
    own = counted.filter(person=reader).values_list("answer_id", flat=True) if reader else []
    hidings = {
        row.answer_id or 0: row for row in Hiding._base_manager.filter(question=question).order_by("pk")
    }
    return Thread(question, answers, files, thanks, set(own), held, hidings)


def answer(public_id: str) -> models.QuerySet[Answer]:
    """An answer to a question that the reader sees."""
    seen = Question.objects.order_by().values("pk")
    rows = Answer.objects.select_related("question__organisation", "question__asker", "person")
    return rows.filter(public_id=public_id, question__in=seen)


def file(public_id: str) -> models.QuerySet[Attachment]:
    """A file of a question that the reader sees."""
    seen = Question.objects.order_by().values("pk")
    rows = Attachment.objects.select_related("kept", "question__organisation", "answer")
    return rows.filter(public_id=public_id, question__in=seen)


def wordings(question: Question) -> dict[int, list[Wording]]:
    """Answer id (0: the question) → how it was worded before, the oldest first; one query."""
    found: dict[int, list[Wording]] = {}
    for row in Wording.objects.filter(question=question).order_by("revision"):
        found.setdefault(row.answer_id or 0, []).append(row)
    return found


def reports() -> models.QuerySet[Report]:
    """Reports of the open scope, the oldest first."""
    rows = Report.objects.select_related(
        "question__organisation", "question__asker", "answer__person", "person"
    )
    return rows.order_by("made_at", "pk")


def hidings() -> models.QuerySet[Hiding]:
    """What the office has hidden, in the open scope, appeals first."""
    rows = Hiding.objects.select_related(
        "question__organisation", "question__asker", "answer__person", "hidden_by"
    )
    appealed = models.Case(
        models.When(state="appealed", then=0), default=1, output_field=models.IntegerField()
    )
    return rows.order_by(appealed, "-hidden_at", "-pk")


def skills_in(rows: Iterable[Question]) -> list[str]:
    """The keys of skills that these are about."""
    return list(dict.fromkeys(row.skill for row in rows if row.skill))


def with_news(person: Person) -> models.QuerySet[Question]:
    """One's own questions with something to read, in the open scope."""
    return questions().filter(Q(asker=person), news_at__isnull=False)


def own_hidings(person: Person) -> list[Hiding]:
    """What of one's own was hidden and is still hidden, or was decided and not read; one query."""
    rows = Hiding._base_manager.filter(writer=person).exclude(state="lifted", heard_at__isnull=False)
    return list(rows.select_related("question", "answer").order_by("-hidden_at"))


def cohorts_in(rows: models.QuerySet[Question]) -> list[tuple[str, dict[str, str]]]:
    """(public id, name) of the classes in which these were asked; one query."""
    found = (
        rows.filter(cohort__isnull=False).order_by("cohort").values_list("cohort__public_id", "cohort__name")
    )
    return list({key: (key, name) for key, name in found.distinct()}.values())
