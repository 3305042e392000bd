"""Answering a verification, duty by duty on a phone: with an account here, by the link in `guests`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.occupations.forms import GroupForm
from craftpath.delivery.web.occupations.places import seen
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.occupations import queries, rules
from craftpath.domain.occupations.actions import keep_answer
from craftpath.domain.occupations.answering import Rating, answer_of, mark_of
from craftpath.domain.occupations.texts import SCALES
from craftpath.kernel.access import Actor
from craftpath.values.verdict import Refused, may_not, require

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import Answer, Chart, Verification

ASKED = ("performs", "importance", "frequency", "difficulty", "entry")
_FEW = (("1", 1), ("2", 2), ("3", 3), ("4", 4), ("5", 5))


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, organisation: str, chart: str) -> HttpResponse:
    """For whoever is asked by role and place."""
    row = seen(chart)
    asked = getattr(row, "verification", None)
    if asked is None:
        raise Http404
    require(may_answer(request, row))
    mark = mark_of(row, request.actor.person.public_id if request.actor.person else "")
    door = Door(row, asked, mark, request.actor, reverse("occupations:answer", args=[organisation, chart]))
    return pages(request, door, "occupations/answer.html")


def may_answer(request: Request, row: Chart) -> Any:
    """Those with a seat that is asked, on whatever page of theirs they open it."""
    asked = getattr(row, "verification", None)
    if asked is not None and rules.asks(request.actor, asked, request.today):
        return rules.can_answer(row, asked, request.today)
    return may_not("occupations.not_asked")


class Door:
    """Through which somebody answers: by an account, or by the link."""

    def __init__(
        self, chart: Chart, asked: Verification, mark: str, by: Actor, url: str, *, invited: bool = False
    ) -> None:
        self.chart, self.asked, self.mark, self.by, self.url, self.invited = (
            chart,
            asked,
            mark,
            by,
            url,
            invited,
        )

    def keep(self, request: Request, ratings: dict[str, Rating], **more: Any) -> Answer:
        """Keep what was said."""
        return keep_answer(
            self.chart, mark=self.mark, ratings=ratings, today=request.today, invited=self.invited,
            by=self.by, at=request.at, **more,
        )  # fmt: skip


def pages(request: Request, door: Door, template: str) -> HttpResponse:
    """First who answers and what is kept, then a page for each duty, then thanks."""
    own = answer_of(door.chart, door.mark)
    duties = [duty for duty in queries.board_of(door.chart) if duty.tasks]
    part = _part(request, own, len(duties))
    context: dict[str, Any] = {
        "row": door.chart, "asked": door.asked, "door": door, "own": own, "parts": len(duties), "part": part,
        "scales": SCALES,
    }  # fmt: skip
    if part == 0:
        return _first(request, door, template, context)
    if part > len(duties):
        return render(request, template, context | {"thanks": True})
    if request.method == "POST":
        return _kept(request, door, template, context, duties)
    return render(request, template, context | _duty(duties[part - 1], own.ratings if own else {}))


def _part(request: Request, own: Answer | None, last: int) -> int:
    """Which page: the first for whoever begins, else the one that is asked for, else the first with a gap."""
    given = request.POST.get("part") or request.GET.get("part") or ""
    if own is None:
        return 0
    if given.isascii() and given.isdecimal() and len(given) < 4:  # noqa: PLR2004
        return min(int(given), last + 1)
    return last + 1 if own.done else 1


def _first(request: Request, door: Door, template: str, context: dict[str, Any]) -> HttpResponse:
    form = GroupForm(request.POST if request.method == "POST" else None)
    if not (door.asked.named and door.invited):
        del form.fields["name"]
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                door.keep(
                    request, {}, group=form.cleaned_data["group"], name=form.cleaned_data.get("name", "")
                )
            except Refused as refused:
                form.add_error(None, sentence(refused.verdict))
                status = 409
            else:
                return redirect(f"{door.url}?part=1")
    return render(request, template, context | {"form": form}, status=status)


def _kept(
    request: Request, door: Door, template: str, context: dict[str, Any], duties: list[queries.DutyRow]
) -> HttpResponse:
    """Keep a page and go on; where the last one is sent, the answer is done."""
    part = context["part"]
    duty = duties[part - 1]
    ratings = {task.public_id: _rating(request, task.public_id) for task in duty.tasks}
    said = {task: rating for task, rating in ratings.items() if any(one is not None for one in rating)}
    try:
        door.keep(request, said, done=part == len(duties))
    except Refused as refused:
        if refused.verdict.who:
            raise
        more = _duty(duty, said) | {"fault": sentence(refused.verdict)}
        return render(request, template, context | more, status=409)
    return redirect(f"{door.url}?part={part + 1}")


def _rating(request: Request, task: str) -> Rating:
    given = [request.POST.get(f"{name}-{task}", "") for name in ASKED]
    return [int(one) if one in "012345" and len(one) == 1 else None for one in given]


def _duty(duty: queries.DutyRow, ratings: dict[str, Rating]) -> dict[str, Any]:
    """The questions of a duty with what was said before."""
    cards = []
    for task in duty.tasks:
        own = dict(zip(ASKED, ratings.get(task.public_id, [None] * len(ASKED)), strict=True))
        cards.append((task, [(name, _label(name), _choices(name), own[name]) for name in ASKED]))
    return {"duty": duty, "cards": cards}


def _label(name: str) -> str:
    return _("Do you do it?") if name == "performs" else str(SCALES[name])


def _choices(name: str) -> tuple[tuple[str, int], ...]:
    return ((_("yes"), 1), (_("no"), 0)) if name in ("performs", "entry") else _FEW
