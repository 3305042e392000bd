"""What narrows the history."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

# Nothing is recorded outside these years, and days near the ends of the calendar cannot be moved between zones.
_YEARS = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 12, 31))]


class Filter(forms.Form):
    """By person, fact and days; all are optional, and a faulty one is named and left aside."""

    person = forms.ChoiceField(label=_("Person"), required=False)
    fact = forms.ChoiceField(label=_("What"), required=False)
    since = forms.DateField(
        label=_("From this day"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        validators=_YEARS,
    )
    until = forms.DateField(
        label=_("Up to this day"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        validators=_YEARS,
    )

    def __init__(self, *args: Any, facts: list[tuple[str, str]]) -> None:
        super().__init__(*args)
        self.fields["fact"].choices = [("", _("Everything")), *facts]  # type: ignore[attr-defined]

    def name_people(self, people: list[tuple[str, str]]) -> None:
        """Who may be chosen, once it is known for which days."""
        self.fields["person"].choices = [("", _("Everybody")), *people]  # type: ignore[attr-defined]

    def day(self, name: str) -> date | None:
        """A day as it was asked for, whatever the other fields say; None for a faulty one."""
        field = self.fields[name]
        try:
            found: date | None = field.clean(field.widget.value_from_datadict(self.data, self.files, name))
        except forms.ValidationError:
            return None
        return found
