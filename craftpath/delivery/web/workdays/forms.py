"""Loading the official days of a country, and adding days of one's own."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from holidays.registry import COUNTRIES

from craftpath.kernel.official_days import countries
from craftpath.kernel.workdays import YEARS

NEAR = {
    "CN": _("China"),
    "DE": _("Germany"),
    "GB": _("United Kingdom"),
    "US": _("United States"),
    "AU": _("Australia"),
}
_NAMES = {row[1]: re.sub(r"(?<=[a-z])(?=[A-Z])", " ", row[0]) for row in COUNTRIES.values()}


def country_choices() -> list[tuple[str, Any]]:
    """Those that come with programmes first, the others by their English name."""
    rest = sorted((code for code in countries() if code not in NEAR), key=lambda code: _NAMES.get(code, code))
    return [*NEAR.items(), *((code, _NAMES.get(code, code)) for code in rest)]


def _day_field(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class LoadForm(forms.Form):
    """Which country's days."""

    country = forms.ChoiceField(label=_("Country"), choices=country_choices)
    year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[-1], widget=forms.HiddenInput)


class DaysForm(forms.Form):
    """Days of one's own: free or worked, from one day to another, with a name."""

    first = _day_field(_("Day, or the first of several"))
    last = _day_field(_("Last day, if there are several"), required=False)
    works = forms.ChoiceField(
        label=_("These days are"),
        choices=[("free", _("free")), ("works", _("worked, though on a weekend"))],
        widget=forms.RadioSelect,
        initial="free",
    )
    name = forms.CharField(label=_("Occasion"), max_length=60)

    def clean_name(self) -> str:
        """Without what no database keeps."""
        return str(self.cleaned_data["name"]).replace("\0", "").strip()
