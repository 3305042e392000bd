"""Pages without an account: counted, in the language of their address, so that no cookie is needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http.response import HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_safe

from craftpath.delivery.web.shell.requests import Request

SPOKEN = {"zh": "zh-hans", "en": "en"}
View = Callable[..., HttpResponseBase]


def for_visitors(counted_as: str) -> Callable[[View], View]:
    """A page without an account; visitors of all pages with one name are counted together."""

    def wrap(view: View) -> View:
        @login_not_required
        @require_safe
        @wraps(view)
        def shown(request: Request, *ids: str, **more: Any) -> HttpResponseBase:
            limited = ratelimit.consume_or_429(request, action=counted_as, limit_get=True)
            if limited:
                return limited
            wanted = SPOKEN.get(request.GET.get("in", ""), translation.get_language())
            with translation.override(wanted):
                response = view(request, *ids, **more)
                response.headers["Content-Language"] = translation.get_language() or ""
                return response

        return shown

    return wrap


def spoken_in(request: Request) -> str:
    """What keeps the chosen language in the addresses of these pages."""
    return f"?in={request.GET['in']}" if request.GET.get("in") in SPOKEN else ""


def languages(request: Request) -> list[dict[str, Any]]:
    """The same page in the languages that there are."""
    now = (translation.get_language() or "")[:2]
    kept = request.GET.copy()
    found = []
    for key, label in (("zh", "中文"), ("en", "English")):
        kept["in"] = key
        found.append(
            {"label": label, "url": f"{request.path}?{kept.urlencode()}", "current": key == now, "lang": key}
        )
    return found
