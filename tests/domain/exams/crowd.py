"""A sitting of many, written straight into the tables: what each answered is given as columns."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from craftpath.domain.apprenticeships.models import Cohort, Enrolment
from craftpath.domain.exams.actions import Draft, fix_paper, make_paper, write_items
from craftpath.domain.exams.models import Answer, Candidate, Item, Paper, PaperLine, Sitting
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.values.text import Text
from tests.cast import AT, TODAY, Cast
from tests.domain.exams.hall import OPENS
from tests.domain.exams.samples import single


def items(cast: Cast, count: int, points: int = 1) -> list[Item]:
    """So many questions with the options a, b and c, of which b is right."""
    drafts = [
        Draft(single(stem=Text(f"第 {n} 题", f"Question number {n}"), points=Decimal(points)), ready=True)
        for n in range(1, count + 1)
    ]
    return list(write_items(cast.college, drafts, by=cast.actor("trainer"), at=AT).items)


def form(cast: Cast, of: Sequence[Item], title: str = "A") -> Paper:
    by = cast.actor("trainer")
    made = make_paper(
        list(of), organisation=cast.college, made_id=uuid.uuid4(), title=title, minutes=60, by=by, at=AT
    )
    return fix_paper(made, by=by, at=AT)


def cohort(cast: Cast, name: str) -> Cohort:
    """One more class of the college."""
    return Cohort.objects.create(
        organisation=cast.college,
        programme=cast.programme,
        name={"zh": name, "en": name},
        state="running",
        starts_on=TODAY,
    )


def held(
    cast: Cast,
    answers: Sequence[tuple[Paper, Sequence[str | None]]],
    *,
    among: Cohort | None = None,
    enterprises: Sequence[Organisation | None] = (),
    enrolled: Sequence[Enrolment] = (),
    days: int = 0,
) -> Sitting:
    """A closed sitting: each candidate has a form and one option a question, None for nothing given.

    Those `enrolled` come first, new ones behind them; `days` after the usual day.
    """
    klass = among or cohort(cast, "Crowd")
    begins = OPENS + timedelta(days=days)
    people = Person.objects.bulk_create(
        [
            Person(username=uuid.uuid4().hex, name=f"学徒{n}", password="!")
            for n in range(len(enrolled), len(answers))
        ]
    )
    fresh = Enrolment.objects.bulk_create(
        [
            Enrolment(
                cohort=klass,
                person=person,
                number=f"{n:04}",
                starts_on=TODAY,
                enterprise=enterprises[n] if enterprises else None,
            )
            for n, person in enumerate(people, start=len(enrolled))
        ]
    )
    papers = list(dict.fromkeys(paper for paper, _given in answers))
    row = Sitting.objects.create(
        made_id=uuid.uuid4(),
        organisation=cast.college,
        cohort=klass,
        paper=papers[0],
        starts_at=begins,
        minutes=60,
        late_minutes=30,
        state="closed",
        closed_at=begins + timedelta(hours=1),
        made_at=AT,
    )
    candidates = Candidate.objects.bulk_create(
        [
            Candidate(
                sitting=row,
                enrolment=one,
                paper=paper,
                started_at=begins,
                ends_at=begins + timedelta(hours=1),
            )
            for one, (paper, _given) in zip([*enrolled, *fresh], answers, strict=True)
        ]
    )
    lines: dict[int, list[Any]] = {
        paper.pk: list(PaperLine.objects.filter(paper=paper).order_by("order")) for paper in papers
    }
    Answer.objects.bulk_create(
        [
            Answer(candidate=who, line=line, given=[one], count=1, saved_at=OPENS)
            for who, (paper, given) in zip(candidates, answers, strict=True)
            for line, one in zip(lines[paper.pk], given, strict=True)
            if one is not None
        ]
    )
    return row


def options(right: Sequence[Sequence[float]]) -> list[list[str | None]]:
    """b for 1, a for 0."""
    return [["b" if one else "a" for one in row] for row in right]
