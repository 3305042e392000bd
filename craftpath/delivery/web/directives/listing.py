"""What is addressed to oneself, and what one's own office has published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from craftpath.delivery.web.directives.places import TONES, tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.directives import queries, rules
from craftpath.domain.directives.texts import KINDS, STATES
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.directives.models import Directive

A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Listed:
    """A notice as a line."""

    row: Directive
    kind: str
    waits: bool
    state: tuple[str, str]
    count: queries.Count | None = None
    places: str = ""
    later: bool = False


@require_GET
def for_me(request: Request, organisation: str) -> HttpResponse:
    """What waits first, then the newest; the same queries for two and for two hundred."""
    rows = queries.for_reader(request.user, request.today)
    read = queries.own_readings(request.user, rows)
    lines = [
        Listed(
            one, str(KINDS[one.kind]),
            one.state == "published" and not queries.is_through(one, read.get(one.pk)),
            (str(STATES[one.state]), TONES[one.state]),
        )
        for one in rows
    ]  # fmt: skip
    page = Paginator(sorted(lines, key=lambda one: not one.waits), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "tabs": tabs(request, "list"), "issues": bool(tabs(request, "list"))}
    return render(request, "directives/list.html", context)


@require_GET
@needs(Permission.ISSUE_DIRECTIVES)
def issued(request: Request, organisation: str) -> HttpResponse:
    """What this office and those below it wrote, with how many have read it."""
    page = Paginator(queries.issued_at(request.organisation), A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    out = [one for one in rows if rules.is_out(one, request.today)]
    counts = queries.counts(out, request.today)
    lines = [
        Listed(
            one, str(KINDS[one.kind]), False, (str(STATES[one.state]), TONES[one.state]), counts.get(one.pk),
            "、".join(text(target.organisation.name) for target in list(one.targets.all())[:3])
            if request.LANGUAGE_CODE.startswith("zh")
            else ", ".join(text(target.organisation.name) for target in list(one.targets.all())[:3]),
            one.shown_from is not None and one.shown_from > request.today,
        )
        for one in rows
    ]  # fmt: skip
    return render(
        request, "directives/issued.html", {"lines": lines, "page": page, "tabs": tabs(request, "issued")}
    )
