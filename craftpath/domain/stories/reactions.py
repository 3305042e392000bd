"""How stories sound as statements in `activity`."""

from __future__ import annotations

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.stories.facts import CommentMade, StoryMoved
from craftpath.domain.stories.models import Comment, Story
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref


@on(StoryMoved)
def on_story_moved(told: Told) -> None:
    """A master shared a story; each publication is one statement."""
    row = Story._base_manager.filter(public_id=Ref.parse(told.entry.subject).public_id).first()
    if told.fact.state == "published" and row is not None and row.teller is not None:
        _hand_down(f"story:{told.entry.pk}", row.teller, "shared", row, told)


@on(CommentMade)
def on_comment_made(told: Told) -> None:
    """A member said something to it."""
    comment = Comment.objects.filter(public_id=told.fact.comment).select_related("story", "person").first()
    if comment is not None:
        _hand_down(f"story-comment:{comment.public_id}", comment.person, "commented", comment.story, told)


def _hand_down(key: str, person: Person, verb: str, story: Story, told: Told) -> None:
    statement = NewStatement(
        key=key, person=person, verb=verb, object_id=f"{settings.ADDRESS}/stories/{story.public_id}",
        object_name={story.language: story.title}, at=told.entry.at,
    )  # fmt: skip
    place = told.entry.organisation
    record_statements([statement], organisation=place, by=system(place), at=told.entry.at)
