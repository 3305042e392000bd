"""Forms of what leaves the house and of what comes back: the county, a hand-over, a roll-up."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.exchange.insight.rollups import MOST_BYTES
from craftpath.domain.insight.models.handing import LONGEST_PURPOSE, LONGEST_RECEIVER
from craftpath.domain.insight.rules import LONGEST_SOURCE
from craftpath.values.text import Text

LONGEST_NAME = 40


class CountyForm(forms.Form):
    """Where the organisation lies."""

    code = forms.CharField(
        label=_("Code of the county (GB/T 2260)"),
        max_length=6,
        help_text=_("Six digits, such as 330106."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=LONGEST_NAME)
    name_en = forms.CharField(label=_("Name in English"), max_length=LONGEST_NAME, required=False)

    @property
    def name(self) -> dict[str, str]:
        """The name in the languages that were filled in."""
        given = self.cleaned_data
        return Text(zh=given["name_zh"], en=given["name_en"]).as_json()


class HandoverForm(forms.Form):
    """Who receives the star, and for what."""

    made_id = forms.UUIDField(widget=forms.HiddenInput)
    receiver = forms.CharField(label=_("Who receives it"), max_length=LONGEST_RECEIVER)
    purpose = forms.CharField(
        label=pgettext_lazy("a hand-over", "What for"),
        max_length=LONGEST_PURPOSE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.initial.setdefault("made_id", uuid.uuid4())


class RollupForm(forms.Form):
    """The two files that `craftpath rollup` writes, and whose lake it is."""

    source = forms.CharField(
        label=_("Whose lake it is"), max_length=LONGEST_SOURCE, help_text=_("As it stands on the page of the nation.")
    )
    figures = forms.FileField(
        label="indicators.csv", max_length=255, widget=forms.FileInput(attrs={"accept": ".csv,text/csv"})
    )
    report = forms.FileField(
        label="report.json",
        max_length=255,
        required=False,
        help_text=_("Says when and by which engine it was computed, and what was wrong."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )

    def clean(self) -> dict[str, Any]:
        """Files are measured before they are read."""
        given = super().clean() or {}
        for name in ("figures", "report"):
            file = given.get(name)
            if file is not None and file and file.size > MOST_BYTES:
                said = gettext("The file is larger than %(megabytes)s MB.") % {"megabytes": MOST_BYTES // 2**20}
                self.add_error(name, said)
        return given
