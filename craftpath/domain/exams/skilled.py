"""What examinations say of core skills: published points of questions that are tagged with one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from craftpath.domain.apprenticeships.groups import Group
from craftpath.domain.exams.models import Outcome, PaperLine


@dataclass(frozen=True, slots=True)
class Examined:
    """What one candidate earned of the points of the questions with one skill at one sitting; 0–1.

    `evaluation` is the public id of the evaluation into which the sitting was published, "" where there is none.
    """

    enrolment: int
    skill: str
    at: datetime
    sitting: str
    candidate: str
    title: str
    share: float
    questions: int
    evaluation: str


def examined(group: Group) -> Iterator[Examined]:
    """Published sittings of these apprentices by skill, whoever asks; two queries. Who was absent has none."""
    rows = (
        Outcome._base_manager.filter(group.at("candidate__enrolment"))
        .exclude(points="")
        .select_related("candidate__sitting", "candidate__paper")
        .order_by("pk")
    )
    outcomes = [row for row in rows if row.candidate.enrolment_id in group]
    lines = _lines({row.candidate.paper_id for row in outcomes})
    for row in outcomes:
        one = row.candidate
        sums: dict[str, list[tuple[Fraction, Fraction]]] = {}
        for line, points in row.lines.items():
            for skill, most in lines.get(int(line), ()):
                sums.setdefault(skill, []).append((Fraction(points), most))
        for skill, each in sums.items():
            share = sum(earned for earned, _ in each) / sum(most for _, most in each)
            yield Examined(
                one.enrolment_id,
                skill,
                row.published_at,
                one.sitting.public_id,
                one.public_id,
                one.paper.title,
                min(1.0, max(0.0, float(share))),
                len(each),
                one.sitting.published_in,
            )


def _lines(papers: Collection[int]) -> dict[int, list[tuple[str, Fraction]]]:
    """line id → (skill, full points) of each tag; one query."""
    rows = PaperLine.objects.filter(paper__in=papers, version__item__skills__isnull=False)
    found: dict[int, list[tuple[str, Fraction]]] = {}
    for pk, skill, points in rows.values_list("pk", "version__item__skills__key", "version__points"):
        found.setdefault(pk, []).append((skill, Fraction(points)))
    return found
