"""Telling: a story is begun, its answers are kept as one goes, then details, a recording and a picture."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.standards.queries import keys_seen
from craftpath.domain.stories import rules
from craftpath.domain.stories.facts import StoryBegun
from craftpath.domain.stories.models import Story
from craftpath.domain.stories.prompts import PROMPTS
from craftpath.kernel import media
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.exhibits import look_at, small_enough
from craftpath.kernel.facts import tell
from craftpath.kernel.files import KeptFile, drop, keep
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import Occupation


def held(story: Story) -> Story:
    """The story under a lock: two presses of one button stand in line here."""
    rows = Story._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation", "teller").get(pk=story.pk)


def _draft(story: Story, by: Actor) -> Story:
    row = held(story)
    require(rules.may_write(by, row))
    require(rules.can_write(row))
    return row


@action
def begin_story(
    *,
    organisation: Organisation,
    made_id: uuid.UUID,
    teller: Person | None,
    name: str,
    title: str,
    form: str,
    language: str = "zh",
    by: Actor,
    at: datetime,
) -> Story:
    """Begin a story: one's own, or as the office for somebody else, with an account or without one.

    The same `made_id` again is the same story.
    """
    own = teller is not None and teller == by.person
    require(rules.may_tell(by, organisation) if own else rules.may_tell_for(by, organisation))
    require(rules.can_begin(name, title, form))
    row, fresh = Story._base_manager.get_or_create(
        made_id=made_id,
        defaults={
            "organisation": organisation, "teller": teller, "name": name.strip(), "title": title.strip(),
            "form": form, "language": language, "made_by": by.person, "made_at": at,
        },
    )  # fmt: skip
    if fresh:
        tell(StoryBegun(form), by=by, at=at, organisation=organisation, subject=row.ref)
    elif row.organisation_id != organisation.pk or row.made_by_id != (by.person.pk if by.person else None):
        raise Refused(may_not("stories.form_used"))
    return row


@action
def keep_answer(story: Story, prompt: str, words: str, *, by: Actor, at: datetime) -> Story:
    """Keep what is told to one prompt; no words take it out again. The same again changes nothing."""
    row = _draft(story, by)
    if prompt not in PROMPTS:
        raise Refused(not_now("stories.prompt_unknown"))
    answers = {key: said for key, said in row.answers.items() if key != prompt}
    if words.strip():
        answers[prompt] = words.strip()
    require(rules.can_say(rules.told(answers)))
    row.answers = answers
    row.save(update_fields=["answers"])
    return row


@dataclass(frozen=True, slots=True)
class Details:
    """What stands around a story; the caller has seen that its reader may see `thing` and `occupation`."""

    title: str
    name: str
    about: str = ""
    occupation: Occupation | None = None
    skills: Sequence[str] = ()
    thing: Ref | None = None


@action
def keep_details(story: Story, details: Details, *, by: Actor, at: datetime) -> Story:
    """Names, and where the story leads."""
    row = _draft(story, by)
    require(rules.can_begin(details.name, details.title, row.form))
    skills = list(dict.fromkeys(details.skills))
    require(rules.can_tag(skills, keys_seen(skills) | set(row.skills)))
    row.title, row.name = details.title.strip(), details.name.strip()
    row.about = details.about.strip()[: rules.LONGEST_ABOUT]
    row.skills, row.occupation, row.thing = skills, details.occupation, str(details.thing or "")
    row.save(update_fields=["title", "name", "about", "skills", "occupation", "thing"])
    return row


@action
def keep_transcript(story: Story, words: str, *, by: Actor, at: datetime) -> Story:
    """Keep in writing what a recording says."""
    row = _draft(story, by)
    require(rules.can_say(words))
    row.transcript = words.strip()
    row.save(update_fields=["transcript"])
    return row


@action
def keep_recording(story: Story, content: bytes, name: str, *, by: Actor, at: datetime) -> Story:
    """Keep what is heard or seen, in place of one that was kept before; told by its own bytes, not by its name."""
    row = _draft(story, by)
    if row.form == "text":
        raise Refused(not_now("stories.form_without_recording"))
    require(small_enough(len(content), rules.MOST_BYTES[row.form]))
    media_type = media.voice(content).media_type if row.form == "audio" else _video(content)
    seconds = media.seconds(content)
    if seconds is not None and seconds > rules.MOST_SECONDS:
        raise Refused(not_now("stories.too_long", minutes=rules.MOST_SECONDS // 60))
    before = row.recording
    row.recording = keep(content, name or "recording", organisation=row.organisation, by=by, at=at)
    row.media_type = media_type
    row.save(update_fields=["recording", "media_type"])
    _let_go(row, before)
    return row


def _video(content: bytes) -> str:
    found = look_at(content)
    if found.kind != "video":
        raise Refused(not_now("stories.not_a_video"))
    return found.media_type


@action
def keep_picture(story: Story, content: bytes, name: str, *, words: str, by: Actor, at: datetime) -> Story:
    """Keep a picture with what it shows in words, for those who do not see it; drawn anew, without place and device."""
    row = _draft(story, by)
    if not words.strip():
        raise Refused(not_now("stories.picture_without_words"))
    before, drawn = row.picture, media.photo(content)
    row.picture = keep(drawn.content, name or "picture", organisation=row.organisation, by=by, at=at)
    row.picture_words = words.strip()[: rules.LONGEST_ABOUT]
    row.save(update_fields=["picture", "picture_words"])
    _let_go(row, before)
    return row


@action
def drop_file(story: Story, which: str, *, by: Actor, at: datetime) -> Story:
    """Take the picture or the recording off again; once more changes nothing."""
    row = _draft(story, by)
    if which not in ("picture", "recording"):
        raise Refused(not_now("stories.file_unknown"))
    before: KeptFile | None = getattr(row, which)
    setattr(row, which, None)
    row.save(update_fields=[which])
    _let_go(row, before)
    return row


def _let_go(story: Story, file: KeptFile | None) -> None:
    """Forget a file that no version of the story names; one that was handed in stays with that version."""
    if file is None:
        return
    named = {
        one.get(which)
        for one in story.versions.values_list("content", flat=True)
        for which in ("picture", "recording")
    }
    if file.public_id not in named:
        drop(file)
