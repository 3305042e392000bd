"""What answers are worth: by their keys at once, essays by people who do not see whose they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from craftpath.domain.exams import rules
from craftpath.domain.exams.content import question
from craftpath.domain.exams.facts import EssayMarked
from craftpath.domain.exams.models import (
    LONGEST_WORDS,
    Answer,
    AppealedLine,
    Candidate,
    EssayMark,
    PaperLine,
    Sitting,
)
from craftpath.domain.exams.queries import content_of, forms_of
from craftpath.engines.scoring import Kind, State, score_cohort
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, may_not, not_now, require


@dataclass(frozen=True, slots=True)
class Scored:
    """A sitting as a table: candidates by questions, points as exact fractions; None where an essay waits.

    A question that stands in several forms is one column; `on` says whether it stands in the form of this
    candidate, and where it does not, nothing is given and there are no points. Who did not begin has a row of
    None and is absent.
    """

    sitting: Sitting
    candidates: Sequence[Candidate]
    lines: Sequence[PaperLine]
    most: Sequence[Fraction]
    given: Sequence[Sequence[Any]]
    points: Sequence[Sequence[Fraction | None]]
    on: Sequence[Sequence[bool]]

    def absent(self, row: int) -> bool:
        """Whether this candidate did not begin."""
        return self.candidates[row].started_at is None

    def waits(self, row: int) -> int:
        """How many essays of this candidate nobody, or not everybody, has marked."""
        if self.absent(row):
            return 0
        return sum(one is None and on for one, on in zip(self.points[row], self.on[row], strict=True))

    def total(self, row: int) -> Fraction | None:
        """The sum of points; None for who is absent, or while an essay waits."""
        if self.absent(row) or self.waits(row):
            return None
        return sum((one for one in self.points[row] if one is not None), Fraction(0))

    def full(self, row: int) -> Fraction:
        """All points of the form of this candidate."""
        return sum((most for most, on in zip(self.most, self.on[row], strict=True) if on), Fraction(0))


def scored(sitting: Sitting, only: Candidate | None = None) -> Scored:
    """Score everything that was answered, by everybody or by one; five queries however many.

    Points that an appeal has settled count instead of those of the key or of the markers.
    """
    rows = Candidate.objects.filter(sitting=sitting)
    if only is not None:
        rows = rows.filter(pk=only.pk)
    people = list(
        rows.select_related("enrolment__person", "sitting", "paper").order_by("enrolment__number", "pk")
    )
    who = [only.pk] if only is not None else Candidate._base_manager.filter(sitting=sitting).values("pk")
    lines, places = _columns(sitting, people)
    given: dict[tuple[int, int], Any] = {
        (row.candidate_id, row.line_id): row.given for row in Answer._base_manager.filter(candidate__in=who)
    }
    essays: dict[tuple[int, int], list[Decimal]] = {}
    marks = EssayMark._base_manager.filter(candidate__in=who).order_by("pk")
    for one, which, points in marks.values_list("candidate_id", "line_id", "points"):
        essays.setdefault((one, which), []).append(points)
    settled = _settled(who)
    columns: list[list[Fraction | None]] = []
    most: list[Fraction] = []
    for line, ids in zip(lines, places, strict=True):
        asked = question(content_of(line.version, line.version.item.kind))
        most.append(asked.points)
        answers = [given.get((one.pk, ids.get(one.paper_id, 0))) for one in people]
        if asked.kind is Kind.ESSAY:
            marked = [essays.get((one.pk, ids.get(one.paper_id, 0)), []) for one in people]
            columns.append(
                [_essay(sitting, answer, some) for answer, some in zip(answers, marked, strict=True)]
            )
            continue
        outcomes = score_cohort(asked, answers)
        columns.append([one.earned if one.state is not State.NO_KEY else Fraction(0) for one in outcomes])
    on = [[one.paper_id in ids for ids in places] for one in people]
    table = [
        [
            settled.get((one.pk, ids.get(one.paper_id, 0)), column[n])
            if here and one.started_at is not None
            else None
            for column, here, ids in zip(columns, on[n], places, strict=True)
        ]
        for n, one in enumerate(people)
    ]
    raw = [[given.get((one.pk, ids.get(one.paper_id, 0))) for ids in places] for one in people]
    return Scored(sitting, people, lines, most, raw, table, on)


def _settled(who: Any) -> dict[tuple[int, int], Fraction]:
    """(candidate id, line id) → the points that an appeal has settled; one query."""
    rows = AppealedLine._base_manager.filter(appeal__candidate__in=who, points__isnull=False)
    return {
        (one, line): Fraction(points)
        for one, line, points in rows.values_list("appeal__candidate", "line", "points")
        if points is not None
    }


def _columns(sitting: Sitting, people: Sequence[Candidate]) -> tuple[list[PaperLine], list[dict[int, int]]]:
    """The questions of all forms, each once, as in the first that has it; and paper id → id of its line there."""
    forms = list(dict.fromkeys([sitting.paper_id, *sorted({one.paper_id for one in people})]))
    rows = (
        PaperLine.objects.filter(paper__in=forms)
        .select_related("version__item", "version__stimulus")
        .order_by("order")
    )
    by_form: dict[int, list[PaperLine]] = {}
    for row in rows:
        by_form.setdefault(row.paper_id, []).append(row)
    lines: dict[int, PaperLine] = {}
    places: dict[int, dict[int, int]] = {}
    for form in forms:
        for row in by_form.get(form, ()):
            lines.setdefault(row.version_id, row)
            places.setdefault(row.version_id, {})[form] = row.pk
    return list(lines.values()), list(places.values())


def _essay(sitting: Sitting, answer: Any, points: Sequence[Decimal]) -> Fraction | None:
    """The mean of the markers; nothing written is nothing earned, and waits for nobody."""
    if not _written(answer):
        return Fraction(0)
    if len(points) < sitting.essay_raters:
        return None
    return sum(map(Fraction, points), Fraction(0)) / len(points)


def _written(answer: Any) -> bool:
    text = answer.get("text", "") if isinstance(answer, Mapping) else answer
    return bool(str(text or "").strip())


@action
def mark_essay(
    candidate: Candidate, line: PaperLine, *, points: Decimal, words: str = "", by: Actor, at: datetime
) -> EssayMark:
    """Give points to an essay; the own mark can be given anew, and counts when marks are recorded anew."""
    row = (
        Candidate.objects.select_for_update(of=("self",))
        .select_related("sitting__organisation", "enrolment")
        .get(pk=candidate.pk)
    )
    require(rules.may_hold(by, row.sitting.organisation))
    if by.person is None or by.person.pk == row.enrolment.person_id:
        raise Refused(may_not("exams.essay_own"))
    if row.sitting.state != "closed":
        raise Refused(not_now("exams.sitting_not_closed"))
    if line.paper_id != row.paper_id or line.version.item.kind != Kind.ESSAY:
        raise Refused(not_now("exams.not_an_essay"))
    most = line.version.points
    if not 0 <= points <= most or points != round(points, 2):
        raise Refused(not_now("exams.essay_points", most=str(most)))
    others = EssayMark._base_manager.filter(candidate=row, line=line).exclude(marker=by.person).count()
    if others >= row.sitting.essay_raters:
        raise Refused(not_now("exams.essay_enough", count=others))
    values = {"points": points, "words": words.strip()[:LONGEST_WORDS], "marked_at": at}
    mark, _made = EssayMark.objects.update_or_create(
        candidate=row, line=line, marker=by.person, defaults=values
    )
    fact = EssayMarked(row.enrolment.public_id)
    tell(fact, by=by, at=at, organisation=row.sitting.organisation, subject=row.sitting.ref)
    return mark


@dataclass(frozen=True, slots=True)
class EssayToMark:
    """An essay that still wants a mark of this marker; whose it is stays unsaid."""

    candidate: Candidate
    line: PaperLine
    text: str


def essays_to_mark(sitting: Sitting, by: Actor) -> list[EssayToMark]:
    """Essays that this person can mark, question by question, in an order that tells nothing of the writers."""
    if by.person is None:
        return []
    lines = {
        row.pk: row
        for row in PaperLine.objects.filter(paper__in=forms_of(sitting), version__item__kind=Kind.ESSAY)
        .select_related("version__item", "version__stimulus")
        .order_by("order")
    }
    done: dict[tuple[int, int], set[int]] = {}
    marks = EssayMark._base_manager.filter(candidate__sitting=sitting)
    for who, line, marker in marks.values_list("candidate_id", "line_id", "marker_id"):
        done.setdefault((who, line), set()).add(marker)
    rows = (
        Answer._base_manager.filter(candidate__sitting=sitting, line__in=lines)
        .exclude(candidate__enrolment__person=by.person)
        .select_related("candidate")
        .order_by("line__version", "candidate__public_id")
    )
    found = []
    for row in rows:
        by_whom = done.get((row.candidate_id, row.line_id), set())
        if not _written(row.given) or by.person.pk in by_whom or len(by_whom) >= sitting.essay_raters:
            continue
        text = row.given.get("text", "") if isinstance(row.given, Mapping) else str(row.given)
        found.append(EssayToMark(row.candidate, lines[row.line_id], text))
    return found
