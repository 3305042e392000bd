"""Sign-in, password, own settings."""

from __future__ import annotations

from typing import Any

from allauth.account import views as allauth_views
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.accounts.preferences import Preferences
from craftpath.delivery.web.accounts.sessions import end_others
from craftpath.delivery.web.accounts.sign_on import provider_name
from craftpath.delivery.web.accounts.zones import zones
from craftpath.delivery.web.demo.cast import cast
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.views import remember
from craftpath.kernel.access import memberships_on
from craftpath.kernel.factors import has_second_factor
from craftpath.kernel.people import Person
from craftpath.kernel.sign_on.keeping import serving


class SignInPage(allauth_views.LoginView):
    """The form; on a demo site the people of the demo stand before it, one press each."""

    template_name = "accounts/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo people."""
        shown = {
            "cast": cast() if settings.DEMO else [],
            "provider": provider_name(),
            "organisations": serving().exists(),
        }
        return {**super().get_context_data(**kwargs), **shown}


class PasswordPage(allauth_views.PasswordChangeView):
    """A new password: wished for, or demanded after a first sign-in with a slip."""

    template_name = "accounts/password_change.html"
    forced = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Somebody without a password has none to change."""
        person: Person = request.user  # type: ignore[assignment]
        self.forced = person.must_change_password
        if not person.has_usable_password():
            messages.info(request, _("You have no password here. A coordinator prints you a slip with one."))
            return redirect("accounts:settings")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether it is demanded."""
        return {**super().get_context_data(**kwargs), "forced": self.forced}

    def form_valid(self, form: Any) -> HttpResponse:
        """A new password ends all other sessions; they are taken off the list too."""
        response: HttpResponse = super().form_valid(form)
        end_others(self.request.user, self.request.session.session_key)
        return response

    def get_default_success_url(self) -> str:
        """To the desk after the first one, else back to where the link stands."""
        return reverse("desks:mine" if self.forced else "accounts:settings")


@require_http_methods(["GET", "HEAD", "POST"])
def own_settings(request: Request) -> HttpResponse:
    """Language, theme, time zone; name and roles, which others keep."""
    person = request.user
    form = Preferences(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        response = redirect("accounts:settings")
        remember(response, "theme", person.theme)
        if person.language:
            remember(response, settings.LANGUAGE_COOKIE_NAME, person.language)
        with translation.override(person.language or translation.get_language()):
            messages.success(request, _("Your settings are kept."))
        return response
    page = {
        "form": form,
        "person": person,
        "safer": has_second_factor(person),
        "organisations": serving().exists(),
        "zones": zones(request.at, translation.get_language() or settings.LANGUAGE_CODE),
        "memberships": memberships_on(request.today)
        .filter(person=person)
        .order_by("organisation__path", "role"),
    }
    return render(request, "accounts/settings.html", page)
