"""What happened to masters' stories, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.domain.stories import texts as stories

SENTENCES = {
    "stories.begun": _("began the story %(subject)s"),
    "stories.moved": _("the story %(subject)s: %(state)s %(because)s"),
    "stories.agreed": _("said who may see the story %(subject)s: %(reach)s"),
    "stories.comment_made": _("commented on the story %(subject)s"),
    "stories.comment_reported": _("reported a comment on the story %(subject)s"),
    "stories.comment_settled": _(
        "looked at a reported comment on the story %(subject)s (hidden: %(hidden)s) %(because)s"
    ),
    "stories.comments_turned": _("turned comments on the story %(subject)s (open: %(open)s)"),
}

STATES: dict[str, Mapping[str, Any]] = {"stories.moved": stories.STATES}

_REACHES: dict[str, Any] = {
    **stories.REACHES,
    "": pgettext_lazy("who may see a story", "nobody (taken back)"),
}

LABELS = {
    "stories.begun": _("Story begun"),
    "stories.moved": _("Story a step further"),
    "stories.agreed": _("Who may see a story"),
    "stories.comment_made": _("Comment on a story"),
    "stories.comment_reported": _("Comment reported"),
    "stories.comment_settled": _("Reported comment looked at"),
    "stories.comments_turned": _("Comments on a story closed or opened"),
}


def named(values: Mapping[str, str]) -> dict[str, str]:
    """How far a story may be shown, in words."""
    return {"reach": str(_REACHES.get(values["reach"], "–"))} if "reach" in values else {}
