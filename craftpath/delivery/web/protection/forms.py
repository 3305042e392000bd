"""Forms: what somebody asks, and what the office says."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.protection.rules import LONGEST_WORDS
from craftpath.domain.protection.texts import KINDS

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation


class AskForm(forms.Form):
    """What is asked, of whom, and what it is about."""

    kind = forms.ChoiceField(
        label=_("What do you ask for?"), choices=list(KINDS.items()), widget=forms.RadioSelect
    )
    place = forms.ChoiceField(label=_("Who is to answer?"))
    words = forms.CharField(
        label=_("What is it about?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("To correct, explain or object, say which figure, which sentence or which use."),
    )
    made_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, places: Sequence[Organisation], *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.places = {one.key: one for one in places}
        choices = [(one.key, text(one.name)) for one in places]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["place"].widget = forms.HiddenInput()
        self.initial.setdefault("place", choices[0][0] if choices else "")
        self.initial.setdefault("made_id", uuid.uuid4())

    @property
    def organisation(self) -> Organisation:
        """Who is asked."""
        return self.places[self.cleaned_data["place"]]


class AnswerForm(forms.Form):
    """What the office says to whoever asked."""

    words = forms.CharField(
        label=pgettext_lazy("to a request about data", "Answer"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say in a sentence what it is about.")},
    )
