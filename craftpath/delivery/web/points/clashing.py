"""What was written on both sides: a list, and one beside the other with a choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here, step
from craftpath.kernel.points.keeping import settle_clash
from craftpath.kernel.points.noticing import site_name, this_instance
from craftpath.kernel.points.queries import clashes, whom_about
from craftpath.kernel.points.tables import Clash
from craftpath.kernel.points.texts import COLUMNS, TABLES
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text

PAGE = 30


@dataclass(frozen=True)
class Shown:
    """A clash in words."""

    clash: Clash
    what: str
    whom: str
    columns: str


@dataclass(frozen=True)
class Side:
    """One column as each side wrote it."""

    label: str
    kept: str
    other: str


def _inside(request: Request) -> Any:
    return clashes().filter(organisation__path__startswith=request.organisation.path)


def _shown(some: list[Clash]) -> list[Shown]:
    whom = whom_about(some)
    return [
        Shown(
            clash,
            str(TABLES.get(clash.label, clash.label)),
            whom.get(clash.pk, ""),
            " · ".join(map(_label, clash.differing)),
        )
        for clash in some
    ]


def _label(column: str) -> str:
    return str(COLUMNS.get(column, column.removesuffix("_id").replace("_", " ")))


def _said(value: Any) -> str:
    """A value as somebody reads it: moments by the clock here, texts in the reader's language."""
    if value is None or value == "":
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return str(Text.of(value).both()) or _("nothing")
    if isinstance(value, str):
        moment = parse_datetime(value) if "T" in value and len(value) > 18 else None
        if moment is not None:
            return date_format(localtime(moment), "DATETIME_FORMAT")
        day = parse_date(value) if len(value) == 10 else None
        return date_format(day) if day is not None else value
    return str(value)


def _site(instance: str) -> str:
    """Where a value was written."""
    if instance == this_instance():
        return _("written here")
    name = site_name(instance)
    return _("written at %(site)s") % {"site": name} if name else _("written at another site")


@require_safe
@needs(Permission.EXCHANGE_BUNDLES)
def listing(request: Request, organisation: str) -> HttpResponse:
    """All of them, open ones first."""
    page = Paginator(_inside(request), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": _shown(list(page)),
        "crumbs": [step(request, _("Village points"), "points:list"), here(_("Written on both sides"))],
    }
    return render(request, "points/clashes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EXCHANGE_BUNDLES)
def clash(request: Request, organisation: str, clash: str) -> HttpResponse:
    """One: both sides, and by POST the choice."""
    row: Clash = get_object_or_404(_inside(request), public_id=plain_id(clash))
    if request.method == "POST":
        take = "other" if request.POST.get("take") == "other" else "kept"
        settle_clash(row, take=take, by=request.actor, at=request.at)
        messages.success(request, _("Settled. The other site hears of it with the next bundle."))
        return redirect("points:clashes", organisation)
    sides = [
        Side(_label(column), _said(kept), _said(other)) for column, (kept, other) in row.differing.items()
    ]
    context = {
        "one": _shown([row])[0],
        "sides": sides,
        "kept_site": _site(row.kept_site),
        "other_site": _site(row.other_site),
        "crumbs": [
            step(request, _("Village points"), "points:list"),
            step(request, _("Written on both sides"), "points:clashes"),
            here(str(TABLES.get(row.label, row.label))),
        ],
    }
    return render(request, "points/clash.html", context)
