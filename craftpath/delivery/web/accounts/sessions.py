"""The page "where am I signed in": each session with device, address, first and last time; end one, or all others."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.people import Person

_BROWSERS = (
    ("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """One session as its owner knows it; `name` stands for it in the form."""

    name: str
    device: str
    address: str
    since: datetime
    seen: datetime
    current: bool


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: Request) -> HttpResponse:
    """The list; a posted name ends that session, `others` ends all but this one."""
    rows = living(request.user, request.at)
    if request.method == "POST":
        here = request.session.session_key
        wanted = request.POST.get("session", "")
        going = [
            row for row in rows if row.session_key != here and wanted in {"others", name_of(row.session_key)}
        ]
        end(going)
        said = ngettext("%(number)s session is ended.", "%(number)s sessions are ended.", len(going))
        messages.success(request, said % {"number": len(going)})
        return redirect("accounts:sessions")
    places = [_place(row, request.session.session_key) for row in rows]
    places.sort(key=lambda place: (not place.current, -place.seen.timestamp()))
    return render(request, "accounts/sessions.html", {"places": places})


def living(person: Person, at: datetime) -> list[UserSession]:
    """The sessions that still open something: neither run out nor ended by a new password. Two queries."""
    rows = {row.session_key: row for row in UserSession.objects.filter(user=person)}
    kept = Session.objects.filter(session_key__in=list(rows), expire_date__gt=at)
    mine = person.get_session_auth_hash()
    return [
        rows[one.session_key]
        for one in kept
        if constant_time_compare(str(one.get_decoded().get(HASH_SESSION_KEY, "")), mine)
    ]


def end(rows: list[UserSession]) -> None:
    """End sessions: whoever uses one signs in again."""
    keys = [row.session_key for row in rows]
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()


def end_others(person: Person, here: str | None) -> None:
    """End all sessions of a person but this one, those that a new password has closed already included."""
    end(list(UserSession.objects.filter(user=person).exclude(session_key=here)))


def name_of(session_key: str) -> str:
    """A name for a session that does not open it."""
    return hashlib.sha256(f"session:{session_key}".encode()).hexdigest()[:16]


def device(agent: str) -> str:
    """Browser and system in two words, as far as the browser says."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "")
    system = next((name for sign, name in _SYSTEMS if re.search(rf"\b{sign}\b", agent)), "")
    return " · ".join(part for part in (browser, system) if part) or _("Unknown device")


def _place(row: UserSession, here: str | None) -> Place:
    return Place(
        name=name_of(row.session_key),
        device=device(row.user_agent),
        address=row.ip,
        since=row.created_at,
        seen=row.last_seen_at,
        current=row.session_key == here,
    )
