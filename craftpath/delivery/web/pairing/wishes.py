"""Changes asked for in private: between whoever learns and the college's office."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.pairing.mine import WISH_TONES
from craftpath.delivery.web.pairing.places import found, found_wish, tabs
from craftpath.delivery.web.pairing.saying import pair_url
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.pairing import actions, queries, rules
from craftpath.domain.pairing.rules import LONGEST_WISH
from craftpath.domain.pairing.texts import WISH_STATES, WISHES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import ChangeWish

A_PAGE = 20
MOST = 400  # of all time; what waits is among the newest


@require_GET
@needs(Permission.FORM_PAIRS)
def wishes(request: Request, organisation: str) -> HttpResponse:
    """What the office was asked for, what waits first; of pairs in which the reader teaches nothing."""
    return _page(request)


def _page(
    request: Request, wrong: ChangeWish | None = None, fault: str = "", status: int = 200
) -> HttpResponse:
    rows = [row for row in queries.wishes()[:MOST] if rules.may_settle(request.actor, row, ())]
    rows = [row for row in rows if row.person_id != request.user.pk and row.state != "withdrawn"]
    rows.sort(key=lambda row: ("asked", "seen", "settled").index(row.state))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [_line(request, row) for row in page.object_list],
        "page": page,
        "wrong": wrong.pk if wrong else None,
        "fault": fault,
        "typed": request.POST.get("answer", ""),
        "most": LONGEST_WISH,
        "tabs": tabs(request, "pairing:wishes"),
    }
    return render(request, "pairing/wishes.html", context, status=status)


def _line(request: Request, row: ChangeWish) -> dict[str, Any]:
    return {
        "wish": row,
        "name": WISHES[row.wish],
        "state": WISH_STATES[row.state],
        "tone": "attention" if row.state == "asked" else WISH_TONES[row.state],
        "url": pair_url(request, row.pair),
        "form_id": f"see-{row.public_id}",
    }


@require_POST
def ask(request: Request, organisation: str, pair: str) -> HttpResponse:
    """Ask for a change in the pair in which one learns."""
    row = found(pair)
    words = request.POST.get("words", "").replace("\0", "")
    wish = request.POST.get("wish", "")
    try:
        actions.ask_for_change(row, wish=wish, words=words, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        context = {"pair": row, "words": words, "wish": wish, "names": WISHES.items(), "most": LONGEST_WISH}
        context["fault"] = sentence(refused.verdict)
        return render(request, "pairing/ask.html", context, status=409)
    messages.success(request, _("The college's office reads it, and nobody else. The answer stands here."))
    return redirect("pairing:mine", organisation)


@require_POST
def withdraw(request: Request, organisation: str, wish: str) -> HttpResponse:
    """Take the own wish back."""
    row = found_wish(wish)
    return _done(
        request, "pairing:mine", _("Taken back."), lambda: actions.withdraw_wish(row, **_who(request))
    )


@require_POST
def see(request: Request, organisation: str, wish: str) -> HttpResponse:
    """Let whoever asked know that it was read."""
    row = _of_office(request, wish)
    said = _("Noted. Whoever asked sees that it was read.")
    return _done(request, "pairing:wishes", said, lambda: actions.see_wish(row, **_who(request)))


@require_POST
def settle(request: Request, organisation: str, wish: str) -> HttpResponse:
    """Answer; what is refused keeps every word."""
    row = _of_office(request, wish)
    answer = request.POST.get("answer", "").replace("\0", "")
    try:
        actions.settle_wish(row, answer=answer, **_who(request))
    except Refused as refused:
        if refused.verdict.who:
            raise
        return _page(request, row, sentence(refused.verdict), 409)
    messages.success(request, _("Answered. Whoever asked reads it under My pair."))
    return redirect("pairing:wishes", organisation)


def _of_office(request: Request, public_id: str) -> ChangeWish:
    """A wish that the reader may settle; for everybody else there is no such page."""
    row = found_wish(public_id)
    if row.person_id == request.user.pk or not rules.may_settle(request.actor, row, ()):
        raise Http404
    return row


def _who(request: Request) -> dict[str, Any]:
    return {"by": request.actor, "at": request.at}


def _done(request: Request, page: str, said: str, act: Callable[[], object]) -> HttpResponse:
    act()
    messages.success(request, said)
    return redirect(page, request.organisation.key)
