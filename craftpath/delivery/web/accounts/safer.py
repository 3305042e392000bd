"""Pages of the second factor: turn an app or a passkey on and off, recovery codes, and the question at sign-in.

allauth's views do the work; which of them exist, their pages and where they lead is ours. What matters asks for
the password or a code first, and nothing writes while it only shows.
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from craftpath.delivery.web.shell.codes import qr
from craftpath.delivery.web.shell.requests import Request

INDEX = reverse_lazy("mfa_index")


@never_cache
@require_safe
def index(request: Request) -> HttpResponse:
    """What is on, and what can be turned on."""
    kept = list(Authenticator.objects.filter(user=request.user).order_by("created_at", "pk"))
    codes = next((row.wrap() for row in kept if row.type == Authenticator.Type.RECOVERY_CODES), None)
    page = {
        "app": next((row for row in kept if row.type == Authenticator.Type.TOTP), None),
        "passkeys": [row for row in kept if row.type == Authenticator.Type.WEBAUTHN],
        "codes_left": len(codes.get_unused_codes()) if codes else None,
        "asked": request.GET.get("asked", ""),
        "on": bool(kept),
    }
    return render(request, "accounts/safer.html", page)


class TurnOnApp(totp.ActivateTOTPView):
    """The secret as a code to scan and as letters to type, then the first code back."""

    template_name = "accounts/app_on.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = super().get_context_data(**kwargs)
        return {**shown, "picture": qr(shown["totp_url"]), "secret": shown["form"].secret}


class TurnOffApp(totp.DeactivateTOTPView):
    template_name = "accounts/app_off.html"


class AddPasskey(webauthn.AddWebAuthnView):
    template_name = "accounts/passkey_add.html"


class RemovePasskey(webauthn.RemoveWebAuthnView):
    template_name = "accounts/passkey_remove.html"
    success_url = INDEX


class RenamePasskey(webauthn.EditWebAuthnView):
    template_name = "accounts/passkey_rename.html"
    success_url = INDEX


class NewCodes(recovery.GenerateRecoveryCodesView):
    template_name = "accounts/codes_new.html"


@never_cache
@require_safe
@sensitive_variables()
def recovery_codes(request: Request) -> HttpResponse:
    """The codes that are left, to print. allauth's own page would note that it was seen, which is a write."""
    kept = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    if kept is None:
        raise Http404
    raise_if_reauthentication_required(request, app="allauth.mfa")
    return render(request, "accounts/codes.html", {"codes": kept.wrap().get_unused_codes()})


class AskForCode(base.AuthenticateView):
    """After the password: a code, or the passkey."""

    template_name = "accounts/authenticate.html"


class CodeAgain(base.ReauthenticateView):
    template_name = "accounts/reauthenticate.html"


class PasskeyAgain(webauthn.ReauthenticateWebAuthnView):
    template_name = "accounts/passkey_again.html"


@method_decorator(never_cache, name="dispatch")
class SignInWithPasskey(webauthn.LoginWebAuthnView):
    """The passkey instead of number and password; the session ends with the browser, as without the tick."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        self.request.session.set_expiry(0)
        return response
