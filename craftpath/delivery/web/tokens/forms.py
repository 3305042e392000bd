"""What is asked before a token is made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.delivery.exchange.client_words import SCOPE_WORDS
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.kernel.client_scopes import PROTOCOLS, READ, SCOPES, WRITE
from craftpath.kernel.clients import LONGEST_NAME
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Role

LIVES = {"30": _("30 days"), "90": _("90 days"), "180": _("180 days"), "365": _("a year")}
_WIDE = (READ, WRITE)
_AREAS = tuple(scope for scope in SCOPES if scope not in _WIDE and scope not in PROTOCOLS)


def _choices(scopes: Iterable[str]) -> list[tuple[str, Any]]:
    return [(scope, SCOPE_WORDS[scope]) for scope in scopes]


class TokenForm(forms.Form):
    """A name, what it is for, and how long it serves."""

    name = forms.CharField(
        label=pgettext_lazy("of a token", "Name"),
        max_length=LONGEST_NAME,
        help_text=_("Which program uses it, so that you know later what stops when you revoke it."),
    )
    wide = forms.MultipleChoiceField(
        label=pgettext_lazy("of a token", "Everything"),
        choices=_choices(_WIDE),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    areas = forms.MultipleChoiceField(
        label=_("Or single areas"),
        choices=_choices(_AREAS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    protocols = forms.MultipleChoiceField(
        label=_("Other doors"),
        choices=_choices(PROTOCOLS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    life = forms.ChoiceField(label=_("It ends after"), choices=list(LIVES.items()), initial="90")

    def clean_name(self) -> str:
        """Without what no database keeps."""
        return str(self.cleaned_data["name"]).replace("\0", "")

    def asked(self, at: datetime) -> dict[str, Any]:
        """What the action takes."""
        told = self.cleaned_data
        return {
            "name": told["name"],
            "scopes": [*told["wide"], *told["areas"], *told["protocols"]],
            "expires_at": at + timedelta(days=int(told["life"])),
        }


class OwnTokenForm(TokenForm):
    """Where it serves, besides."""

    place = forms.ChoiceField(label=_("Organisation"))
    field_order = ("name", "place")

    def __init__(self, places: list[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = {place.key: place for place in places}
        self.fields["place"].choices = [(place.key, str(place.title.both())) for place in places]  # type: ignore[attr-defined]

    def clean_place(self) -> Organisation:
        """The organisation of that key."""
        return self._places[self.cleaned_data["place"]]


class ServiceTokenForm(TokenForm):
    """As which office of the organisation it acts, besides."""

    roles = forms.MultipleChoiceField(
        label=_("It acts as"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It sees what this office sees at your organisation and below."),
    )
    field_order = ("name", "roles")

    def __init__(self, roles: list[Role], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [(role.value, ROLE_NAMES[role]) for role in roles]  # type: ignore[attr-defined]

    def asked(self, at: datetime) -> dict[str, Any]:
        """With its roles."""
        return super().asked(at) | {"roles": self.cleaned_data["roles"]}
