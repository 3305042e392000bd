"""Buttons of those who keep packages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.frameworks.choosing import skill_groups
from craftpath.delivery.web.packages.places import kept, to_package
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.packages import actions
from craftpath.domain.packages.rules import LONGEST_TITLE
from craftpath.values.text import Text

MOVES: dict[str, tuple[Callable[..., object], Any]] = {
    "retire": (
        actions.retire_package,
        gettext_lazy("Retired: nobody begins it any more. What was done in it stays."),
    ),
    "restore": (actions.restore_package, gettext_lazy("It is offered again.")),
}


class DetailsForm(forms.Form):
    """What a package is called."""

    title_zh = forms.CharField(
        label=gettext_lazy("Title in Chinese"), max_length=LONGEST_TITLE, required=False
    )
    title_en = forms.CharField(
        label=gettext_lazy("Title in English"), max_length=LONGEST_TITLE, required=False
    )


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: Request, organisation: str, package: str) -> HttpResponse:
    """Its title in both languages, and the skills that it trains."""
    row = kept(request, package)
    data, status = request.POST if request.method == "POST" else None, 200
    first = {"title_zh": row.title.get("zh", ""), "title_en": row.title.get("en", "")}
    form = DetailsForm(data, initial=first)
    chosen = data.getlist("skills") if data is not None else list(row.skills)

    def act() -> None:
        given = form.cleaned_data
        title = Text(given["title_zh"].strip(), given["title_en"].strip())
        actions.change_package(row, title=title, skills=chosen, by=request.actor, at=request.at)

    if data is not None:
        status = tried(request, form, pgettext("what was written", "Kept."), act)
        if not status:
            return redirect("packages:package", organisation, row.public_id)
    groups = skill_groups(stored=row.skills)
    context = {
        "row": row,
        "form": form,
        "groups": [(name, [(key, said, key in chosen) for key, said in some]) for name, some in groups],
        "opened": [name for name, some in groups if not set(chosen).isdisjoint(key for key, _said in some)],
        "crumbs": to_package(request, row, here(_("Title and skills"))),
    }
    return render(request, "packages/details.html", context, status=status)


@require_POST
def move(request: Request, organisation: str, package: str, verb: str) -> HttpResponse:
    """Retire it, or offer it again."""
    row = kept(request, package)
    if verb not in MOVES:
        raise Http404
    act, done = MOVES[verb]
    act(row, by=request.actor, at=request.at)
    messages.success(request, str(done))
    return redirect("packages:package", organisation, row.public_id)
