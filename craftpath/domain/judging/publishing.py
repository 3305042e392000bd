"""Publishing what the raters agree on: it is handed down to the evaluation, with every rating and the gap kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from craftpath.domain.evaluation.actions import NewMark, record_marks
from craftpath.domain.judging import queries, rules
from craftpath.domain.judging.facts import JudgementReopened, MarksPublished
from craftpath.domain.judging.locking import locked
from craftpath.domain.judging.models import Judgement, Practical
from craftpath.domain.judging.settling import Work, in_points
from craftpath.domain.programmes.definition import items
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now, require


@dataclass(frozen=True, slots=True)
class Published:
    """How many marks went into the evaluation, and whose (enrolment ids) still wait, with what they need."""

    done: int
    waiting: Mapping[int, str]


@action
def publish_marks(practical: Practical, seen: Mapping[int, str], *, by: Actor, at: datetime) -> Published:
    """Publish the marks of these works (enrolment id → the mark that was read); one that has moved is refused.

    Works that wait for a rater, a third one or the chair are left and named. Pressed twice, it is published once.
    """
    row = locked(practical)
    require(rules.may_publish(by, row))
    works = queries.works(row, seen)
    ready = {pk: work for pk, work in works.items() if work.is_ready}
    if any(str(work.mark) != seen[pk] for pk, work in ready.items()):
        raise Refused(not_now("judging.ratings_changed"))
    waiting = {pk: work.needs for pk, work in works.items() if not work.is_ready and not work.in_force}
    if not ready:
        if works and not waiting:  # all of it stands already: a second press
            return Published(0, waiting)
        raise Refused(not_now("judging.nothing_to_publish"))
    item = next(one for one in items(row.evaluation.scheme.definition) if one.key == row.item)
    numbers = {pk: work.judgement.number for pk, work in ready.items() if work.judgement is not None}
    rows = [
        Judgement(
            practical=row,
            enrolment_id=pk,
            number=numbers.get(pk, 0) + 1,
            mark=work.mark,
            score=in_points(work.mark, item.max),
            gap=work.gap,
            method=work.settled.method,
            ratings=_kept(work),
            made_by=by.person,
            made_at=at,
        )
        for pk, work in ready.items()
        if work.mark is not None
    ]
    Judgement.objects.bulk_create(rows, batch_size=500)
    marks = [NewMark(one.enrolment_id, row.item, "scored", one.score, origin=str(row.ref)) for one in rows]
    record_marks(row.evaluation, marks, by=by, at=at)
    public_ids = [ready[one.enrolment_id].seats[0].rater.enrolment.public_id for one in rows]
    tell(MarksPublished(public_ids), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return Published(len(rows), waiting)


def _kept(work: Work) -> list[dict[str, object]]:
    """Every rating as it was, the apprentice's own and those that do not count too."""
    counted = set(work.settled.counted)
    return [
        {
            "rating": seat.rating.public_id,
            "rater": seat.rater.public_id,
            "kind": seat.rater.kind,
            "chair": seat.rater.is_chair,
            "mark": None if seat.mark is None else str(seat.mark),
            "counted": str(seat.rater.pk) in counted,
        }
        for seat in work.seats
        if seat.rating is not None
    ]


@action
def reopen_judgement(judgement: Judgement, *, because: str, by: Actor, at: datetime) -> Judgement:
    """Look at a published mark once more, for a reason; it stands until another one is published."""
    practical = locked(judgement.practical)
    require(rules.may_publish(by, practical))
    require(rules.can_give_reason(because))
    row = Judgement.objects.select_for_update(of=("self",)).select_related("enrolment").get(pk=judgement.pk)
    if row.reopened_at is not None:
        return row
    row.reopened_because, row.reopened_by, row.reopened_at = because.strip(), by.person, at
    row.save(update_fields=["reopened_because", "reopened_by", "reopened_at"])
    tell(
        JudgementReopened(row.enrolment.public_id, row.reopened_because),
        by=by,
        at=at,
        organisation=practical.organisation,
        subject=practical.ref,
    )
    return row
