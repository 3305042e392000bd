"""What is shared and what is received; who sees what; who looked; the register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.sharing.register import register
from craftpath.delivery.exchange.sharing.registry import CLASSES
from craftpath.delivery.exchange.writing import write_xlsx
from craftpath.delivery.web.sharing.places import TONES, tabs
from craftpath.delivery.web.shell.downloads import XLSX, attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.sharing import queries
from craftpath.domain.sharing.rules import may_give, may_know
from craftpath.domain.sharing.texts import FORMS, STATES
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.purposes import PURPOSES
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.sharing.queries import Standing

A_PAGE = 20
MOST_RULES = 5000  # of a register
MOST_PARTNERS = 8  # columns of the matrix on one page


@require_GET
@needs(Permission.SEE_SHARED)
def rules(request: Request, organisation: str) -> HttpResponse:
    """Two lists, what is shared and what is received, with all or with one partner; how many offers wait."""
    own = request.organisation
    partner = Organisation.objects.filter(key=request.GET.get("with", "").replace("\0", "")).first()
    whose = queries.between(own, partner) if partner is not None else Q()
    knows = bool(may_know(request.actor, own, request.today))
    given = Paginator(queries.given_by(own, drafts=knows).filter(whose), A_PAGE).get_page(
        request.GET.get("given")
    )
    received = Paginator(queries.received_by(own).filter(whose), A_PAGE).get_page(request.GET.get("received"))
    standings = queries.standings([*given, *received], request.today)
    out, into = standings[: len(given)], standings[len(given) :]
    shown = {
        "given": given,
        "received": received,
        "given_lines": [_line(request, one, one.rule.receiver) for one in out],
        "received_lines": [_line(request, one, one.rule.giver) for one in into],
        "partner": partner,
        "waits": queries.waiting(own),
        "next_end": min((one.last for one in standings if one.verdict), default=None),
        "writes": bool(may_give(request.actor, own, request.today)),
        "tabs": tabs(request, "sharing:list"),
    }
    return render(request, "sharing/list.html", shown)


def _line(request: Request, one: Standing, partner: Organisation) -> dict[str, Any]:
    rule = one.rule
    until = date_format(max(one.last, rule.starts_on), "DATE_FORMAT")
    parts = [text(partner.name), text(PURPOSES[rule.purpose].name), _("until %(day)s") % {"day": until}]
    return {
        "label": f"{text(rule.named['title'])} · {rule.label}",
        "note": " · ".join(parts),
        "url": reverse("sharing:rule", args=[request.organisation.key, rule.public_id]),
        "badge": _("ends soon") if one.ends_soon else STATES[one.state],
        "tone": "attention" if one.ends_soon else TONES[one.state],
    }


@require_GET
@needs(Permission.SEE_SHARED)
def matrix(request: Request, organisation: str) -> HttpResponse:
    """Kinds of data by partners: who sees what today."""
    own = request.organisation
    rows = (queries.given_by(own) | queries.received_by(own)).filter(state="in_force")
    showing = [
        one for one in queries.standings(rows.order_by("pk")[:MOST_RULES], request.today) if one.verdict
    ]
    found: dict[int, tuple[str, dict[str, list[dict[str, Any]]]]] = {}
    for one in showing:
        partner, cell = _cell(request, own, one)
        columns = found.setdefault(partner.pk, (text(partner.name), {}))
        columns[1].setdefault(one.rule.data_class, []).append(cell)
    page = Paginator(sorted(found.values(), key=lambda one: one[0]), MOST_PARTNERS).get_page(
        request.GET.get("page")
    )
    shown = {
        "page": page,
        "partners": [name for name, _cells in page],
        "rows": [
            (text(kind.title), [cells.get(kind.key, []) for _name, cells in page])
            for kind in CLASSES.values()
            if any(kind.key in cells for _name, cells in page)
        ],
        "tabs": tabs(request, "sharing:matrix"),
    }
    return render(request, "sharing/matrix.html", shown)


def _cell(request: Request, own: Organisation, one: Standing) -> tuple[Organisation, dict[str, Any]]:
    """The partner in whose column a rule stands, and what is said there: who gives, seen from one's own place."""
    rule = one.rule
    gives, gets = (side.path.startswith(own.path) for side in (rule.giver, rule.receiver))
    if gives and gets:  # an office above both
        label = _("sees of %(giver)s") % {"giver": text(rule.giver.name)}
    else:
        label = _("sees of us") if gives else _("shows us")
    url = reverse("sharing:rule", args=[request.organisation.key, rule.public_id])
    return (rule.receiver if gives else rule.giver), {
        "label": label,
        "url": url,
        "tone": "out" if gives else "in",
    }


@require_GET
@needs(Permission.SEE_SHARED)
def looks(request: Request, organisation: str) -> HttpResponse:
    """Every look at what one's organisation shares, and of its people at what it receives; the newest first."""
    page = Paginator(queries.looks(), A_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "lines": look_lines(request, page), "tabs": tabs(request, "sharing:looks")}
    return render(request, "sharing/looks.html", shown)


def look_lines(request: Request, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Looks as lines of a table."""
    return [
        {
            "row": row,
            "title": text(row.rule.named["title"]),
            "url": reverse("sharing:rule", args=[request.organisation.key, row.rule.public_id]),
            "form": FORMS[row.form],
        }
        for row in rows
    ]


@require_GET
@needs(Permission.SEE_SHARED)
def register_file(request: Request, organisation: str) -> HttpResponse:
    """The register as a workbook, for a data protection audit."""
    own, day = request.organisation, request.today
    knows = bool(may_know(request.actor, own, day))
    given = queries.standings(queries.given_by(own, drafts=knows)[:MOST_RULES], day)
    received = queries.standings(queries.received_by(own)[:MOST_RULES], day)
    title = _("Register of information sharing")
    content = write_xlsx(register(given, received), title=f"{title} · {text(own.name)}")
    return attachment(content, f"{title}-{own.key}-{day:%Y-%m-%d}.xlsx", XLSX)
