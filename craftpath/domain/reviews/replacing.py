"""Another mentor: reviews that are to come are held with whoever works with the apprentice now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import mentors_of
from craftpath.domain.reviews import rules
from craftpath.domain.reviews.facts import MentorsChanged
from craftpath.domain.reviews.models import Review
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

OPEN = ("scheduled", "missed")


@action
def change_mentors(people: Sequence[Enrolment], *, by: Actor, at: datetime) -> int:
    """Put today's mentor into every review to come whose mentor works with the apprentice no more; returns how many."""
    today = mentors_of(people)
    rows = Review.objects.select_for_update(of=("self",)).select_related("organisation", "enrolment")
    changed: dict[int, list[Review]] = {}
    for row in rows.filter(enrolment__in=[one.pk for one in people], state__in=OPEN).order_by("pk"):
        mentors = today.get(row.enrolment_id, [])
        if row.mentor_id in {one.pk for one in mentors} or (row.mentor_id is None and not mentors):
            continue
        require(rules.may_plan(by, row.organisation))
        row.mentor, row.changed_at = next(iter(mentors), None), at
        changed.setdefault(row.organisation_id, []).append(row)
    for some in changed.values():
        Review.objects.bulk_update(some, ["mentor", "changed_at"], batch_size=500)
        told = MentorsChanged([row.public_id for row in some])
        tell(told, by=by, at=at, organisation=some[0].organisation)
    return sum(map(len, changed.values()))
