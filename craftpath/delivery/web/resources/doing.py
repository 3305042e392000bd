"""Buttons of those who look after resources, and the form with all that is said of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.frameworks.choosing import skill_groups
from craftpath.delivery.web.resources.forms import DetailsForm
from craftpath.delivery.web.resources.places import kept, seen, to_resource
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.resources import actions

if TYPE_CHECKING:
    from craftpath.domain.resources.models import Resource


def _recommend(on: bool) -> Callable[..., object]:
    def act(row: Resource, **more: Any) -> object:
        return actions.recommend_resource(row, on, **more)

    return act


MOVES: dict[str, tuple[Callable[..., object], Any]] = {
    "discard": (actions.discard_resource, gettext_lazy("Discarded.")),
    "retire": (actions.retire_resource, gettext_lazy("Retired: it stays where it is used.")),
    "restore": (actions.restore_resource, gettext_lazy("It is offered again.")),
    "recommend": (_recommend(True), gettext_lazy("Recommended: the library says so beside its title.")),
    "unrecommend": (_recommend(False), gettext_lazy("No longer recommended.")),
}


@require_POST
def move(request: Request, organisation: str, resource: str, verb: str) -> HttpResponse:
    """Discard, retire, offer again, recommend; or let an older version stay where it is used."""
    if verb == "stay":
        row = seen(request, resource)
        actions.let_stay(row, organisation=request.organisation, by=request.actor, at=request.at)
        messages.success(request, _("The older version stays where it is used here."))
        return redirect("resources:resource", organisation, row.public_id)
    row = kept(request, resource)
    if verb not in MOVES:
        raise Http404
    act, done = MOVES[verb]
    act(row, by=request.actor, at=request.at)
    messages.success(request, str(done))
    if verb == "discard":
        return redirect("resources:confirm", organisation)
    return redirect("resources:resource", organisation, row.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: Request, organisation: str, resource: str) -> HttpResponse:
    """All that is said of it."""
    row = kept(request, resource)
    data, status = request.POST if request.method == "POST" else None, 200
    form = DetailsForm(data, row=row)
    chosen = data.getlist("skills") if data is not None else list(row.skills)

    def act() -> None:
        actions.change_resource(row, form.details(row, chosen), by=request.actor, at=request.at)

    if data is not None:
        status = tried(request, form, pgettext("what was written", "Kept."), act)
        if not status:
            return redirect("resources:resource", organisation, row.public_id)
    groups = skill_groups(stored=row.skills)
    context = {
        "row": row,
        "form": form,
        "groups": [(name, [(key, said, key in chosen) for key, said in some]) for name, some in groups],
        "opened": [name for name, some in groups if not set(chosen).isdisjoint(key for key, _said in some)],
        "crumbs": to_resource(request, row, here(_("Change"))),
    }
    return render(request, "resources/details.html", context, status=status)
