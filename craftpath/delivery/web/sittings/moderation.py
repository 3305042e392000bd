"""Moderation of a sitting: how markers mark, where two differ, what settles it, whose marks are given anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.sittings import markers
from craftpath.delivery.web.sittings.essays import essay_shown
from craftpath.delivery.web.sittings.places import found, to_list
from craftpath.delivery.web.sittings.saying import plan_words, points_of, points_typed
from craftpath.domain.exams import actions, moderating, rules
from craftpath.domain.exams.essays import THIRD, essays_of
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.exams.essays import Essay
    from craftpath.domain.exams.models import EssayMark, Sitting

A_PAGE = 40
WIDE = 120  # of the chart of marks, in its own units


@dataclass(frozen=True, slots=True)
class Given:
    """One mark in the row of an essay; `at` is its place in the chart."""

    mark: EssayMark
    points: str
    at: str
    counts: bool
    third: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One essay that two have marked, or should be a third."""

    essay: Essay
    given: list[Given]
    gap: str
    points: str
    how: str
    tone: str


@require_GET
@needs(Permission.DECIDE_RESULTS)
def moderation(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """Before the marks are opened: how far the marking is. Afterwards everything."""
    row = found(sitting)
    require(rules.may_moderate(request.actor, row.organisation))
    essays = essays_of(row) if row.state == "closed" else []
    opened = moderating.has_opened(row, request.actor)
    twice = [_row(one) for one in essays if len(one.marks) > 1]
    twice.sort(key=lambda one: (one.tone != "attention", -(one.essay.settled.gap or 0), one.essay.key))
    context: dict[str, Any] = {
        "sitting": row,
        "rule": plan_words(row),
        "opened": opened,
        "total": len(essays),
        "missing": sum(one.free in (1, 2) for one in essays),
        "thirds": sum(one.free == THIRD for one in essays),
        "twice": len(twice),
        "apart": sum(one.essay.apart for one in twice),
        "decided": sum(one.decision is not None for one in essays),
        "crumbs": _crumbs(request, row, here(_("Moderation"))),
    }
    if opened:
        context |= {
            "page": Paginator(twice, A_PAGE).get_page(request.GET.get("page")),
            "markers": markers.markers(essays, moderating.returns_of(row)),
            "figures": markers.agreement(essays),
            "enough": markers.ENOUGH,
            "typed": {},
        }
    return render(request, "sittings/moderation.html", context)


@require_POST
@needs(Permission.DECIDE_RESULTS)
def open_marks(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """See what everybody gave, and mark no more."""
    row = found(sitting)
    actions.open_marks(row, by=request.actor, at=request.at)
    messages.success(request, _("The marks are open to you."))
    return redirect("sittings:moderation", organisation, sitting)


@require_POST
@needs(Permission.DECIDE_RESULTS)
def send_back(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """All marks of one marker, to be given anew."""
    row = found(sitting)
    require(rules.may_moderate(request.actor, row.organisation))
    wanted = plain_id(request.POST.get("marker", ""))
    marks = [mark for one in essays_of(row) for mark in one.marks]
    marker = next((one.marker for one in marks if one.marker.public_id == wanted), None)
    if marker is None:
        messages.info(request, _("No mark of this person holds here, so nothing was sent back."))
        return redirect("sittings:moderation", organisation, sitting)
    because = request.POST.get("because", "").replace("\0", "")
    try:
        count = actions.return_marks(row, marker, because=because, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        messages.warning(request, sentence(refused.verdict))
    else:
        said = ngettext(
            "%(count)s mark of %(name)s is sent back and will be given anew.",
            "%(count)s marks of %(name)s are sent back and will be given anew.",
            count,
        )
        messages.success(request, said % {"count": count, "name": marker.name})
    return redirect("sittings:moderation", organisation, sitting)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DECIDE_RESULTS)
def settle(request: Request, organisation: str, sitting: str, essay: str) -> HttpResponse:
    """One essay with all its marks, and the form that settles it."""
    row = found(sitting)
    require(rules.may_moderate(request.actor, row.organisation))
    one = next((one for one in essays_of(row) if one.key == essay), None)
    if one is None:
        raise Http404
    if not moderating.has_opened(row, request.actor):
        return redirect("sittings:moderation", organisation, sitting)
    fault, status, typed = "", 200, {}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "").replace("\0", "") for name in ("points", "because")}
        try:
            actions.settle_essay(
                one.candidate,
                one.line,
                points=points_typed(typed["points"]),
                because=typed["because"],
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            if refused.verdict.who:
                raise
            fault, status = sentence(refused.verdict), 409
        else:
            messages.success(request, _("Settled. All marks are kept."))
            return redirect("sittings:moderation", organisation, sitting)
    decisions = moderating.decisions_of(one)
    standing = (
        {"points": points_of(one.decision.points), "because": one.decision.because} if one.decision else {}
    )
    context = essay_shown(request, one) | {
        "sitting": row,
        "row": _row(one),
        "versions": moderating.versions_of(one),
        "decisions": decisions,
        "fault": fault,
        "typed": typed or standing,
        "can_settle": len(one.marks) > 1,
        "crumbs": _crumbs(
            request,
            row,
            step(request, _("Moderation"), "sittings:moderation", row.public_id),
            here(_("Essay")),
        ),
    }
    return render(request, "sittings/settle.html", context, status=status)


def _row(one: Essay) -> Row:
    how, tone = _how(one)
    counted = set(one.settled.counted)
    return Row(
        one,
        [_given(one, mark, counted) for mark in one.marks],
        points_of(one.settled.gap),
        points_of(one.settled.mark),
        how,
        tone,
    )


def _given(one: Essay, mark: EssayMark, counted: set[str]) -> Given:
    at = round(4 + float(mark.points / one.most) * (WIDE - 8), 1)
    return Given(mark, points_of(mark.points), str(at), str(mark.marker_id) in counted, mark.place == THIRD)


def _how(one: Essay) -> tuple[str, str]:
    """(words, tone): what settled it, or what is waited for."""
    if one.decision is not None:
        return _("settled by decision"), "good"
    if one.free == THIRD:
        return _("waits for a third marker"), "attention"
    if one.free is not None:
        return _("waits for a mark"), "info"
    if one.apart:
        words = {
            "third_nearer": _("third marker: the two nearest"),
            "third_alone": _("third marker decides"),
            "third_median": _("third marker: the middle one"),
        }
        return words.get(one.settled.method, _("third marker")), "good"
    return _("mean of two"), "plain"


def _crumbs(request: Request, row: Sitting, *further: Any) -> Any:
    return to_list(request, step(request, row.paper.title, "sittings:sitting", row.public_id), *further)
