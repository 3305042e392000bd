"""What bookings do when a cooperation agreement ends, and what goes down to `activity`."""

from __future__ import annotations

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.bookings.actions import drop_without_basis
from craftpath.domain.bookings.facts import Booked, BookingMoved
from craftpath.domain.bookings.models import Booking
from craftpath.domain.partnership.facts import CooperationMoved
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.values.ref import Ref


@on(CooperationMoved)
def on_cooperation_moved(told: Told) -> None:
    """No share outlives its basis: what was booked for days after its end is cancelled."""
    if told.fact.state == "ended":
        drop_without_basis(by=system(), at=told.entry.at)


@on(Booked)
def on_booked(told: Told) -> None:
    """Somebody booked something."""
    if told.fact.state == "booked":
        _hand_down(told, "registered", "booked")


@on(BookingMoved)
def on_booking_moved(told: Told) -> None:
    """It was approved, or used; so many minutes come with it."""
    if told.fact.state == "booked":
        _hand_down(told, "registered", "booked")
    elif told.fact.state == "used":
        _hand_down(told, "completed", "used")


def _hand_down(told: Told, verb: str, key: str) -> None:
    public_id = Ref.parse(told.entry.subject).public_id
    row = Booking._base_manager.filter(public_id=public_id).select_related("person", "thing").first()
    if row is None:
        return
    name = {"zh-Hans": row.thing.name.get("zh", ""), "en": row.thing.name.get("en", "")}
    statement = NewStatement(
        key=f"booking:{row.public_id}:{key}",
        person=row.person,
        verb=verb,
        object_id=f"{settings.ADDRESS}/things/{row.thing.public_id}",
        object_name={language: words for language, words in name.items() if words},
        at=told.entry.at,
        result={"extensions": {f"{settings.ADDRESS}/bookings/minutes": row.minutes}} if key == "used" else {},
    )
    place = told.entry.organisation
    record_statements([statement], organisation=place, by=system(place), at=told.entry.at)
