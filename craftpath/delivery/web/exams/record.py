"""How an item did wherever it was asked: counted when its page asks for it, since that may take a moment."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.exams.showing import plain
from craftpath.delivery.web.exams.trail import crumbs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.exams import queries
from craftpath.domain.exams.calibrated import history_of
from craftpath.domain.exams.reporting import used
from craftpath.kernel.roles import Permission


@require_GET
@needs(Permission.WRITE_ITEMS)
def record(request: Request, organisation: str, item: str) -> HttpResponse:
    """Papers, share of the points and discrimination of each version; a piece of the item's page, or a page itself."""
    row = get_object_or_404(queries.items(), public_id=item)
    found = used(row)
    versions = queries.versions_of(row)
    stem = versions[0].stem
    rows = [
        {"number": version.number, "used": found[version.pk]}
        | {"p": _two(found[version.pk].difficulty), "r": _two(found[version.pk].discrimination)}
        for version in versions
        if version.pk in found
    ]
    title = plain(stem, 60)
    context = {
        "item": row,
        "rows": rows,
        "title": title,
        "crumbs": crumbs(request, plain(stem, 24)),
    }
    return render(request, "exams/record.html" if request.htmx else "exams/record_page.html", context)


def kept_lines(row: Any) -> list[dict[str, Any]]:
    """What was kept of an item, the newest first; `counts` marks what blueprints go by, `older` an older version."""
    lines: list[dict[str, Any]] = []
    for one in history_of(row):
        now = one.version_id == row.newest_id
        lines.append(
            {
                "p": _two(one.p),
                "r": _two(one.r),
                "b": _two(one.b),
                "a": _two(one.a),
                "n": one.n,
                "paper": one.calibration.paper.title,
                "at": one.calibration.kept_at,
                "counts": now and not any(line["counts"] for line in lines),
                "older": "" if now else _("version %(number)s") % {"number": one.version.number},
            }
        )
    return lines


def _two(value: float | None) -> str:
    return "" if value is None else str(number_format(round(value, 2) + 0.0, 2)).replace("-", "−")
