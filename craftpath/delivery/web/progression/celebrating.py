"""The page to show at home: who became what, when, by whose decision, and what stands behind it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.apprenticeships.learner import stage_path
from craftpath.delivery.web.progression.said import snapshot
from craftpath.delivery.web.progression.trail import to_gates
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import hours
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.apprenticeships.queries import mentors_of, path_of
from craftpath.domain.programmes.queries import stage_after
from craftpath.domain.progression import queries
from craftpath.domain.reviews.queries import last_words
from craftpath.kernel.roles import Permission


@require_GET
@needs(Permission.SEE_RESULTS)
def passage(request: Request, organisation: str, passage: str) -> HttpResponse:
    """A decision that let somebody through, as a page worth showing; one to repeat as a plain one."""
    row = get_object_or_404(queries.passages(), public_id=plain_id(passage))
    own = request.user.pk == row.enrolment.person_id
    context = {
        "passage": row,
        "enrolment": row.enrolment,
        "through": row.outcome != "repeat",
        "own": own,
        "following": stage_after(row.stage),
        "mark": str(row.stage.order),
        "next_mark": str(row.stage.order + 1),
        "path": stage_path(path_of(row.enrolment)),
        "figures": _figures(row.findings),
        "findings": snapshot(row.findings),
        "mentors": mentors_of([row.enrolment]).get(row.enrolment_id, []),
        "words": last_words(row.enrolment_id, "mentor", row.decided_on),
        "crumbs": [] if own else to_gates(request, here(row.enrolment.person.name)),
    }
    return render(request, "progression/passage.html", context)


def _figures(findings: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What was done on the way, from the figures that the decision kept: hours of all kinds, weeks, reviews."""
    minutes = sum(row["have"] or 0 for row in findings if row["unit"] == "minutes")
    weeks = sum(row["have"] or 0 for row in findings if row["unit"] == "weeks")
    reviews = sum(row["have"] or 0 for row in findings if row["unit"] == "reviews")
    rate = next(
        (row["have"] for row in findings if row["unit"] == "percent" and row["have"] is not None), None
    )
    found = []
    if minutes:
        found.append((_("Hours"), hours(minutes - minutes % 60)))
    if weeks:
        found.append((_("Log"), ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": weeks}))
    if rate is not None:
        found.append((_("Attendance"), f"{rate}%"))
    if reviews:
        found.append((_("Reviews"), str(reviews)))
    return found
