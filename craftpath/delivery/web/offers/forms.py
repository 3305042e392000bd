"""Forms of the service desk: a request, what is said about it, how it goes on, what the city promises."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.delivery.web.shell.days import DayField
from craftpath.domain.offers.kinds import LONGEST_REASON, LONGEST_TITLE, LONGEST_WORDS
from craftpath.domain.offers.rules import MOST_PEOPLE
from craftpath.domain.offers.texts import KIND_HINTS, KINDS, LANGUAGES
from craftpath.kernel.exhibits import LARGEST
from craftpath.values.verdict import Refused, not_now

Choices = Sequence[tuple[str, Any]]


def lines(label: Any, *, rows: int = 3, most: int = LONGEST_WORDS, **more: Any) -> forms.CharField:
    """A few lines."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


def made_id() -> forms.UUIDField:
    """One press of a button."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class RequestForm(forms.Form):
    """One form for all kinds: what, for how many, when, where, and what one can give."""

    made_id = made_id()
    place = forms.ChoiceField(label=_("For which organisation"))
    kind = forms.ChoiceField(label=_("What it is about"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("In one line"), max_length=LONGEST_TITLE)
    words = lines(
        _("What exactly"), rows=5, help_text=_("Which skills, for whom, what has been tried already.")
    )
    occupation = forms.CharField(
        label=_("Occupation"), max_length=80, required=False, widget=forms.TextInput(attrs={"list": "trades"})
    )
    people = forms.IntegerField(
        label=_("For how many people"), min_value=1, max_value=MOST_PEOPLE, required=False
    )
    starts_on = DayField(_("From"), required=False)
    ends_on = DayField(_("Last day"), required=False)
    where = forms.CharField(label=pgettext_lazy("of a request", "Where"), max_length=120, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=list(LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    skills = forms.MultipleChoiceField(
        label=_("Core skills that it is about"), widget=forms.CheckboxSelectMultiple, required=False
    )
    gives = lines(
        _("What you can give"), rows=2, required=False,
        help_text=_("Money, rooms, machines, times, people; it helps whoever answers."),
    )  # fmt: skip
    contact_name = forms.CharField(label=_("Whom to ask"), max_length=80, required=False)
    contact_way = forms.CharField(label=_("Telephone or mail"), max_length=120, required=False)

    def __init__(
        self, data: Any, *, places: Choices, kinds: Sequence[str], skills: Choices, **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.fields["place"].choices = places  # type: ignore[attr-defined]
        self.fields["kind"].choices = [(key, _told(key)) for key in kinds]  # type: ignore[attr-defined]
        self.fields["skills"].choices = skills  # type: ignore[attr-defined]
        if len(places) == 1:
            self.fields["place"].widget = forms.HiddenInput()
            self.fields["place"].initial = places[0][0]


def _told(key: str) -> str:
    return _("%(kind)s – %(hint)s") % {"kind": KINDS[key], "hint": KIND_HINTS[key]}


class SayForm(forms.Form):
    """A message, with a file where there is one; whoever asked says to whom."""

    made_id = made_id()
    to = forms.ChoiceField(label=pgettext_lazy("of a message", "To"), required=False)
    words = lines(_("Message"), rows=3)
    file = forms.FileField(label=_("A file"), required=False)

    def __init__(self, data: Any, files: Any = None, *, to: Choices = (), **more: Any) -> None:
        super().__init__(data, files, auto_id="say_%s", **more)
        self.fields["to"].choices = to  # type: ignore[attr-defined]
        if len(to) < 2:
            self.fields["to"].widget = forms.HiddenInput()

    def content(self) -> tuple[bytes, str]:
        """(bytes, name) of the file; empty without one."""
        file = self.cleaned_data["file"]
        if not file:
            return b"", ""
        if file.size > LARGEST:
            raise Refused(not_now("kernel.file_too_large", megabytes=LARGEST // 2**20))
        return file.read(), file.name


class ReasonForm(forms.Form):
    """Why."""

    because = lines(_("Reason"), rows=2, most=LONGEST_REASON)

    def __init__(self, data: Any = None, *, key: str, **more: Any) -> None:
        super().__init__(data, auto_id=f"{key}_%s", **more)


class AgreeForm(forms.Form):
    """With whom of those who answered."""

    partner = forms.ChoiceField(label=_("With whom"))

    def __init__(self, data: Any = None, *, partners: Choices, **more: Any) -> None:
        super().__init__(data, auto_id="agree_%s", **more)
        self.fields["partner"].choices = partners  # type: ignore[attr-defined]


class FinishForm(forms.Form):
    """What came of it."""

    words = lines(pgettext_lazy("of a request", "What came of it"), rows=3)
    trained = forms.IntegerField(
        label=_("People trained or placed"), min_value=0, max_value=MOST_PEOPLE, required=False
    )
    address = forms.CharField(
        label=_("Page of the agreement, course, session or class"), max_length=500, required=False,
        help_text=_("Paste the address of the page; both sides then reach it from here, if they may see it."),
    )  # fmt: skip

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="finish_%s", **more)


class StarsForm(forms.Form):
    """Whether it was good."""

    stars = forms.TypedChoiceField(
        label=_("How satisfied are you?"), coerce=int, widget=forms.RadioSelect,
        choices=[(5, _("5 – very")), (4, "4"), (3, "3"), (2, "2"), (1, _("1 – not at all"))],
    )  # fmt: skip
    words = lines(_("In your words"), rows=2, required=False)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="stars_%s", **more)


class PromiseForm(forms.Form):
    """What the city promises."""

    promise_days = forms.IntegerField(
        label=_("Answered within workdays"), min_value=1, max_value=60,
        help_text=_("It holds for what comes in from now on, and stands on the public page."),
    )  # fmt: skip
    ask_after_days = forms.IntegerField(
        label=_("Asked whether it was good, days after the end"), min_value=0, max_value=365
    )
