"""The page behind the link for somebody without an account: the words, yes or no, and taking it back later."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from craftpath.delivery.exchange.bulletins.kept import forget_papers
from craftpath.delivery.web.bulletins.forms import LinkForm
from craftpath.delivery.web.bulletins.places import public_path, title
from craftpath.delivery.web.shell import visiting
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.bulletins import actions, queries
from craftpath.kernel.access import Actor
from craftpath.kernel.tenancy import everywhere

WHY = "whoever has the link of a voice answers for it, and only that one is asked for"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def voice(request: Request, token: str) -> HttpResponseBase:
    """One voice; a link that was not made here is nothing."""
    limited = ratelimit.consume_or_429(request, action="bulletin", limit_get=True)
    if limited:
        return limited
    wanted = visiting.SPOKEN.get(request.GET.get("in", ""), translation.get_language())
    with translation.override(wanted), everywhere(WHY):
        return _answered(request, token)


def _answered(request: Request, token: str) -> HttpResponse:
    row = queries.by_token(token)
    if row is None:
        raise Http404
    form = LinkForm(request.POST if request.method == "POST" else None)
    by, status = Actor(row.bulletin.organisation), 200
    if request.method == "POST":
        agrees = request.POST.get("do") == "agree"

        def act() -> None:
            more: dict[str, Any] = {"by_link": True, "by": by, "at": request.at}
            if agrees:
                actions.agree_voice(row, of_age=form.cleaned_data["of_age"], **more)
            else:
                actions.decline_voice(row, **more)
                forget_papers(row.bulletin.public_id)

        done = (
            _("Thank you. You can take it back here at any time.")
            if agrees
            else _("Your words are not shown any more.")
        )
        status = tried(request, form, done, act)
        if not status:
            return redirect(reverse("bulletin:voice", args=[token]) + visiting.spoken_in(request))
    context = {
        "row": row,
        "form": form,
        "place": text(row.bulletin.organisation.name),
        "number": title(row.bulletin),
        "own": row.person_id is not None,
        "public_url": public_path(row.bulletin) if row.bulletin.state == "published" else "",
        "languages": visiting.languages(request),
    }
    return render(request, "bulletins/voice.html", context, status=status)
