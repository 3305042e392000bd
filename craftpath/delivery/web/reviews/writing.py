"""Writing in a review: keep what is put down, or finish and fix the text for signing.

Everything on the page is one form: whichever button is pressed, and whatever is refused, nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.reviews.beside import beside, fixed
from craftpath.delivery.web.reviews.forms import EARLIEST, LATEST
from craftpath.delivery.web.reviews.showing import NEW_GOALS, Typed, TypedGoal, found_review, page_of
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.reviews import queries, rules
from craftpath.domain.reviews.actions import Draft, NewGoal, conclude_review, keep_review
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.reviews.models import Goal, Review

MARKS = ("open", "met", "dropped")
LONGEST_TYPED = 4000  # what comes back into a field; the domain refuses less


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEE_RESULTS)
def review(request: Request, organisation: str, review: str) -> HttpResponse:
    """The page; a POST keeps what was written or, by its last button, finishes."""
    row = found_review(review)
    if request.method != "POST":
        return render(request, "reviews/review.html", page_of(request, row))
    require(rules.may_say(request.actor, row))
    typed = _typed(request.POST, queries.goals_in(row).carried)
    finish = request.POST.get("do") == "finish"
    try:
        said = _finish(request, row, typed) if finish else _keep(request, row, typed)
    except Refused as refused:
        if refused.verdict.who:
            raise
        page = page_of(request, found_review(review), typed=typed, said=sentence(refused.verdict))
        return render(request, "reviews/review.html", page, status=409)
    if not finish and (typed.colour, typed.because) != (row.colour, row.colour_because):
        # How it stands is fixed by the last button only: what was chosen stays on the page, and nowhere else.
        rest = Typed(typed.words, {}, (), typed.colour, typed.because, typed.on)
        messages.success(request, said)
        return render(request, "reviews/review.html", page_of(request, found_review(review), typed=rest))
    messages.success(request, said)
    return redirect("reviews:review", organisation, review)


@require_POST
@needs(Permission.SEE_RESULTS)
def keep(request: Request, organisation: str, review: str) -> JsonResponse:
    """The own part alone, as a page keeps it while it is written; answers with the revision that was read."""
    row = found_review(review)
    words = _plain(request.POST.get("words", ""))
    seen = keep_review(row, Draft(words), seen=_seen(request.POST), by=request.actor, at=request.at)
    return JsonResponse({"seen": seen})


def _keep(request: Request, row: Review, typed: Typed) -> str:
    keep_review(row, _draft(typed), seen=_seen(request.POST), by=request.actor, at=request.at)
    return _("Kept. The others read it, and you can change it until the text is fixed.")


def _finish(request: Request, row: Review, typed: Typed) -> str:
    shown = beside(row, queries.last_before(row), request.actor, request.today)
    conclude_review(
        row,
        _draft(typed),
        seen=_seen(request.POST),
        colour=typed.colour,
        because=typed.because,
        on=_day(typed.on),
        figures=fixed(shown),
        by=request.actor,
        at=request.at,
    )
    return _("The text is fixed. Everybody signs, in any order.")


def _seen(given: QueryDict) -> int:
    seen = given.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else -1


def _plain(value: str) -> str:
    return value.replace("\0", "").replace("\r\n", "\n")[:LONGEST_TYPED]


def _typed(given: QueryDict, carried: Iterable[Goal]) -> Typed:
    """What the fields hold; only goals that stand on the page are asked for."""
    marks = {goal.public_id: given.get(f"goal-{goal.public_id}", "open") for goal in carried}
    rows = [
        TypedGoal(
            _plain(given.get(f"new-{n}-text", "")).strip(),
            given.get(f"new-{n}-owner", ""),
            given.get(f"new-{n}-due", "")[:10],
        )
        for n in range(NEW_GOALS)
    ]
    return Typed(
        words=_plain(given.get("words", "")),
        marks={key: mark if mark in MARKS else "open" for key, mark in marks.items()},
        fresh=[row for row in rows if row.text],
        colour=given.get("colour", "")[:8],
        because=_plain(given.get("because", "")),
        on=given.get("on", "")[:10],
    )


def _draft(typed: Typed) -> Draft:
    return Draft(
        words=typed.words,
        met=[key for key, mark in typed.marks.items() if mark == "met"],
        dropped=[key for key, mark in typed.marks.items() if mark == "dropped"],
        fresh=[NewGoal(row.text, row.owner, _day(row.due)) for row in typed.fresh],
    )


def _day(value: str) -> date | None:
    """A day as a field gives it; none for an empty one, or for what calendars do not reach."""
    try:
        on = date.fromisoformat(value)
    except ValueError:
        return None
    return on if EARLIEST <= on <= LATEST else None
