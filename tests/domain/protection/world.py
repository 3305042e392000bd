"""What people of the cast ask about their own data."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from craftpath.domain.protection.actions import ask_about_data
from craftpath.domain.protection.models import DataRequest
from craftpath.kernel.access import Actor, Membership
from tests.cast import AT, TODAY, Cast


def asked(
    cast: Cast, kind: str, words: str = "", *, who: str = "apprentice", at: datetime = AT
) -> DataRequest:
    """Asked of the cast's college."""
    person = Actor(organisation=None, person=cast.people[who])
    return ask_about_data(cast.college, kind, words, made_id=uuid.uuid4(), by=person, at=at)


def ended(cast: Cast, days_ago: int) -> None:
    """The first apprentice's apprenticeship ended so many days ago."""
    row = cast.enrolments["26001"]
    type(row)._base_manager.filter(person=row.person).update(
        state="ended", ended_on=TODAY - timedelta(days=days_ago)
    )
    Membership.objects.filter(person=row.person).exclude(role="apprentice").delete()
