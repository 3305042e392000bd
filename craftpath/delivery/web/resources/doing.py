"""Buttons of those who look after resources, and the form with all that is said of one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.exchange.resources import cartridge
from craftpath.delivery.web.frameworks.choosing import skill_groups
from craftpath.delivery.web.resources.forms import DetailsForm
from craftpath.delivery.web.resources.places import kept, seen, to_resource
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.packages.actions import take_package
from craftpath.domain.resources import actions
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.domain.resources.models import Resource


PLAYED = ("imscc", "scorm", "h5p")


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
    if verb == "part":
        return _part(request, row)
    if verb == "course":
        return _as_course(request, row)
    if verb not in MOVES:
        raise Http404
    act, done = MOVES[verb]
    act(row, by=request.actor, at=request.at)
    messages.success(request, str(done))
    if verb == "discard":
        return redirect("resources:confirm", organisation)
    return redirect("resources:resource", organisation, row.public_id)


def _part(request: Request, row: Resource) -> HttpResponse:
    """A cartridge as single resources: they wait to be confirmed as dropped files do."""
    done = cartridge.part(row, by=request.actor, at=request.at)
    said = ngettext("%(count)s part became a draft.", "%(count)s parts became drafts.", done.made)
    messages.success(request, said % {"count": done.made})
    if done.left:
        names = ", ".join(done.left[:5]) + ("…" if len(done.left) > 5 else "")
        left = ngettext(
            "%(count)s was left out: %(names)s", "%(count)s were left out: %(names)s", len(done.left)
        )
        messages.warning(request, left % {"count": len(done.left), "names": names})
    return redirect("resources:confirm", request.organisation.key)


def _as_course(request: Request, row: Resource) -> HttpResponse:
    """A package as one that is played in courses; what was dropped here stays a draft."""
    version = row.versions.order_by("-number").select_related("file").first()
    if version is None or version.file is None or version.form not in PLAYED:
        raise Refused(not_now("resources.no_cartridge"))
    made_id = uuid.uuid5(row.made_id, "course")
    taken = take_package(
        version.file.bytes(), version.file.name, organisation=row.organisation, made_id=made_id, by=request.actor,
        at=request.at,
    )  # fmt: skip
    return redirect("packages:package", row.organisation.key, taken.public_id)


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
