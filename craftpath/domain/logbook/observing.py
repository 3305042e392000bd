"""Recording a job that an apprentice was seen to do."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.queries import working_with
from craftpath.domain.logbook import rules
from craftpath.domain.logbook.facts import JobObserved
from craftpath.domain.logbook.models import SEEN_AS, Observation
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


@action
def observe_job(
    enrolment: Enrolment,
    *,
    made_id: uuid.UUID,
    on: date,
    job: str,
    seen_as: str,
    words: str = "",
    skill: str = "",
    written_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Observation:
    """Keep an observation; the same one again (`made_id`, by the same observer) is the same row."""
    observer = by.person
    if observer is None or enrolment.pk not in working_with(observer) or enrolment.person_id == observer.pk:
        raise Refused(may_not("logbook.not_your_apprentice"))
    require(rules.can_write(enrolment, on, localdate(at)))
    job = " ".join(job.split())[:200]
    if not job or seen_as not in SEEN_AS:
        raise Refused(not_now("logbook.no_job"))
    row = Observation(
        enrolment=enrolment,
        made_id=made_id,
        on=on,
        job=job,
        seen_as=seen_as,
        words=words.strip()[:400],
        skill=skill,
        observed_by=observer,
        written_at=min(written_at or at, at),
        saved_at=at,
    )
    Observation.objects.bulk_create([row], ignore_conflicts=True)
    kept = Observation._base_manager.get(observed_by=observer, made_id=made_id)
    if kept.public_id == row.public_id:
        told = JobObserved(enrolment=enrolment.public_id, seen_as=seen_as)
        subject = Ref("logbook", "observation", kept.public_id)
        tell(told, by=by, at=at, organisation=enrolment.cohort.organisation, subject=subject)
    return kept
