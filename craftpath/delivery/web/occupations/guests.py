"""The same by the link, for workers without an account: nothing but the questions lies behind it.

A device keeps a secret of its own, so that it finds its answer again and answers once.
"""

from __future__ import annotations

import secrets

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.occupations.answering import Door, pages
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.occupations import rules
from craftpath.domain.occupations.answering import asked_by, mark_of
from craftpath.kernel.access import Actor
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Verdict, may_not

KEPT = "trade"
WHY = "a link is found by its secret, before there is a reader to look for"


@login_not_required
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, token: str) -> HttpResponse:
    """The pages, as long as the verification is open.

    Wrong links are counted, the right one is not: a whole workshop may answer behind one address.
    """
    limited = ratelimit.consume_or_429(request, action="link", limit_get=True, dry_run=True)
    if limited:
        return limited
    with everywhere(WHY):
        asked = asked_by(token)
        verdict: Verdict = (
            may_not("kernel.link_unknown")
            if asked is None
            else rules.can_answer(asked.chart, asked, request.today)
        )
        if asked is None:
            ratelimit.consume_or_429(request, action="link", limit_get=True)
        if asked is None or not verdict:
            page = {"reason": sentence(verdict)}
            return render(request, "links/dead.html", page, status=403 if verdict.who else 409)
        by = Actor(organisation=asked.chart.organisation)
        mark = mark_of(asked.chart, _secret(request))
        door = Door(asked.chart, asked, mark, by, reverse("trade:answer", args=[token]), invited=True)
        return pages(request, door, "occupations/guest.html")


def _secret(request: Request) -> str:
    """What this device is known by; made when it first answers."""
    if KEPT not in request.session and request.method == "POST":
        request.session[KEPT] = secrets.token_urlsafe(16)
    return str(request.session.get(KEPT, ""))
