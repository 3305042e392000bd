"""Hours on the desk of an apprentice: what is in the ledger of the stage that one is in, of what the stage plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from craftpath.delivery.web.desks.reads import Learner
from craftpath.delivery.web.desks.shapes import Sum
from craftpath.delivery.web.shell.templatetags.say import in_hours, text
from craftpath.domain.training.queries import minutes_by_bucket, planned_in_stage


@dataclass(frozen=True, slots=True)
class Bucket:
    """One kind of hours: minutes done of those that the stage plans."""

    label: str
    done: int
    planned: int


def stage_hours(learner: Learner, today: date) -> list[Bucket]:
    """The kinds of hours that stand in no other one; five queries, none without an open stage."""
    step = learner.step
    if step is None or step.state != "open" or step.opened_on is None:
        return []
    planned = planned_in_stage(learner.enrolment.cohort, step.stage)
    inner = {kind for key, one in planned.items() for kind in one.kinds if kind != key}
    first = max(step.opened_on, learner.enrolment.starts_on)
    done = minutes_by_bucket([learner.enrolment.pk], first, today).get(learner.enrolment.pk, {})
    return [
        Bucket(text(one.name), sum(done.get(kind, 0) for kind in one.kinds), one.minutes)
        for key, one in planned.items()
        if key not in inner
    ]


def hours_sum(buckets: Sequence[Bucket]) -> list[Sum]:
    """All of them together; nothing where the stage plans none."""
    planned = sum(one.planned for one in buckets)
    if not planned:
        return []
    done = sum(one.done for one in buckets)
    return [
        Sum(
            _("%(done)s of %(planned)s") % {"done": in_hours(done), "planned": in_hours(planned)},
            _("hours of this stage"),
            "standing",
        )
    ]
