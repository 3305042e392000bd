"""How forums sound as statements in `activity`; only who was there is confirmed by somebody else."""

from __future__ import annotations

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.forums.facts import Attended, Posted, ThreadBegun
from craftpath.domain.forums.models import Forum, Post, Thread
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref


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
