"""Opening a forum, and changing what it is called, for whom it is and when it meets."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.forums.forms import ForumForm
from craftpath.delivery.web.forums.places import found, to_forum
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.forums import actions, rules
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.HOST_FORUMS)
def new(request: Request, organisation: str) -> HttpResponse:
    """The form of a new forum."""
    form = ForumForm(request.POST or None, cohorts=cohorts())
    status, made = 200, []
    if request.method == "POST":

        def act() -> None:
            values = form.given()
            made.append(
                actions.open_forum(
                    made_id=form.cleaned_data["made_id"], organisation=request.organisation, **values,
                    by=request.actor, at=request.at,
                )
            )  # fmt: skip

        status = tried(request, form, pgettext("a forum", "Opened."), act)
        if not status:
            return redirect("forums:forum", organisation, made[0].public_id)
    way = [step(request, pgettext("in the rail", "Forums"), "forums:list"), here(_("Open a forum"))]
    return render(
        request, "forums/edit.html", {"form": form, "title": _("Open a forum"), "crumbs": way}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ASK_QUESTIONS)
def edit(request: Request, organisation: str, forum: str) -> HttpResponse:
    """The form of a forum that there is."""
    row = found(forum)
    require(rules.may_host(request.actor, row))
    start: dict[str, Any] = {
        name: getattr(row, name)
        for name in ("title", "about", "audience", "every", "weekday", "at", "minutes", "place", "link")
    }
    start["cohort"] = row.cohort.public_id if row.cohort else ""
    known = [*cohorts(), *([row.cohort] if row.cohort else [])]
    form = ForumForm(request.POST or None, initial=start, cohorts=known)
    status = 200
    if request.method == "POST":
        status = tried(
            request, form, _("Kept."),
            lambda: actions.change_forum(row, **form.given(), by=request.actor, at=request.at),
        )  # fmt: skip
        if not status:
            return redirect("forums:forum", organisation, row.public_id)
    title = pgettext("a forum", "Change the forum")
    context = {"form": form, "row": row, "title": title, "crumbs": to_forum(request, row, title)}
    return render(request, "forums/edit.html", context, status=status)
