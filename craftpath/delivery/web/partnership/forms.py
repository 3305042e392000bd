"""The form of a cooperation agreement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.partnership.queries import PARTS
from craftpath.domain.partnership.wording import HEADINGS, MODEL
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, input_formats=["%Y-%m-%d"], widget=widget)


class CooperationForm(forms.Form):
    """Both sides, the time, and five parts in Chinese and English; a model stands there to begin with."""

    enterprise = forms.ChoiceField(label=_("Enterprise"))
    college = forms.ChoiceField(label=_("College"))
    starts_on = _day(pgettext_lazy("of an agreement", "First day"))
    ends_on = _day(_("Last day"))

    def __init__(
        self,
        data: Any,
        *,
        enterprises: Sequence[Organisation],
        colleges: Sequence[Organisation],
        known: Any,
        on: date,
    ):
        words = known.words if known else {part: MODEL[part].as_json() for part in PARTS}
        first = known.starts_on if known else on
        last = known.ends_on if known else date(on.year + 3, 12, 31)
        super().__init__(data, initial={"starts_on": first, "ends_on": last})
        self.sides = {row.key: row for row in (*enterprises, *colleges)}
        for name, rows in (("enterprise", enterprises), ("college", colleges)):
            self.fields[name].choices = [(row.key, text(row.name)) for row in rows]  # type: ignore[attr-defined]
        if known is not None:
            del self.fields["enterprise"], self.fields["college"]
        for part in PARTS:
            said = Text.of(words.get(part))
            for language, label, value in (
                ("zh", _("In Chinese"), said.zh),
                ("en", _("In English"), said.en),
            ):
                self.fields[f"{part}-{language}"] = forms.CharField(
                    label=label, required=False, max_length=2000, initial=value,
                    widget=forms.Textarea(attrs={"rows": 3}),
                )  # fmt: skip

    @property
    def parts(self) -> list[tuple[str, Any, Any]]:
        """Each part: its heading and both fields."""
        return [(text(HEADINGS[part]), self[f"{part}-zh"], self[f"{part}-en"]) for part in PARTS]

    def clean(self) -> dict[str, Any]:
        """The end comes after the start."""
        given = super().clean() or {}
        starts, ends = given.get("starts_on"), given.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", gettext("The last day lies before the first one."))
        return given

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        given = self.cleaned_data
        words = {
            part: Text(given[f"{part}-zh"].strip(), given[f"{part}-en"].strip()).as_json() for part in PARTS
        }
        return {"starts_on": given["starts_on"], "ends_on": given["ends_on"], "words": words}
