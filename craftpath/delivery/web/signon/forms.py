"""Entering a way to sign in, what its groups mean, and groups to try."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.exchange.outward import target_of
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.templatetags.say import day
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.delivery.web.signon.speaking import for_browsers
from craftpath.kernel.roles import Role
from craftpath.kernel.sign_on.keeping import Settings
from craftpath.kernel.sign_ons import LONGEST_ADDRESS, LONGEST_NAME, Kind, Match, SignOnProvider, Unknown
from craftpath.values.verdict import Refused

KINDS = {
    Kind.OIDC: _("OpenID Connect"),
    Kind.SAML: _("SAML 2.0"),
    Kind.WECOM: _("WeCom"),
    Kind.DINGTALK: _("DingTalk"),
}
MATCHES = {
    Match.LINK: _("by nothing: everybody links the account once, signed in with the password"),
    Match.EMAIL: _("by an e-mail that the other side verified"),
    Match.NUMBER: _("by a number: the sign-in name here, or that of the directory"),
}
UNKNOWNS = {
    Unknown.REFUSE: _("refused"),
    Unknown.INVITE: _("invited to the role that their group means, where the e-mail was verified"),
}


def certificate_ends(pem: str) -> datetime | None:
    """Until when a kept certificate counts; None where there is none."""
    return x509.load_pem_x509_certificate(pem.encode()).not_valid_after_utc if pem else None


def _choices(words: dict[Any, Any]) -> list[tuple[str, Any]]:
    return [(key.value, name) for key, name in words.items()]


class ProviderForm(forms.Form):
    """What the other side and this site know of each other."""

    kind = forms.ChoiceField(label=_("Kind"), choices=_choices(KINDS))
    name = forms.CharField(label=_("What the button says"), max_length=80)
    issuer = forms.CharField(
        label=_("Address of the issuer"),
        required=False,
        max_length=LONGEST_ADDRESS,
        help_text=_(
            "For OpenID Connect, without “/.well-known/…”; for SAML the entity id of the other side."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url", "spellcheck": "false"}),
    )
    address = forms.CharField(
        label=_("Address to sign in at"),
        required=False,
        max_length=LONGEST_ADDRESS,
        help_text=_("For SAML only (HTTP-Redirect)."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url", "spellcheck": "false"}),
    )
    certificate = forms.CharField(
        label=_("Certificate"),
        required=False,
        max_length=20_000,
        help_text=_("For SAML only: what its assertions are signed with, as PEM."),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    client_id = forms.CharField(
        label=_("Client id"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("For WeCom the id of the enterprise (corpid), for DingTalk the AppKey."),
    )
    agent_id = forms.CharField(
        label=_("Agent id"), required=False, max_length=LONGEST_NAME, help_text=_("For WeCom only.")
    )
    secret = forms.CharField(
        label=_("Secret"),
        required=False,
        max_length=500,
        help_text=_("It is sealed and not shown again; left empty, the one that is kept stays."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    match = forms.ChoiceField(label=_("Who comes for the first time is found"), choices=_choices(MATCHES))
    number_claim = forms.CharField(
        label=_("Claim with the number"),
        required=False,
        max_length=80,
        help_text=_("For OpenID Connect; WeCom's own user id is the number there."),
    )
    groups_claim = forms.CharField(label=_("Claim with the groups"), required=False, max_length=80)
    unknown = forms.ChoiceField(label=_("Whoever is not known is"), choices=_choices(UNKNOWNS))

    @classmethod
    def of(cls, row: SignOnProvider) -> ProviderForm:
        """With what is kept, but never the secret."""
        names = [name for name in cls.base_fields if name != "secret"]
        return cls(initial={name: getattr(row, name) for name in names})

    def clean_issuer(self) -> str:
        """Where it leads is looked at now, and again each time; the name of a SAML side is no place."""
        address = str(self.cleaned_data["issuer"]).strip()
        if address and self.data.get("kind") == Kind.OIDC:
            try:
                target_of(address.rstrip("/"))
            except Refused as refused:
                raise forms.ValidationError(sentence(refused.verdict)) from None
        return address

    def clean_address(self) -> str:
        """Only the browser goes there, and encrypted."""
        address = str(self.cleaned_data["address"]).strip()
        if address and not for_browsers(address):
            raise forms.ValidationError(_("An address begins with https://."))
        return address

    def clean_certificate(self) -> str:
        """A certificate that can be read, as PEM."""
        text = str(self.cleaned_data["certificate"]).strip()
        if not text:
            return ""
        if "BEGIN" not in text:
            text = f"-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----"
        try:
            found = x509.load_pem_x509_certificate(text.encode())
        except ValueError:
            raise forms.ValidationError(_("This is no certificate that can be read.")) from None
        if found.not_valid_after_utc <= timezone.now():
            raise forms.ValidationError(
                _("This certificate ended on %(day)s, so nothing that it signs would be taken.")
                % {"day": day(found.not_valid_after_utc)}
            )
        return found.public_bytes(Encoding.PEM).decode()

    def clean(self) -> dict[str, Any]:
        """Without what no database keeps."""
        told: dict[str, Any] = super().clean() or {}
        for name, value in told.items():
            if isinstance(value, str):
                told[name] = value.replace("\0", "")
        return told

    def said(self) -> Settings:
        """What the action takes."""
        told = dict(self.cleaned_data)
        if told["kind"] == Kind.WECOM and told["match"] == Match.NUMBER:
            told["number_claim"] = told["number_claim"] or "userid"
        return Settings(**told)


class MeaningsForm(forms.Form):
    """Lines of “group = role”."""

    lines = forms.CharField(
        label=_("Group = role, one a line"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def __init__(self, roles: list[Role], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._roles = {str(ROLE_NAMES[role]).casefold(): role.value for role in roles}
        self._roles |= {role.value: role.value for role in roles}
        named = ", ".join(str(ROLE_NAMES[role]) for role in roles)
        self.fields["lines"].help_text = _("Roles: %(roles)s") % {"roles": named}

    def clean_lines(self) -> dict[str, str]:
        """group → role; a line that is none is said."""
        found: dict[str, str] = {}
        text = str(self.cleaned_data["lines"]).replace("\0", "").replace("＝", "=")
        for line in text.splitlines():
            if not line.strip():
                continue
            group, _equals, role = line.rpartition("=")
            known = self._roles.get(role.strip().casefold())
            if not group.strip() or known is None:
                raise forms.ValidationError(_("“%(line)s” is no group with a role.") % {"line": line[:80]})
            found[group.strip()] = known
        return found


class TryForm(forms.Form):
    """Groups of somebody, pasted."""

    groups = forms.CharField(
        label=_("Groups of somebody, one a line"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def asked(self) -> list[str]:
        """The groups, each once."""
        lines = (line.strip() for line in str(self.cleaned_data["groups"]).splitlines())
        return list(dict.fromkeys(line for line in lines if line))[:500]
