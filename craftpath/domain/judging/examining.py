"""Publishing what a sitting came to: each candidate's share of the points, in the points of an item of the scheme."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from craftpath.domain.evaluation.actions import NewMark, correct_result, record_marks
from craftpath.domain.evaluation.following import evaluation_of, record_or_follow
from craftpath.domain.evaluation.grid import judged_ids
from craftpath.domain.exams.marking import Scored, scored
from craftpath.domain.exams.outcomes import appealed_answers, keep_outcomes, lines_by_version, outcome_of
from craftpath.domain.exams.resitting import History, held_with_first, histories, terms_of
from craftpath.domain.exams.terms import Terms, why_again
from craftpath.domain.judging import rules
from craftpath.domain.judging.facts import SittingPublished
from craftpath.domain.judging.recording import in_points
from craftpath.domain.programmes.definition import items
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation, ResultVersion
    from craftpath.domain.exams.models import Candidate, Outcome, Sitting

LONGEST_REASON = 500  # of a mark


@dataclass(frozen=True, slots=True)
class PublishedSitting:
    """How many marks were new or changed, and how many candidates' essays still wait."""

    done: int
    waiting: int


def seen_of(table: Scored) -> str:
    """What a page has shown of a sitting: published is only what was seen."""
    rows = [f"{one.public_id} {table.absent(n)} {table.total(n)}" for n, one in enumerate(table.candidates)]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


@action
def publish_sitting(
    sitting: Sitting, evaluation: Evaluation, item: str, *, seen: str, by: Actor, at: datetime
) -> PublishedSitting:
    """Record a mark for everybody who is wholly marked, and an absence for who did not begin; again changes nothing.

    Who waits for an essay's mark is left and counted. Of several attempts the one that the rule lets count becomes the
    mark. A re-sit goes where its first sitting went; where somebody's result is decided, it makes the next version.
    While sheets of paper are not keyed and settled it is refused.
    """
    require(rules.may_plan(by, evaluation.cohort))
    sitting = held_with_first(sitting)
    if sitting.state != "closed":
        raise Refused(not_now("exams.sitting_not_closed"))
    known = {one.key: one for one in items(evaluation.scheme.definition)}
    if evaluation.cohort_id != sitting.cohort_id or item not in known:
        raise Refused(not_now("judging.item_unknown", item=item))
    if known[item].source is not None or known[item].grades:
        raise Refused(not_now("judging.item_not_judged", item=known[item].name.both()))
    _check_place(sitting, evaluation, item)
    table = scored(sitting)
    unread = sum(table.unread(n) for n in range(len(table.candidates)))
    if unread:
        raise Refused(not_now("exams.sheets_missing", count=unread))
    if seen_of(table) != seen:
        raise Refused(not_now("judging.ratings_changed"))
    lines = lines_by_version(table)
    ready = [n for n in range(len(table.candidates)) if table.absent(n) or table.total(n) is not None]
    fresh = [outcome_of(table, n, lines, at) for n in ready]
    marks = _marks(sitting, fresh, item, known[item].max)
    judged = judged_ids(evaluation)
    waiting = sum(one.enrolment_id in judged for n, one in enumerate(table.candidates) if n not in set(ready))
    keep_outcomes(sitting, fresh, evaluation=evaluation.public_id, item=item, by=by, at=at)
    wanted = [one for one in marks if one.enrolment_id in judged]  # others are in another stage

    def follow(version: ResultVersion, mark: NewMark) -> object:
        reason = f"补考 Re-sit: {sitting.paper.title}"
        return correct_result(version, [mark], reason=reason, by=by, at=at)

    if sitting.again_of_id is None:
        done = _recorded(evaluation, wanted, by=by, at=at)
    else:
        done = record_or_follow(evaluation, wanted, follow, by=by, at=at)
    if done:
        fact = SittingPublished(sitting=sitting.public_id, item=item, marks=done)
        tell(fact, by=by, at=at, organisation=sitting.organisation, subject=sitting.ref)
    return PublishedSitting(done, waiting)


def _recorded(evaluation: Evaluation, marks: Sequence[NewMark], *, by: Actor, at: datetime) -> int:
    found = record_marks(evaluation, marks, by=by, at=at)
    return found.added + found.changed


def _check_place(sitting: Sitting, evaluation: Evaluation, item: str) -> None:
    """What was published stays where it is, and a re-sit goes where the first one went."""
    first = sitting.again_of or sitting
    for row in (first, sitting):
        if row.published_at is not None and (row.published_in, row.published_item) != (
            evaluation.public_id,
            item,
        ):
            raise Refused(not_now("judging.published_elsewhere"))
    if sitting.again_of is not None and first.published_at is None:
        raise Refused(not_now("exams.resit_before_results"))


def _marks(sitting: Sitting, fresh: Sequence[Outcome], item: str, most: Decimal) -> list[NewMark]:
    """What counts for each of these candidates, by the rule; two queries."""
    first = sitting.again_of or sitting
    terms = terms_of(sitting)
    known = histories(first, [one.candidate.enrolment_id for one in fresh], so_far=fresh)
    reasons = {pk: answer[:LONGEST_REASON] for pk, answer in appealed_answers(sitting).items()}
    found = []
    for one in fresh:
        history = known[one.candidate.enrolment_id]
        found.append(_mark(one.candidate, history, terms, item, most, reasons))
    return found


def _mark(
    candidate: Candidate,
    history: History,
    terms: Terms,
    item: str,
    most: Decimal,
    reasons: dict[int, str],
) -> NewMark:
    counts = history.counted(terms)
    if counts.place is None or counts.share is None:
        last = history.candidates[-1]
        later = last.excused_because and why_again(history.attempts, terms) == "excused"
        status = "deferred" if later else "absent"
        return NewMark(candidate.enrolment_id, item, status, origin=str(last.sitting.ref))
    score = in_points(counts.share, Fraction(1), most)
    of = history.candidates[counts.place]
    reason = reasons.get(of.pk, "")
    return NewMark(candidate.enrolment_id, item, "scored", score, origin=str(of.sitting.ref), reason=reason)


def publish_again(
    candidate: Candidate, *, by: Actor, at: datetime
) -> tuple[Evaluation | None, NewMark | None]:
    """Work out one published candidate anew; gives where the mark belongs and what it is now.

    Part of deciding an appeal, which is the action and has asked who may. No place for a mark: somebody who is not
    judged in that stage.
    """
    sitting = held_with_first(candidate.sitting)
    evaluation = evaluation_of(sitting.published_in)
    table = scored(sitting, only=candidate)
    fresh = [outcome_of(table, 0, lines_by_version(table), at)]
    known = {one.key: one for one in items(evaluation.scheme.definition)}
    item = sitting.published_item
    [mark] = _marks(sitting, fresh, item, known[item].max)
    keep_outcomes(sitting, fresh, evaluation=evaluation.public_id, item=item, by=by, at=at)
    if candidate.enrolment_id not in judged_ids(evaluation):
        return None, None
    return evaluation, mark
