"""The job that writes what a city hands over."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from craftpath.delivery.exchange.insight import handing
from craftpath.domain.insight.actions import refuse_handover
from craftpath.domain.insight.queries import handovers
from craftpath.kernel.access import actor_in, system
from craftpath.kernel.jobs import body
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import not_now


@body("handover")
@task()
def handover(handover_id: int) -> None:
    """Write what a city hands over, as whoever asked for it; it holds what all organisations below it have."""
    with everywhere("a city hands over what all its organisations have"):
        asked = handovers().get(pk=handover_id)
        now = timezone.now()
        actor = None
        if asked.asked_by is not None:
            actor = actor_in(asked.asked_by, asked.organisation, timezone.localdate(now))
        if actor is None:  # the role has ended between the wish and its turn
            verdict = not_now("insight.handover_without_role")
            refuse_handover(asked, verdict, by=system(asked.organisation), at=now)
            return
        handing.carry_out(asked, by=actor, at=now)
