"""Forms of sign-in and password, in this project's words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


class SignIn(LoginForm):
    """Number or e-mail, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Number or e-mail")
        self.fields["login"].widget.attrs.update(
            autocomplete="username", autocapitalize="none", spellcheck="false"
        )
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        self.fields["remember"] = forms.BooleanField(
            label=_("Stay signed in on this device"), required=False, initial=False
        )
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Sign in; without the tick the session ends with the browser, as a shared computer needs it."""
        response = super().login(request, redirect_url)
        if not self.cleaned_data["remember"]:
            request.session.set_expiry(0)
        return response


class NewPassword(ChangePasswordForm):
    """The old password and a new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = self.user.must_change_password
        self.fields["oldpassword"].label = (
            _("First password, from your slip") if first else _("Present password")
        )
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = _("At least 8 characters, and none that many people use.")
        self.fields["password2"].label = _("New password, once more")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def clean(self) -> dict[str, Any]:
        """A password from a slip has been seen by others, so it does not serve twice."""
        values: dict[str, Any] = super().clean()
        new = values.get("password1")
        if new and new == values.get("oldpassword"):
            self.add_error("password1", _("Choose another password than the present one."))
        return values

    def save(self) -> None:
        """Set it; a first password has then served its turn."""
        super().save()
        if self.user.must_change_password:
            self.user.must_change_password = False
            self.user.save(update_fields=["must_change_password"])


class PasswordAgain(ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)
