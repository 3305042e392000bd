"""The rotation of one cohort as a chart, with its clashes, and what was published."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.training.chart import DAYS, draw, monday_of
from craftpath.delivery.web.training.trail import tabs, to_plan
from craftpath.delivery.web.training.views import cohort_of
from craftpath.delivery.web.training.words import names_of, say_clash, span
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.training.limits import standing_clashes
from craftpath.domain.training.queries import plan_of
from craftpath.domain.training.rotation import patterns_of, span_by_cohort, stays_between
from craftpath.domain.training.rules import can_undo, may_plan
from craftpath.kernel.roles import Permission

WEEKS = 18
BEFORE = 3  # weeks before the present one, as long as nothing else is asked
EARLIEST, LATEST = date(1990, 1, 1), date(2200, 1, 1)


@require_GET
@needs(Permission.SEE_RESULTS)
def rotation(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """Eighteen weeks around today, or from the day that is asked for."""
    found = cohort_of(cohort)
    whole = span_by_cohort([found.pk]).get(found.pk)
    first = monday_of(_asked(request.GET.get("from", "")) or _start(request.today, whole))
    last = first + timedelta(days=WEEKS * DAYS - 1)
    people = list(enrolments().filter(cohort=found, state="active"))
    stays = stays_between([row.pk for row in people], first, last)
    names = names_of(stays, {row.pk: row.person.name for row in people})
    said = [say_clash(one, names) for one in standing_clashes(people, stays, first, last)]
    may = bool(may_plan(request.actor, found))
    address = reverse("training:rotation", args=[organisation, cohort])
    step = timedelta(weeks=WEEKS - 4)
    patterns = patterns_of(found.pk)
    newest = next((one for one in patterns if one.state == "published"), None)
    context = {
        "cohort": found,
        "plan": plan_of(found.pk),
        "crumbs": to_plan(request, found, here(_("Rotation"))),
        "tabs": tabs(request, found, "rotation"),
        "chart": draw(request, people, stays, said, first, WEEKS),
        "label": _("Rotation of %(name)s") % {"name": text(found.name)},
        "clashes": said,
        "when": span(first, last),
        "earlier": f"{address}?from={first - step}" if whole and whole[0] < first else "",
        "later": f"{address}?from={first + step}" if whole and whole[1] > last else "",
        "today": address if not first <= request.today <= last else "",
        "whole": whole,
        "patterns": patterns,
        "newest": newest,
        "undo": can_undo(newest) if newest and may else None,
        "may_plan": may,
    }
    return render(request, "training/rotation.html", context)


def _start(today: date, whole: tuple[date, date] | None) -> date:
    """A few weeks before today; where nothing is near, the first stay."""
    if whole and not whole[0] - timedelta(weeks=WEEKS) <= today <= whole[1] + timedelta(weeks=WEEKS):
        return whole[0]
    return today - timedelta(weeks=BEFORE)


def _asked(given: str) -> date | None:
    """A day from an address, if it is one that a rotation can be on."""
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None
