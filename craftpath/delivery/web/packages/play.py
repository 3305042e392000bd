"""The page that plays one part: a frame of the content's origin, and the script that keeps what is said in it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from craftpath.delivery.exchange.courses.origin import content_origin, player_address
from craftpath.delivery.exchange.courses.shelf import place
from craftpath.delivery.web.packages.launching import launch_of, turn
from craftpath.delivery.web.packages.places import seen, to_package
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.packages import queries, rules
from craftpath.values.verdict import require


@require_safe
def play(request: Request, organisation: str, package: str, part: str) -> HttpResponse:
    """Play a part; `?try=1` keeps nothing, for those who look after packages."""
    row = seen(request, package)
    entry = row.parts.get(part)
    if entry is None:
        raise Http404
    require(rules.can_play(row))
    if row.kind == "cmi5":  # opened by a press on the package's page, since that begins a session
        return redirect("packages:package", organisation, row.public_id)
    trial = "try" in request.GET and bool(rules.may_keep(request.actor, row.organisation))
    own = [] if trial else [one for one in queries.own_attempts(row, request.user) if one.entry == part]
    begun = turn(own, anew="anew" in request.GET)
    launch = launch_of(row, entry, request.user, begun)
    origin = content_origin(request)
    title = entry["title"] or text(row.title)
    keys = list(row.parts)
    at = keys.index(part)
    context: dict[str, Any] = {
        "row": row,
        "title": title,
        "trial": trial,
        "origin": origin,
        "lies_there": place(row.public_id).is_dir(),
        "address": player_address(request, row.public_id) if origin else "",
        "launch": launch,
        "done": launch["how"] == "page" and bool(begun.data.get("done")),
        "words": _words(),
        "back": reverse("packages:package", args=[organisation, row.public_id]),
        "after": _beside(organisation, row.public_id, keys[at + 1 : at + 2], trial=trial),
        "before": _beside(organisation, row.public_id, keys[max(at - 1, 0) : at], trial=trial),
        "crumbs": to_package(request, row, here(title))
        if title != text(row.title)
        else to_package(request, row),
    }
    response = render(request, "packages/play.html", context)
    if origin:
        response._csp_update = {"frame-src": [origin]}  # type: ignore[attr-defined]
    return response


def _beside(organisation: str, package: str, keys: list[str], *, trial: bool) -> str:
    """The address of the part before or after; "" at an end."""
    if not keys:
        return ""
    return reverse("packages:play", args=[organisation, package, keys[0]]) + ("?try=1" if trial else "")


def _words() -> dict[str, str]:
    return {
        "opening": _("Opening …"),
        "open": _("What the package saves is kept."),
        "saving": _("Saving …"),
        "saved": _("Saved"),
        "waiting": _(
            "Not saved yet: no connection. It is sent as soon as there is one; leave this page open."
        ),
        "signed_out": _(
            "Not saved yet: you are signed out. Sign in in another tab, then press here; leave this page open."
        ),
        "trial": _("A trial: nothing is kept."),
        "fault": _("The player could not begin. Open the page anew."),
        "whole": _("Full screen"),
        "small": pgettext("out of the full screen", "Smaller"),
    }
