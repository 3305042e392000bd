"""The decision on an appeal: points of an examination change, and with them the mark that they became."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from craftpath.domain.evaluation.actions import NewMark
from craftpath.domain.evaluation.deciding import follow
from craftpath.domain.evaluation.following import decided, different
from craftpath.domain.evaluation.marking import append_marks, locked
from craftpath.domain.exams.actions import change_marking, uphold_marking
from craftpath.domain.judging.examining import publish_again
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation
    from craftpath.domain.exams.models import Appeal

LONGEST_REASON = 500  # of a mark


@action
def decide_appeal(
    appeal: Appeal, points: Mapping[int, Decimal], *, answer: str, by: Actor, at: datetime
) -> Appeal:
    """Decide, after the second opinion, what the answers in question are worth (line id → points), with the reason.

    Points that are what they were uphold the marking. Others change the candidate's result and, through the
    evaluation's own ways, the mark: by a mark with the reason, or, where the result is decided, by its next version.
    """
    before = appeal.candidate.outcome.lines
    changed = {
        line: worth
        for line, worth in points.items()
        if Fraction(worth) != Fraction(before.get(str(line), "0"))
    }
    if not changed:
        return uphold_marking(appeal, answer=answer, by=by, at=at)
    row = change_marking(appeal, changed, answer=answer, by=by, at=at)
    evaluation, mark = publish_again(row.candidate, by=by, at=at)
    if evaluation is not None and mark is not None:
        _correct(evaluation, mark, row.answer, by=by, at=at)
    return row


def _correct(evaluation: Evaluation, mark: NewMark, answer: str, *, by: Actor, at: datetime) -> None:
    """Whoever may answer appeals was asked already, as where a contest is answered."""
    if not different(evaluation, [mark]):
        return
    version = decided(evaluation, [mark.enrolment_id]).get(mark.enrolment_id)
    if version is not None:
        follow(version, [mark], reason=answer, by=by, at=at)
    else:
        append_marks(locked(evaluation), [mark], by=by, at=at)
