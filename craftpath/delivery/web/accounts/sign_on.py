"""Sign-on with the college's own provider (OpenID Connect): off unless settings name one, and for known people only.

allauth speaks the protocol. Two things are stricter here: the signature of the token is always checked, also over
a direct connection, and a nonce ties the token to the browser that asked for it.
"""

from __future__ import annotations

import secrets
from typing import Any

from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from craftpath.kernel.people import Person

PROVIDER = "college"
REASONS = {
    "unknown": gettext_lazy(
        "You are signed in there, but nobody of this site is known under that account. Ask a coordinator of your "
        "organisation to enter the same e-mail or number here, or to invite you."
    ),
    "closed": gettext_lazy("This account is closed. A coordinator of your organisation can open it again."),
    "taken": gettext_lazy(
        "Your account here is linked to another account there. A coordinator ends that link with a new slip."
    ),
    "stopped": gettext_lazy("You stopped the sign-in there. Nothing was changed."),
    "broken": gettext_lazy(
        "The answer of the sign-in service does not fit what was asked. Begin again from the sign-in page."
    ),
    "silent": gettext_lazy("The sign-in service does not answer. Try again later, or use your password."),
}


def provider_name() -> str:
    """What the button calls the provider; empty if there is none."""
    providers: Any = settings.SOCIALACCOUNT_PROVIDERS
    return str(providers["openid_connect"]["APPS"][0]["name"]) if providers else ""


def refusal(request: HttpRequest, reason: str, status: int = 403) -> HttpResponse:
    """The page that says why, and leads back to the other ways in."""
    page = {"reason": REASONS[reason], "provider": provider_name()}
    return render(request, "accounts/sign_on_refused.html", page, status=status)


class SignOn(DefaultSocialAccountAdapter):
    """Who may come in this way: whoever is known already. Nothing is made for strangers."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the person behind a first sign-on and link the two; later ones go by that link."""
        if not sociallogin.is_existing:
            self._link(request, sociallogin)
        if not sociallogin.user.is_active:
            raise ImmediateHttpResponse(refusal(request, "closed"))

    def _link(self, request: HttpRequest, sociallogin: Any) -> None:
        person = person_of(sociallogin.account.extra_data.get("id_token", {}))
        if person is None:
            raise ImmediateHttpResponse(refusal(request, "unknown"))
        if not person.is_active:
            raise ImmediateHttpResponse(refusal(request, "closed"))
        if SocialAccount.objects.filter(user=person, provider=sociallogin.account.provider).exists():
            raise ImmediateHttpResponse(refusal(request, "taken"))
        if person.must_change_password:  # the slip in the drawer has served its turn
            person.set_unusable_password()
            person.must_change_password = False
        sociallogin.connect(request, person)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """Our page instead of allauth's."""
        if isinstance(exception, RequestException):
            raise ImmediateHttpResponse(refusal(request, "silent", status=502))
        stopped = error == AuthError.CANCELLED
        raise ImmediateHttpResponse(refusal(request, "stopped" if stopped else "broken"))


def person_of(claims: dict[str, Any]) -> Person | None:
    """The one whom the token speaks of: by the claim that settings name, or by an e-mail that the provider verified."""
    named = claims.get(settings.OIDC_CLAIM) if settings.OIDC_CLAIM else None
    if isinstance(named, str) and named:
        return Person.objects.filter(username__iexact=named).first()
    mail = claims.get("email")
    if claims.get("email_verified") is True and isinstance(mail, str) and mail:
        found = list(Person.objects.filter(email__iexact=mail)[:2])
        return found[0] if len(found) == 1 else None
    return None


class _Protocol(OpenIDConnectOAuth2Adapter):
    """allauth's, with the nonce of the state and the signature checked."""

    nonce = ""

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (KeyError, TypeError, ValueError) as fault:  # a token or a key list without what it needs
            raise OAuth2Error("the token cannot be read") from fault
        if not self.nonce or not secrets.compare_digest(str(claims.get("nonce", "")), self.nonce):
            raise OAuth2Error("the token was made for somebody else")
        if not claims.get("sub"):
            raise OAuth2Error("the token speaks of nobody")
        return claims

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Only a signed token counts; without one there is nothing to go by."""
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("there is no token")
        return super().complete_login(request, app, token, **kwargs)


class _Callback(OAuth2CallbackView):
    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        state, response = super()._get_state(request, provider)
        if state is not None:
            self.adapter.nonce = state.get("nonce", "")
        return state, response


@login_not_required
@never_cache
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Go to the provider. A page that moves on, not a redirect: the policy for forms allows none to another site."""
    limited = ratelimit.consume_or_429(request, action="oidc")
    if limited:
        return limited
    protocol = _Protocol(request, PROVIDER)
    provider = protocol.get_provider()
    nonce = secrets.token_urlsafe(24)
    asked = {**provider.get_auth_params(), "nonce": nonce}
    try:
        leave = provider.redirect(request, AuthProcess.LOGIN, auth_params=asked, nonce=nonce)
    except (RequestException, KeyError, ValueError):
        return refusal(request, "silent", status=502)
    except ImmediateHttpResponse as answer:
        return answer.response
    return render(request, "accounts/sign_on.html", {"to": leave.url, "provider": provider.name})


@login_not_required
@never_cache
@require_GET
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider: who it says this is, as one of our people, or a sentence why not."""
    limited = ratelimit.consume_or_429(request, action="oidc", limit_get=True)
    if limited:
        return limited
    try:
        response: HttpResponse = _Callback.adapter_view(_Protocol(request, provider_id))(request)
    except (KeyError, TypeError, ValueError):
        return refusal(request, "broken")
    if request.user.is_authenticated:
        request.session.set_expiry(0)
    return response
