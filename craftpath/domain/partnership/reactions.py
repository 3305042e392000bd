"""What goes down to `activity`: whoever was at a meeting of a committee attended it, once its minutes are signed."""

from __future__ import annotations

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.committees.facts import MeetingMoved
from craftpath.domain.committees.queries import who_was_at
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on


@on(MeetingMoved)
def on_meeting_moved(told: Told) -> None:
    """A deputy who came in somebody's place is the one who attended."""
    if told.fact.state != "signed":
        return
    public_id = told.fact.meeting
    statements = [
        NewStatement(
            key=f"committee-meeting:{public_id}:{person.public_id}",
            person=person,
            verb="attended",
            object_id=f"{settings.ADDRESS}/committees/meetings/{public_id}",
            object_name={"zh-Hans": "委员会会议", "en": "Meeting of a committee"},
            at=told.entry.at,
        )
        for person in who_was_at(public_id)
    ]
    place = told.entry.organisation
    record_statements(statements, organisation=place, by=system(place), at=told.entry.at)
