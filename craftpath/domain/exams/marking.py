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
from craftpath.domain.exams.essays import THIRD, Essay, assembled, essays_of, left_for, lot
from craftpath.domain.exams.facts import EssayMarked, EssayRemarked
from craftpath.domain.exams.models import (
    LONGEST_WORDS,
    Answer,
    AppealedLine,
    Candidate,
    EssayMark,
    PaperLine,
    Sitting,
)
from craftpath.domain.exams.queries import content_of
from craftpath.engines.scoring import Kind, State, score_cohort
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, may_not, not_now, require


@dataclass(frozen=True, slots=True)
class Scored:
    """Sittings as a table: candidates by questions, points as exact fractions; None where an essay waits.

    A question that stands in several forms is one column; `on` says whether it stands in the form of this
    candidate, and where it does not, nothing is given and there are no points. Who did not begin has a row of
    None and is absent; whose sheet of paper is not settled has one too, and waits.
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
        return self.candidates[row].started_at is None and not self.unread(row)

    def unread(self, row: int) -> bool:
        """Whether the answers stand on a sheet of paper that was not keyed and settled yet."""
        return is_unread(self.candidates[row])

    def waits(self, row: int) -> int:
        """How many essays of this candidate nobody, or not everybody, has marked; all questions of an unread sheet."""
        if self.absent(row):
            return 0
        if self.unread(row):
            return sum(self.on[row])
        return sum(one is None and on for one, on in zip(self.points[row], self.on[row], strict=True))

    def total(self, row: int) -> Fraction | None:
        """The sum of points; None for who is absent, or while an essay waits."""
        if self.absent(row) or self.waits(row):
            return None
        return sum((one for one in self.points[row] if one is not None), Fraction(0))

    def full(self, row: int) -> Fraction:
        """All points of the form of this candidate."""
        return sum((most for most, on in zip(self.most, self.on[row], strict=True) if on), Fraction(0))


def is_unread(candidate: Candidate) -> bool:
    """Whether a sheet of paper of this candidate is not settled yet; the settlement must have been read with it."""
    return candidate.on_paper and not hasattr(candidate, "settlement")


def scored(sitting: Sitting, *others: Sitting, only: Candidate | None = None) -> Scored:
    """Score everything that was answered, by everybody or by one, at other sittings too where they are given.

    Points that an appeal has settled count instead of those of the key or of the markers. Seven queries however many.
    """
    held = [sitting, *others]
    there = Candidate.objects.filter(sitting__in=held)
    if only is not None:
        there = there.filter(pk=only.pk)
    people = list(
        there.select_related("enrolment__person", "sitting", "paper", "settlement").order_by(
            "enrolment__number", "pk"
        )
    )
    rows = _lines(sitting, people)
    lines, places = _columns(rows)
    who = there.order_by().values("pk")
    answers_given = Answer._base_manager.filter(candidate__in=who)
    given: dict[tuple[int, int], Any] = {
        (one, which): what
        for one, which, what in answers_given.values_list("candidate_id", "line_id", "given")
    }
    essays = _essays(people, rows, given)
    settled = _settled(who)
    columns: list[list[Fraction | None]] = []
    most: list[Fraction] = []
    for line, ids in zip(lines, places, strict=True):
        asked = question(content_of(line.version, line.version.item.kind))
        most.append(asked.points)
        where = [(one.pk, ids.get(one.paper_id, 0)) for one in people]
        if asked.kind is Kind.ESSAY:  # nothing written is nothing earned, and waits for nobody
            columns.append([essays.get(one, Fraction(0)) for one in where])
            continue
        outcomes = score_cohort(asked, [given.get(one) for one in where])
        columns.append([one.earned if one.state is not State.NO_KEY else Fraction(0) for one in outcomes])
    on = [[one.paper_id in ids for ids in places] for one in people]
    table = [
        [
            settled.get((one.pk, ids.get(one.paper_id, 0)), column[n])
            if here and one.started_at is not None and not is_unread(one)
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


def _lines(sitting: Sitting, people: Sequence[Candidate]) -> list[PaperLine]:
    """The questions of all forms, form by form, the first form first."""
    forms = list(dict.fromkeys([sitting.paper_id, *sorted({one.paper_id for one in people})]))
    rows = (
        PaperLine.objects.filter(paper__in=forms)
        .select_related("version__item", "version__stimulus")
        .order_by("order")
    )
    return sorted(rows, key=lambda row: forms.index(row.paper_id))


def _columns(rows: Sequence[PaperLine]) -> tuple[list[PaperLine], list[dict[int, int]]]:
    """Each question once, as in the first form that has it; and paper id → id of its line there."""
    lines: dict[int, PaperLine] = {}
    places: dict[int, dict[int, int]] = {}
    for row in rows:
        lines.setdefault(row.version_id, row)
        places.setdefault(row.version_id, {})[row.paper_id] = row.pk
    return list(lines.values()), list(places.values())


def _essays(
    people: Sequence[Candidate],
    rows: Sequence[PaperLine],
    given: Mapping[tuple[int, int], Any],
) -> dict[tuple[int, int], Fraction | None]:
    """(candidate, line) → what an essay that was written is worth by its marks; None while one is waited for."""
    lines = {row.pk: row for row in rows if row.version.item.kind == Kind.ESSAY}
    found = assembled({one.pk: one for one in people}, lines, given)
    return {(one.candidate.pk, one.line.pk): one.settled.mark for one in found}


@action
def mark_essay(
    candidate: Candidate, line: PaperLine, *, points: Decimal, words: str = "", by: Actor, at: datetime
) -> EssayMark:
    """Give points to an essay, at the place that is free; the same again changes nothing.

    The own mark is given anew until marks of the sitting are recorded; the one before stays as a version. Of two
    who give the same place at once the second is refused, by the lock and, beyond it, by the constraint.
    """
    row = locked_candidate(candidate)
    require(rules.may_hold(by, row.sitting.organisation))
    if by.person is None or by.person.pk == row.enrolment.person_id:
        raise Refused(may_not("exams.essay_own"))
    if row.sitting.moderators.filter(person=by.person).exists():
        raise Refused(may_not("exams.essay_moderator"))
    essay = essay_at(row, line)
    require(rules.can_give_points(points, essay.most))
    standing = essay.by(by.person.pk)
    words = words.strip()[:LONGEST_WORDS]
    if standing is not None and (standing.points, standing.words) == (points, words):
        return standing
    place = _place(essay, standing)
    if standing is not None:
        standing.superseded_at = at
        standing.save(update_fields=["superseded_at"])
    mark = EssayMark(
        candidate=row, line=line, marker=by.person, place=place, points=points, words=words, marked_at=at
    )
    mark.save()
    fact = EssayMarked if standing is None else EssayRemarked
    told = fact(row.enrolment.public_id)
    tell(told, by=by, at=at, organisation=row.sitting.organisation, subject=row.sitting.ref)
    return mark


def _place(essay: Essay, standing: EssayMark | None) -> int:
    """Where the mark goes; Refused where nobody's mark is waited for, or the own one stands in the results."""
    if standing is not None:
        require(rules.can_change_mark(essay.candidate.sitting))
        return standing.place
    if essay.decision is not None:
        raise Refused(not_now("exams.essay_decided"))
    if essay.free is None:
        raise Refused(not_now("exams.essay_enough", count=len(essay.marks)))
    return essay.free


