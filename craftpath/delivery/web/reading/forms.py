"""Forms of reading: a list, a text with its licence, the club's rhythm, a note, a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.delivery.web.forums.forms import named
from craftpath.delivery.web.shell.days import DayField
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.forums.actions import Rhythm
from craftpath.domain.forums.texts import AUDIENCES
from craftpath.domain.reading import rules
from craftpath.domain.reading.actions import TextSaid
from craftpath.domain.reading.texts import LICENCES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from craftpath.domain.apprenticeships.models import Cohort


class ListForm(forms.Form):
    """What a list is called, what for, for whom."""

    made_id = named()
    title = forms.CharField(label=_("Title"), max_length=rules.LONGEST_TITLE)
    about = forms.CharField(
        label=_("What it is read for"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    audience = forms.ChoiceField(
        label=pgettext_lazy("of a forum", "For whom"), choices=list(AUDIENCES.items())
    )
    cohort = forms.ChoiceField(label=_("Class"), required=False)

    def __init__(self, *args: Any, cohorts: Iterable[Cohort], **more: Any) -> None:
        super().__init__(*args, **more)
        self.cohorts = {one.public_id: one for one in cohorts}
        offered = [(key, text(one.name)) for key, one in self.cohorts.items()]
        self.fields["cohort"].choices = [("", "–"), *offered]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        cohort = self.cohorts.get(said["cohort"]) if said["audience"] == "cohort" else None
        return {
            "title": said["title"],
            "about": said["about"],
            "audience": said["audience"],
            "cohort": cohort,
        }


class TextForm(forms.Form):
    """A text: what it is, its licence, and what of it is read until when."""

    made_id = named()
    title = forms.CharField(label=_("Title"), max_length=rules.LONGEST_TITLE)
    author = forms.CharField(label=_("Author"), required=False, max_length=rules.LONGEST_TITLE)
    licence = forms.ChoiceField(
        label=pgettext_lazy("of a text", "Licence"), choices=[("", "–"), *LICENCES.items()]
    )
    licence_words = forms.CharField(
        label=_("More about the licence"), required=False, max_length=rules.LONGEST_LINE,
        help_text=_("Who permitted it and when, or where the licence stands."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Edition, or where it is found"), required=False, max_length=rules.LONGEST_LINE
    )
    link = forms.URLField(
        label=pgettext_lazy("of a text", "Link"),
        required=False,
        max_length=rules.LONGEST_LINK,
        assume_scheme="https",
    )
    body = forms.CharField(
        label=_("The text itself"), required=False, max_length=rules.LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Only with the right to copy it. Markdown: # heading, **bold**, > quote."),
    )  # fmt: skip
    step = forms.CharField(label=_("Which part is read"), required=False, max_length=rules.LONGEST_LINE)
    until_on = DayField(_("Until when"), required=False)

    def said(self) -> TextSaid:
        """What the action takes."""
        return TextSaid(**{key: value for key, value in self.cleaned_data.items() if key != "made_id"})


class ClubForm(forms.Form):
    """When the club meets."""

    made_id = named()
    every = forms.IntegerField(
        label=_("Weeks from one meeting to the next"), min_value=0, max_value=26, initial=2
    )
    weekday = forms.TypedChoiceField(
        label=_("On which day"), choices=list(WEEKDAYS.items()), coerce=int, initial=2
    )
    at = forms.TimeField(
        label=_("Hour"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=120)

    def rhythm(self) -> Rhythm:
        """What the action takes."""
        said = self.cleaned_data
        return Rhythm(every=said["every"], weekday=said["weekday"], at=said["at"], place=said["place"])


class NoteForm(forms.Form):
    """A passage and what one thinks of it."""

    made_id = named()
    quote = forms.CharField(
        label=_("Passage"),
        required=False,
        max_length=rules.LONGEST_QUOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    words = forms.CharField(
        label=_("My thoughts"), max_length=rules.LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )


class RecordForm(forms.Form):
    """How far one is."""

    pages = forms.IntegerField(
        label=pgettext_lazy("of reading", "Pages"), min_value=0, max_value=rules.MOST_PAGES, initial=0
    )
    minutes = forms.IntegerField(
        label=pgettext_lazy("of reading", "Minutes"), min_value=0, max_value=rules.MOST_MINUTES, initial=0
    )
    sentence = forms.CharField(
        label=_("What stays with me, in a sentence"), required=False, max_length=rules.LONGEST_LINE
    )
    finished = forms.BooleanField(label=_("I have finished it"), required=False)
