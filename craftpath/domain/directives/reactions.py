"""How reading and understanding sound as statements in `activity`."""

from __future__ import annotations

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.directives.facts import DirectiveRead
from craftpath.domain.directives.models import Directive
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.values.ref import Ref


@on(DirectiveRead)
def on_directive_read(told: Told) -> None:
    """Whoever read it has read it; each of the two steps is one statement."""
    public_id = Ref.parse(told.entry.subject).public_id
    row = Directive._base_manager.filter(public_id=public_id).first()
    person = told.entry.person
    if row is None or person is None:
        return
    verb = "completed" if told.fact.understood else "experienced"
    statement = NewStatement(
        key=f"directive:{told.entry.pk}", person=person, verb=verb,
        object_id=f"{settings.ADDRESS}/directives/{row.public_id}", object_name=dict(row.title), at=told.entry.at,
    )  # fmt: skip
    place = told.entry.organisation
    record_statements([statement], organisation=place, by=system(place), at=told.entry.at)
