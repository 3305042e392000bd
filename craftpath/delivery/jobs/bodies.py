"""The job bodies. Each bears being run twice, since a killed worker's job is run again."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from craftpath.kernel import facts
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.jobs import body
from craftpath.kernel.sheets import forget_traces
from craftpath.kernel.tenancy import everywhere


@body("react")
@task()
def react(entry_id: int, name: str) -> None:
    """Run one reaction to a stored fact."""
    with everywhere("reactions to a fact serve every organisation"):
        facts.react(AuditEntry.objects.select_related("organisation", "person").get(pk=entry_id), name)


def keep_house(at: datetime) -> None:
    """What a worker does between two jobs: forget what was kept for a time and is of no use any more."""
    with everywhere("what was kept for an undo is forgotten for every organisation"):
        forget_traces(by=system(), at=at)
