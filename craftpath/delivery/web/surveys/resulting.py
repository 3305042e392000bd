"""Results of a closed survey, question by question; as a file; read, and given back to those who were asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.exchange.surveys.sheets import answer_rows, result_rows
from craftpath.delivery.exchange.writing import write_csv, write_xlsx
from craftpath.delivery.web.shell.downloads import CSV, XLSX, attachment
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.surveys import posing, saying
from craftpath.delivery.web.surveys.forms import both
from craftpath.delivery.web.surveys.places import found, tabs, title_of, to_surveys
from craftpath.delivery.web.surveys.sending_forms import PublishForm
from craftpath.domain.needs.queries import of_survey as analyses_of
from craftpath.domain.needs.rules import READ as CAN_BE_ANALYSED
from craftpath.domain.needs.rules import may_read as may_read_analysis
from craftpath.domain.needs.texts import STATES as ANALYSIS_STATES
from craftpath.domain.surveys import actions, queries, rules
from craftpath.domain.surveys.results import Result, Spread, results_of, said_in
from craftpath.domain.surveys.texts import PARTS
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.surveys.models import Survey

MOST_ANALYSES = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its words, how many, the share of those who answered in per cent."""

    label: str
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One item of a question with its bars; `n` None: too few answered."""

    label: str
    n: int | None
    mean: str
    bars: list[Bar]
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """A need on the line from own level to importance, in per cent of the scale; `gap` is importance less own level."""

    label: str
    importance: float
    own: float
    mentor: float | None
    gap: float
    n: int
    told: tuple[str, ...]
    """importance, own level, the mentors' view and the gap in figures"""

    @property
    def left(self) -> float:
        """Where the line begins."""
        return min(self.importance, self.own)

    @property
    def width(self) -> float:
        """How long the line is."""
        return abs(self.importance - self.own)


@require_GET
def results(request: Request, organisation: str, survey: str) -> HttpResponse:
    """What was answered; those who were asked read it once it is published."""
    row = get_object_or_404(queries.surveys(), public_id=plain_id(survey))
    return render(request, "surveys/results.html", _page(request, row, None))


def _page(request: Request, row: Survey, form: PublishForm | None) -> dict[str, Any]:
    asked = queries.asked_in(row, request.user)
    runs = bool(rules.may_run(request.actor, row.organisation))
    if not runs and (asked is None or row.state != "published"):
        raise Http404
    require(rules.may_read_results(request.actor, row, asked))
    said = said_in(row)
    told = results_of(row, said)
    return {
        "survey": row,
        "title": title_of(row),
        "crumbs": to_surveys(request, here(title_of(row))),
        "tabs": tabs(request, row, "results") if runs else [],
        "state": saying.state(row),
        "runs": runs,
        "answers": len(said),
        "enough": len(said) >= rules.FEWEST,
        "fewest": rules.FEWEST,
        "needs": _needs(told, row.points),
        **_analyses(request, row, asked is not None),
        "questions": [(one, _shown(one, row.points)) for one in told if one.question.kind != "need"],
        "form": form or PublishForm(None, initial=both("summary", row.summary)),
        "export": [(form, reverse("surveys:export", args=[request.organisation.key, row.public_id, what, form]), label)
                   for what, form, label in (("results", "xlsx", _("Results as a workbook")),
                                             ("answers", "csv", _("Answers as a table (csv)")))],
    }  # fmt: skip


def _analyses(request: Request, row: Survey, asked: bool) -> dict[str, Any]:
    """The analyses that read this survey and that the reader may open; where there is none, who may make one."""
    if not any(one.kind == "need" for one in row.asked_for):
        return {}
    found = [
        one
        for one in analyses_of(row)[:MOST_ANALYSES]
        if may_read_analysis(request.actor, one, asked) and one.state != "failed"
    ]
    makes = not found and Permission.RUN_SURVEYS in request.actor.permissions and row.state in CAN_BE_ANALYSED
    key = request.organisation.key
    return {
        "analyses": [
            (
                text(one.title),
                ANALYSIS_STATES[one.state],
                reverse("needs:analysis", args=[key, one.public_id]),
            )
            for one in found
        ],
        "analyse_url": f"{reverse('needs:new', args=[key])}?survey={row.public_id}" if makes else "",
    }


