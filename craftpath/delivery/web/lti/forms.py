"""What is asked about a tool, a link and a platform."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.delivery.exchange.outward import target_of
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.domain.lti.actions import PlatformSaid, ToolSaid
from craftpath.domain.lti.rules import LONGEST_ADDRESS, LONGEST_ID, LONGEST_NAME
from craftpath.domain.lti.texts import SERVICES, TELLS
from craftpath.values.verdict import Refused


def _address(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST_ADDRESS, required=required,
        widget=forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url", "spellcheck": "false"}),
    )  # fmt: skip


def _lines(text: str) -> list[str]:
    return [one.strip() for one in text.splitlines() if one.strip()]


class _Keyed(forms.Form):
    """Names without what no database keeps, and keys by address or as they are."""

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        return {
            name: value.replace("\0", "") if isinstance(value, str) else value for name, value in told.items()
        }

    def _fetched(self, name: str) -> str:
        """An address that this site fetches: where it leads is looked at now, and again each time."""
        address = str(self.cleaned_data[name]).strip()
        if address:
            try:
                target_of(address)
            except Refused as refused:
                raise forms.ValidationError(sentence(refused.verdict)) from None
        return address

    def clean_keys_address(self) -> str:
        """Looked at."""
        return self._fetched("keys_address")

    def clean_keys(self) -> dict[str, Any]:
        """A key set as JSON; whether its keys can be used the action says."""
        text = str(self.cleaned_data["keys"]).strip()
        try:
            found = json.loads(text) if text else {}
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise forms.ValidationError(_("This is no JSON Web Key Set."))
        return {"keys": [found]} if "kty" in found else found


def _keys_field() -> forms.CharField:
    return forms.CharField(
        label=_("Or the keys themselves"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=_("A JSON Web Key Set, only where there is no address."),
    )  # fmt: skip


class ToolForm(_Keyed):
    """A tool, as its maker's registration page tells it."""

    name = forms.CharField(label=pgettext_lazy("a field", "Name"), max_length=LONGEST_NAME)
    login_address = _address(_("Login address"), _("The tool calls it OIDC login or initiate login URL."))
    launch_address = _address(
        _("Launch address"), _("Target link URI: what opens if a link names nothing else.")
    )
    redirects = forms.CharField(
        label=_("Redirect addresses"), required=False, max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=_("One on each line, letter by letter; without any, the launch address and the one for choosing."),
    )  # fmt: skip
    choose_address = _address(
        _("Address for choosing"),
        _("Deep linking, if the tool has it: authors choose inside the tool."),
        required=False,
    )
    keys_address = _address(_("Address of its public keys"), _("JWKS URL."), required=False)
    keys = _keys_field()
    services = forms.MultipleChoiceField(
        label=_("It may"), choices=list(SERVICES.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    tells = forms.ChoiceField(
        label=_("It hears of a person"),
        choices=list(TELLS.items()),
        initial="number",
        widget=forms.RadioSelect,
    )

    def said(self) -> ToolSaid:
        """What the action takes."""
        told = self.cleaned_data
        return ToolSaid(**{**told, "redirects": _lines(told["redirects"])})


class LinkForm(forms.Form):
    """A link for courses."""

    made_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    title = forms.CharField(label=_("Title"), max_length=LONGEST_NAME)
    address = _address(_("What it opens"), _("Without it, the launch address of the tool."), required=False)
    custom = forms.CharField(
        label=_("Custom words"), required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=_("name=value, one on each line, if the tool asks for them."),
    )  # fmt: skip
    maximum = forms.DecimalField(
        label=_("Highest score"), required=False, max_digits=9, decimal_places=3,
        help_text=_("With it the tool says how somebody did, and that is the progress in the course; without it "
                    "learners say themselves when they are done."),
    )  # fmt: skip

    def asked(self) -> dict[str, Any]:
        """What the action takes."""
        told = self.cleaned_data
        pairs = [line.partition("=") for line in _lines(told["custom"].replace("\0", ""))]
        custom = {name.strip(): value.strip() for name, _mark, value in pairs}
        return {**told, "title": told["title"].replace("\0", ""), "custom": custom}


class PlatformForm(_Keyed):
    """A platform, as its administration pages tell it."""

    name = forms.CharField(label=pgettext_lazy("a field", "Name"), max_length=LONGEST_NAME)
    issuer = forms.CharField(
        label=_("Issuer"), max_length=LONGEST_ID, help_text=_("Platform ID; Moodle's own address.")
    )
    client_id = forms.CharField(label=_("Client ID"), max_length=LONGEST_NAME)
    deployments = forms.CharField(
        label=_("Deployment IDs"), max_length=5000, help_text=_("One on each line."),
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )  # fmt: skip
    login_address = _address(_("Authentication request address"))
    token_address = _address(_("Access token address"), _("For grades and names."), required=False)
    keys_address = _address(_("Address of its public keys"), _("JWKS URL."), required=False)
    keys = _keys_field()
    by_mail = forms.BooleanField(
        label=_("Believe the mail addresses of this platform"), required=False,
        help_text=_("Whoever comes with the mail address of a member is that member, without being asked. Only where "
                    "nobody can set a mail address on the platform by themselves."),
    )  # fmt: skip

    def clean_token_address(self) -> str:
        """Looked at."""
        return self._fetched("token_address")

    def said(self) -> PlatformSaid:
        """What the action takes."""
        told = self.cleaned_data
        return PlatformSaid(**{**told, "deployments": _lines(told["deployments"])})
