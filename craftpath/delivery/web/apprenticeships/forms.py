"""The form of a new cohort."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.curricula.queries import programmes_to_choose
from craftpath.values.text import Text

LONGEST = 80
ONE_OF_TWO = _("One of the two is enough; the other language then shows the same.")


def _day(label: Any, *, required: bool, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class PlanForm(forms.Form):
    """A cohort: what it is called, what it leads to, which programme it follows, and when."""

    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=LONGEST, required=False)
    name_en = forms.CharField(
        label=_("Name in English"),
        max_length=LONGEST,
        required=False,
        help_text=ONE_OF_TWO,
    )
    occupation_zh = forms.CharField(label=_("Occupation in Chinese"), max_length=LONGEST, required=False)
    occupation_en = forms.CharField(
        label=_("Occupation in English"), max_length=LONGEST, required=False, help_text=ONE_OF_TWO
    )
    programme = forms.ChoiceField(label=_("Programme"))
    starts_on = _day(_("First day"), required=True)
    ends_on = _day(_("Planned last day"), required=False, hint=_("May be left open."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {programme.public_id: programme for programme in programmes_to_choose()}
        self.fields["programme"].choices = [  # type: ignore[attr-defined]
            (key, gettext("%(name)s, version %(version)s") % {"name": text(one.name), "version": one.version})
            for key, one in self.programmes.items()
        ]

    def clean(self) -> dict[str, Any]:
        """A cohort and its occupation have a name, and the end comes after the start."""
        given = super().clean() or {}
        for name in ("name", "occupation"):
            if (
                not given.get(f"{name}_zh")
                and not given.get(f"{name}_en")
                and not self.has_error(f"{name}_zh")
            ):
                self.add_error(f"{name}_zh", gettext("Write it in at least one language."))
        starts, ends = given.get("starts_on"), given.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", gettext("The last day lies before the first one."))
        return given

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        return {
            "programme": self.programmes[given["programme"]],
            "name": Text(zh=given["name_zh"], en=given["name_en"]).as_json(),
            "occupation": Text(zh=given["occupation_zh"], en=given["occupation_en"]).as_json(),
            "starts_on": given["starts_on"],
            "ends_on": given["ends_on"],
        }
