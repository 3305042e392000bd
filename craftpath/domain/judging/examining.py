"""Publishing what a sitting came to: each candidate's share of the points, in the points of an item of the scheme."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from craftpath.domain.evaluation.actions import NewMark, record_marks
from craftpath.domain.evaluation.grid import judged_ids
from craftpath.domain.evaluation.queries import marks as all_marks
from craftpath.domain.exams.marking import Scored, note_published, scored
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
    from craftpath.domain.evaluation.models import Evaluation, Mark
    from craftpath.domain.exams.models import Candidate, Sitting


@dataclass(frozen=True, slots=True)
class PublishedSitting:
    """How many marks were new or changed, and how many candidates' essays still wait."""

    done: int
    waiting: int


def seen_of(table: Scored) -> str:
    """What a page has shown of a sitting: published is only what was seen."""
    rows = [f"{one.public_id} {table.absent(n)} {table.total(n)}" for n, one in enumerate(table.candidates)]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Recorded:
    """Where marks of a sitting stand: since when, how many, whose differ from what it comes to now, who is missing."""

    evaluation: Evaluation
    item: str
    at: datetime
    marks: int
    differing: Sequence[Candidate]
    missing: Sequence[Candidate]


def recorded(table: Scored) -> list[Recorded]:
    """The items in which marks of this sitting hold now, compared with what it comes to now.

    Two queries, and two for each such item. A mark that somebody has replaced by hand is theirs, and not compared.
    """
    origin = str(table.sitting.ref)
    rows = all_marks().filter(origin=origin, is_current=True).order_by("evaluation", "item", "pk")
    found: dict[tuple[int, str], list[Mark]] = {}
    for mark in rows:
        found.setdefault((mark.evaluation_id, mark.item), []).append(mark)
    return [_compared(table, marks) for marks in found.values()]


def _compared(table: Scored, marks: Sequence[Mark]) -> Recorded:
    evaluation, item = marks[0].evaluation, marks[0].item
    most = {one.key: one.max for one in items(evaluation.scheme.definition)}.get(item)
    ours = {one.enrolment_id: (one.status, one.score) for one in marks}
    held = all_marks().filter(evaluation=evaluation, item=item, is_current=True)
    taken = set(held.values_list("enrolment_id", flat=True))
    judged = judged_ids(evaluation)
    differing, missing = [], []
    for n, one in enumerate(table.candidates):
        now = _mark_of(table, n, most) if most is not None else None
        if one.enrolment_id in ours and ours[one.enrolment_id] != now:
            differing.append(one)
        elif one.enrolment_id in judged and one.enrolment_id not in taken and now is not None:
            missing.append(one)
    return Recorded(evaluation, item, max(one.recorded_at for one in marks), len(marks), differing, missing)


def _mark_of(table: Scored, row: int, most: Decimal) -> tuple[str, Decimal | None] | None:
    """(status, points of the item) of a candidate; None while an essay waits."""
    if table.absent(row):
        return "absent", None
    total = table.total(row)
    return None if total is None else ("scored", in_points(total, table.full(row), most))


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
        given = _mark_of(table, n, most)
        if given is None:
            waiting += 1
        else:
            marks.append(NewMark(one.enrolment_id, item, *given, origin=origin))
    found = record_marks(evaluation, marks, by=by, at=at)
    note_published(sitting, by=by, at=at)
    done = found.added + found.changed
    if done:
        fact = SittingPublished(sitting=sitting.public_id, item=item, marks=done)
        tell(fact, by=by, at=at, organisation=sitting.organisation, subject=sitting.ref)
    return PublishedSitting(done, waiting)
