"""The life of a story: consent, hand in, check, show, take down."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from craftpath.domain.stories import rules
from craftpath.domain.stories.facts import CommentsTurned, StoryAgreed, StoryMoved
from craftpath.domain.stories.models import Story, StoryVersion
from craftpath.domain.stories.states import STORY
from craftpath.domain.stories.telling import held
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.consents import give_consent
from craftpath.kernel.facts import Fact, tell
from craftpath.values.verdict import require


def _told(row: Story, fact: Fact, by: Actor, at: datetime) -> Story:
    tell(fact, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def _moved(row: Story, move: str, by: Actor, at: datetime, *, because: str = "") -> Story:
    row.state, row.because = STORY.after(row.state, move), because.strip()
    row.save(update_fields=["state", "because", "handed_in_at", "published_at", "published_by", "reach"])
    return _told(row, StoryMoved(row.state, row.because), by, at)


@action
def agree_story(story: Story, *, reach: str, how: str = "", by: Actor, at: datetime) -> Story:
    """Say how far it may be shown: the teller, or the office with how somebody without an account agreed.

    With an account it is a consent to the purpose, too; whoever may not consent alone is refused there.
    """
    row = held(story)
    require(rules.may_agree(by, row))
    require(rules.can_agree(row, reach, how))
    if row.teller is not None:
        give_consent(row.teller, rules.PURPOSE, by=by, at=at)
    if (row.reach, row.agreed_how) == (reach, how.strip()):
        return row
    row.reach, row.agreed_how, row.agreed_by, row.agreed_at = reach, how.strip(), by.person, at
    row.save(update_fields=["reach", "agreed_how", "agreed_by", "agreed_at"])
    return _told(row, StoryAgreed(reach), by, at)


@action
def disagree_story(story: Story, *, by: Actor, at: datetime) -> Story:
    """Take the consent back: what is shown or looked at is taken down with it. Once more changes nothing."""
    row = held(story)
    require(rules.may_agree(by, row))
    if not row.reach:
        return row
    row.reach = ""
    if STORY.can(row.state, "withdraw"):
        _moved(row, "withdraw", by, at)
    row.save(update_fields=["reach"])
    return _told(row, StoryAgreed(""), by, at)


@action
def hand_in_story(story: Story, *, by: Actor, at: datetime) -> Story:
    """Let the office look at it, and keep how it is now as a version. Once more changes nothing."""
    row = held(story)
    require(rules.may_write(by, row))
    if row.state == "review":
        return row
    STORY.after(row.state, "hand")
    require(rules.can_hand_in(row))
    _keep_version(row, by, at)
    row.handed_in_at = at
    return _moved(row, "hand", by, at)


@action
def take_back_story(story: Story, *, by: Actor, at: datetime) -> Story:
    """Back to the draft before the office has decided."""
    row = held(story)
    require(rules.may_write(by, row))
    return _moved(row, "take", by, at)


@action
def return_story(story: Story, *, because: str, by: Actor, at: datetime) -> Story:
    """Give it back with what is to be changed."""
    row = held(story)
    require(rules.may_check(by, row))
    require(rules.can_reason(because))
    return _moved(row, "return", by, at, because=because)


@action
def publish_story(story: Story, *, checks: Collection[str], by: Actor, at: datetime) -> Story:
    """Show it as far as the teller agreed, once the office has looked at names, licence and consent."""
    row = held(story)
    require(rules.may_check(by, row))
    if row.state == "published":
        return row
    STORY.after(row.state, "publish")
    require(rules.can_publish(row, checks))
    row.published_at, row.published_by = at, by.person
    return _moved(row, "publish", by, at)


@action
def withdraw_story(story: Story, *, because: str = "", by: Actor, at: datetime) -> Story:
    """Take it down: the teller as he or she likes, the office for a reason. It is gone for all others at once."""
    row = held(story)
    require(rules.may_take_down(by, row))
    if row.state == "withdrawn":
        return row
    if not rules.is_teller(by, row):
        require(rules.can_reason(because))
    return _moved(row, "withdraw", by, at, because=because)


@action
def revise_story(story: Story, *, by: Actor, at: datetime) -> Story:
    """Take a story that is down up again, as a draft."""
    row = held(story)
    require(rules.may_write(by, row))
    return _moved(row, "revise", by, at)


@action
def turn_comments(story: Story, *, open: bool, by: Actor, at: datetime) -> Story:
    """Close or open commenting: the teller and the office. Once more changes nothing."""
    row = held(story)
    require(rules.may_write(by, row))
    if row.comments_open is open:
        return row
    row.comments_open = open
    row.save(update_fields=["comments_open"])
    return _told(row, CommentsTurned(open), by, at)


def _keep_version(row: Story, by: Actor, at: datetime) -> None:
    content = _content(row)
    last = row.versions.last()
    if last is not None and last.content == content:
        return
    StoryVersion.objects.create(
        story=row, number=last.number + 1 if last else 1, content=content, kept_by=by.person, kept_at=at
    )


_WORDS = (
    "title", "name", "about", "language", "form", "answers", "transcript", "skills", "thing", "picture_words",
    "media_type",
)  # fmt: skip


def _content(row: Story) -> dict[str, Any]:
    """What a reader is shown, as it is now."""
    return {
        **{name: getattr(row, name) for name in _WORDS},
        "occupation": row.occupation.public_id if row.occupation else "",
        "picture": row.picture.public_id if row.picture else "",
        "recording": row.recording.public_id if row.recording else "",
    }
