"""Forms of hand-overs: to whom and for what, a county, the files of a roll-up."""

from __future__ import annotations

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.fields import KeptFileField
from craftpath.domain.insight.queries import LONGEST_PURPOSE, LONGEST_RECEIVER, LONGEST_SOURCE


class AskForm(forms.Form):
    """A hand-over; the form names it, so that one press makes one."""

    made_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    receiver = forms.CharField(label=_("Who receives it"), max_length=LONGEST_RECEIVER)
    purpose = forms.CharField(
        label=_("What it is for"), max_length=LONGEST_PURPOSE, widget=forms.Textarea(attrs={"rows": 2})
    )


class CountyForm(forms.Form):
    """Where the organisation lies."""

    code = forms.CharField(label=_("Code of the county (GB/T 2260)"), max_length=6)
    zh = forms.CharField(label=_("Its name in Chinese"), max_length=60, required=False)
    en = forms.CharField(label=_("Its name in English"), max_length=60, required=False)

    def name(self) -> dict[str, str]:
        """The name in the languages that were given."""
        return {key: self.cleaned_data[key].strip() for key in ("zh", "en") if self.cleaned_data[key].strip()}


class RollupForm(forms.Form):
    """The files that `craftpath rollup` wrote."""

    source = forms.CharField(label=_("Whose lake it is"), max_length=LONGEST_SOURCE)
    figures = KeptFileField(label="indicators.csv")
    report = KeptFileField(label="report.json", required=False)