def locked_candidate(candidate: Candidate) -> Candidate:
    """The candidate with the sitting; whoever marks an essay of the same candidate waits."""
    rows = Candidate.objects.select_for_update(of=("self",))
    return rows.select_related("sitting__organisation", "enrolment").get(pk=candidate.pk)


def essay_at(row: Candidate, line: PaperLine) -> Essay:
    """The essay of a candidate at a line as it stands now; Refused where there is none, or too early."""
    if row.sitting.state != "closed":
        raise Refused(not_now("exams.sitting_not_closed"))
    found = next(
        (one for one in essays_of(row.sitting) if (one.candidate.pk, one.line.pk) == (row.pk, line.pk)), None
    )
    if found is None:
        raise Refused(not_now("exams.not_an_essay"))
    return found


@dataclass(frozen=True, slots=True)
class Desk:
    """What one marker has to do at a sitting, and has done; whose an essay is stays unsaid."""

    left: Sequence[Essay]
    given: Sequence[Essay]

    @property
    def thirds(self) -> int:
        """How many of those left ask for a third marker."""
        return sum(one.free == THIRD for one in self.left)

    def find(self, key: str) -> Essay | None:
        """The essay of this name, among those left and those marked."""
        return next((one for one in (*self.left, *self.given) if one.key == key), None)


def desk_of(sitting: Sitting, by: Actor) -> Desk:
    """Question by question: what waits for this person's mark, and what has it.

    Those left stand in an order of each marker's own, so that two who mark at once seldom meet; it tells neither who
    wrote them nor which are marked twice. Whoever has opened the marks has nothing to mark.
    """
    if by.person is None or sitting.state != "closed":
        return Desk((), ())
    person = by.person.pk
    found = essays_of(sitting)
    given = [one for one in found if one.by(person) is not None]
    opened = {sitting.pk} if sitting.moderators.filter(person=person).exists() else set()
    left = left_for(found, person, opened)
    left.sort(key=lambda one: (one.line.order, one.line.version_id, lot(one, person)))
    return Desk(left, given)


def essays_to_mark(sitting: Sitting, by: Actor) -> list[Essay]:
    """Those of the desk that are left."""
    return list(desk_of(sitting, by).left)
