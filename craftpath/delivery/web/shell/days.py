"""Days as forms take them: within this century, and the last day as people say it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
DAY = timedelta(days=1)


class DayField(forms.DateField):
    """A day that calendars reach."""

    def __init__(self, label: Any, *, required: bool = True, help_text: Any = "") -> None:
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            input_formats=["%Y-%m-%d"],
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )

    def clean(self, value: Any) -> date | None:
        """The day, within this century."""
        found = super().clean(value)
        if found is not None and not EARLIEST <= found <= LATEST:
            raise forms.ValidationError(gettext("Choose a day of this century."))
        return found


class LastDayField(DayField):
    """The last day, as people say it; cleaned to the first day after it, as it is kept."""

    def clean(self, value: Any) -> date | None:
        """The first day without."""
        found = super().clean(value)
        return found + DAY if found is not None else None
