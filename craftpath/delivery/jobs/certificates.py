"""Issuing a batch of certificates; the job of a killed worker is run again and goes on with whoever still waits."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from craftpath.domain.certificates.actions import carry_out, refuse_batch
from craftpath.domain.certificates.queries import batches
from craftpath.kernel.access import actor_in, system
from craftpath.kernel.jobs import body
from craftpath.kernel.tenancy import everywhere, looking_for
from craftpath.values.verdict import not_now


@body("certificates")
@task()
def certificates(batch_id: int) -> None:
    """Issue a batch, as whoever began it and with no wider view than theirs."""
    with everywhere("a job finds out who asked for it"):
        asked = batches().get(pk=batch_id)
        now = timezone.now()
        actor = None
        if asked.made_by is not None and asked.asked_in is not None:
            actor = actor_in(asked.made_by, asked.asked_in, timezone.localdate(now))
        if actor is None:  # the role has ended between the wish and its turn
            verdict = not_now("certificates.batch_without_role")
            refuse_batch(asked, verdict, by=system(asked.organisation), at=now)
            return
    with looking_for(actor.scope):
        carry_out(asked, by=actor, at=now)
