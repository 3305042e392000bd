"""One's own reviews: to hold, to sign, to come, and those that were."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from craftpath.delivery.web.reviews import saying
from craftpath.delivery.web.reviews.trail import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.reviews import queries
from craftpath.kernel.roles import Permission

MOST = 60  # reviews to come; nobody takes part in more within a few weeks
A_PAGE = 20


@require_GET
@needs(Permission.SEE_RESULTS)
def mine(request: Request, organisation: str) -> HttpResponse:
    """What is to be done first, then what comes, then what was; the same few queries however many."""
    own = queries.reviews_of(request.user)
    open_ones = list(own.filter(state__in=queries.TO_COME, enrolment__state="active")[:MOST])
    signing = list(queries.to_sign(request.user)[:MOST])
    done = own.exclude(pk__in=[row.pk for row in signing]).filter(
        Q(state__in=queries.HELD) | Q(state="cancelled")
    )
    page = Paginator(done.order_by("-starts_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    now = [row for row in open_ones if row.starts_at <= request.at]
    return render(
        request,
        "reviews/mine.html",
        {
            "now": saying.lines(request, now),
            "goals": saying.goals(request, queries.goals_of(request.user)[:MOST]),
            "signing": saying.lines(request, signing),
            "coming": saying.lines(request, [row for row in open_ones if row not in now]),
            "page": page,
            "done": saying.lines(request, page.object_list),
            "tabs": tabs(request, "reviews:list"),
        },
    )
