"""Language, theme and time zone of one person, as a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.accounts.zones import zone_called
from craftpath.kernel.people import Person, Theme

THEMES = [
    (Theme.AUTO.value, _("As the device")),
    (Theme.LIGHT.value, _("Light")),
    (Theme.DARK.value, _("Dark")),
]


class Preferences(forms.Form):
    """What a person chooses for every page; an empty choice leaves it to the browser or the site."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    theme = forms.ChoiceField(label=_("Light or dark"), choices=THEMES, widget=forms.RadioSelect)
    time_zone = forms.CharField(
        label=_("Time zone"),
        required=False,
        max_length=60,
        help_text=_("Type a city or a zone; empty means the time of this site."),
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )

    def __init__(self, data: Any, *, person: Person) -> None:
        now = {"language": person.language, "theme": person.theme, "time_zone": person.time_zone}
        super().__init__(data, initial=now)
        self.person = person
        self.fields["language"].choices = [("", _("As the browser asks")), *settings.LANGUAGES]  # type: ignore[attr-defined]

    def clean_time_zone(self) -> str:
        """A zone of the database, also if the city was typed."""
        words = self.cleaned_data["time_zone"]
        if not words.strip():
            return ""
        zone = zone_called(words)
        if zone is None:
            raise forms.ValidationError(
                gettext("There is no time zone called %(zone)s. Choose one of the list."),
                params={"zone": words},
                code="zone_unknown",
            )
        return zone

    def save(self) -> Person:
        """Keep the choices with the person."""
        for name in ("language", "theme", "time_zone"):
            setattr(self.person, name, self.cleaned_data[name])
        self.person.save(update_fields=["language", "theme", "time_zone"])
        return self.person
