"""What ventures hand down to `activity`."""

from __future__ import annotations

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.ventures.facts import VentureMoved
from craftpath.domain.ventures.models import Charge
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.values.ref import Ref


@on(VentureMoved)
def on_venture_moved(told: Told) -> None:
    """Whoever was in charge of something that is finished has completed it."""
    if told.fact.state != "finished":
        return
    public_id = Ref.parse(told.entry.subject).public_id
    rows = Charge.objects.filter(venture__public_id=public_id).select_related("person", "venture")
    statements = [
        NewStatement(
            key=f"venture:{public_id}:{row.person.public_id}",
            person=row.person,
            verb="completed",
            object_id=f"{settings.ADDRESS}/ventures/{public_id}",
            object_name={
                language: row.venture.title[key]
                for key, language in (("zh", "zh-Hans"), ("en", "en"))
                if row.venture.title.get(key)
            },
            at=told.entry.at,
        )
        for row in rows.order_by("pk")
    ]
    place = told.entry.organisation
    record_statements(statements, organisation=place, by=system(place), at=told.entry.at)
