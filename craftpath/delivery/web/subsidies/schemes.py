"""Schemes: all that the reader can choose, one of them to be read, and a version of the own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import listed, text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.delivery.web.subsidies import saying
from craftpath.delivery.web.subsidies.places import READERS, tabs, to_files
from craftpath.delivery.web.subsidies.scheme_forms import CopyForm
from craftpath.domain.subsidies import actions, queries
from craftpath.domain.subsidies.texts import EXCLUSIONS, KINDS, LEVELS, MEASURES, PAPERS, READ, STEPS
from craftpath.kernel.roles import Permission, Role
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.subsidies.models import SubsidyScheme

MOST = 500


@require_GET
@needs(*READERS)
def schemes(request: Request, organisation: str) -> HttpResponse:
    """What came with the program, and what offices have made of it; the newest version of each first."""
    rows = list(queries.schemes()[:MOST])
    context = {"tabs": tabs(request, "subsidies:schemes"), "rows": [_row(row) for row in rows]}
    return render(request, "subsidies/schemes.html", context)


def _row(row: SubsidyScheme) -> dict[str, Any]:
    rates = row.definition.get("rates", ())
    unit = row.definition["currency"]
    amounts = sorted({one["amount"] for one in rates})
    spread = saying.amount(amounts[-1], unit) if amounts else "–"
    if len(amounts) > 1:
        spread = f"{saying.amount(amounts[0], unit)} – {saying.plain(amounts[-1], unit)}"
        if spread.endswith(saying.plain(amounts[-1], unit)) and not spread.startswith(
            unit
        ):  # the unit stands behind
            spread = f"{saying.plain(amounts[0], unit)} – {saying.amount(amounts[-1], unit)}"
    return {
        "row": row,
        "name": saying.scheme_name(row),
        "rates": spread,
        "advance": _percent(row.definition.get("advance", 0)),
        "read": READ[row.read],
    }


def _percent(thousandths: int) -> str:
    percent = Decimal(thousandths) / 10
    return f"{percent.normalize():f} %" if thousandths else "–"


def _scheme(public_id: str) -> SubsidyScheme:
    return get_object_or_404(queries.schemes(), public_id=plain_id(public_id))


@require_GET
@needs(*READERS)
def scheme(request: Request, organisation: str, scheme: str) -> HttpResponse:
    """All of one version, with its source."""
    row = _scheme(scheme)
    said = row.definition
    unit = said["currency"]
    context = {
        "scheme": row,
        "title": saying.scheme_name(row),
        "read": READ[row.read],
        "rates": [
            (_level(one), _kind(one), saying.amount(one["amount"], unit)) for one in said.get("rates", ())
        ],
        "terms": _terms(said, unit),
        "papers": _papers(said.get("papers", ())),
        "bounds": [
            (
                MEASURES.get(one["measure"], one["measure"]),
                LEVELS.get(one.get("level", ""), ""),
                saying.bound(one),
            )
            for one in said.get("bounds", ())
        ],
        "excludes": [EXCLUSIONS[one] for one in row.excludes],
        "copies": Permission.DECIDE_SUBSIDIES in request.actor.permissions,
        "crumbs": to_files(
            request,
            step(request, pgettext("of subsidies", "Schemes"), "subsidies:schemes"),
            here(saying.scheme_name(row)),
        ),
    }
    return render(request, "subsidies/scheme.html", context)


def _level(one: Mapping[str, Any]) -> str:
    return str(LEVELS.get(one.get("level", ""), _("any level")))


def _kind(one: Mapping[str, Any]) -> str:
    return str(KINDS.get(one.get("kind", ""), one.get("kind", "")))


def _terms(said: Mapping[str, Any], unit: str) -> list[tuple[str, str]]:
    """Everything that is a single figure, in words; what the scheme does not say is said too."""
    unknown = _("not regulated")
    uncertified, days, months = said.get("uncertified"), said.get("notice_days"), said.get("refund_months")
    by_place = said.get("clawback") == "by_place"
    return [
        (_("Advance, of the first year"), _percent(said.get("advance", 0))),
        (
            _("Finished without a certificate, a year"),
            unknown if uncertified is None else saying.amount(uncertified, unit),
        ),
        (_("Left early, a year by full months"), saying.amount(said.get("left", 0), unit)),
        (
            _("Places that are not completed"),
            _("the advance of each is taken back") if by_place else _("set against the sum"),
        ),
        (_("Public notice"), unknown if days is None else _days(days, said.get("notice", "days"))),
        (
            _("Refund of what was advanced too much"),
            unknown if months is None else _("within %(count)s months") % {"count": months},
        ),
        (_("Once a level of an occupation"), _("yes") if said.get("once_per_level") else unknown),
    ]


def _days(days: int, kind: str) -> str:
    if kind == "workdays":
        return _("%(count)s workdays") % {"count": days}
    return _("%(count)s days") % {"count": days}


def _papers(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str, str]]:
    """(step, paper, how many and of whom, who supplies it)."""
    return [
        (
            str(STEPS[one["step"]]),
            str(PAPERS.get(one["paper"], one["paper"])),
            _("one of each person") if one.get("per") == "person" else _copies(one.get("least", 1)),
            str(ROLE_NAMES[Role(one["role"])]),
        )
        for one in rows
    ]


def _copies(least: int) -> str:
    return _("one of the class") if least == 1 else _("at least %(count)s of the class") % {"count": least}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DECIDE_SUBSIDIES)
def copy(request: Request, organisation: str, scheme: str) -> HttpResponse:
    """A version of the own from one that is there; what is refused keeps everything that was typed."""
    row = _scheme(scheme)
    posted = request.method == "POST"
    form, status = CopyForm(request.POST if posted else None, row=row, today=request.today), 200
    if posted:
        status = 422
        if form.is_valid():
            try:
                made = actions.copy_scheme(
                    row, organisation=request.organisation, **form.given(), by=request.actor, at=request.at
                )
            except Refused as refused:
                if refused.verdict.who:
                    raise
                form.add_error(None, sentence(refused.verdict))
                status = 409
            else:
                messages.success(request, _("Made. Files from that day on can be opened under it."))
                return redirect("subsidies:scheme", organisation, made.public_id)
    context = {
        "scheme": row,
        "form": form,
        "crumbs": to_files(
            request,
            step(request, pgettext("of subsidies", "Schemes"), "subsidies:schemes"),
            step(request, saying.scheme_name(row), "subsidies:scheme", row.public_id),
            here(_("A version of your own")),
        ),
        "place": listed([text(request.organisation.name)]),
    }
    return render(request, "subsidies/copy.html", context, status=status)
