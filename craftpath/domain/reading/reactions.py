"""A confirmed reading goes down to `participation`, and as a statement to `activity`."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.participation.actions import Act, confirm_acts, withdraw_acts
from craftpath.domain.reading.facts import ReadingFinished
from craftpath.domain.reading.models import ReadingRecord
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.values.ref import Ref


@on(ReadingFinished)
def on_reading_confirmed(told: Told) -> None:
    """Confirmed it counts, taken back it does not."""
    rows = ReadingRecord._base_manager.select_related("person", "text__list__organisation")
    row = rows.filter(public_id=told.fact.record).first()
    if row is None:
        return
    place, at = row.text.list.organisation, told.entry.at
    about, people, by = Ref("reading", "text", row.text.public_id), [row.person_id], system(place)
    if told.fact.confirmed:
        act = Act("reading", about, row.text.title, at.astimezone(ZoneInfo(place.time_zone)).date())
        confirm_acts(act, people, confirmed_by=told.entry.person, organisation=place, by=by, at=at)
    else:
        withdraw_acts(about, people, organisation=place, by=by, at=at)


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
