"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

KINDS: dict[str, StrPromise] = {
    "notice": pgettext_lazy("from an office", "Notice"),
    "plan": pgettext_lazy("from an office", "Plan"),
    "quota": pgettext_lazy("from an office", "Quota"),
}

STATES: dict[str, StrPromise] = {
    "draft": pgettext_lazy("of a notice", "Draft"),
    "published": pgettext_lazy("of a notice", "Published"),
    "withdrawn": pgettext_lazy("of a notice", "Withdrawn"),
    "discarded": pgettext_lazy("of a notice", "Thrown away"),
}

ANSWERS: dict[str, StrPromise] = {
    "none": _("No answer is asked for"),
    "text": _("A few words"),
    "figure": _("A figure"),
    "file": _("A file"),
}

REASONS: dict[str, StrPromise] = {
    "directives.nobody": _("Sign in with an account of your own for this."),
    "directives.untitled": _("Give it a title and say something, in Chinese or in English."),
    "directives.too_long": _("Titles have at most %(title)s characters, texts at most %(words)s."),
    "directives.kind_unknown": _("It is a notice, a plan or a quota."),
    "directives.nobody_reached": _("Choose at least one organisation and one role: nobody would read it."),
    "directives.place_of_others": _("You reach your own organisation and those below it."),
    "directives.answer_unclear": _("Where an answer is asked for, say what, and by which day."),
    "directives.quota_missing": _(
        "A quota has at least one line: organisation, occupation, year and number."
    ),
    "directives.quota_unclear": _(
        "A line of a quota has an organisation that it is addressed to, an occupation, a year and a number."
    ),
    "directives.day_past": _("Choose today or a later day."),
    "directives.files_many": _("At most %(most)s files go with one notice."),
    "directives.reason_missing": _("Say why, in at most %(most)s characters."),
    "directives.unchanged": _("Nothing is different from what was published."),
    "directives.not_addressed": _("This is addressed to others."),
    "directives.not_opened": _("Open it first."),
    "directives.no_longer_asked": _("This was withdrawn, so nobody answers it any more."),
    "directives.answer_stays": _("It could be put right until %(on)s; the answer stays as it is."),
    "directives.not_asked": _("No answer is asked for here."),
    "directives.answer_missing": _("Write the answer, enter the figure or add the file that is asked for."),
    "directives.nobody_waits": _("Everybody has read it."),
    "directives.reminded_today": _("They were reminded today already. Once a day is enough."),
}
