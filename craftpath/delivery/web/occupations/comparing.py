"""Two versions of a chart side by side."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.occupations.places import found, to_chart, version
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.occupations import queries
from craftpath.domain.occupations.comparing import difference


@require_GET
def compare(request: Request, organisation: str, chart: str, other: str) -> HttpResponse:
    """What changed from the older version to the newer one, whichever stands in the address first."""
    after, before = found(request, chart), found(request, other)
    if after.occupation_id != before.occupation_id or after.organisation_id != before.organisation_id:
        raise Http404
    if before.version > after.version:
        before, after = after, before
    told = difference(queries.board_of(before), queries.board_of(after))
    context = {
        "row": after,
        "before": before,
        "told": told,
        "counts": {
            kind: sum(kind in one.kinds for one in told.tasks)
            for kind in ("added", "gone", "reworded", "moved")
        },
        "names": (version(before), version(after)),
        "crumbs": to_chart(
            request, after, here(_("Compared with version %(number)s") % {"number": before.version})
        ),
    }
    return render(request, "occupations/compare.html", context)
