"""One appraisal: the own one, whole; the same for the office, where each look is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.appraisals import drawing, saying
from craftpath.delivery.web.appraisals.places import found, looks_after, tabs, to_rounds
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.appraisals import actions, queries, rules
from craftpath.domain.appraisals.definition import LEVEL
from craftpath.domain.appraisals.texts import CONTEST_STATES, REMEDIES, ROUND_STATES
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.appraisals.models import Appraisal, AppraisalContest, AppraisalRound

CONTEST_TONES = {"open": "attention", "upheld": "good", "rejected": "plain", "withdrawn": "plain"}
MOST = 24  # earlier appraisals in a list


@require_GET
def mine(request: Request, organisation: str) -> HttpResponse:
    """The newest appraisal that was shown to the reader, and the earlier ones."""
    rows = list(queries.own_appraisals(request.user)[:MOST])
    current = [row for row in rows if row.round.state != "replaced"]
    context: dict[str, Any] = {"tabs": tabs(request, "appraisals:mine"), "row": None}
    if current:
        context |= page_of(request, current[0])
    context["earlier"] = [(row, period(row.round)) for row in rows if row not in current[:1]]
    context["asks"] = queries.voices_of(request.user, request.today).filter(answered=False).exists()
    return render(request, "appraisals/mine.html", context)


@require_GET
def appraisal(request: Request, organisation: str, appraisal: str) -> HttpResponse:
    """The own one, whole; for the office a cover, since opening it is recorded."""
    row = found(appraisal)
    if rules.is_own(request.actor, row):
        context = page_of(request, row)
        context["crumbs"] = to_rounds(request, here(context["period"]))
        return render(request, "appraisals/appraisal.html", context)
    _require_office(request, row)
    return render(request, "appraisals/cover.html", cover_of(request, row))


@require_POST
def read(request: Request, organisation: str, appraisal: str) -> HttpResponse:
    """Open it for the office; the look stands in the history."""
    row = found(appraisal)
    if rules.is_own(request.actor, row):
        return redirect("appraisals:appraisal", organisation, row.public_id)
    _require_office(request, row)
    return opened(request, row)


def opened(request: Request, row: Appraisal, *, status: int = 200, **more: Any) -> HttpResponse:
    """The whole appraisal for the office, with its contests to answer."""
    actions.read_appraisal(row, by=request.actor, at=request.at)
    context = page_of(request, row) | cover_of(request, row) | more
    return render(request, "appraisals/appraisal.html", context, status=status)


def _require_office(request: Request, row: Appraisal) -> None:
    """Trainers of the college see these rows in lists of theirs, and read no appraisal but their own."""
    if not looks_after(request.actor):
        raise Http404
    require(rules.may_appraise(request.actor, row.round.organisation))


def cover_of(request: Request, row: Appraisal) -> dict[str, Any]:
    """Who and when, and the way back."""
    the_round = step(request, period(row.round), "appraisals:round", row.round.public_id)
    return {
        "row": row,
        "office": True,
        "period": period(row.round),
        "state": ROUND_STATES[row.round.state],
        "crumbs": to_rounds(request, the_round, here(row.person.name)),
    }


def page_of(request: Request, row: Appraisal) -> dict[str, Any]:
    """Everything that the page says; a constant number of queries."""
    rule = row.round.scheme.value
    ids = {one["enrolment"] for one in row.lines} | {one[0] for one in row.left_out}
    names = saying.names_of(ids)
    lines = saying.case_lines(row, names)
    last = rules.last_day_to_contest(row.round)
    own = rules.is_own(request.actor, row)
    may = own and last is not None and request.today <= last and not queries.has_later(row.round)
    return {
        "row": row,
        "office": False,
        "period": period(row.round),
        "state": ROUND_STATES[row.round.state],
        "hearing": row.round.state == "hearing",
        "replaced": row.round.state == "replaced",
        "scale": drawing.scale(rule, row.score, row.low, row.high) if row.score is not None else None,
        "level": f"{100 * LEVEL:.0f} %",
        "band": saying.band_name(rule, row),
        "parts": [saying.part_line(part) for part in row.parts.all()],
        "measured": sum(part.weight for part in row.parts.all() if not part.why),
        "fewest": rule.fewest,
        "progress": saying.progress_words(row),
        "effect": saying.signed(row.effect.get("value"), 2) if row.effect.get("value") is not None else "",
        "lines": lines,
        "shared": any(line.colleagues for line in lines),
        "left_out": saying.left_out(row, names),
        "contests": [_contest(request, one, names) for one in row.contests.order_by("-raised_at", "-pk")],
        "choices": saying.choices(row, lines) if may else [],
        "last": last,
        "most": rules.LONGEST,
        "typed": {"what": request.GET.get("what", ""), "words": ""},
    }


def _contest(request: Request, one: AppraisalContest, names: dict[str, str]) -> dict[str, Any]:
    remedies = [(key, words) for key, words in REMEDIES.items() if _fits(key, one)]
    return {
        "contest": one,
        "matter": saying.matter(one.part, one.line, names),
        "state": CONTEST_STATES[one.state],
        "tone": CONTEST_TONES[one.state],
        "remedies": remedies,
        "may_answer": one.state == "open" and bool(rules.may_answer(request.actor, one)),
        "not_mine": one.state == "open" and not rules.may_answer(request.actor, one),
    }


def _fits(remedy: str, one: AppraisalContest) -> bool:
    return remedy == "again" or bool(one.line if remedy == "line_out" else one.part)


def period(row: AppraisalRound) -> str:
    """The days of a round, and its version if there are several."""
    days = drawing.days(row.starts_on, row.ends_on)
    return days if row.version == 1 else _("%(days)s, version %(n)s") % {"days": days, "n": row.version}
