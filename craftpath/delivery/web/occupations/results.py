"""What came of a verification: who has answered, task by task what they said, and what is trained first."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.itemreport.figures import number
from craftpath.delivery.web.itemreport.plots import Axis, Dot, Line, Plot
from craftpath.delivery.web.occupations.places import TONES, found, tabs, to_chart, version
from craftpath.delivery.web.shell.codes import qr
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.occupations import queries, rules
from craftpath.domain.occupations.answering import figures_of
from craftpath.domain.occupations.texts import GROUP_NAMES, PRIORITIES, SCALES, STATES
from craftpath.engines.occupations import Criteria, Figures
from craftpath.kernel.tokens import unsealed
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import Chart

LOOKS = {"overtrain": "two", "train": "one", "workplace": "four"}
PRIORITY_TONES = {"overtrain": "attention", "train": "info", "workplace": "plain", "": "plain"}
HEIGHT = 360
NAMED = 8  # dots that carry their code


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A task with its figures as they are read."""

    task: queries.TaskRow
    n: int
    share: str
    importance: str
    frequency: str
    difficulty: str
    entry: str
    kept: bool | None
    priority: str
    tone: str
    index: str
    rank: int | None
    differ: bool
    hidden: bool


@require_GET
def results(request: Request, organisation: str, chart: str) -> HttpResponse:
    """The page; figures of fewer than five people are not given, the link only to the office.

    While answers come in there are none: two looks, before and after one answer, would tell what it says.
    """
    row = found(request, chart)
    require(rules.may_read_figures(request.actor, row))
    asked = getattr(row, "verification", None)
    if asked is None:
        raise Http404
    comes_in = bool(rules.can_answer(row, asked, request.today))
    figures = {} if comes_in else figures_of(row)
    tasks = [] if comes_in else queries.tasks_of(row)
    order = "chart" if request.GET.get("by") == "chart" else "index"
    lines = [_line(task, figures[task.public_id]) for task in tasks]
    if order == "index":
        lines.sort(key=lambda line: (line.rank is None, line.rank or 0))
    counted: Any = queries.counted(queries.charts()).get(pk=row.pk)
    criteria = rules.criteria(row)
    many = sum(not line.hidden for line in lines)
    runs = bool(rules.may_run(request.actor, row))
    context = {
        "row": counted,
        "asked": asked,
        "comes_in": comes_in,
        "state": STATES[row.state],
        "tone": TONES[row.state],
        "lines": lines,
        "plot": _plot(tasks, figures, criteria, counted.answer_count or 0) if many else None,
        "counts": _counts(lines),
        "unkept": [line for line in lines if line.kept is False],
        "criteria": _said(row, criteria),
        "few": rules.FEWEST,
        "orders": _orders(request, row, order),
        "tabs": tabs(request, row, "occupations:results"),
        "crumbs": [*to_chart(request, row), here(version(row))],
        "runs": runs,
        "people": _people(row) if runs and asked.named else [],
    }
    return render(request, "occupations/results.html", context | _link(request, row, runs and comes_in))


def _people(row: Chart) -> list[tuple[str, str, bool]]:
    """(name, what they are in the trade, whether they are done) of everybody who gave a name; never what they said."""
    return [(one.name, str(GROUP_NAMES[one.group]), one.done) for one in queries.named_answers(row)]


def _link(request: Request, row: Chart, serves: bool) -> dict[str, Any]:
    """The address for people without an account, for the office while it serves."""
    token = unsealed(row.verification.sealed) if serves else ""
    if not token:
        return {}
    address = request.build_absolute_uri(reverse("trade:answer", args=[token]))
    return {"address": address, "picture": qr(address)}


