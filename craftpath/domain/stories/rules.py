"""Who tells, checks, reads and talks about stories, and what a story needs before it is shown."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from craftpath.domain.stories.models import (
    LONGEST_ABOUT,
    LONGEST_COMMENT,
    LONGEST_NAME,
    LONGEST_REASON,
    PURPOSE,
    Comment,
    MasterQuestion,
    Story,
)
from craftpath.domain.stories.prompts import PROMPTS
from craftpath.domain.stories.states import CHECKS, FORMS, REACHES
from craftpath.kernel.access import Actor
from craftpath.kernel.consents import may_use
from craftpath.kernel.exhibits import VIDEO_BYTES
from craftpath.kernel.media import VOICE_BYTES
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

__all__ = [
    "CHECKS",
    "FORMS",
    "LONGEST_ABOUT",
    "LONGEST_COMMENT",
    "LONGEST_NAME",
    "LONGEST_REASON",
    "PURPOSE",
    "REACHES",
]

MOST_WORDS = 1000
"""Words of a story, or of a transcript; a Chinese character counts as one. Three minutes of talk have some 700."""
MOST_SECONDS = 180
MOST_SKILLS = 8
MOST_BYTES = {"audio": VOICE_BYTES, "video": VIDEO_BYTES}
_WORD = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]|[^\W\u3400-\u9fff\U00020000-\U0003ffff]+")


def words_in(text: str) -> int:
    """How many words, each Chinese character one."""
    return len(_WORD.findall(text))


def told(answers: Mapping[str, str]) -> str:
    """All that is written, in the order of the prompts."""
    return "\n".join(words for words in (answers.get(key, "") for key in PROMPTS) if words)


def may_tell(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever teaches there, and the office."""
    return actor.may_at(Permission.TELL_STORIES, organisation)


def may_check(actor: Actor, story: Story) -> Verdict:
    """The office of the organisation whose story it is."""
    return actor.may_at(Permission.CHECK_STORIES, story.organisation)


def may_tell_for(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever writes down what somebody else tells."""
    return actor.may_at(Permission.CHECK_STORIES, organisation)


def is_teller(actor: Actor, story: Story) -> bool:
    """Whether it is the actor's own story."""
    return actor.person is not None and story.teller_id == actor.person.pk


def may_write(actor: Actor, story: Story) -> Verdict:
    """Who tells it, and the office."""
    return YES if is_teller(actor, story) else may_check(actor, story)


def may_agree(actor: Actor, story: Story) -> Verdict:
    """Nobody but the teller; for somebody without an account the office notes what was agreed."""
    if story.teller_id is None:
        return may_check(actor, story)
    return YES if is_teller(actor, story) else may_not("stories.consent_is_the_tellers")


def may_take_down(actor: Actor, story: Story) -> Verdict:
    """Who tells it, at any time, and the office."""
    return may_write(actor, story)


def may_read(actor: Actor, story: Story, *, is_shown: bool) -> Verdict:
    """What is shown everybody who sees it; the rest those who make it, and the office."""
    return YES if is_shown else may_write(actor, story)


def can_write(story: Story) -> Verdict:
    """Only a draft changes."""
    return YES if story.state == "draft" else not_now("stories.not_a_draft")


def can_begin(name: str, title: str, form: str) -> Verdict:
    """A name and a title."""
    if not name.strip() or not title.strip():
        return not_now("stories.unnamed")
    if len(name.strip()) > LONGEST_NAME or len(title.strip()) > LONGEST_NAME:
        return not_now("stories.name_too_long", most=LONGEST_NAME)
    return YES if form in FORMS else not_now("stories.form_unknown")


def can_say(words: str) -> Verdict:
    """As many words as three minutes have, with room to spare."""
    count = words_in(words)
    return (
        YES
        if count <= MOST_WORDS and len(words) <= MOST_WORDS * 12
        else not_now("stories.too_many_words", count=count, most=MOST_WORDS)
    )


def can_tag(skills: Collection[str], known: Collection[str]) -> Verdict:
    """A few skills that a list of the reader's knows."""
    if len(skills) > MOST_SKILLS:
        return not_now("stories.too_many_skills", most=MOST_SKILLS)
    return YES if set(skills) <= set(known) else not_now("stories.skill_unknown")


def lacks(story: Story) -> list[str]:
    """What a story needs before somebody else is shown it, as keys of `texts.LACKS`."""
    found = []
    if story.form == "text":
        if not told(story.answers).strip():
            found.append("words")
    else:
        if story.recording_id is None:
            found.append("recording")
        if not story.transcript.strip():
            found.append("transcript")
    if not story.reach:
        found.append("consent")
    return found


def can_hand_in(story: Story) -> Verdict:
    """Something told; consent may still come before it is published."""
    missing = [one for one in lacks(story) if one != "consent"]
    return YES if not missing else not_now("stories.incomplete")


def can_publish(story: Story, checks: Collection[str]) -> Verdict:
    """Everything is there, the consent holds today, and the office has looked at what it must look at."""
    if not story.reach:
        return not_now("stories.no_consent")
    if lacks(story):
        return not_now("stories.incomplete")
    if not set(CHECKS) <= set(checks):
        return not_now("stories.unchecked")
    return may_use(story.teller, PURPOSE) if story.teller is not None else YES


def can_agree(story: Story, reach: str, how: str) -> Verdict:
    """How far; and how it was agreed where somebody else writes it down."""
    if reach not in REACHES:
        return not_now("stories.reach_unknown")
    if story.teller_id is None and not how.strip():
        return not_now("stories.how_missing")
    return can_reason(how) if how.strip() else YES


def can_reason(words: str) -> Verdict:
    """A reason in some words."""
    size = len(words.strip())
    return YES if 0 < size <= LONGEST_REASON else not_now("stories.reason_missing", most=LONGEST_REASON)


def can_talk(words: str) -> Verdict:
    """Something short."""
    size = len(words.strip())
    return YES if 0 < size <= LONGEST_COMMENT else not_now("stories.comment_size", most=LONGEST_COMMENT)


def can_reply(words: str) -> Verdict:
    """An answer as long as a story at most."""
    return can_say(words) if words.strip() else not_now("stories.answer_empty")


def can_comment(story: Story) -> Verdict:
    """As long as it is open to comments."""
    return YES if story.comments_open else not_now("stories.comments_closed")


def can_ask(actor: Actor, story: Story) -> Verdict:
    """Somebody who answers, and who is not oneself."""
    if story.teller_id is None:
        return not_now("stories.nobody_answers")
    return not_now("stories.own_story") if is_teller(actor, story) else YES


def may_answer(actor: Actor, question: MasterQuestion) -> Verdict:
    """The master who was asked."""
    return YES if is_teller(actor, question.story) else may_not("stories.not_asked")


def may_read_reason(actor: Actor, comment: Comment) -> Verdict:
    """Whoever wrote it."""
    return YES if is_author(actor, comment) else may_not("stories.not_the_author")


def is_author(actor: Actor, comment: Comment) -> bool:
    """Whether the actor wrote it."""
    return actor.person is not None and comment.person_id == actor.person.pk
