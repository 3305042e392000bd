"""Who was there goes down to `participation`, since a host confirms it; and how forums sound in `activity`."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.forums.facts import Attended, Posted, ThreadBegun
from craftpath.domain.forums.models import Forum, Meeting, Post, Thread
from craftpath.domain.participation.actions import Act, confirm_acts, withdraw_acts
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref


@on(Attended)
def on_who_was_there(told: Told) -> None:
    """Whoever the host confirmed took part; whom an earlier confirmation had named by mistake did not."""
    meeting = Meeting._base_manager.select_related("forum__organisation").get(public_id=told.fact.meeting)
    place, by = meeting.forum.organisation, system(meeting.forum.organisation)
    day = meeting.starts_at.astimezone(ZoneInfo(place.time_zone)).date()
    about = Ref("forums", "meeting", meeting.public_id)
    act = Act("forum", about, meeting.forum.title, day)
    confirm_acts(
        act,
        _ids(told.fact.people),
        confirmed_by=told.entry.person,
        organisation=place,
        by=by,
        at=told.entry.at,
    )
    withdraw_acts(about, _ids(told.fact.not_there), organisation=place, by=by, at=told.entry.at)


def _ids(people: list[str]) -> list[int]:
    return list(Person.objects.filter(public_id__in=people).values_list("pk", flat=True))


@on(Attended)
def on_attended(told: Told) -> None:
    """Everybody whom the host confirmed was there; confirmed again, it is one statement a person."""
    people = Person.objects.filter(public_id__in=told.fact.people).order_by("pk")
    said = [(f"forum-meeting:{told.fact.meeting}:{one.public_id}", one, "attended") for one in people]
    forum = Forum._base_manager.filter(public_id=Ref.parse(told.entry.subject).public_id).first()
    if forum is not None:
        _hand_down(told, forum, said)


@on(ThreadBegun)
def on_thread_begun(told: Told) -> None:
    """Somebody began to talk about something."""
    row = Thread._base_manager.filter(public_id=told.fact.thread).select_related("starter", "forum").first()
    if row is not None:
        _hand_down(told, row.forum, [(f"forum-thread:{row.public_id}", row.starter, "shared")])


@on(Posted)
def on_posted(told: Told) -> None:
    """Somebody wrote."""
    row = (
        Post._base_manager.filter(public_id=told.fact.post).select_related("person", "thread__forum").first()
    )
    if row is not None:
        _hand_down(told, row.thread.forum, [(f"forum-post:{row.public_id}", row.person, "commented")])


def _hand_down(told: Told, forum: Forum, said: list[tuple[str, Person, str]]) -> None:
    place, at = told.entry.organisation, told.entry.at
    statements = [
        NewStatement(
            key=key, person=person, verb=verb, object_id=f"{settings.ADDRESS}/forums/{forum.public_id}",
            object_name={"zh-Hans": forum.title}, at=at,
        )
        for key, person, verb in said
    ]  # fmt: skip
    record_statements(statements, organisation=place, by=system(place), at=at)
