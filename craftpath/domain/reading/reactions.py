"""How a confirmed reading sounds as a statement in `activity`."""

from __future__ import annotations

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.reading.facts import ReadingFinished
from craftpath.domain.reading.models import ReadingRecord
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on


@on(ReadingFinished)
def on_reading_finished(told: Told) -> None:
    """Confirmed, it is one statement; taken back, the history says so."""
    rows = ReadingRecord._base_manager.select_related("person", "text")
    row = rows.filter(public_id=told.fact.record).first()
    if row is None or not told.fact.confirmed:
        return
    statement = NewStatement(
        key=f"reading:{row.public_id}", person=row.person, verb="completed",
        object_id=f"{settings.ADDRESS}/reading/texts/{row.text.public_id}",
        object_name={"zh-Hans": row.text.title}, at=told.entry.at,
    )  # fmt: skip
    place = told.entry.organisation
    record_statements([statement], organisation=place, by=system(place), at=told.entry.at)
