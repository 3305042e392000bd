"""Saying what was seen of a piece of work, and putting photos, videos and files beside it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.judging import queries, rules
from craftpath.domain.judging.facts import ExhibitAdded, WorkRated
from craftpath.domain.judging.locking import locked
from craftpath.domain.judging.models import LONGEST_TITLE, LONGEST_WORDS, Exhibit, Practical, Rater, Rating
from craftpath.domain.judging.rubrics import NOT_OBSERVED, criteria_of, levels_of, score_of
from craftpath.domain.judging.settling import PLACES
from craftpath.engines.rating import half_up
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.exhibits import look_at
from craftpath.kernel.facts import tell
from craftpath.kernel.files import keep
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.judging.models import Rubric

MOST_EXHIBITS = 12


@action
def rate_work(
    rater: Rater,
    *,
    made_id: uuid.UUID,
    levels: Mapping[str, str],
    words: str = "",
    written_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Rating:
    """Keep what a rater saw; the same rating again (`made_id`) is the same row, another one takes its place.

    `levels` holds for each criterion of the rubric the value of a level, or `not_observed`.
    """
    practical = locked(rater.practical)
    row = Rater.objects.select_for_update(of=("self",)).select_related("enrolment").get(pk=rater.pk)
    require(rules.may_rate(by, row))
    known = Rating._base_manager.filter(rater=row, made_id=made_id).first()
    if known is not None:
        return known
    published = queries.is_published(practical, row.enrolment_id)
    require(rules.can_rate(practical, published=published))
    given = _levels(practical.rubric, levels)
    value = score_of(practical.rubric.definition, given).value
    if all(level == NOT_OBSERVED for level in given.values()):
        raise Refused(not_now("judging.nothing_observed"))
    Rating._base_manager.filter(rater=row, is_current=True).update(is_current=False)
    rating = Rating(
        rater=row,
        made_id=made_id,
        levels=given,
        score=None if value is None else half_up(value, PLACES),
        words=words.strip()[:LONGEST_WORDS],
        written_at=min(written_at or at, at),
        saved_at=at,
    )
    rating.save()
    fact = WorkRated(row.enrolment.public_id, rating.public_id, row.kind)
    tell(fact, by=by, at=at, organisation=practical.organisation, subject=practical.ref)
    return rating


def _levels(rubric: Rubric, given: Mapping[str, str]) -> dict[str, str]:
    """A level that there is for each criterion, in the rubric's order; refused where one is missing or unknown."""
    values = {level.value for level in levels_of(rubric.definition)} | {NOT_OBSERVED}
    keys = [one.key for one in criteria_of(rubric.definition)]
    if set(given) != set(keys) or any(value not in values for value in given.values()):
        raise Refused(not_now("judging.levels_faulty"))
    return {key: given[key] for key in keys}


@action
def add_exhibit(
    practical: Practical,
    enrolment: Enrolment,
    *,
    made_id: uuid.UUID,
    content: bytes,
    words: str = "",
    by: Actor,
    at: datetime,
) -> Exhibit:
    """Keep a photo, video, drawing or file of somebody's work; the same again (`made_id`) is the same row."""
    row = locked(practical)
    seats = Rater._base_manager.filter(practical=row, enrolment=enrolment, excused_at__isnull=True)
    if not seats.exists() or by.person is None:
        raise Refused(not_now("judging.work_unknown"))
    rates = seats.filter(person=by.person).exists()
    require(rules.may_exhibit(by, row, enrolment, rates=rates))
    known = Exhibit._base_manager.filter(practical=row, enrolment=enrolment, made_id=made_id).first()
    if known is not None:
        return known
    require(rules.can_rate(row, published=queries.is_published(row, enrolment.pk)))
    if Exhibit._base_manager.filter(practical=row, enrolment=enrolment).count() >= MOST_EXHIBITS:
        raise Refused(not_now("judging.too_many_exhibits", most=MOST_EXHIBITS))
    found = look_at(content)
    kept = keep(found.content, f"{found.kind}", organisation=row.organisation, by=by, at=at)
    exhibit = Exhibit(
        practical=row,
        enrolment=enrolment,
        made_id=made_id,
        kind=found.kind,
        media_type=found.media_type,
        kept=kept,
        words=" ".join(words.split())[:LONGEST_TITLE],
        added_by=by.person,
        added_at=at,
    )
    exhibit.save()
    tell(
        ExhibitAdded(enrolment.public_id, found.kind),
        by=by,
        at=at,
        organisation=row.organisation,
        subject=row.ref,
    )
    return exhibit
