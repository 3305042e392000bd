"""Drafts of new occupations, and one more."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.web.occupations.places import room_tabs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import kind as kind_name
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.studio.forms import DraftForm
from craftpath.delivery.web.studio.places import TONES, to_list
from craftpath.domain.occupations import rules as chart_rules
from craftpath.domain.occupations.queries import charts
from craftpath.domain.standards.queries import lists
from craftpath.domain.studio import actions, queries, rules
from craftpath.domain.studio.finding import who_may_join
from craftpath.domain.studio.texts import STATES
from craftpath.domain.studio.writing import grown_from_chart, grown_from_list
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.studio.content import Content
    from craftpath.domain.studio.models import Draft
    from craftpath.kernel.organisations import Organisation

A_PAGE = 20
MOST_OFFERED = 60
KINDS = ("ministry", "city", "enterprise", "college", "campus", "point")


@require_GET
def drafts(request: Request, organisation: str) -> HttpResponse:
    """A page of them with where their newest version stands; five queries however many."""
    require(rules.may_read(request.actor))
    page = Paginator(queries.drafts(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(one) for one in page.object_list],
        "may": bool(rules.may_start(request.actor, request.organisation)),
        "tabs": room_tabs(request, "studio:list"),
    }
    return render(request, "studio/list.html", context)


def _row(draft: Draft) -> dict[str, Any]:
    versions = [
        {"row": one, "state": STATES[one.state], "tone": TONES[one.state]} for one in draft.versions.all()
    ]
    return {"draft": draft, "versions": versions}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, organisation: str) -> HttpResponse:
    """Begin one: from nothing, a chart, or a list of skills."""
    require(rules.may_start(request.actor, request.organisation))
    able = {one.public_id: one for one in who_may_join(request.organisation)}
    offered = _offered(request)
    first = {"made_id": uuid.uuid4(), "grown": request.GET.get("from", "")[:80]}
    form = DraftForm(
        request.POST if request.method == "POST" else None, members=members_offered(able),
        grown=[(label, [(key, name) for key, name, _row in rows]) for label, rows in offered], initial=first,
    )  # fmt: skip
    status, made = 200, []
    if request.method == "POST":
        status = tried(request, form, _("Begun. Say what it is, part by part."), lambda: made.append(
            _started(request, form, able, {key: row for _label, rows in offered for key, _name, row in rows})
        ))  # fmt: skip
        if not status:
            return redirect("studio:draft", organisation, made[0].public_id)
    context = {"form": form, "crumbs": to_list(request, here(_("Draft a new occupation")))}
    return render(request, "studio/new.html", context, status=status)


def _started(
    request: Request, form: DraftForm, able: dict[str, Organisation], known: dict[str, Any]
) -> Draft:
    given = form.cleaned_data
    content: Content | None = None
    origin: dict[str, Any] = {}
    if given["grown"]:
        grow = grown_from_chart if given["grown"].startswith("chart:") else grown_from_list
        content, origin = grow(known[given["grown"]])
    members = [able[key] for key in given.get("members", ())]
    return actions.start_draft(
        request.organisation, made_id=given["made_id"], name=form.name(), members=members, content=content,
        origin=origin, by=request.actor, at=request.at,
    )  # fmt: skip


def members_offered(able: dict[str, Organisation], kept: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Organisations as choices; departments inside them are not asked apart."""
    return [
        (key, f"{text(one.name)} · {kind_name(one.kind)}")
        for key, one in able.items()
        if one.kind in KINDS or key in kept
    ]


def _offered(request: Request) -> list[tuple[str, list[tuple[str, str, Any]]]]:
    """What a draft may grow from: charts that the reader may read, and published lists; two queries."""
    seen = charts().exclude(state="retired")[:MOST_OFFERED]
    called = _("%(name)s, version %(number)s")
    found = [
        (f"chart:{one.public_id}", called % {"name": text(one.occupation.name), "number": one.version}, one)
        for one in seen
        if one.adopted_at is not None or chart_rules.may_run(request.actor, one)
    ]
    some = [(f"list:{one.public_id}", text(one.name), one) for one in lists()]
    return [(_("Charts of occupations"), found), (_("Lists of skills"), some)]
