"""Rounds of a house: opened, asked, computed with progress, looked at without names beside scores, published."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.appraisals import drawing
from craftpath.delivery.web.appraisals.one import period
from craftpath.delivery.web.appraisals.places import found_round, tabs, to_rounds
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.appraisals import actions, queries, rules
from craftpath.domain.appraisals.texts import ROUND_STATES, WHYS
from craftpath.kernel.progress import progress_of
from craftpath.kernel.roles import Permission
from craftpath.values.period import later
from craftpath.values.verdict import Refused, Verdict, require

if TYPE_CHECKING:
    from craftpath.domain.appraisals.models import AppraisalRound

A_PAGE = 50
MONTHS_BACK = 18
TONES = {
    "draft": "plain",
    "computing": "info",
    "computed": "info",
    "hearing": "attention",
    "published": "good",
    "replaced": "plain",
    "dropped": "plain",
}


@require_GET
@needs(Permission.APPRAISE_TRAINERS)
def rounds(request: Request, organisation: str) -> HttpResponse:
    """The newest period first, and a form for the next one."""
    return render(request, "appraisals/rounds.html", _list(request))


def _list(request: Request) -> dict[str, Any]:
    rows = queries.with_counts(queries.rounds()).exclude(state="dropped")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    months = queries.definition_for(request.organisation, request.today).months
    return {
        "page": page,
        "rows": [(row, period(row), ROUND_STATES[row.state], TONES[row.state]) for row in page.object_list],
        "periods": _periods(months, request.today),
        "months": months,
        "made_id": uuid.uuid4(),
        "tabs": tabs(request, "appraisals:rounds"),
    }


def _periods(months: int, today: date) -> list[tuple[str, str]]:
    """(first day, in words) of the periods that ended lately, the newest first."""
    month = today.replace(day=1)
    starts = [later(month, -months - back) for back in range(MONTHS_BACK)]
    return [(one.isoformat(), drawing.days(one, later(one, months))) for one in starts]


@require_POST
@needs(Permission.APPRAISE_TRAINERS)
def open_(request: Request, organisation: str) -> HttpResponse:
    """Open a round; the same press opens one."""
    try:
        made_id = uuid.UUID(request.POST.get("made_id", ""))
    except ValueError:
        made_id = uuid.uuid4()
    starts_on = _day(request.POST.get("starts_on", ""))
    fault = _("Choose a period.")
    if starts_on is not None:
        try:
            row = actions.open_round(
                request.organisation, made_id=made_id, starts_on=starts_on, by=request.actor, at=request.at
            )
        except Refused as refused:
            if refused.verdict.who:
                raise
            fault = sentence(refused.verdict)
        else:
            return redirect("appraisals:round", organisation, row.public_id)
    context = _list(request) | {"fault": fault, "chosen": starts_on.isoformat() if starts_on else ""}
    return render(request, "appraisals/rounds.html", context, status=409)


def _day(given: str) -> date | None:
    try:
        found = parse_date(given)
    except ValueError:
        return None
    return found if found is not None and 2000 <= found.year < 2100 else None  # noqa: PLR2004 - this century


@require_GET
@needs(Permission.APPRAISE_TRAINERS)
def round_(request: Request, organisation: str, round: str) -> HttpResponse:  # noqa: A002 - as the address says it
    """Where it stands and what is next; scores as dots without names, names without scores."""
    row = found_round(round)
    if row.state != "computing" and request.htmx:
        response = HttpResponse(status=204)
        response.headers["HX-Refresh"] = "true"
        return response
    part = "#progress" if request.htmx else ""
    return render(request, f"appraisals/round.html{part}", _page(request, row))


def _page(request: Request, row: AppraisalRound) -> dict[str, Any]:
    context: dict[str, Any] = {
        "round": row,
        "rule": row.scheme.value,
        "period": period(row),
        "state": ROUND_STATES[row.state],
        "tone": TONES[row.state],
        "may": bool(rules.may_appraise(request.actor, row.organisation)),
        "made_id": uuid.uuid4(),
        "most": rules.LONGEST,
        "crumbs": to_rounds(request, here(period(row))),
    }
    if row.state == "computing":
        far = progress_of(row.public_id)
        return context | {"percent": round(100 * far.share) if far else 0, "begun": far is not None}
    if row.state == "draft":
        asked, answered = queries.voices_in(row)
        failed = sentence(Verdict(row.failed, row.failed_facts)) if row.failed else ""
        verdict = rules.can_compute(row, request.today)
        waits = "" if verdict else sentence(verdict)
        return context | {"asked": asked, "answered": answered, "failed": failed, "waits": waits}
    return context | _computed(request, row)


def _computed(request: Request, row: AppraisalRound) -> dict[str, Any]:
    told = queries.appraisals_of(row).order_by().values_list("score", "low", "high")
    scores = [(score, low, high) for score, low, high in told if score is not None]
    page = Paginator(queries.appraisals_of(row), A_PAGE).get_page(request.GET.get("page"))
    waiting = queries.contests().filter(appraisal__round=row)
    open_ones, upheld = (waiting.filter(state=state).count() for state in ("open", "upheld"))
    later_one = queries.has_later(row)
    verdict = rules.can_publish(
        row, open_ones=open_ones, upheld=upheld, later_one=later_one, today=request.today
    )
    may_publish = rules.may_publish(request.actor, row)
    blocked = verdict if not verdict else may_publish
    return {
        "page": page,
        "people": [(one, WHYS.get(one.why, one.why)) for one in page.object_list],
        "scored": len(scores),
        "total": page.paginator.count,
        "spread": drawing.spread(row.scheme.value, scores),
        "fewest": drawing.FEWEST_DRAWN,
        "model": str(WHYS.get(row.about.get("why", ""), "")),
        "leans": [one["about"] for one in row.about.get("leanings", ()) if one["code"] == "leans"],
        "open_ones": open_ones,
        "upheld": upheld,
        "later_one": later_one,
        "blocked": "" if blocked else sentence(blocked),
        "ready": row.state == "hearing" and bool(blocked),
        "follows": row.state in ("hearing", "published") and not later_one,
    }


DONE = {
    "ask": gettext_lazy("The apprentices are asked. They find it on their home page."),
    "compute": gettext_lazy("It is being computed."),
    "cancel": gettext_lazy("Taken back; nothing is kept."),
    "show": gettext_lazy("The trainers can read their appraisals now, and contest them."),
    "publish": gettext_lazy("Published. The results are noted where pairs are made."),
    "drop": gettext_lazy("Put away."),
}
ACTS: dict[str, Callable[..., AppraisalRound]] = {
    "ask": actions.ask_voices,
    "compute": actions.compute_round,
    "cancel": actions.cancel_round,
    "show": actions.show_round,
    "publish": actions.publish_round,
    "drop": actions.drop_round,
}


@require_POST
@needs(Permission.APPRAISE_TRAINERS)
def do(request: Request, organisation: str, round: str) -> HttpResponse:  # noqa: A002 - as the address says it
    """One step further, or a later version; what cannot be is said on the page."""
    row, wanted = found_round(round), request.POST.get("do", "")
    require(rules.may_appraise(request.actor, row.organisation))
    try:
        if wanted == "follow":
            row = _follow(request, row)
        elif wanted in ACTS:
            ACTS[wanted](row, by=request.actor, at=request.at)
            messages.success(request, DONE[wanted])
    except Refused as refused:
        if refused.verdict.who:
            raise
        context = _page(request, row) | {
            "fault": sentence(refused.verdict),
            "typed": request.POST.get("reason", ""),
        }
        return render(request, "appraisals/round.html", context, status=409)
    if wanted == "drop":
        return redirect("appraisals:rounds", organisation)
    return redirect("appraisals:round", organisation, row.public_id)


def _follow(request: Request, row: AppraisalRound) -> AppraisalRound:
    try:
        made_id = uuid.UUID(request.POST.get("made_id", ""))
    except ValueError:
        made_id = uuid.uuid4()
    reason = request.POST.get("reason", "").replace("\0", "")
    made = actions.follow_round(row, made_id=made_id, reason=reason, by=request.actor, at=request.at)
    taken = queries.corrections_of(row).count()
    words = ngettext(
        "Version %(version)s is open; it takes in %(count)s upheld contest.",
        "Version %(version)s is open; it takes in %(count)s upheld contests.",
        taken,
    )
    messages.success(request, words % {"version": made.version, "count": taken})
    return made
