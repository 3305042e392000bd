"""Forms of early help: what was done, words of a correction, its answer."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.delivery.web.shell.days import DayField
from craftpath.domain.support.rules import LONGEST, USUAL_AHEAD
from craftpath.domain.support.texts import KINDS


class HelpForm(forms.Form):
    """What somebody did, in a few words, and when to look again."""

    made_id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What you did"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In a few words"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The apprentice can read it. Leave health out. With “Nothing needed”, say why."),
    )
    look_on = DayField(_("Look again on"))

    def __init__(self, data: Any = None, *, today: date, **more: Any) -> None:
        initial = {"made_id": uuid.uuid4(), "look_on": today + USUAL_AHEAD, "kind": "talk"}
        super().__init__(data, initial=initial | more.pop("initial", {}), **more)
        self.fields["kind"].choices = list(KINDS.items())  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """Why it is not so."""

    words = forms.CharField(
        label=_("What is not right about it?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(forms.Form):
    """The answer to a correction, which the apprentice reads."""

    answer = forms.CharField(
        label=pgettext_lazy("to a correction", "Your answer"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The apprentice reads it."),
    )


class SwitchForm(forms.Form):
    """Why a model is used, or no longer."""

    words = forms.CharField(
        label=_("Why"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
