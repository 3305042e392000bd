"""The page behind a link: first what it is, then by a press the record; nothing is kept of who looks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.passport import saying
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.passport import actions, queries, rules
from craftpath.domain.passport.gathering import record_of
from craftpath.kernel.access import Actor
from craftpath.values.verdict import Verdict, may_not

if TYPE_CHECKING:
    from craftpath.domain.passport.models import Share

KEPT = "record-"
OPEN_FOR = 3600
"""Seconds for which a browser that pressed may turn pages; after that it presses, and is counted, once more."""
AGENTS = (("MicroMessenger", "wechat"), ("Edg", "edge"), ("Firefox", "firefox"), ("FxiOS", "firefox"),
          ("Chrome", "chrome"), ("CriOS", "chrome"), ("Safari", "safari"))  # fmt: skip


@login_not_required
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: Request, token: str) -> HttpResponseBase:
    """What is shared and until when; after the press the sections that were chosen.

    Programs that fetch an address before anybody has looked, as chats do, do not press: they see no record and are
    not counted as a look.
    """
    limited = ratelimit.consume_or_429(request, action="record", limit_get=True)
    if limited:
        return limited
    share = queries.share_of(token)
    verdict = rules.serves(share, request.at) if share is not None else may_not("kernel.link_unknown")
    if share is None or not verdict:
        return _plain(_dead(request, verdict))
    if request.method == "POST":
        actions.open_share(
            share, agent=_agent(request), by=Actor(organisation=None, person=None), at=request.at
        )
        request.session[KEPT + share.public_id] = request.at.isoformat()
        return _plain(redirect("shown:record", token))
    context = {"share": share, "name": share.person.name, "shows": saying.names(share.sections)}
    if not _pressed(request, share):
        return _plain(render(request, "passport/closed.html", context))
    found = record_of(share.person, request.today, share.sections)
    context |= {"record": found, "sections": saying.by_section(found)}
    return _plain(render(request, "passport/shown.html", context))


def _dead(request: Request, verdict: Verdict) -> HttpResponse:
    status = 403 if verdict.who else 409
    return render(request, "passport/dead.html", {"reason": sentence(verdict)}, status=status)


def _pressed(request: Request, share: Share) -> bool:
    told = request.session.get(KEPT + share.public_id, "")
    return bool(told) and (request.at - datetime.fromisoformat(told)).total_seconds() < OPEN_FOR


def _agent(request: Request) -> str:
    said = request.headers.get("User-Agent", "")
    return next((name for sign, name in AGENTS if sign in said), "other")


def _plain(answer: HttpResponseBase) -> HttpResponseBase:
    """Nothing finds it by itself."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
