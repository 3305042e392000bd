"""All sittings, those to come first, and the papers that there are."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.sittings.places import when
from craftpath.delivery.web.standards.places import tabs
from craftpath.domain.exams import queries
from craftpath.domain.exams.texts import PAPER_STATES, SITTING_STATES
from craftpath.kernel.roles import Permission

A_PAGE = 30
TONES = {"planned": "plain", "open": "attention", "closed": "good", "cancelled": "plain"}
PAPER_TONES = {"draft": "info", "ready": "good", "shelved": "plain"}


@require_GET
@needs(Permission.IMPORT_MARKS)
def listing(request: Request, organisation: str) -> HttpResponse:
    """A page of sittings, the newest first; papers beside them."""
    page = Paginator(queries.sittings().order_by("-starts_at", "-pk"), A_PAGE).get_page(
        request.GET.get("page")
    )
    key = request.organisation.key
    rows = [
        {
            "label": row.paper.title,
            "note": " · ".join(
                one
                for one in (
                    _("Re-sit") if row.again_of_id else "",
                    text(row.cohort.name),
                    when(row),
                    row.place,
                    row.on_paper and _("on paper"),
                )
                if one
            ),
            "url": reverse("sittings:sitting", args=[key, row.public_id]),
            "badge": SITTING_STATES[row.state],
            "tone": TONES[row.state],
        }
        for row in page
    ]
    shelf = Paginator(queries.papers_with_counts(), A_PAGE).get_page(request.GET.get("papers"))
    papers = [
        {
            "label": row.title,
            "note": " · ".join(
                [
                    ngettext("%(count)s question", "%(count)s questions", row.questions)
                    % {"count": row.questions},
                    _("%(minutes)s min") % {"minutes": row.minutes},
                ]
            ),
            "url": reverse("sittings:paper", args=[key, row.public_id]),
            "badge": PAPER_STATES[row.state],
            "tone": PAPER_TONES[row.state],
        }
        for row in shelf
    ]
    writes = Permission.WRITE_ITEMS in request.actor.permissions
    context = {"rows": rows, "papers": papers, "page": page, "shelf": shelf, "writes": writes}
    context["tabs"] = tabs(request, "sittings:list")
    return render(request, "sittings/list.html", context)
