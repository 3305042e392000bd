"""The job bodies. Each bears being run twice, since a killed worker's job is run again."""

from __future__ import annotations

from django_tasks import task

from craftpath.kernel import facts
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.jobs import body
from craftpath.kernel.tenancy import everywhere


@body("react")
@task()
def react(entry_id: int, name: str) -> None:
    """Run one reaction to a stored fact."""
    with everywhere("reactions to a fact serve every organisation"):
        facts.react(AuditEntry.objects.select_related("organisation", "person").get(pk=entry_id), name)
