"""What a rule shows: to the giver as a preview, to the receiver once the look is noted. One table for both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.exchange.sharing.files import shared_file
from craftpath.delivery.exchange.sharing.table import shown
from craftpath.delivery.web.sharing.places import found, trail
from craftpath.delivery.web.shell.downloads import CSV, XLSX, attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.sharing import queries, rules
from craftpath.domain.sharing.actions import look_at_rule
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.delivery.exchange.sharing.table import Shown
    from craftpath.domain.sharing.models import SharingRule

A_PAGE = 50
FAR = 7  # digits of a page that no table has
TYPES = {"xlsx": XLSX, "csv": CSV}
TO_PREVIEW = ("draft", "offered", "in_force")


@never_cache
@require_GET
@needs(Permission.SEE_SHARED)
def table(request: Request, organisation: str, rule: str) -> HttpResponse:
    """The lines; to the receiver only while a look is open."""
    row = found(request, rule)
    standing = queries.standing(row, request.today)
    looks = bool(rules.may_look(request.actor, row, request.today))
    previews = not looks and bool(rules.may_preview(request.actor, row, request.today))
    if not looks and not previews:
        require(rules.may_look(request.actor, row, request.today))
    closed = "" if standing.verdict else sentence(standing.verdict)
    lines: dict[str, Any] = {}
    if looks:
        lines = {} if closed else _opened(request, row)
    elif row.state in TO_PREVIEW and (not closed or request.today < standing.last):
        lines = _lines(request, row)
    context = {
        "row": row,
        "standing": standing,
        "looks": looks,
        "closed": closed,
        "title": text(row.named["title"]),
        "crumbs": trail(request, row, _("What is shown")),
    }
    return render(request, "sharing/table.html", context | lines)


def _opened(request: Request, row: SharingRule) -> dict[str, Any]:
    """The lines by the look that is open; none if it is over, or if there are people whom it was not noted with."""
    look = queries.open_look(row, request.user, request.at)
    lines = _lines(request, row) if look is not None else {}
    if look is None or not queries.covers(look, lines["table"].people):
        return {}
    return lines


def _lines(request: Request, row: SharingRule) -> dict[str, Any]:
    """One page of the table; how many lines there are is known with the first of them."""
    number, on = request.GET.get("page", "1"), max(request.today, row.starts_on)
    start = (int(number) - 1) * A_PAGE if number.isdecimal() and len(number) < FAR else 0
    some = shown(row, on, start=max(start, 0), most=A_PAGE)
    page = Paginator(range(some.whole), A_PAGE).get_page(number)
    if start != (page.number - 1) * A_PAGE:  # there is no such page
        some = shown(row, on, start=(page.number - 1) * A_PAGE, most=A_PAGE)
    return {"table": some, "rows": _rows(some), "page": page}


def _rows(table: Shown) -> list[list[tuple[str, object]]]:
    """Each cell with the kind of its column, which says how it is written."""
    return [
        [(column.kind, cell) for column, cell in zip(table.columns, row, strict=True)] for row in table.rows
    ]


@require_POST
@needs(Permission.SEE_SHARED)
def look(request: Request, organisation: str, rule: str) -> HttpResponse:
    """Note the look, with everybody whose lines it opens; then show them."""
    row = found(request, rule)
    require(rules.may_look(request.actor, row, request.today))
    require(queries.standing(row, request.today).verdict)
    all_of_it = shown(row, request.today)
    look_at_rule(row, lines=all_of_it.whole, people=all_of_it.people, by=request.actor, at=request.at)
    return redirect("sharing:table", organisation, row.public_id)


@require_POST
@needs(Permission.SEE_SHARED)
def file(request: Request, organisation: str, rule: str, form: str) -> HttpResponse:
    """Take all lines along as a file, which carries its basis; a look of its own."""
    if form not in TYPES:
        raise Http404
    row = found(request, rule)
    require(rules.may_look(request.actor, row, request.today))
    standing = queries.standing(row, request.today)
    require(standing.verdict)
    all_of_it = shown(row, request.today)
    look_at_rule(
        row, lines=all_of_it.whole, people=all_of_it.people, form=form, by=request.actor, at=request.at
    )
    content = shared_file(standing, all_of_it, form, who=request.user.name, at=request.at)
    name = f"{slugify(text(row.named['title']), allow_unicode=True)}-{row.label}-{request.today:%Y-%m-%d}"
    return attachment(content, f"{name}.{form}", TYPES[form])
