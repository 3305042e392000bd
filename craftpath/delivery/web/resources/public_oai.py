"""The door of the catalogue: no account, and nothing but what may be read by everybody."""

from __future__ import annotations

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from craftpath.delivery.exchange.resources import oai


@csrf_exempt  # the protocol asks by GET or POST alike; either only reads
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def catalogue(request: HttpRequest) -> HttpResponse:
    """Whatever is asked is answered in XML."""
    limited = ratelimit.consume_or_429(request, action="catalogue", limit_get=True)
    if limited:
        return limited
    asked = request.POST if request.method == "POST" else request.GET
    base = settings.ADDRESS + reverse("oai:catalogue")
    content = oai.answer({name: asked.getlist(name) for name in asked}, base, timezone.now())
    return HttpResponse(content, content_type="text/xml; charset=utf-8")
