"""Forms: what somebody asks and the office says; assessments and breaches."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.delivery.web.shell.days import DayField
from craftpath.delivery.web.shell.fields import moment_field
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.protection.actions import Found, Thought
from craftpath.domain.protection.rules import LONGEST_TEXT, LONGEST_TITLE, LONGEST_WORDS
from craftpath.domain.protection.texts import KINDS, OCCASIONS, OUTCOMES

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation


class AskForm(forms.Form):
    """What is asked, of whom, and what it is about."""

    kind = forms.ChoiceField(
        label=_("What do you ask for?"), choices=list(KINDS.items()), widget=forms.RadioSelect
    )
    place = forms.ChoiceField(label=_("Who is to answer?"))
    words = forms.CharField(
        label=pgettext_lazy("a request about data", "What is it about?"),
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


def _long(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AssessmentForm(forms.Form):
    """What an assessment says."""

    title = forms.CharField(label=_("What is assessed"), max_length=LONGEST_TITLE)
    occasion = forms.ChoiceField(label=_("Why one is due"), choices=list(OCCASIONS.items()))
    use = _long(_("What is done"), _("Which data, of whom, for what, by what means."))
    need = _long(
        pgettext_lazy("an assessment", "Why it is needed"), _("Why it is lawful, and why less would not do.")
    )
    risks = _long(_("What it can do to people"))
    measures = _long(_("What keeps that small"))
    made_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.initial.setdefault("made_id", uuid.uuid4())

    @property
    def said(self) -> Thought:
        """As the action takes it."""
        return Thought(**{name: text for name, text in self.cleaned_data.items() if name != "made_id"})


class DecisionForm(forms.Form):
    """How an assessment ends."""

    outcome = forms.ChoiceField(
        label=pgettext_lazy("an assessment", "Decision"),
        choices=list(OUTCOMES.items()),
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Conditions, or why not"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    review_on = DayField(_("Look at it again on"))


class BreachForm(forms.Form):
    """What is known at first."""

    found_at = moment_field(
        pgettext_lazy("a breach", "Found on"), _("From this moment on the time to tell the authority runs.")
    )
    what = _long(_("What happened"), _("As far as it is known now. Name nobody."))
    kinds = forms.CharField(label=_("Which data"), max_length=LONGEST_TITLE)
    people = forms.IntegerField(
        label=_("Of how many people"),
        required=False,
        min_value=0,
        max_value=2_000_000_000,
        help_text=_("Leave it empty while it is not known."),
    )
    made_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.initial.setdefault("made_id", uuid.uuid4())


class FoundForm(forms.Form):
    """What becomes known, and who was told."""

    people = forms.IntegerField(
        label=_("Of how many people"), required=False, min_value=0, max_value=2_000_000_000
    )
    cause = _long(_("Cause"), required=False)
    harm = _long(_("What can come of it for the people"))
    measures = _long(
        pgettext_lazy("about a breach", "What was done"),
        _("And what the people can do themselves."),
        required=False,
    )
    authority_at = moment_field(_("The authority was told"), required=False)
    authority_words = _long(_("Whom, under which number; or why not"), required=False)
    people_at = moment_field(_("The people were told"), required=False)
    people_words = _long(
        _("How; or why not"),
        _("They need not be told where what was done keeps all harm from them."),
        required=False,
    )

    @property
    def found(self) -> Found:
        """As the action takes it."""
        return Found(**self.cleaned_data)
