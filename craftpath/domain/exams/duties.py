"""Duties of examinations: to open, to mark, to publish, second opinions, appeals, questions that judges judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from craftpath.domain.exams.essays import Essay, essays_of, left_for
from craftpath.domain.exams.models import (
    Answer,
    AnswerFile,
    Appeal,
    EssayDecision,
    EssayMark,
    Estimate,
    Judge,
    Moderator,
    PaperLine,
    Round,
    Sitting,
)
from craftpath.engines.scoring import Kind
from craftpath.kernel.access import memberships_on
from craftpath.kernel.duties import Asked, Row, columns, duty
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission, Role, of_office

MARKERS = [role for role in Role if Permission.IMPORT_MARKS in of_office(role)]
AT_ONCE = 50


@duty("exams.to_open", subject="exams.sitting")
def sittings_to_open(asked: Asked) -> models.QuerySet[Any]:
    """Sittings whose start has come and that nobody has opened, moved or cancelled."""
    rows = Sitting.objects.filter(state="planned", starts_at__lte=asked.at)
    return columns(rows, subject="public_id", anchor="starts_at", place="organisation_id")


@duty("exams.to_publish", subject="exams.sitting")
def sittings_to_publish(asked: Asked) -> models.QuerySet[Any]:
    """Sittings that are closed and of which nothing is published."""
    rows = Sitting.objects.filter(state="closed", published_at=None)
    return columns(rows, subject="public_id", anchor="closed_at", place="organisation_id")


@duty("exams.essays", subject="exams.sitting")
def essays_to_mark(asked: Asked) -> Iterator[Row]:
    """Closed sittings with an essay that waits for a mark: one line each, however many essays.

    Where one waits for its first mark, everybody who marks there is asked. Where only second and third marks are waited
    for, those are asked in person who may give one, and nobody is told which essays these are. Once nobody is left
    who may, the office is asked again: it has to find somebody.
    """
    rows = Sitting.objects.filter(state="closed", published_at=None)
    of = {"candidate": OuterRef("candidate"), "line": OuterRef("line")}
    with_file = Exists(AnswerFile._base_manager.filter(**of))
    blank = Q(given=None) | Q(given="") | Q(given__text__regex=r"^\s*$")
    unmarked = (
        Answer._base_manager.filter(line__version__item__kind=Kind.ESSAY, candidate__sitting__state="closed")
        .filter(with_file | Q(given__paper=True) | ~blank)
        .exclude(Exists(EssayDecision._base_manager.filter(**of, superseded_at=None)))
        .exclude(Exists(EssayMark._base_manager.filter(**of, superseded_at=None)))
    )
    first = Q(pk__in=unmarked.values("candidate__sitting"))
    if asked.people is None:
        told = rows.filter(first).order_by().values_list("public_id", "closed_at", "organisation_id")
        for sitting, closed_at, place in told.iterator(5_000):
            yield sitting, closed_at, place, None
    yield from _further_marks(rows.exclude(first), asked)


def _further_marks(rows: models.QuerySet[Sitting], asked: Asked) -> Iterator[Row]:
    """Whoever may give a second or third mark, of sittings whose plan has any; nine queries for `AT_ONCE` sittings."""
    planned = (
        rows.filter(Q(essay_raters=2) | Q(essay_sample__gt=0)).select_related("organisation").order_by("pk")
    )
    found = planned.iterator(AT_ONCE)
    while some := list(islice(found, AT_ONCE)):
        able = _markers(some, asked)
        wanted = [one for one in some if asked.people is None or able[one.pk]]
        waiting: dict[int, list[Essay]] = {}
        for essay in essays_of(*wanted) if wanted else ():
            if essay.free is not None:
                waiting.setdefault(essay.candidate.sitting_id, []).append(essay)
        opened: dict[int, set[int]] = {}
        for person, sitting in Moderator._base_manager.filter(sitting__in=waiting).values_list(
            "person", "sitting"
        ):
            opened.setdefault(person, set()).add(sitting)
        for one in wanted:
            left = waiting.get(one.pk, [])
            may = [who for who in able[one.pk] if left_for(left, who, opened.get(who, ()))]
            nobody = [None] if left and not may and asked.people is None else []
            for who in (*may, *nobody):
                yield one.public_id, one.closed_at, one.organisation_id, who


def _markers(sittings: Sequence[Sitting], asked: Asked) -> dict[int, list[int]]:
    """sitting id → ids of the people whose role at its place, or above it, lets them mark; one query."""
    above = {
        one.organisation.path[:end]
        for one in sittings
        for end in range(Organisation.steplen, len(one.organisation.path) + 1, Organisation.steplen)
    }
    held = memberships_on(asked.today).filter(
        organisation__path__in=above, role__in=MARKERS, person__is_active=True
    )
    if asked.people is not None:
        held = held.filter(person__gt=asked.people[0], person__lte=asked.people[1])
    seats = list(held.order_by("person").values_list("person_id", "organisation__path").distinct())
    return {
        one.pk: list(dict.fromkeys(who for who, path in seats if one.organisation.path.startswith(path)))
        for one in sittings
    }


@duty("exams.second_opinion", subject="exams.appeal")
def second_opinions_to_give(asked: Asked) -> models.QuerySet[Any]:
    """Appeals that nobody has looked at."""
    rows = Appeal.objects.filter(state="lodged")
    return columns(rows, subject="public_id", anchor="lodged_at", place="candidate__sitting__organisation_id")


@duty("exams.appeal", subject="exams.appeal")
def appeals_to_decide(asked: Asked) -> models.QuerySet[Any]:
    """Appeals with a second opinion."""
    rows = Appeal.objects.filter(state="assessed")
    return columns(rows, subject="public_id", anchor="due_on", place="candidate__sitting__organisation_id")


@duty("exams.estimate", subject="exams.study")
def questions_to_judge(asked: Asked) -> models.QuerySet[Any]:
    """Judges of open rounds who have not given a value for every question yet; one line each."""
    now = Round._base_manager.filter(study=OuterRef("study"), closed_at__isnull=True)
    given = Estimate._base_manager.filter(
        line=OuterRef("pk"), judge=OuterRef(OuterRef("pk")), round__closed_at__isnull=True
    )
    left = PaperLine.objects.filter(~Exists(given), paper=OuterRef("study__paper"))
    rows = Judge.objects.filter(Exists(left), excused_at__isnull=True, study__state="open")
    return columns(
        rows,
        subject="study__public_id",
        anchor=Subquery(now.values("due_on")[:1]),
        place="study__organisation_id",
        who="person_id",
    )
