"""One batch: looked at before, watched while a worker goes on, read afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.certificates import saying
from craftpath.delivery.web.certificates.places import the_batch, way
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.certificates import actions, queries, rules
from craftpath.domain.certificates.states import BATCH
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Verdict

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import Batch, Planned

A_PAGE = 50


@require_GET
@needs(Permission.ISSUE_CERTIFICATES, Permission.SEE_CERTIFICATES)
def batch(request: Request, organisation: str, batch: str) -> HttpResponse:
    """Asked by htmx while it is issued, only the part that changes."""
    row = the_batch(batch)
    if request.htmx and row.state != "issuing":
        response = HttpResponse(status=204)
        response.headers["HX-Refresh"] = "true"
        return response
    if request.htmx:
        return render(request, "certificates/batch.html#progress", {"row": row, "gone": _gone(row)})
    page = Paginator(queries.planned_in(row), A_PAGE).get_page(request.GET.get("page"))
    some = list(page)
    may = bool(rules.may_issue(request.actor, row.organisation))
    context = {
        "row": row,
        "title": text(row.kind.title),
        "crumbs": way(
            request,
            step(request, pgettext("certificates", "Issue"), "certificates:issue"),
            here(text(row.kind.title)),
        ),
        "badge": saying.batch_badge(row),
        "page": page,
        "rows": [(one, one.certificate, _why(one)) for one in some],
        "gone": _gone(row),
        "paper": _paper(row, some[0]) if some and row.state == "planned" else None,
        "can": {one for one in BATCH.moves if may and BATCH.can(row.state, one)},
    }
    return render(request, "certificates/batch.html", context)


def _gone(row: Batch) -> int:
    """Of how many it is known what came of them."""
    told: Any = row
    return int(told.there + told.left)


def _why(one: Planned) -> str:
    return sentence(Verdict(one.refused, one.facts)) if one.refused else ""


def _paper(row: Batch, first: Planned) -> dict[str, Any]:
    """What the paper of the first one will say."""
    content = actions.preview(row.kind, first.person, first.lines, on=row.issued_on)
    return saying.paper(content)


@require_POST
@needs(Permission.ISSUE_CERTIFICATES)
def move(request: Request, organisation: str, batch: str, verb: str) -> HttpResponse:
    """Let a worker issue it, or stop it."""
    row = the_batch(batch)
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb == "issue":
        actions.start_batch(row, **by)
    elif verb == "cancel":
        actions.cancel_batch(row, **by)
        messages.success(request, _("Stopped. Certificates that are there already hold."))
    else:
        raise Http404
    return redirect("certificates:batch", organisation, row.public_id)
