"""Pages of platforms: the list, a new one, one with who comes from there, which grades went back, and its roster."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from craftpath.delivery.exchange.lti.calling import members_of
from craftpath.delivery.web.lti import addressing
from craftpath.delivery.web.lti.forms import PlatformForm
from craftpath.delivery.web.lti.keeping import asked, known
from craftpath.delivery.web.lti.places import RETURN_TONES, TONES, kept_platform, tabs, to_platform
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusal_of, sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.lti import actions, queries
from craftpath.domain.lti.texts import RETURNS, STATES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import not_now

A_PAGE = 50
MOST_ENTRIES = 100


@require_safe
@needs(Permission.KEEP_TOOLS)
def listing(request: Request, organisation: str) -> HttpResponse:
    """The platforms from which people come, those of places below too."""
    lines = [
        {
            "label": row.name,
            "note": row.issuer,
            "url": reverse("tools:platform", args=[organisation, row.public_id]),
            "badge": STATES[row.state],
            "tone": TONES[row.state],
        }
        for row in queries.platforms()
    ]
    context = {"lines": lines, "tabs": tabs(request, "tools:platforms"), "given": given(request)}
    return render(request, "lti/platforms.html", context)


def given(request: Request) -> list[tuple[str, str, str]]:
    """What somebody types into the platform: (id, label, value)."""
    return [
        ("tool", _("Tool, target link and redirect address"), addressing.at(request, "lti:launch")),
        ("login", _("Initiate login address"), addressing.at(request, "lti:login")),
        (
            "keyset",
            _("Address of the public keys"),
            addressing.at(request, "lti:keys", request.organisation.key),
        ),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_TOOLS)
def new(request: Request, organisation: str) -> HttpResponse:
    """Register a platform."""
    heading = _("Register a platform")
    return asked(
        request, PlatformForm(request.POST or None),
        lambda said: actions.register_platform(request.organisation, said, by=request.actor, at=request.at),
        done=_("Registered. Try a link of the platform now."), page="tools:platform", heading=heading,
        crumbs=[step(request, _("Platforms"), "tools:platforms"), here(heading)],
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, organisation: str, platform: str) -> HttpResponse:
    """Change what is known of a platform."""
    row = kept_platform(request, platform)
    return asked(
        request, PlatformForm(request.POST or None, initial=known(row, PlatformForm, "deployments")),
        lambda said: actions.change_platform(row, said, by=request.actor, at=request.at),
        done=_("Kept."), page="tools:platform", heading=row.name,
        crumbs=to_platform(request, row, here(_("Change"))),
    )  # fmt: skip


@require_safe
def platform(request: Request, organisation: str, platform: str) -> HttpResponse:
    """One platform: what it is given, its links, who is known from there, and grades on their way."""
    row = kept_platform(request, platform)
    page = Paginator(queries.returns_of(row), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "row": row,
        "state": STATES[row.state],
        "tone": TONES[row.state],
        "given": given(request),
        "entries": list(queries.entries_of(row)[:MOST_ENTRIES]),
        "known": queries.identities_of(row).count(),
        "page": page,
        "returns": [
            (
                one,
                RETURNS[one.state],
                RETURN_TONES[one.state],
                _answered(row, one.answer) if one.answer else "",
            )
            for one in page
        ],
        "crumbs": to_platform(request, row)[:1],
    }
    return render(request, "lti/platform.html", context)


def _answered(row: Any, code: str) -> str:
    """Why a grade did not arrive, of which only the kind is kept."""
    host = urlsplit(row.issuer).hostname or row.issuer
    return sentence(not_now(code, host=host, seconds="–", status="–"))


@require_POST
def move(request: Request, organisation: str, platform: str, verb: str) -> HttpResponse:
    """Stop a platform, or trust it again."""
    row = kept_platform(request, platform)
    acts = {"stop": actions.stop_platform, "resume": actions.resume_platform}
    if verb not in acts:
        raise Http404
    acts[verb](row, by=request.actor, at=request.at)
    messages.success(request, _("Stopped.") if verb == "stop" else _("In use again."))
    return redirect("tools:platform", organisation, row.public_id)


@require_POST
def roster(request: Request, organisation: str, platform: str, entry: str) -> HttpResponse:
    """Ask the platform who takes part, and show it beside who is known here. Nothing of it is kept."""
    row = kept_platform(request, platform)
    one = get_object_or_404(
        queries.entries_of(row).select_related("platform__organisation"), public_id=plain_id(entry)
    )
    rows: list[dict[str, Any]] = []
    why = refusal_of(lambda: rows.extend(members_of(one, request.at)))
    people = {each.subject: each.person for each in queries.identities_of(row)}
    context = {
        "row": row,
        "entry": one,
        "rows": [member | {"person": people.get(member["subject"])} for member in rows],
        "known": sum(member["subject"] in people for member in rows),
        "why": why,
        "crumbs": to_platform(request, row, here(_("Who takes part"))),
    }
    return render(request, "lti/roster.html", context, status=409 if why else 200)
