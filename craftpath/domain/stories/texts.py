"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

STATES: dict[str, StrPromise] = {
    "draft": pgettext_lazy("of a story", "draft"),
    "review": pgettext_lazy("of a story", "with the office"),
    "published": pgettext_lazy("of a story", "published"),
    "withdrawn": pgettext_lazy("of a story", "taken down"),
}

FORMS: dict[str, StrPromise] = {
    "text": pgettext_lazy("a story", "Written"),
    "audio": _("Spoken (a recording)"),
    "video": _("Filmed (a video)"),
}

REACHES: dict[str, StrPromise] = {
    "inside": _("Members of the organisation"),
    "public": _("Everybody, on the public wall, too"),
}

CHECKS: dict[str, StrPromise] = {
    "names": _("Nobody else is named or seen without having agreed"),
    "licence": _("Pictures and music may be shown"),
    "consent": _("The teller knows and wants what is shown"),
}

LACKS: dict[str, StrPromise] = {
    "words": _("An answer to at least one prompt"),
    "recording": _("The recording"),
    "transcript": _("What is said, in writing"),
    "consent": _("The teller's word on who may see it"),
}
"""What a story still needs."""

REASONS: dict[str, StrPromise] = {
    "stories.nobody": _("Sign in with an account of your own for this."),
    "stories.unnamed": _("A story has a title and the name of whoever tells it."),
    "stories.name_too_long": _("Names and titles have at most %(most)s characters."),
    "stories.form_unknown": _("A story is written, spoken or filmed."),
    "stories.form_used": _("This form was sent before, for something else. Open it anew."),
    "stories.prompt_unknown": _("This prompt is no longer asked. Open the story anew."),
    "stories.not_a_draft": _(
        "The story is not a draft now. Take it back or take it down first, then change it."
    ),
    "stories.too_many_words": _(
        "A story has at most %(most)s words (each Chinese character counts as one); these are %(count)s."
    ),
    "stories.too_many_skills": _(
        "Choose at most %(most)s skills: those that somebody learns from this story."
    ),
    "stories.skill_unknown": _("One of these skills is no longer in the lists. Open the page anew."),
    "stories.form_without_recording": _("This story is written; it has no recording."),
    "stories.not_a_video": _("This is no video that can be shown: use MP4 or WebM."),
    "stories.too_long": _(
        "A story takes at most %(minutes)s minutes. Cut the recording, or tell the rest another time."
    ),
    "stories.picture_without_words": _(
        "Say in a few words what the picture shows, for those who do not see it."
    ),
    "stories.file_unknown": _("There is no such file at a story."),
    "stories.consent_is_the_tellers": _(
        "Only the master who tells it decides who sees the story. It waits on that person's own page."
    ),
    "stories.reach_unknown": _("Choose who may see it: members of the organisation, or everybody."),
    "stories.how_missing": _("Note how the master agreed: when, to whom, in writing or by word."),
    "stories.incomplete": _("Something is missing yet; the list on the page says what."),
    "stories.no_consent": _("The master has not said who may see it, or took it back."),
    "stories.unchecked": _("Tick each point once you have looked at it."),
    "stories.reason_missing": _("Say why, in at most %(most)s characters."),
    "stories.not_shown": _("This story is not shown any more."),
    "stories.comment_size": _("Write something, at most %(most)s characters."),
    "stories.comments_closed": _("Comments on this story are closed."),
    "stories.not_to_report": _("This comment is your own, or hidden already."),
    "stories.not_the_author": _("Only whoever wrote the comment reads why it was hidden."),
    "stories.nobody_answers": _("This master has no account here and cannot be asked on this page."),
    "stories.own_story": _("This is your own story."),
    "stories.not_asked": _("The question went to somebody else."),
    "stories.answer_empty": _("Write an answer first."),
}
