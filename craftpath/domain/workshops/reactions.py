"""How coming to a workshop sounds as a statement in `activity`: of people of this site, on the day they were there."""

from __future__ import annotations

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.workshops.facts import CheckedIn
from craftpath.domain.workshops.models import Registration
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on


@on(CheckedIn)
def on_checked_in(told: Told) -> None:
    """Somebody was there; a guest is nobody here, and what was taken back says nothing."""
    rows = Registration._base_manager.select_related("person", "workshop")
    row = rows.filter(public_id=told.fact.registration).first()
    if row is None or row.person is None or told.fact.way == "undone":
        return
    statement = NewStatement(
        key=f"workshop:{row.public_id}:{told.fact.on}",
        person=row.person,
        verb="attended",
        object_id=f"{settings.ADDRESS}/workshops/{row.workshop.public_id}",
        object_name={"zh-Hans": row.workshop.name.say("zh"), "en": row.workshop.name.say("en")},
        at=told.entry.at,
    )
    organisation = told.entry.organisation
    record_statements([statement], organisation=organisation, by=system(organisation), at=told.entry.at)
