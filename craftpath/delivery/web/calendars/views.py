"""The feed itself, and the page where its address is made, changed and ended."""

from __future__ import annotations

import hashlib
import zoneinfo
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from craftpath.delivery.web.calendars.sources import events
from craftpath.delivery.web.calendars.writing import write
from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.access import Actor
from craftpath.kernel.calendars import address_of, close_calendar, open_calendar, person_by
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, looking_for

BEFORE, AFTER = timedelta(weeks=12), timedelta(weeks=56)


@login_not_required
@require_safe
def feed(request: Request, token: str) -> HttpResponse:
    """Own events in the person's language; who holds the address reads it, and a wrong one is 404."""
    found = person_by(token)
    if found is None:
        raise Http404
    person, address = found
    language = person.language or settings.LANGUAGE_CODE
    zone = zoneinfo.ZoneInfo(person.time_zone or settings.TIME_ZONE)
    with translation.override(language), timezone.override(zone), looking_for(Scope(person_id=person.pk)):
        today = timezone.localdate(request.at)
        rows = events(person, today - BEFORE, today + AFTER)
        content = write(rows, name=_name(person), site=urlsplit(settings.ADDRESS).hostname or "craftpath")
    changed = max([address.made_at, *(row.changed_at for row in rows)])
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["ETag"] = etag
    answer.headers["Last-Modified"] = http_date(changed.timestamp())
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Content-Language"] = language
    conditional = get_conditional_response(
        request, etag=etag, last_modified=int(changed.timestamp()), response=answer
    )
    return conditional if isinstance(conditional, HttpResponse) else answer


def _name(person: Person) -> str:
    return _("Craftpath – %(name)s") % {"name": person.name}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: Request) -> HttpResponse:
    """Make an address (shown once), replace it, or end it."""
    by = Actor(organisation=None, person=request.user)
    if request.method == "POST":
        if request.POST.get("do") == "close":
            close_calendar(by=by, at=request.at)
            messages.success(
                request, _("The address is closed; calendars that read it get nothing any more.")
            )
        else:
            secret = open_calendar(by=by, at=request.at)
            link = request.build_absolute_uri(reverse("calendars:feed", args=[secret]))
            return render(request, "calendars/own.html", {"address": address_of(request.user), "link": link})
        return redirect("calendars:own")
    return render(request, "calendars/own.html", {"address": address_of(request.user), "link": ""})
