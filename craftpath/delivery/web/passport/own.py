"""One's own pages: the timeline, links to it with how often each was opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.passport import saying
from craftpath.delivery.web.passport.forms import ShareForm
from craftpath.delivery.web.shell.codes import qr
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.passport import actions, queries, wording
from craftpath.domain.passport.gathering import record_of
from craftpath.domain.passport.texts import AGENTS, SHARE_STATES
from craftpath.kernel.access import Actor
from craftpath.kernel.tenancy import Scope, looking_for

if TYPE_CHECKING:
    from craftpath.domain.passport.models import Share
    from craftpath.domain.passport.sharing import Made

A_PAGE = 40
View = Callable[..., HttpResponseBase]


def own_rows(view: View) -> View:
    """A page about oneself, whatever organisation one is of: only own rows are there."""

    @never_cache
    @wraps(view)
    def shown(request: Request, *ids: str, **more: str) -> HttpResponseBase:
        with looking_for(Scope(person_id=request.user.pk)):
            return view(request, *ids, **more)

    return shown


def actor(request: Request) -> Actor:
    """Who acts for oneself: no organisation's history hears of it."""
    return Actor(organisation=None, person=request.user)


@require_GET
@own_rows
def record(request: Request) -> HttpResponse:
    """The timeline, all of it or one kind of entries."""
    found = record_of(request.user, request.today)
    counts = {one.key: len(one.entries) for one in found.sections}
    show = request.GET.get("show", "")
    entries = saying.timeline(one for one in found.entries() if show not in counts or one[0] == show)
    page = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "years": saying.by_year(page.object_list),
        "page": page,
        "any": bool(counts),
        "show": show if show in counts else "",
        "shows": [(key, f"{text(wording.SECTIONS[key])} ({count})") for key, count in counts.items()],
    }
    return render(request, "passport/record.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@own_rows
def shares(request: Request) -> HttpResponse:
    """One's links, and the form of a new one; its address is shown once."""
    form = ShareForm(request.POST if request.method == "POST" else None, today=request.today)
    status = 200
    if request.method == "POST":
        made: list[Made] = []
        status = tried(
            request, form, _("The link is made."),
            lambda: made.append(
                actions.share_record(
                    request.user, name=form.cleaned_data["name"], sections=form.chosen,
                    until=form.cleaned_data["until"], made_id=form.cleaned_data["made_id"],
                    by=actor(request), at=request.at,
                )
            ),
        )  # fmt: skip
        if not status:
            return _shown_once(request, made[0])
    page = Paginator(queries.shares_of(request.user), A_PAGE).get_page(request.GET.get("page"))
    rows = [_line(one, request) for one in page.object_list]
    return render(request, "passport/shares.html", {"form": form, "page": page, "rows": rows}, status=status)


def _shown_once(request: Request, made: Made) -> HttpResponse:
    link = request.build_absolute_uri(reverse("shown:record", args=[made.token])) if made.token else ""
    context = {"share": made.share, "link": link, "picture": qr(link) if link else "", **_about(made.share)}
    return render(request, "passport/made.html", context)


def _about(share: Share) -> dict[str, object]:
    return {"shows": saying.names(share.sections)}


def _line(share: Share, request: Request) -> dict[str, object]:
    state = saying.state_of(share, request.at)
    return {"share": share, "state": SHARE_STATES[state], "open": state == "open", **_about(share)}


@require_GET
@own_rows
def one_share(request: Request, share: str) -> HttpResponse:
    """A link: what it shows, how long, and when it was opened."""
    row = get_object_or_404(queries.shares_of(request.user), public_id=plain_id(share))
    page = Paginator(queries.looks_at(row), A_PAGE).get_page(request.GET.get("page"))
    looks = [(one, AGENTS[one.agent]) for one in page.object_list]
    context = {**_line(row, request), "page": page, "looks": looks}
    return render(request, "passport/share.html", context)


@require_POST
@own_rows
def revoke(request: Request, share: str) -> HttpResponse:
    """End a link at once."""
    row = get_object_or_404(queries.shares_of(request.user), public_id=plain_id(share))
    actions.revoke_share(row, by=actor(request), at=request.at)
    messages.success(request, _("The link is ended. Whoever opens it reads that."))
    return redirect("record:shares")
