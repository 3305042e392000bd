"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

STATES: dict[str, StrPromise] = {
    "draft": pgettext_lazy("of a bulletin", "draft"),
    "review": pgettext_lazy("of a bulletin", "in review"),
    "published": pgettext_lazy("of a bulletin", "published"),
    "withdrawn": pgettext_lazy("of a bulletin", "withdrawn"),
    "discarded": pgettext_lazy("of a bulletin", "discarded"),
}

VOICE_STATES: dict[str, StrPromise] = {
    "draft": pgettext_lazy("of a voice", "not asked yet"),
    "asked": pgettext_lazy("of a voice", "asked"),
    "agreed": pgettext_lazy("of a voice", "agreed"),
    "declined": pgettext_lazy("of a voice", "declined"),
}

LANGUAGES: dict[str, StrPromise] = {
    "both": _("Chinese and English side by side"),
    "zh": pgettext_lazy("a bulletin", "Chinese only"),
    "en": pgettext_lazy("a bulletin", "English only"),
}

THEMES: dict[str, StrPromise] = {
    "indigo": pgettext_lazy("a colour", "Indigo"),
    "jade": pgettext_lazy("a colour", "Jade"),
    "ochre": pgettext_lazy("a colour", "Ochre"),
}

PLACES: dict[str, StrPromise] = {
    "masthead": pgettext_lazy("of a bulletin", "Masthead"),
    "lead": pgettext_lazy("of a bulletin", "Lead"),
    "lead_picture": pgettext_lazy("of a bulletin", "Picture of the lead"),
    "figures": pgettext_lazy("of a bulletin", "Figures"),
    "chart": pgettext_lazy("of a bulletin", "Chart"),
    "workshop": pgettext_lazy("of a bulletin", "Workshop report"),
    "report_picture": pgettext_lazy("of a bulletin", "Picture of the report"),
    "voices": pgettext_lazy("of a bulletin", "Voices"),
    "case": pgettext_lazy("of a bulletin", "Case"),
    "dates": pgettext_lazy("of a bulletin", "Next dates"),
    "imprint": pgettext_lazy("of a bulletin", "Imprint"),
}

FIELDS: dict[str, StrPromise] = {
    "title": pgettext_lazy("of a bulletin", "Title"),
    "motto": pgettext_lazy("of a bulletin", "Line below the title"),
    "head": pgettext_lazy("of a bulletin", "Headline"),
    "body": pgettext_lazy("of a bulletin", "Text"),
    "caption": pgettext_lazy("of a bulletin", "Caption"),
    "alt": _("What the picture shows, for those who do not see it"),
    "what": pgettext_lazy("of a date", "What"),
    "words": pgettext_lazy("of a bulletin", "Words"),
    "about": pgettext_lazy("of a voice", "Who that is"),
    "people": _("Whether people are on the picture"),
    "agreed": _("Who agreed, and how"),
}

PEOPLE: dict[str, StrPromise] = {
    "nobody": _("Nobody can be recognised on it"),
    "agreed": _("Everybody who can be recognised agreed"),
}

SPOKEN: dict[str, StrPromise] = {
    "zh": pgettext_lazy("a language", "Chinese"),
    "en": pgettext_lazy("a language", "English"),
}

REASONS: dict[str, StrPromise] = {
    "bulletins.second_person": _(
        "Somebody else looks at it: whoever handed it in does not publish it. Ask a colleague of your office."
    ),
    "bulletins.not_a_draft": _("The bulletin is not a draft now. Take it back first, then change it."),
    "bulletins.form_used": _("This form was sent before, for something else. Open it anew."),
    "bulletins.number_unclear": _("A number is a whole number from 1 to %(most)s."),
    "bulletins.number_taken": _(
        "There is a bulletin with number %(number)s already. The next free one is %(free)s."
    ),
    "bulletins.pilot_of_another": _("This pilot is looked after by another office."),
    "bulletins.period_unclear": _(
        "The last day does not lie before the first one, and at most %(days)s days after it."
    ),
    "bulletins.look_unknown": _("Choose languages and colours of the lists."),
    "bulletins.reason_missing": _("Say why, in at most %(most)s characters."),
    "bulletins.name_missing": _("A name has 1 to %(most)s characters."),
    "bulletins.far_too_long": _(
        "A field keeps at most %(most)s characters. Shorten it first; nothing was changed."
    ),
    "bulletins.place_unknown": _("There is no such place on the sheets."),
    "bulletins.changed_meanwhile": _(
        "%(who)s has written here since you opened it. Your words are still in the form: look at what stands "
        "there now, then save again."
    ),
    "bulletins.date_unclear": _("Write each date as year-month-day, such as 2026-03-15."),
    "bulletins.figure_unknown": _("This figure is not counted here any more. Choose another one."),
    "bulletins.picture_without_words": _(
        "Say in a few words what the picture shows, for those who do not see it."
    ),
    "bulletins.incomplete": _("Something is missing yet; the list beside the sheets says what."),
    "bulletins.too_long": _(
        "Something does not fit: it is %(lines)s lines too long, about %(letters)s characters. The list beside "
        "the sheets says where."
    ),
    "bulletins.not_proved": _(
        "It was changed while it was handed in. Look at it once more, then hand it in again."
    ),
    "bulletins.not_two_sheets": _("It would take %(pages)s sheets and has two. Shorten the longest text."),
    "bulletins.signs_missing": _(
        "The font of the papers lacks these characters: %(signs)s. Write them otherwise; they stand at: %(places)s."
    ),
    "bulletins.voice_without_words": _("Write down what was said."),
    "bulletins.voice_too_long": _("A voice is short: this one is about %(letters)s characters too long."),
    "bulletins.voices_full": _("There is room for %(most)s voices. Take one off the sheet first."),
    "bulletins.voice_not_agreed": _(
        "%(name)s has not agreed to be quoted, or took it back. Ask, or take the voice off the sheet."
    ),
    "bulletins.account_unknown": _(
        "Nobody here signs in with this name. Leave the field empty to ask by a link instead."
    ),
    "bulletins.not_your_words": _("Only the person whose words these are answers."),
    "bulletins.not_of_age": _("Confirm that you are 18 or older, or that your guardian agrees."),
    "bulletins.link_of_an_account": _("You have an account here: sign in, and answer on your own page."),
}
