"""Publishing what a sitting came to: each candidate's share of the points, in the points of an item of the scheme."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from craftpath.domain.evaluation.actions import NewMark, record_marks
from craftpath.domain.evaluation.grid import judged_ids
from craftpath.domain.exams.marking import Scored, scored
from craftpath.domain.judging import rules
from craftpath.domain.judging.facts import SittingPublished
from craftpath.domain.judging.settling import PLACES
from craftpath.domain.programmes.definition import items
from craftpath.engines.rating import half_up
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation
    from craftpath.domain.exams.models import Sitting


@dataclass(frozen=True, slots=True)
class PublishedSitting:
    """How many marks were new or changed, and how many candidates' essays still wait."""

    done: int
    waiting: int


def seen_of(table: Scored) -> str:
    """What a page has shown of a sitting: published is only what was seen."""
    rows = [f"{one.public_id} {table.absent(n)} {table.total(n)}" for n, one in enumerate(table.candidates)]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def in_points(total: Fraction, full: Fraction, most: Decimal) -> Decimal:
    """The share of all points, in the item's own, rounded once, half up."""
    return half_up(total / full * Fraction(most), PLACES)


@action
def publish_sitting(
    sitting: Sitting, evaluation: Evaluation, item: str, *, seen: str, by: Actor, at: datetime
) -> PublishedSitting:
    """Record a mark for everybody who is wholly marked, and an absence for who did not begin; again changes nothing.

    Who waits for an essay's mark is left and counted. While sheets of paper are not keyed and settled it is refused.
    """
    require(rules.may_plan(by, evaluation.cohort))
    if sitting.state != "closed":
        raise Refused(not_now("exams.sitting_not_closed"))
    known = {one.key: one for one in items(evaluation.scheme.definition)}
    if evaluation.cohort_id != sitting.cohort_id or item not in known:
        raise Refused(not_now("judging.item_unknown", item=item))
    if known[item].source is not None or known[item].grades:
        raise Refused(not_now("judging.item_not_judged", item=known[item].name.both()))
    table = scored(sitting)
    unread = sum(table.unread(n) for n in range(len(table.candidates)))
    if unread:
        raise Refused(not_now("exams.sheets_missing", count=unread))
    if seen_of(table) != seen:
        raise Refused(not_now("judging.ratings_changed"))
    origin, most = str(sitting.ref), known[item].max
    judged = judged_ids(evaluation)
    marks, waiting = [], 0
    for n, one in enumerate(table.candidates):
        if one.enrolment_id not in judged:  # in another stage
            continue
        total = table.total(n)
        if table.absent(n):
            marks.append(NewMark(one.enrolment_id, item, "absent", origin=origin))
        elif total is None:
            waiting += 1
        else:
            score = in_points(total, table.full(n), most)
            marks.append(NewMark(one.enrolment_id, item, "scored", score, origin=origin))
    found = record_marks(evaluation, marks, by=by, at=at)
    done = found.added + found.changed
    if done:
        fact = SittingPublished(sitting=sitting.public_id, item=item, marks=done)
        tell(fact, by=by, at=at, organisation=sitting.organisation, subject=sitting.ref)
    return PublishedSitting(done, waiting)