def _needs(told: list[Result], points: int) -> list[Need]:
    """The needs of which importance and own level can be shown, the widest gap first."""
    found = []
    for one in told:
        if one.question.kind != "need" or not one.spreads:
            continue
        spreads = {spread.key: spread for spread in one.spreads}
        importance, own = spreads["importance"].mean, spreads["own"].mean
        if importance is None or own is None:
            continue
        mentor = spreads["mentor"].mean if "mentor" in spreads else None
        found.append(
            Need(
                text(one.question.title), _place(importance, points), _place(own, points),
                None if mentor is None else _place(mentor, points),
                importance - own, spreads["own"].n or 0,
                tuple(_two(one) for one in (importance, own, mentor, importance - own)),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: -one.gap)


def _place(mean: float, points: int) -> float:
    """Where a mean lies on its scale, in per cent."""
    return round(100 * (mean - 1) / (points - 1), 2)


def _two(mean: float | None) -> str:
    return "–" if mean is None else f"{mean:z.2f}".replace("-", "−")


def _shown(one: Result, points: int) -> list[Shown]:
    return [_item(one, spread, points) for spread in one.spreads]


def _item(one: Result, spread: Spread, points: int) -> Shown:
    question, labels = one.question, {}
    low, high = "", ""
    if question.kind in ("scale", "matrix"):
        low, high = posing.ends_of(question)
    for part in (*question.options, *question.rows):
        labels[part.key] = text(part.text)
    label = labels.get(spread.key, str(PARTS.get(spread.key, "")))
    if spread.n is None or not spread.n:
        return Shown(label, spread.n, "–", [])
    bars = [
        Bar(labels.get(key, _bar_label(question.kind, key)), count, saying.percent(count, spread.n))
        for key, count in sorted(
            spread.counts.items(), key=lambda it: it[0] if question.kind == "ranking" else 0
        )
    ]
    return Shown(label, spread.n, _two(spread.mean), bars, low, high)


def _bar_label(kind: str, key: Any) -> str:
    return _("place %(place)s") % {"place": key} if kind == "ranking" else str(key)


@require_GET
def export(request: Request, organisation: str, survey: str, what: str, form: str) -> HttpResponse:
    """Counts and means as a workbook, or the answers one by one without their open words, in an order drawn anew."""
    row = found(request, survey)
    require(rules.can_show(row))
    if (what, form) == ("results", "xlsx"):
        content, kind = write_xlsx([result_rows(row)]), XLSX
    elif (what, form) == ("answers", "csv"):
        sheet = answer_rows(row)
        content, kind = write_csv([sheet.header, *sheet.rows]), CSV
    else:
        raise Http404
    name = slugify(text(row.title), allow_unicode=True)[:60] or "survey"
    return attachment(content, f"{name}-{row.wave}-{what}.{form}", kind)


@require_POST
def analyse(request: Request, organisation: str, survey: str) -> HttpResponse:
    """Note that the answers were read."""
    actions.analyse_survey(found(request, survey), by=request.actor, at=request.at)
    messages.success(request, _("Noted as analysed."))
    return redirect("surveys:results", organisation, survey)


@require_POST
def publish(request: Request, organisation: str, survey: str) -> HttpResponse:
    """Give the results to those who were asked."""
    row = found(request, survey)
    form = PublishForm(request.POST)

    def act() -> None:
        actions.publish_survey(row, summary=form.text("summary"), by=request.actor, at=request.at)

    status = tried(request, form, _("Published. Everybody who was asked can read the results."), act)
    if not status:
        return redirect("surveys:results", organisation, row.public_id)
    return render(request, "surveys/results.html", _page(request, row, form), status=status)
