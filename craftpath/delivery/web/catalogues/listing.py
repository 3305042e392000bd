"""Classifications and catalogues: which there are, their lines, and one line with all that lies around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.catalogues.texts import KINDS, LINKS, TONES
from craftpath.delivery.web.occupations.places import room_tabs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.occupations import catalogues as queries
from craftpath.domain.occupations import rules
from craftpath.domain.occupations.classifying import CN, ISCO
from craftpath.domain.occupations.texts import IMPORT_STATES

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import Catalogue, CatalogueEntry

A_PAGE, MOST_IMPORTS, MOST_AROUND = 50, 20, 200
LONGEST_SEARCH, LARGEST_ID = 60, 2**31
CODES = {ISCO: "code_isco", CN: "code_cn"}


@require_GET
def catalogues(request: Request, organisation: str) -> HttpResponse:
    """All of them, and the files of those who take some in."""
    may = bool(rules.may_import(request.actor, request.organisation))
    context = {
        "rows": list(queries.catalogues()),
        "imports": [
            {"row": one, "state": IMPORT_STATES[one.state], "tone": TONES.get(one.state, "plain")}
            for one in (queries.imports().exclude(state="dropped")[:MOST_IMPORTS] if may else ())
        ],
        "may": may,
        "tabs": room_tabs(request, "catalogues:list"),
    }
    return render(request, "catalogues/list.html", context)


def to_list(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list."""
    return [step(request, pgettext("of occupations", "Classifications"), "catalogues:list"), *further]


def found(public_id: str) -> Catalogue:
    """A catalogue that the reader sees."""
    return get_object_or_404(queries.catalogues(), public_id=plain_id(public_id))


@require_GET
def catalogue(request: Request, organisation: str, catalogue: str) -> HttpResponse:
    """Its lines; a page of them, three queries however many."""
    row = found(catalogue)
    search = request.GET.get("q", "").replace("\0", "")[:LONGEST_SEARCH].strip()
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    page = Paginator(queries.entries(row, search, kind), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "row": row,
        "page": page,
        "lines": [{"entry": one, "depth": _depth(row, one)} for one in page.object_list],
        "search": search,
        "kind": kind,
        "kinds": [(key, label) for key, label in KINDS.items() if key != "link"],
        "crumbs": to_list(request, here(text(row.name))),
    }
    return render(request, "catalogues/catalogue.html", context)


def _depth(row: Catalogue, entry: CatalogueEntry) -> int:
    if row.key == ISCO:
        return len(entry.code) - 1
    return entry.code.count("-") if row.key == CN else 0


@require_GET
def entry(request: Request, organisation: str, catalogue: str, entry: int) -> HttpResponse:
    """One line: where it lies, what lies in it, what it needs, and its like in the other classification."""
    row = found(catalogue)
    line = queries.entry(row, entry) if entry < LARGEST_ID else None
    if line is None:
        raise Http404
    needed = queries.needed(line)[:MOST_AROUND]
    context = {
        "row": row,
        "line": line,
        "above": queries.above(line),
        "inside": list(queries.inside(line)[:MOST_AROUND]),
        "needed": [(one.other, LINKS[one.kind], one.weight) for one in needed],
        "pairs": _pairs(row, line),
        "kind": KINDS[line.kind],
        "crumbs": to_list(
            request,
            step(request, text(row.name), "catalogues:catalogue", row.public_id),
            here(line.code or _("Line")),
        ),
    }
    return render(request, "catalogues/entry.html", context)


def _pairs(row: Catalogue, line: CatalogueEntry) -> list[dict[str, Any]]:
    column = CODES.get(row.key)
    if column is None or not line.code:
        return []
    rows = list(queries.pairs([line.code]).filter(**{column: line.code}))
    other, theirs = (CN, "code_cn") if row.key == ISCO else (ISCO, "code_isco")
    named = queries.titles(other, [getattr(one, theirs) for one in rows])
    return [
        {"pair": one, "code": getattr(one, theirs), "entry": named.get(getattr(one, theirs))} for one in rows
    ]
