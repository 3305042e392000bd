"""One's own examinations: what is to come, what each came to, point by point."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from craftpath.delivery.web.candidacies import saying
from craftpath.delivery.web.exams.answers import worth
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import day, points
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.sittings.bars import bars
from craftpath.delivery.web.sittings.places import when
from craftpath.domain.evaluation.queries import marks
from craftpath.domain.exams import candidacies
from craftpath.domain.exams.appealing import can_appeal, last_day
from craftpath.domain.exams.outcomes import spread
from craftpath.domain.exams.queries import sittings
from craftpath.domain.exams.resitting import histories, terms_of
from craftpath.domain.exams.terms import why_again
from craftpath.domain.exams.texts import APPEAL_STATES, COUNTS, WHY_AGAIN

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Candidate

A_PAGE = 30
APPEAL_TONES = {
    "lodged": "info",
    "assessed": "info",
    "upheld": "plain",
    "changed": "good",
    "rejected": "plain",
    "withdrawn": "plain",
}


def own_one(request: Request, sitting: str) -> Candidate:
    """The own place at a sitting; for everybody else there is no such page."""
    rows = candidacies.own_candidacies(request.user).filter(sitting__public_id=plain_id(sitting))
    found = rows.first()
    if found is None:
        raise Http404
    return found


@require_safe
def own(request: Request, organisation: str) -> HttpResponse:
    """All own examinations, the newest first."""
    page = Paginator(candidacies.own_candidacies(request.user), A_PAGE).get_page(request.GET.get("page"))
    rows = []
    for one in page:
        word, tone = saying.standing(one, request.at)
        outcome = getattr(one, "outcome", None)
        figure = ""
        if outcome is not None and outcome.points:
            facts = {"points": worth(outcome.points), "full": worth(outcome.full)}
            figure = _("%(points)s of %(full)s points") % facts
        rows.append(
            {
                "label": one.sitting.paper.title,
                "note": " · ".join(part for part in (when(one.sitting), one.sitting.place, figure) if part),
                "url": reverse("candidacies:one", args=[organisation, one.sitting.public_id]),
                "badge": word,
                "tone": tone,
            }
        )
    return render(request, "candidacies/list.html", {"rows": rows, "page": page})


@require_safe
def gone(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """Where the notice leads that one does not sit any more; of a sitting of one's own cohort."""
    get_object_or_404(sittings(), public_id=plain_id(sitting))
    messages.info(request, _("You are not on the list of that examination any more."))
    return redirect("candidacies:list", organisation)


@require_safe
def one(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """One examination: the plan before it, one sentence while it is marked, the result afterwards."""
    row = own_one(request, sitting)
    word, tone = saying.standing(row, request.at)
    context: dict[str, Any] = {
        "one": row,
        "sitting": row.sitting,
        "when": when(row.sitting),
        "state": word,
        "tone": tone,
        "handed_in": saying.handed_in(row),
        "hall": reverse("hall:enter"),
        "crumbs": [step(request, _("My examinations"), "candidacies:list"), here(row.sitting.paper.title)],
    }
    if getattr(row, "outcome", None) is not None:
        context |= _result(request, row)
    return render(request, "candidacies/one.html", context)


def _result(request: Request, row: Candidate) -> dict[str, Any]:
    outcome = row.outcome
    appeal = getattr(row, "appeal", None)
    context: dict[str, Any] = {
        "outcome": outcome,
        "appeal": appeal,
        "appeal_state": APPEAL_STATES[appeal.state] if appeal else "",
        "appeal_tone": APPEAL_TONES[appeal.state] if appeal else "",
        "mark": marks()
        .filter(
            evaluation__public_id=row.sitting.published_in,
            item=row.sitting.published_item,
            enrolment=row.enrolment,
            is_current=True,
        )
        .first(),
    } | _attempts(row)
    if not outcome.points:
        return context
    remarks, settled = candidacies.remarks_of(row), candidacies.settled_points(row)
    others = spread(row.sitting, row)
    mine = saying.percent(outcome)
    needed = Fraction(row.sitting.pass_percent) / 100 * Fraction(outcome.full)
    return context | {
        "points": worth(outcome.points),
        "full": worth(outcome.full),
        "percent": mine,
        "needed": worth(needed),
        "needed_share": _("%(figure)s %%") % {"figure": points(row.sitting.pass_percent)},
        "questions": saying.questions(row, remarks, settled),
        "bars": bars(others),
        "others": len(others),
        "own_bar": min(mine // 10, 9),
        "may_appeal": can_appeal(row, request.at),
        "last_day": day(last_day(outcome, row.sitting.appeal_days)) if row.sitting.appeal_days else "",
    }


def _attempts(row: Candidate) -> dict[str, Any]:
    """What the rule says of this and other attempts; one query."""
    first = row.sitting.again_of or row.sitting
    terms = terms_of(row.sitting)
    history = histories(first, [row.enrolment_id])[row.enrolment_id]
    found = history.counted(terms)
    counts = None if found.place is None else history.candidates[found.place]
    why = why_again(history.attempts, terms)
    return {
        "attempts": [
            {
                "one": other,
                "figure": saying.percent(other.outcome) if other.outcome.points else None,
                "counts": counts is not None and other.pk == counts.pk,
                "here": other.pk == row.pk,
                "when": when(other.sitting),
            }
            for other in history.candidates
        ]
        if len(history.candidates) > 1
        else [],
        "capped": found.capped,
        "rule": COUNTS[terms.resit_counts],
        "coming": history.coming if history.coming and history.coming.pk != row.pk else None,
        "may_again": "" if why.startswith("no_") else WHY_AGAIN[why],
        "left": terms.most_resits,
    }
