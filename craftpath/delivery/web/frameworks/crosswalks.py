"""Crosswalks: two frameworks side by side, as a matrix and as a list, read in either direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.frameworks import saying
from craftpath.delivery.web.frameworks.forms import PairForm, grouped
from craftpath.delivery.web.frameworks.places import edits, tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.standards import actions, queries
from craftpath.domain.standards.texts import MATCHES, STRENGTHS
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.standards.content import Pair
    from craftpath.domain.standards.models import Framework, Skill

WIDEST = 60
"""Skills of a side up to which a matrix can be read; beyond, the list alone."""
PER_PAGE = 100


@require_http_methods(["GET", "HEAD"])
def crosswalks(request: Request, organisation: str) -> HttpResponse:
    """Which frameworks are tied together, and by how many pairs; any two can be opened."""
    lists = _lists()
    named = {row.key: row for row in lists}
    counts: dict[tuple[str, str], int] = {}
    for pair in queries.crosswalks().values_list("one_framework", "other_framework"):
        one, other = sorted(pair)
        counts[one, other] = counts.get((one, other), 0) + 1
    tied = [
        (named[one], named[other], count)
        for (one, other), count in counts.items()
        if {one, other} <= set(named)
    ]
    context = {
        "tied": sorted(tied, key=lambda row: -row[2]),
        "lists": [(row.key, text(row.name)) for row in lists],
        "tabs": tabs(request, "frameworks:crosswalks"),
        "chosen": request.GET.get("one", lists[0].key if lists else ""),
    }
    if {request.GET.get("one"), request.GET.get("other")} <= set(named) and request.GET["one"] != request.GET[
        "other"
    ]:
        return redirect("frameworks:crosswalk", organisation, request.GET["one"], request.GET["other"])
    return render(request, "frameworks/crosswalks.html", context)


def _lists() -> list[Framework]:
    return list(queries.frameworks().filter(state="published"))


@require_http_methods(["GET", "HEAD", "POST"])
def crosswalk(request: Request, organisation: str, one: str, other: str) -> HttpResponse:
    """Two frameworks; whoever edits ties skills here, for the own organisation."""
    named = {row.key: row for row in _lists()}
    if one not in named or other not in named or one == other:
        raise Http404
    sides = queries.skills(one), queries.skills(other)
    form, status = None, 200
    if edits(request):
        form = _form(request, sides)
        if request.method == "POST":
            status = tried(
                request, form, pgettext("what was written", "Kept."), lambda: _match(request, form)
            )
            if not status:
                return redirect("frameworks:crosswalk", organisation, one, other)
    elif request.method == "POST":
        require(request.actor.may(Permission.EDIT_FRAMEWORKS))
    context = _shown(request, sides, queries.pairs_between(one, other)) | {
        "one": named[one],
        "other": named[other],
        "form": form,
        "crumbs": [step(request, _("Crosswalks"), "frameworks:crosswalks"), here(text(named[one].name))],
    }
    return render(request, "frameworks/crosswalk.html", context, status=status)


def _form(request: Request, sides: tuple[list[Skill], list[Skill]]) -> PairForm:
    asked = {"one": request.GET.get("skill", ""), "other": request.GET.get("with", "")}
    ones, others = grouped(sides[0], text), grouped(sides[1], text)
    return PairForm(
        request.POST if request.method == "POST" else None, ones=ones, others=others, initial=asked
    )


def _match(request: Request, form: Any) -> None:
    actions.match_skills(
        **form.cleaned_data, organisation=request.organisation, by=request.actor, at=request.at
    )


def _shown(request: Request, sides: tuple[list[Skill], list[Skill]], pairs: list[Pair]) -> dict[str, Any]:
    ones, others = ({skill.key: skill for skill in side} for side in sides)
    live = [pair for pair in pairs if pair.one in ones and pair.other in others]
    own = _own(request, live)
    page = Paginator(live, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "pair": pair,
            "one": saying.words(ones[pair.one].name),
            "other": saying.words(others[pair.other].name),
            "says": MATCHES[pair.kind],
            "strength": STRENGTHS[pair.strength],
            "own": (pair.one, pair.other) in own,
        }
        for pair in page.object_list
    ]
    matrix = len(ones) <= WIDEST and len(others) <= WIDEST
    return {
        "page": page,
        "rows": rows,
        "count": len(live),
        "matrix": _matrix(ones, others, live) if matrix and live else None,
        "columns": [saying.words(skill.name) for skill in others.values()],
        "untied": [
            saying.words(skill.name).here for key, skill in ones.items() if key not in {p.one for p in live}
        ],
        "kinds": list(MATCHES.items()),
    }


def _own(request: Request, pairs: list[Pair]) -> set[tuple[str, str]]:
    """Pairs that the own organisation keeps, and may take back, read as they are shown."""
    rows = queries.crosswalks().filter(organisation=request.organisation)
    kept = set(rows.values_list("one", "other"))
    return {
        (pair.one, pair.other) for pair in pairs if {(pair.one, pair.other), (pair.other, pair.one)} & kept
    }


def _matrix(
    ones: dict[str, Skill], others: dict[str, Skill], pairs: list[Pair]
) -> list[tuple[str, Any, list[Any]]]:
    """A row for each skill of the first list: its key and name, and a cell for each skill of the second."""
    by_ends = {(pair.one, pair.other): pair for pair in pairs}
    return [
        (
            key,
            saying.words(skill.name),
            [_cell(by_ends.get((key, other)), skill, others[other]) for other in others],
        )
        for key, skill in ones.items()
    ]


def _cell(pair: Pair | None, one: Skill, other: Skill) -> dict[str, str] | None:
    if pair is None:
        return None
    said = {"one": text(one.name), "says": MATCHES[pair.kind], "other": text(other.name)}
    return {
        "kind": pair.kind,
        "strength": str(pair.strength),
        "words": _("%(one)s %(says)s %(other)s") % said,
    }


@require_POST
@needs(Permission.EDIT_FRAMEWORKS)
def unmatch(request: Request, organisation: str, one: str, other: str) -> HttpResponse:
    """Take a pair back that the own organisation keeps."""
    if not {one, other} <= {row.key for row in _lists()}:
        raise Http404
    ends = request.POST.get("one", "")[:60], request.POST.get("other", "")[:60]
    if actions.unmatch_skills(*ends, organisation=request.organisation, by=request.actor, at=request.at):
        messages.success(request, _("Taken back."))
    return redirect("frameworks:crosswalk", organisation, one, other)
