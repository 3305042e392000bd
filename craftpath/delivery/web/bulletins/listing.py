"""All bulletins of an organisation, and a new one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.web.bulletins.forms import NewForm
from craftpath.delivery.web.bulletins.places import TONES, public_path, tabs, title, to_list
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.bulletins import actions, queries
from craftpath.domain.bulletins.texts import STATES
from craftpath.domain.pilots.queries import pilots
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.bulletins.models import Bulletin

A_PAGE = 20
QUARTER = timedelta(days=90)


@require_GET
@needs(Permission.MAKE_BULLETINS)
def list_(request: Request, organisation: str) -> HttpResponse:
    """The newest number first, those that wait for a second person above."""
    page = Paginator(queries.bulletins_of(request.organisation), A_PAGE).get_page(request.GET.get("page"))
    waiting = queries.waiting_for(request.organisation, request.user) if page.number == 1 else []
    context = {
        "tabs": tabs(request, "list"),
        "page": page,
        "rows": [_line(request, row) for row in page],
        "waiting": [_line(request, row) for row in waiting],
        "public_url": reverse("bulletin:numbers", args=[organisation]),
    }
    return render(request, "bulletins/list.html", context)


def _line(request: Request, row: Bulletin) -> dict[str, Any]:
    return {
        "row": row,
        "title": title(row),
        "about": text(row.pilot.name) if row.pilot is not None else text(row.organisation.name),
        "url": reverse("bulletins:edit", args=[request.organisation.key, row.public_id]),
        "state": str(STATES[row.state]),
        "tone": TONES[row.state],
        "public_url": public_path(row) if row.state == "published" else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MAKE_BULLETINS)
def new(request: Request, organisation: str) -> HttpResponse:
    """Begin a number."""
    own = {one.public_id: one for one in pilots().filter(organisation=request.organisation)}
    choices = [(key, text(one.name)) for key, one in own.items()]
    first = {
        "number": queries.next_number(request.organisation),
        "since": request.today - QUARTER,
        "until": request.today,
        "language": "both",
        "pilot": next(iter(own), ""),
    }
    form = NewForm(request.POST if request.method == "POST" else None, pilots=choices, initial=first)
    made: list[Bulletin] = []

    def act() -> None:
        given = form.cleaned_data
        made.append(
            actions.begin_bulletin(
                organisation=request.organisation, made_id=given["made_id"], number=given["number"], look=form.told,
                pilot=own.get(given["pilot"]), by=request.actor, at=request.at,
            )
        )  # fmt: skip

    status = 200
    if request.method == "POST":
        status = tried(request, form, _("Begun. Compose fills it from the record."), act)
        if not status:
            return redirect("bulletins:edit", organisation, made[0].public_id)
    context = {"form": form, "crumbs": to_list(request, here(_("New bulletin")))}
    return render(request, "bulletins/new.html", context, status=status)
