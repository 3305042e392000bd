"""Forms of bulletins."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.delivery.web.shell.fields import KeptFileField
from craftpath.domain.bulletins.actions import Look
from craftpath.domain.bulletins.rules import LONGEST_NAME, LONGEST_REASON, MOST_LETTERS, MOST_NUMBER
from craftpath.domain.bulletins.texts import LANGUAGES, THEMES

Choices = Sequence[tuple[str, Any]]


def _made_id() -> forms.UUIDField:
    """One press of a button."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _words(label: Any, most: int, rows: int, lang: str, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows, "lang": lang}),
    )


def _line(lang: str) -> forms.TextInput:
    return forms.TextInput(attrs={"lang": lang})


class LookForm(forms.Form):
    """Days, languages, colours."""

    since = _day(_("It tells of the days from"))
    until = _day(pgettext_lazy("a period", "to"))
    language = forms.ChoiceField(label=_("Languages"), choices=list(LANGUAGES.items()))
    theme = forms.ChoiceField(label=pgettext_lazy("of a bulletin", "Colours"), choices=list(THEMES.items()))

    @property
    def told(self) -> Look:
        """What was chosen."""
        given = self.cleaned_data
        return Look(given["since"], given["until"], given["language"], given["theme"])


class NewForm(LookForm):
    """The same, with a number and perhaps a pilot."""

    made_id = _made_id()
    number = forms.IntegerField(
        label=pgettext_lazy("of a bulletin", "Number"), min_value=1, max_value=MOST_NUMBER
    )
    pilot = forms.ChoiceField(
        label=pgettext_lazy("of a bulletin", "Pilot"),
        required=False,
        help_text=_("Leave it empty for a bulletin of the whole organisation."),
    )
    field_order = ["made_id", "number", "pilot", "since", "until", "language", "theme"]

    def __init__(self, data: Any, *, pilots: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["pilot"].choices = [("", say("none")), *pilots]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why."""

    because = forms.CharField(
        label=_("Why"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2})
    )


class PictureForm(forms.Form):
    """A picture, and what it shows."""

    file = KeptFileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP. Place and device are taken out before it is kept."),
    )
    alt_zh = forms.CharField(
        label=_("What it shows, in Chinese"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"lang": "zh-hans"}),
    )
    alt_en = forms.CharField(
        label=_("What it shows, in English"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"lang": "en"}),
    )

    @property
    def alt(self) -> dict[str, str]:
        """In both languages."""
        return {"zh": self.cleaned_data["alt_zh"], "en": self.cleaned_data["alt_en"]}


class WordsForm(forms.Form):
    """What somebody said, and who that is, in both languages."""

    words_zh = _words(_("What was said, in Chinese"), MOST_LETTERS, 3, "zh-hans")
    words_en = _words(_("What was said, in English"), MOST_LETTERS, 3, "en")
    about_zh = forms.CharField(
        label=_("Who that is, in Chinese"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"lang": "zh-hans"}),
    )
    about_en = forms.CharField(
        label=_("Who that is, in English"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"lang": "en"}),
    )

    def said(self, name: str) -> dict[str, str]:
        """In both languages."""
        return {"zh": self.cleaned_data[f"{name}_zh"], "en": self.cleaned_data[f"{name}_en"]}


class VoiceForm(WordsForm):
    """The same of somebody new."""

    made_id = _made_id()
    name = forms.CharField(label=_("Name, as it is shown"), max_length=LONGEST_NAME)
    account = forms.CharField(
        label=_("Signs in here as"),
        max_length=150,
        required=False,
        help_text=_("With an account that person is asked on the own page; leave it empty to ask by a link."),
    )
    field_order = ["made_id", "name", "account", "words_zh", "words_en", "about_zh", "about_en"]


class LinkForm(forms.Form):
    """The answer of somebody without an account."""

    of_age = forms.BooleanField(label=_("I am 18 or older, or my guardian agrees."), required=False)
