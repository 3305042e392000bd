"""What a device needs to work without a network: worker, manifest, queue, and a page for everything else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from importlib import resources
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.requests import Request

View = Callable[..., HttpResponse]
STYLES = (
    "tokens",
    "page",
    "shell",
    "forms",
    "tables",
    "blocks",
    "figures",
    "signs",
    "actions",
    "print",
    "log",
    "questions",
    "learning",
    "judging",
    "surveys",
    "courses",
    "workshops",
)
SCRIPTS = (
    "page",
    "kept",
    "outbox",
    "recorder",
    "pictures",
    "log",
    "questions",
    "answers",
    "judging",
    "survey",
    "courses",
    "workshops",
    "queue",
)


def kept_offline(view: View) -> View:
    """Let devices keep this page for the time without a network; it leaves them when its reader signs out."""

    @wraps(view)
    def kept(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Offline"] = "keep"
        return response

    return kept


@login_not_required
@require_GET
@never_cache
def worker(request: Request) -> HttpResponse:
    """The service worker, with the addresses of what it keeps; its text changes when one of them does."""
    kept = [static(f"css/{name}.css") for name in STYLES] + [static(f"js/{name}.js") for name in SCRIPTS]
    kept += [static("django_htmx/htmx-2.min.js"), static("favicon.svg"), reverse("offline:nowhere")]
    version = hashlib.sha256(json.dumps(kept).encode()).hexdigest()[:12]
    filled = {
        "VERSION": version,
        "KEPT": kept,
        "STATIC": settings.STATIC_URL,
        "NOWHERE": reverse("offline:nowhere"),
    }
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in filled.items())
    text = (resources.files("craftpath.delivery.web.sync") / "worker.js").read_text("utf-8")
    response = HttpResponse(head + text, content_type="text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@login_not_required
@require_GET
def manifest(request: Request) -> HttpResponse:
    """What a phone asks before it puts the site among its apps."""
    icon = {"src": static("favicon.svg"), "type": "image/svg+xml", "sizes": "any", "purpose": "any"}
    about = {
        "name": _("Craftpath"),
        "short_name": _("Craftpath"),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbfaf6",
        "theme_color": "#b5341f",
        "lang": request.LANGUAGE_CODE,
        "icons": [icon],
    }
    return JsonResponse(about, content_type="application/manifest+json")


@login_not_required
@require_GET
def nowhere(request: Request) -> HttpResponse:
    """Shown for pages that a device has not kept, while there is no network."""
    return render(request, "sync/nowhere.html")


@require_GET
@kept_offline
def queue(request: Request, organisation: str) -> HttpResponse:
    """What waits on this device; its lines are written by the device itself."""
    return render(request, "sync/queue.html")
