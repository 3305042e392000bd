"""One answer is judged as examinations judge it, kept with what is known of its question, and moves its card."""

from __future__ import annotations

import json
import uuid
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.timezone import localdate

from craftpath.domain.exams.content import question
from craftpath.domain.exams.exercises import exercise_of
from craftpath.domain.exams.queries import content_of
from craftpath.domain.study.measuring import placed
from craftpath.domain.study.models import Answered, Diagnosis, PracticeCard, PracticeSet
from craftpath.engines.mastery.practising import Rating, begun, due, reviewed, scheduler
from craftpath.engines.scoring import score
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.exams.models import ItemVersion

LONGEST = 4_000  # characters of an answer as it is kept


def row_of(
    enrolment: Enrolment, skill: str, version: ItemVersion, given: Any, *, made_id: uuid.UUID, at: datetime
) -> Answered:
    """The answer, judged: right is only what earns all points."""
    if len(json.dumps(given, ensure_ascii=False)) > LONGEST:
        raise Refused(not_now("study.answer_too_long", most=LONGEST))
    content = content_of(version, version.item.kind)
    place, slope, guess = placed(exercise_of(version))
    return Answered(
        enrolment=enrolment, skill=skill, version=version, item=version.item, given=given, made_id=made_id,
        right=score(question(content), given).full, difficulty=place, slope=slope, guess=guess, at=at,
    )  # fmt: skip


def keep_answer(
    row: Answered, *, diagnosis: Diagnosis | None = None, practice: PracticeSet | None = None
) -> Answered:
    """Keep it, and say when the question comes again."""
    row.diagnosis, row.practice = diagnosis, practice
    row.source = "diagnosis" if diagnosis is not None else "practice"
    row.save()
    card = PracticeCard._base_manager.filter(enrolment=row.enrolment, item=row.item).first()
    fresh = card is None
    card = card or PracticeCard(enrolment=row.enrolment, item=row.item, skill=row.skill, kept=begun(row.at))
    card.kept = reviewed(card.kept, rating(row, fresh), row.at, None, scheduler())
    card.due_at = max(due(card.kept), _tomorrow(row.at))
    card.save()
    return row


def _tomorrow(at: datetime) -> datetime:
    """The earliest moment at which a question comes again: what was practised today is not due today."""
    return datetime.combine(localdate(at) + timedelta(days=1), time.min, timezone.get_current_timezone())


def rating(row: Answered, fresh: bool) -> Rating:
    """Again, hard, good or easy: from right or wrong, and from whether one was sure.

    What was wrong comes again however sure one was. Right and not sure was hard; right, sure and never seen before is
    easy for this person. A diagnosis does not ask how sure one is.
    """
    if not row.right:
        return Rating.Again
    if row.sure is None:
        return Rating.Good
    if not row.sure:
        return Rating.Hard
    return Rating.Easy if fresh else Rating.Good
