"""Language and theme, switched in place; health of the site."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from craftpath.kernel.people import Theme

A_YEAR = 365 * 24 * 60 * 60


def remember(response: HttpResponse, name: str, value: str) -> None:
    """Keep a choice in the browser, for the time before sign-in."""
    response.set_cookie(name, value, A_YEAR, samesite="Lax", secure=settings.HTTPS)


def back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page of this site on which the button stood, else to the start."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if safe else "/")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language: with the person, and in the browser for the time before sign-in."""
    response = back(request)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            request.user.language = chosen
            request.user.save(update_fields=["language"])
        remember(response, settings.LANGUAGE_COOKIE_NAME, chosen)
    return response


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or automatic, in the same two places."""
    response = HttpResponse(status=204) if request.htmx else back(request)  # type: ignore[attr-defined]
    chosen = request.POST.get("theme", "")
    if chosen in Theme.values:
        if request.user.is_authenticated:
            request.user.theme = chosen
            request.user.save(update_fields=["theme"])
        remember(response, "theme", chosen)
    return response


@login_not_required
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; used by whoever watches the site."""
    return HttpResponse("ok\n", content_type="text/plain")
