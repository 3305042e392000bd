"""The second factor, in this project's words: allauth's forms and what it says when something does not fit."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none"}


class SecondFactors(DefaultMFAAdapter):
    """Names and sentences of our own."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "This does not fit. A code serves once and for half a minute; wait for the next."
        ),
        "cannot_generate_recovery_codes": gettext_lazy("Turn on a second factor first."),
    }

    def get_totp_label(self, user: Any) -> str:
        """What the app on the telephone calls the account: the sign-in name."""
        return str(user.username)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002  (allauth's word)
        """A name for a new passkey that nobody has named."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)s") % {"number": count + 1}


class _OneCode(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = gettext_lazy("Code from the app, or a recovery code")
        self.fields["code"].max_length = 40  # type: ignore[attr-defined]
        self.fields["code"].widget = forms.TextInput(attrs=CODE)


class Code(_OneCode, AuthenticateForm):
    """The code at sign-in."""


class CodeAgain(_OneCode, ReauthenticateForm):
    """A code before something that matters."""


class FirstCode(_OneCode, ActivateTOTPForm):
    """The first code, which shows that the app has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = gettext_lazy("The six digits that the app shows")


class _FromBrowser(forms.Form):
    """What a browser sends of a passkey is a stranger's text: whatever is wrong with it, it does not fit."""

    def clean_credential(self) -> Any:
        try:
            known = getattr(super(), "clean_credential", None)
            return known() if known else self.cleaned_data["credential"]
        except forms.ValidationError:
            raise
        except Exception as fault:
            raise get_adapter().validation_error("incorrect_code") from fault

    def clean(self) -> Any:
        try:
            return super().clean()
        except forms.ValidationError:
            raise
        except Exception as fault:
            raise get_adapter().validation_error("incorrect_code") from fault


class PasskeyAtDoor(_FromBrowser, LoginWebAuthnForm):
    """The passkey instead of number and password."""


class PasskeyAsked(_FromBrowser, AuthenticateWebAuthnForm):
    """The passkey after the password."""


class PasskeyAgain(_FromBrowser, ReauthenticateWebAuthnForm):
    """The passkey before something that matters."""


class NewPasskey(_FromBrowser, AddWebAuthnForm):
    """A passkey: its name, and whether it replaces the password too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=gettext_lazy("Name"),
            required=False,
            max_length=60,
            help_text=gettext_lazy("Such as the device that it lies on."),
        )
        without = self.fields["passwordless"]
        without.label, without.help_text = gettext_lazy("Sign in with it alone, without a password"), ""
        without.initial = True


class PasskeyName(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = gettext_lazy("Name")
        self.fields["name"].max_length = 60
