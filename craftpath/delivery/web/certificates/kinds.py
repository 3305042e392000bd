"""Kinds of certificates: the list, one of them, drawing one up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.certificates import saying
from craftpath.delivery.web.certificates.forms import KindForm
from craftpath.delivery.web.certificates.places import tabs, the_kind, to_kind, way
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.certificates import actions, queries, rules
from craftpath.domain.certificates.states import KIND
from craftpath.domain.certificates.texts import PURPOSES
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import Kind

A_PAGE = 30


@require_GET
@needs(Permission.ISSUE_CERTIFICATES)
def listing(request: Request, organisation: str) -> HttpResponse:
    """All of the organisation and below, what is in use first."""
    rows = queries.kinds_of(request.organisation)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "kinds": [(row, text(row.title), PURPOSES[row.purpose], saying.kind_badge(row)) for row in page],
        "tabs": tabs(request, "certificates:kinds"),
    }
    return render(request, "certificates/kinds.html", context)


@require_GET
@needs(Permission.ISSUE_CERTIFICATES, Permission.SEE_CERTIFICATES)
def kind(request: Request, organisation: str, kind: str) -> HttpResponse:
    """One of them: what it stands on, what it asks, how it looks."""
    row, names = the_kind(kind), saying.Names()
    may = bool(rules.may_issue(request.actor, row.organisation))
    context = {
        "row": row,
        "title": text(row.title),
        "crumbs": to_kind(request, row, text(row.title)),
        "badge": saying.kind_badge(row),
        "purpose": PURPOSES[row.purpose],
        "ground": saying.ground(row, names),
        "asks": [saying.requirement(one, names) for one in row.requirements],
        "level": saying.level(row.scheme, row.level) if row.level else "",
        "skills": [names.say("skill", one) for one in row.skills],
        "paper": saying.sample(row, request.today),
        "issued": queries.issued_of(row),
        "versions": queries.versions_of(row),
        "can": {one for one in KIND.moves if may and KIND.can(row.state, one)},
        "may": may,
    }
    return render(request, "certificates/kind.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ISSUE_CERTIFICATES)
def new(request: Request, organisation: str) -> HttpResponse:
    """Draw a kind up."""
    posted = request.POST if request.method == "POST" else None
    form = KindForm(posted, row=None, key=new_public_id(), names=saying.Names())
    made: list[Kind] = []

    def act() -> None:
        key = form.cleaned_data["key"]
        made.append(
            actions.draft_kind(request.organisation, form.words, key=key, by=request.actor, at=request.at)
        )

    status = 200
    if posted is not None:
        status = tried(request, form, _("Kept as a draft. Look at it, then put it into use."), act)
        if not status:
            return redirect("certificates:kind", organisation, made[0].public_id)
    title = _("Draw up a kind of certificate")
    crumbs = way(
        request, step(request, pgettext("of certificates", "Kinds"), "certificates:kinds"), here(title)
    )
    return render(
        request,
        "certificates/kind_edit.html",
        {"form": form, "title": title, "crumbs": crumbs},
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ISSUE_CERTIFICATES)
def change(request: Request, organisation: str, kind: str) -> HttpResponse:
    """Change a draft."""
    row = the_kind(kind)
    require(rules.may_issue(request.actor, row.organisation))
    require(rules.can_edit(row))
    posted = request.POST if request.method == "POST" else None
    form = KindForm(posted, row=row, key=row.key, names=saying.Names())
    status = 200
    if posted is not None:
        status = tried(
            request, form, pgettext("a form", "Kept."),
            lambda: actions.change_kind(row, form.words, by=request.actor, at=request.at),
        )  # fmt: skip
        if not status:
            return redirect("certificates:kind", organisation, row.public_id)
    title = pgettext("a kind of certificate", "Change it")
    context = {"form": form, "title": title, "crumbs": to_kind(request, row, text(row.title), title)}
    return render(request, "certificates/kind_edit.html", context, status=status)


_MOVES: dict[str, tuple[Callable[..., Kind], Callable[[], str]]] = {
    "activate": (actions.activate_kind, lambda: _("In use. It can be issued from now on.")),
    "retire": (actions.retire_kind, lambda: _("Out of use. What was issued holds.")),
    "follow": (
        actions.follow_kind,
        lambda: _("This is the new version. The one before stays in use until then."),
    ),
}


@require_POST
@needs(Permission.ISSUE_CERTIFICATES)
def move(request: Request, organisation: str, kind: str, verb: str) -> HttpResponse:
    """Put it into use, take it out of use, begin a new version."""
    row = the_kind(kind)
    if verb not in _MOVES:
        raise Http404
    act, done = _MOVES[verb]
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    found = act(row, **by)
    messages.success(request, done())
    return redirect("certificates:kind", organisation, found.public_id)
