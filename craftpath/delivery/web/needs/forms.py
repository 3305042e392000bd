"""Forms of analyses: which surveys, told apart by what; and the list that goes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craftpath.domain.needs.rules import LONGEST_TITLE, MOST_PRIORITIES
from craftpath.domain.needs.texts import CROSSHAIRS, METHODS

Choices = Sequence[tuple[str, str]]


class AnalysisForm(forms.Form):
    """Surveys that are closed, and the columns that any of them keeps."""

    surveys = forms.MultipleChoiceField(
        label=_("Surveys"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Two waves of one survey are compared; different surveys are laid together and side by side."
        ),
        error_messages={"required": _("Choose at least one survey.")},
    )
    groups = forms.MultipleChoiceField(
        label=_("Tell apart by"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Cells of fewer than five people are hidden, and with them others from which they would follow."
        ),
    )
    crosshair = forms.ChoiceField(
        label=_("The lines of the map stand"),
        choices=list(CROSSHAIRS.items()),
        initial="means",
        widget=forms.RadioSelect,
        help_text=_("Ratings crowd at the upper end, so the means tell more skills apart than the middle."),
    )
    title_zh = forms.CharField(label=_("Title in Chinese"), required=False, max_length=LONGEST_TITLE)
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=LONGEST_TITLE)

    def __init__(self, data: Any, *, surveys: Choices, groups: Choices, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["surveys"].choices = surveys  # type: ignore[attr-defined]
        self.fields["groups"].choices = groups  # type: ignore[attr-defined]


class PublishForm(forms.Form):
    """By which method, and how many skills are on the list."""

    method = forms.ChoiceField(label=_("Priorities by"), choices=list(METHODS.items()), initial="mwds")
    count = forms.IntegerField(
        label=_("How many skills"),
        initial=5,
        min_value=1,
        max_value=MOST_PRIORITIES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("Skills that share the last place are all on the list."),
    )
