"""What somebody is asked to rate, and an apprentice's own practical work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.judging.places import tabs
from craftpath.delivery.web.judging.saying import badge_of_work, kind_and_item, mark_of
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.delivery.web.sync.pages import kept_offline
from craftpath.domain.apprenticeships.queries import enrolments_of
from craftpath.domain.judging import queries
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.judging.models import Practical
    from craftpath.domain.judging.settling import Work


@dataclass(frozen=True, slots=True)
class Line:
    """One practical assessment in a list."""

    label: str
    note: str
    url: str
    badge: str
    tone: str
    done: int = 0
    all: int = 0


@require_GET
@needs(Permission.SEE_RESULTS)
@kept_offline
def mine(request: Request, organisation: str) -> HttpResponse:
    """The nearest day first; an apprentice's own work beside what peers are asked to rate."""
    asked = [_asked(request, one) for one in queries.asked_of(request.user)]
    own = list(enrolments_of(request.user)) if request.actor.sees_only_own else []
    return render(
        request,
        "judging/list.html",
        {
            "asked": asked,
            "own": _own(request, [row.pk for row in own]),
            "sees_own": bool(own),
            "tabs": tabs(request, "judging:list"),
        },
    )


def _asked(request: Request, one: queries.Asked) -> Line:
    row = one.practical
    late = row.due_on < request.today and one.left > 0
    left = ngettext("%(left)s to rate", "%(left)s to rate", one.left) % {"left": one.left}
    badge, tone = (_("all rated"), "good") if not one.left else (left, "wrong" if late else "attention")
    return Line(
        row.title,
        " · ".join([text(row.evaluation.cohort.name), _("by %(day)s") % {"day": day(row.due_on)}]),
        reverse("judging:rate", args=[request.organisation.key, row.public_id]),
        badge,
        tone,
        one.rated,
        one.works,
    )


def _own(request: Request, ids: list[int]) -> list[Line]:
    rows = list(queries.works_by(ids))
    works = queries.works_of(rows, ids)
    found = []
    for row in rows:
        for work in works[row.pk].values():
            found.append(_line(request, row, work))
    return found


def _line(request: Request, row: Practical, work: Work) -> Line:
    enrolment = work.seats[0].rater.enrolment
    badge, tone = badge_of_work(work, own=True)
    mark = mark_of(work.judgement.mark) if work.judgement is not None else ""
    url = reverse("judging:work", args=[request.organisation.key, row.public_id, enrolment.public_id])
    return Line(row.title, " · ".join(one for one in (kind_and_item(row), mark) if one), url, badge, tone)
