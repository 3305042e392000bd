"""Where am I next; and, for those who answer for apprentices, who comes when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.training.chart import monday_of
from craftpath.delivery.web.training.words import span
from craftpath.domain.apprenticeships.queries import enrolments_of, enrolments_with
from craftpath.domain.training.rotation import coming_to, next_stays
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.training.models import Stay

AHEAD = timedelta(weeks=16)
NEXT = 3


@dataclass(frozen=True, slots=True)
class StayLine:
    """A stay in words: where, what, when, with whom, and how far it is."""

    stay: Stay
    where: str
    host: str
    unit: str
    when: str
    away: str
    now: bool


def line_of(stay: Stay, today: date) -> StayLine:
    """A stay as its apprentice reads it."""
    where = text(stay.department.name) if stay.department is not None else text(stay.host.name)
    return StayLine(
        stay,
        where,
        text(stay.host.name) if stay.department is not None else "",
        text(stay.unit.name),
        span(stay.starts_on, stay.ends_on),
        _away(stay, today),
        stay.starts_on <= today <= stay.ends_on,
    )


def _away(stay: Stay, today: date) -> str:
    if stay.starts_on <= today:
        left = (stay.ends_on - today).days
        if not left:
            return _("today is its last day")
        return ngettext("%(count)s more day", "%(count)s more days", left) % {"count": left}
    days = (stay.starts_on - today).days
    if days == 1:
        return _("begins tomorrow")
    return ngettext("begins in %(count)s day", "begins in %(count)s days", days) % {"count": days}


@require_GET
@needs(Permission.SEE_RESULTS)
def mine(request: Request, organisation: str) -> HttpResponse:
    """The next three stays of each of one's own apprenticeships."""
    own = list(enrolments_of(request.user).filter(state="active"))
    found = next_stays([row.pk for row in own], request.today, NEXT)
    lines: list[tuple[Enrolment, list[StayLine]]] = [
        (row, [line_of(stay, request.today) for stay in found.get(row.pk, [])]) for row in own
    ]
    return render(request, "training/mine.html", {"own": lines})


@require_GET
@needs(Permission.SEE_RESULTS)
def coming(request: Request, organisation: str) -> HttpResponse:
    """Stays for which one answers, by week of their first day; those under way come first."""
    last = request.today + AHEAD
    rows = coming_to(request.user, request.today, last)
    now = [line_of(stay, request.today) for stay in rows if stay.starts_on <= request.today]
    weeks: dict[date, list[StayLine]] = {}
    for stay in rows:
        if stay.starts_on > request.today:
            weeks.setdefault(monday_of(stay.starts_on), []).append(line_of(stay, request.today))
    mentored = list(enrolments_with(request.user))
    context = {
        "now": now,
        "weeks": [(monday, monday.isocalendar().week, found) for monday, found in weeks.items()],
        "mentored": mentored,
    }
    return render(request, "training/coming.html", context)
