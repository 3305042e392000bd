"""Other catalogues: which are read, how far, and what they suggest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.exchange.outward import target_of
from craftpath.delivery.web.resources.places import to_list
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.resources import actions, queries, rules
from craftpath.domain.resources.texts import SOURCE_STATES
from craftpath.values.text import Text
from craftpath.values.verdict import Verdict, require

if TYPE_CHECKING:
    from craftpath.domain.resources.models import Source, Suggestion

A_PAGE = 20


class SourceForm(forms.Form):
    """Where another catalogue is."""

    name = forms.CharField(label=gettext_lazy("Name of the catalogue"), max_length=rules.LONGEST_LINE)
    address = forms.CharField(
        label=gettext_lazy("Its OAI-PMH address"), max_length=rules.LONGEST_LINK,
        help_text=gettext_lazy("It begins with https:// and is what stands before “?verb=”."),
    )  # fmt: skip
    only = forms.CharField(
        label=gettext_lazy("Only this set of it"), max_length=rules.LONGEST_LINE, required=False
    )


@require_http_methods(["GET", "HEAD", "POST"])
def catalogues(request: Request, organisation: str) -> HttpResponse:
    """Those that are read, a form for another one, and what they suggest."""
    require(rules.may_tend(request.actor, request.organisation))
    form, status = SourceForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":

        def act() -> None:
            given = form.cleaned_data
            target_of(given["address"])  # a slip or an address inside the network is told of at once
            actions.add_source(request.organisation, **given, by=request.actor, at=request.at)

        status = tried(request, form, _("Added. It is read now, and once a day from then on."), act)
        if not status:
            return redirect("resources:catalogues", organisation)
    page = Paginator(queries.suggestions(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "sources": [_source(row) for row in queries.counted(queries.sources())],
        "suggestions": [_suggestion(row) for row in page.object_list],
        "page": page,
        "crumbs": to_list(request, here(_("Other catalogues"))),
    }
    return render(request, "resources/catalogues.html", context, status=status)


def _source(row: Source) -> dict[str, Any]:
    reason = sentence(Verdict(row.because, row.facts)) if row.because else ""
    failed = row.state == "stopped" and row.because
    return {
        "row": row,
        "state": SOURCE_STATES["failed" if failed else row.state],
        "tone": "wrong" if failed else "good" if row.state == "on" else "plain",
        "reason": reason,
    }


def _suggestion(row: Suggestion) -> dict[str, Any]:
    said = row.record
    return {
        "row": row,
        "title": text(Text.of(said.get("title") or {}).as_json()) or row.identifier,
        "about": " · ".join(one for one in (said.get("authors", ""), row.source.name) if one),
        "address": said.get("address", ""),
    }


_MOVES: dict[str, tuple[Callable[..., object], Any]] = {
    "stop": (actions.stop_source, gettext_lazy("Stopped. What it suggested stays.")),
    "resume": (actions.resume_source, gettext_lazy("It is read again.")),
}


@require_POST
def source_move(request: Request, organisation: str, source: str, verb: str) -> HttpResponse:
    """Stop reading a catalogue, or go on."""
    row = get_object_or_404(queries.sources(), public_id=plain_id(source))
    if verb not in _MOVES:
        raise Http404
    act, done = _MOVES[verb]
    act(row, by=request.actor, at=request.at)
    messages.success(request, str(done))
    return redirect("resources:catalogues", organisation)


@require_POST
def suggestion_move(request: Request, organisation: str, suggestion: str, verb: str) -> HttpResponse:
    """Take a suggestion as a draft, or decline it."""
    row = get_object_or_404(queries.any_suggestion(plain_id(suggestion)))
    if verb == "take":
        actions.take_suggestion(row, by=request.actor, at=request.at)
        messages.success(request, _("Taken: confirm what is said of it, then share it."))
        return redirect("resources:confirm", organisation)
    if verb != "decline":
        raise Http404
    actions.decline_suggestion(row, by=request.actor, at=request.at)
    return redirect("resources:catalogues", organisation)
