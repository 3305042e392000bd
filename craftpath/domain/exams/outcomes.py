"""What was published to each candidate, point by point; what a cohort came to without names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from craftpath.domain.exams.facts import OutcomesPublished
from craftpath.domain.exams.marking import Scored
from craftpath.domain.exams.models import AppealedLine, Candidate, Outcome, PaperLine, Sitting
from craftpath.kernel.access import Actor
from craftpath.kernel.facts import tell

FEWEST = 5  # others, from whom on a spread is shown


def outcome_of(table: Scored, row: int, lines: dict[tuple[int, int], int], at: datetime) -> Outcome:
    """What a candidate's row comes to, not saved yet; `lines` is (paper id, version id) → line id."""
    one, total = table.candidates[row], table.total(row)
    if total is None:
        return Outcome(candidate=one, published_at=at, changed_at=at)
    points = {
        str(lines[one.paper_id, line.version_id]): str(earned)
        for line, earned, on in zip(table.lines, table.points[row], table.on[row], strict=True)
        if on and earned is not None
    }
    return Outcome(
        candidate=one,
        points=str(total),
        full=str(table.full(row)),
        lines=points,
        published_at=at,
        changed_at=at,
    )


def lines_by_version(table: Scored) -> dict[tuple[int, int], int]:
    """(paper id, version id) → line id, of all forms; one query."""
    papers = {one.paper_id for one in table.candidates}
    rows = PaperLine.objects.filter(paper__in=papers).values_list("paper_id", "version_id", "pk")
    return {(paper, version): pk for paper, version, pk in rows}


def keep_outcomes(
    sitting: Sitting,
    fresh: Sequence[Outcome],
    *,
    evaluation: str,
    item: str,
    by: Actor,
    at: datetime,
) -> int:
    """Write what is new or different, remember where the marks went, and tell those concerned; returns how many.

    Part of publishing, which is the action and has asked who may. The first day of publication stays.
    """
    standing = {
        row.candidate_id: row
        for row in Outcome._base_manager.filter(candidate__in=[one.candidate_id for one in fresh])
    }
    new, moved = [], []
    for one in fresh:
        before = standing.get(one.candidate_id)
        if before is None:
            new.append(one)
        elif _said(before) != _said(one):
            one.pk, one.published_at = before.pk, before.published_at
            moved.append(one)
    Outcome.objects.bulk_create(new, batch_size=500)
    Outcome.objects.bulk_update(moved, ["points", "full", "lines", "changed_at"], batch_size=500)
    if sitting.published_at is None:
        sitting.published_at, sitting.published_in, sitting.published_item = at, evaluation, item
        Sitting.objects.filter(pk=sitting.pk).update(
            published_at=at, published_in=evaluation, published_item=item
        )
    told = [one.candidate.public_id for one in (*new, *moved)]
    if told:
        tell(OutcomesPublished(told), by=by, at=at, organisation=sitting.organisation, subject=sitting.ref)
    return len(told)


def _said(one: Outcome) -> tuple[object, ...]:
    return one.points, one.full, one.lines


def spread(sitting: Sitting, but: Candidate) -> list[int]:
    """Whole percents of the others who were there and are published; none where they are fewer than five.

    Of parallel forms all are together. One query.
    """
    rows = Outcome._base_manager.filter(candidate__sitting=sitting).exclude(points="").exclude(candidate=but)
    shares = [
        int(100 * Fraction(points) / Fraction(full)) for points, full in rows.values_list("points", "full")
    ]
    return sorted(shares) if len(shares) >= FEWEST else []


def appealed_answers(sitting: Sitting) -> dict[int, str]:
    """candidate id → the answer to an appeal that changed the points, of a sitting and its re-sits; one query."""
    first = sitting.again_of_id or sitting.pk
    rows = AppealedLine._base_manager.filter(points__isnull=False)
    rows = rows.filter(appeal__candidate__sitting=first) | rows.filter(appeal__candidate__first=first)
    return dict(rows.values_list("appeal__candidate", "appeal__answer"))
