"""Forms: a new link."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.days import DayField
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.passport import rules, wording
from craftpath.domain.passport.record import PRESETS, SECTIONS
from craftpath.domain.passport.texts import PRESETS as PRESET_NAMES


class ShareForm(forms.Form):
    """For whom, what, until when. A preset stands for its sections; with one's own choice they are ticked."""

    made_id = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=pgettext_lazy("of a link", "For whom"),
        max_length=rules.LONGEST_NAME,
        help_text=_("Only you read this, such as “Jinheng, interview in May”."),
    )
    view = forms.ChoiceField(
        label=_("What it shows"), choices=list(PRESET_NAMES.items()), widget=forms.RadioSelect
    )
    sections = forms.MultipleChoiceField(
        label=_("Your own choice"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Counts if “My own choice” is chosen above."),
    )
    until = DayField(_("Last day"), help_text=_("A year from now at the latest."))

    def __init__(self, data: Any = None, *, today: date) -> None:
        first = {
            "made_id": uuid.uuid4(),
            "view": "employer",
            "sections": PRESETS["employer"],
            "until": today + rules.USUAL,
        }
        super().__init__(data, initial=first)
        self.fields["sections"].choices = [(key, text(wording.SECTIONS[key])) for key in SECTIONS]  # type: ignore[attr-defined]
        self.fields["until"].widget.attrs |= {"min": today, "max": today + rules.LONGEST}

    def clean(self) -> dict[str, Any]:
        """With one's own choice, something is ticked."""
        given = super().clean() or {}
        if given.get("view") == "own" and not given.get("sections"):
            self.add_error("sections", gettext("Choose at least one thing to show."))
        return given

    @property
    def chosen(self) -> tuple[str, ...]:
        """The sections that the link shows."""
        view = self.cleaned_data["view"]
        return PRESETS[view] if view in PRESETS else tuple(self.cleaned_data["sections"])


class BringForm(forms.Form):
    """The file that another site gave."""

    file = forms.FileField(
        label=_("The file (.json)"),
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".json,.jsonld,application/json,application/ld+json"}),
    )

    def clean_file(self) -> Any:
        """One that is larger than a record may be is refused before it is read."""
        found = self.cleaned_data["file"]
        if found.size > rules.LARGEST:
            said = gettext("The file is larger than %(megabytes)s MB. A record is smaller.")
            raise forms.ValidationError(said % {"megabytes": rules.LARGEST // 2**20})
        return found


class SettleForm(forms.Form):
    """How an office knows whose it is."""

    because = forms.CharField(
        label=_("How you know"),
        max_length=rules.LONGEST_BECAUSE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as: change of name, seen on the identity card."),
    )