def _line(task: queries.TaskRow, one: Figures) -> ResultLine:
    return ResultLine(
        task=task, n=one.n, share=percent(one.share), importance=mean(one.means["importance"]),
        frequency=mean(one.means["frequency"]), difficulty=mean(one.means["difficulty"]),
        entry=percent(one.means["entry"]), kept=one.kept, priority=str(PRIORITIES.get(one.priority, "")),
        tone=PRIORITY_TONES[one.priority], index="–" if one.index is None else number(one.index, 2),
        rank=one.rank, differ=one.differ, hidden=one.means["importance"] is None,
    )  # fmt: skip


def percent(share: Fraction | None) -> str:
    """A share in whole percent; a dash where it is not given."""
    return "–" if share is None else f"{round(share * 100)} %"


def mean(value: Fraction | None) -> str:
    """A mean with one place."""
    return "–" if value is None else number(float(value), 1)


def _counts(lines: list[ResultLine]) -> dict[str, int]:
    return {
        "kept": sum(line.kept is True for line in lines),
        "unkept": sum(line.kept is False for line in lines),
        "hidden": sum(line.hidden for line in lines),
        "differ": sum(line.differ for line in lines),
        "all": len(lines),
    }


def _said(row: Chart, criteria: Criteria) -> dict[str, Any]:
    """What decides, as the page says it."""
    return {
        "cut": number(float(criteria.cut), 1),
        "performed": f"{row.performed} %",
        "limits": [f"{SCALES[name]} {number(float(value), 1)}" for name, value in criteria.limits.items()],
        "weights": [
            f"{SCALES[name]} {number(float(value), 1)}" for name, value in criteria.weights.items() if value
        ],
    }


def _orders(request: Request, row: Chart, now: str) -> list[dict[str, Any]]:
    there = reverse("occupations:results", args=[request.organisation.key, row.public_id])
    named = {"index": _("By priority"), "chart": pgettext("an order", "As on the chart")}
    return [
        {"label": label, "url": f"{there}?by={key}#tasks", "current": key == now}
        for key, label in named.items()
    ]


def _plot(tasks: list[queries.TaskRow], figures: dict[str, Figures], criteria: Criteria, n: int) -> Plot:
    """Importance along, difficulty up, frequency as size; lines where the tree divides."""
    axis = Axis(1, 5, (1, 2, 3, 4, 5))
    plot = Plot(
        _("Importance and difficulty of the tasks"), axis, axis, str(SCALES["importance"]), str(SCALES["difficulty"]),
        n=n, note=_("A larger dot is done more often."), height=HEIGHT,
        legend=[(look, str(PRIORITIES[key])) for key, look in LOOKS.items()],
        head=[pgettext("of a chart", "Task"), _("Importance"), _("Difficulty"), _("Frequency")],
    )  # fmt: skip
    across, up = float(criteria.limits["importance"]), float(plot.up(float(criteria.limits["difficulty"])))
    x = 10 * float(plot.along(across))
    plot.lines += [
        Line(f"M{x:.1f} 0V{HEIGHT}", "zero", dashed=True), Line(f"M0 {up:.1f}H1000", "zero", dashed=True)
    ]  # fmt: skip
    shown = [(task, figures[task.public_id]) for task in tasks if figures[task.public_id].priority]
    first = {task.public_id for task, one in sorted(shown, key=lambda row: row[1].rank or 0)[:NAMED]}
    for task, one in sorted(shown, key=lambda row: -(row[1].means["frequency"] or 0)):
        i, d, f = (float(one.means[name] or 0) for name in ("importance", "difficulty", "frequency"))
        plot.dots.append(
            Dot(
                plot.along(i), plot.up(d), LOOKS[one.priority], words=task.code if task.public_id in first else "",
                title=f"{task.code} {text(task.statement)} · n = {one.n}", size=round(2 + 1.6 * f),
                left=plot.x.share(i) > 0.94,  # noqa: PLR2004
            )
        )  # fmt: skip
    plot.rows = [
        [
            f"{task.code} {text(task.statement)}",
            *(mean(one.means[name]) for name in ("importance", "difficulty", "frequency")),
        ]
        for task, one in shown
    ]
    return plot
