"""The job bodies. Each bears being run twice, since a killed worker's job is run again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from craftpath.delivery.exchange.work import carry_on, give_up
from craftpath.domain.evaluation.actions import due_tonight, refresh_evidence
from craftpath.domain.evaluation.queries import evaluations
from craftpath.kernel import facts, sheetwork
from craftpath.kernel.access import actor_in, system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.jobs import body, enqueue
from craftpath.kernel.progress import tidy_up
from craftpath.kernel.sheets import forget_traces
from craftpath.kernel.tenancy import everywhere, looking_for
from craftpath.values.verdict import not_now


@body("react")
@task()
def react(entry_id: int, name: str) -> None:
    """Run one reaction to a stored fact."""
    with everywhere("reactions to a fact serve every organisation"):
        facts.react(AuditEntry.objects.select_related("organisation", "person").get(pk=entry_id), name)


@body("sheet")
@task()
def sheet(work_id: int) -> None:
    """Check or commit a large sheet, as whoever asked for it and with no wider view than theirs."""
    with everywhere("a job finds out who asked for it"):
        asked = sheetwork.work().get(pk=work_id)
        now = timezone.now()
        actor = (
            actor_in(asked.asked_by, asked.asked_in, timezone.localdate(now))
            if asked.asked_by and asked.asked_in
            else None
        )
        if actor is None:  # the role has ended between the wish and its turn
            verdict = not_now("kernel.work_without_role")
            give_up(asked, verdict, discard=False, by=system(asked.asked_in), at=now)
            return
    with looking_for(actor.scope):
        carry_on(asked, by=actor, at=now)


@body("evidence")
@task()
def evidence(evaluation_id: int) -> None:
    """Work the marks of an evaluation out anew from confirmed facts; what is the same is not written again."""
    with everywhere("results belong to evaluations, whoever reads them"):
        found = evaluations().get(pk=evaluation_id)
        refresh_evidence(found, by=system(), at=timezone.now())


def keep_house(at: datetime) -> None:
    """What a worker does between two jobs: forget what is of no use, and ask for the night's work once a day."""
    with everywhere("what was kept for an undo is forgotten for every organisation"):
        forget_traces(by=system(), at=at)
    tidy_up(at.timestamp())
    with everywhere("time alone changes the marks of every organisation"), transaction.atomic():
        for found in due_tonight(at):
            enqueue("evidence", found.pk)
