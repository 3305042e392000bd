"""Entering a way to sign in, what its groups mean, and groups to try."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
KIND_NOTES = {
    Kind.OIDC: _("Entra ID, Keycloak, Authing, Feishu and most others"),
    Kind.SAML: _("Shibboleth, ADFS and older portals"),
    Kind.WECOM: _("one press in the chat of the enterprise"),
    Kind.DINGTALK: _("one press in the chat of the enterprise"),
}
MATCHES = {
    Match.LINK: _("by nothing: everybody links the account once, signed in with the password"),
    Match.EMAIL: _("by an e-mail that the other side verified"),
    Match.NUMBER: _("by a number: the sign-in name here, or that of the directory"),
}
UNKNOWNS = {
    Unknown.REFUSE: pgettext_lazy("whoever is not known", "refused"),
    Unknown.INVITE: _("invited to the role that their group means, where the e-mail was verified"),
}


def certificate_ends(pem: str) -> datetime | None:
    """Until when a kept certificate counts; None where there is none."""
    return x509.load_pem_x509_certificate(pem.encode()).not_valid_after_utc if pem else None


def _choices(words: dict[Any, Any]) -> list[tuple[str, Any]]:
    return [(key.value, name) for key, name in words.items()]


_PLAIN = {"autocomplete": "off", "spellcheck": "false"}
FIELDS = {
    Kind.OIDC: ("name", "issuer", "client_id", "secret", "match", "number_claim", "groups_claim", "unknown"),
    Kind.SAML: (
        "name",
        "issuer",
        "address",
        "certificate",
        "match",
        "number_claim",
        "groups_claim",
        "unknown",
    ),
    Kind.WECOM: ("name", "client_id", "agent_id", "secret", "match"),
    Kind.DINGTALK: ("name", "client_id", "secret"),
}
"""What is asked of each kind; the rest says nothing there."""
NEEDED = {
    Kind.OIDC: {"issuer", "client_id"},
    Kind.SAML: {"issuer", "address", "certificate"},
    Kind.WECOM: {"client_id"},
    Kind.DINGTALK: {"client_id"},
}
CALLED = {
    (Kind.SAML, "issuer"): (_("Entity id of the other side"), _("As its metadata says: entityID.")),
    (Kind.SAML, "number_claim"): (_("Attribute with the number"), ""),
    (Kind.SAML, "groups_claim"): (_("Attribute with the groups"), ""),
    (Kind.WECOM, "client_id"): (_("Id of the enterprise (CorpID)"), ""),
    (Kind.WECOM, "secret"): ("Secret", None),
    (Kind.DINGTALK, "client_id"): ("AppKey (Client ID)", ""),
    (Kind.DINGTALK, "secret"): ("AppSecret (Client Secret)", None),
}
"""What a field is called at the other side: (label, help); None leaves the help as it is."""


class ProviderForm(forms.Form):
    """What the other side and this site know of each other; only what its kind asks for."""

    kind = forms.ChoiceField(label=_("Kind"), choices=_choices(KINDS), widget=forms.HiddenInput)
    name = forms.CharField(label=_("What the button says"), max_length=80)
    issuer = forms.CharField(
        label=_("Address of the issuer"),
        required=False,
        max_length=LONGEST_ADDRESS,
        help_text=_("Without “/.well-known/…” at the end."),
        widget=forms.TextInput(attrs={**_PLAIN, "inputmode": "url"}),
    )
    address = forms.CharField(
        label=_("Address to sign in at"),
        required=False,
        max_length=LONGEST_ADDRESS,
        help_text=_("As its metadata says: SingleSignOnService with HTTP-Redirect."),
        widget=forms.URLInput(attrs={**_PLAIN, "inputmode": "url"}),
    )
    certificate = forms.CharField(
        label=pgettext_lazy("of a sign-in service", "Certificate"),
        required=False,
        max_length=20_000,
        help_text=_("What its assertions are signed with, as PEM or Base64."),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    client_id = forms.CharField(
        label=_("Client id"), required=False, max_length=LONGEST_NAME, widget=forms.TextInput(attrs=_PLAIN)
    )
    agent_id = forms.CharField(
        label=_("Agent id"), required=False, max_length=LONGEST_NAME, widget=forms.TextInput(attrs=_PLAIN)
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
        label=_("Claim with the number"), required=False, max_length=80, widget=forms.TextInput(attrs=_PLAIN)
    )
    groups_claim = forms.CharField(
        label=_("Claim with the groups"), required=False, max_length=80, widget=forms.TextInput(attrs=_PLAIN)
    )
    unknown = forms.ChoiceField(label=_("Whoever is not known is"), choices=_choices(UNKNOWNS))

    def __init__(self, *args: Any, fresh: bool = False, **values: Any) -> None:
        """Of the kind that was chosen; `fresh` for one that has no secret yet."""
        super().__init__(*args, **values)
        said = str(self.data.get("kind", "") if self.is_bound else self.initial.get("kind", ""))
        kind = Kind(said) if said in Kind.values else None
        asked = ("kind", *(FIELDS[kind] if kind else ("name",)))
        self.fields = {name: self.fields[name] for name in asked}
        for name in NEEDED[kind] if kind else ():
            self.fields[name].required = True
        if "secret" in self.fields and fresh:
            self.fields["secret"].required = True
            self.fields["secret"].help_text = _("It is sealed and not shown again.")
        for name in self.fields:
            label: Any
            help_text: Any
            label, help_text = CALLED.get((kind, name), (None, None)) if kind else (None, None)
            if label is not None:
                self.fields[name].label = label
            if help_text is not None:
                self.fields[name].help_text = help_text
        if kind is Kind.WECOM:
            self.fields["match"].choices = _choices({key: MATCHES[key] for key in (Match.LINK, Match.NUMBER)})  # type: ignore[attr-defined]

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
            told["number_claim"] = "userid"  # it tells no other
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
