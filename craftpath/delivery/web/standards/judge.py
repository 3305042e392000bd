"""The judge's page: a question with its key, one value, the next. In later rounds with what the panel said before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.web.exams.showing import block, candidate, key_in_words
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.standards.charts import Value, strip
from craftpath.delivery.web.standards.places import found, looks_after, to_list
from craftpath.delivery.web.standards.spread import figure
from craftpath.domain.exams import actions, queries, rules, studies
from craftpath.domain.exams.panel import Panel, Pass, panel_of
from craftpath.engines.scoring import Kind
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Judge, Study

BEFORE_WIDE = 320


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEE_RESULTS)
def judge(request: Request, organisation: str, study: str) -> HttpResponse:
    """Each touch is saved; without a script the button saves and goes on. Nothing of others is seen in round 1."""
    row = found(study)
    mine = studies.judge_at(row, request.user)
    if mine is None:
        raise Http404
    fault = ""
    if request.method == "POST":
        order, number = _number(request, "order"), _number(request, "number")
        try:
            actions.give_estimates(
                mine, _given(request, order), number=number, by=request.actor, at=request.at
            )
        except Refused as refused:
            if refused.verdict.who or request.htmx:
                raise
            fault = sentence(refused.verdict)
        else:
            if not request.htmx:
                return redirect(_after(request, row, order))
    panel = panel_of(row)
    context = _page(request, row, mine, panel) | {"fault": fault}
    name = "standards/saved.html" if request.htmx else "standards/judge.html"
    return render(request, name, context, status=409 if fault else 200)


def _number(request: Request, name: str) -> int:
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else -1


def _given(request: Request, order: int) -> dict[int, int]:
    """The one value of the form; nothing if none was chosen, for somebody who only goes on."""
    return {order: _number(request, "value")} if request.POST.get("value") else {}


def _after(request: Request, row: Study, order: int) -> str:
    address = reverse("standards:judge", args=[request.organisation.key, row.public_id])
    step = -1 if request.POST.get("go") == "back" else 1
    return f"{address}?q={order + step}#question"


def _page(request: Request, row: Study, mine: Judge, panel: Panel) -> dict[str, Any]:
    address = reverse("standards:judge", args=[request.organisation.key, row.public_id])
    own = {one.row.number: _own(one, mine) for one in panel.passes}
    now = panel.open
    values = own[now.row.number] if now is not None else []
    done = sum(one is not None for one in values)
    context: dict[str, Any] = {
        "study": row,
        "borderline": text(row.borderline),
        "now": now.row if now else None,
        "done": done,
        "all": len(panel.lines),
        "runs": looks_after(request),
        "crumbs": to_list(request, here(row.title)),
        "address": address,
    }
    if now is None or not panel.lines:
        return context | {"past": _past(panel, own)}
    at = _chosen(request, panel, values)
    cells = [
        {"order": one.order, "done": values[n] is not None, "here": n == at}
        for n, one in enumerate(panel.lines)
    ]
    return context | {"cells": cells} | _question(request, row, mine, panel, now, at, values[at])


def _own(one: Pass, mine: Judge) -> list[int | None]:
    return next(
        (list(row) for judge, row in zip(one.judges, one.values, strict=True) if judge.pk == mine.pk), []
    )


def _chosen(request: Request, panel: Panel, values: list[int | None]) -> int:
    """The question of the address, else the first without a value."""
    wanted = request.POST.get("order") or request.GET.get("q", "")
    orders = [str(one.order) for one in panel.lines]
    if wanted in orders:
        return orders.index(wanted)
    return next((n for n, one in enumerate(values) if one is None), len(orders) - 1)


def _question(
    request: Request, row: Study, mine: Judge, panel: Panel, now: Pass, at: int, value: int | None
) -> dict[str, Any]:
    asked = panel.lines[at]
    content = queries.content_of(asked.version, asked.version.item.kind)

    def picture(public_id: str) -> str:
        return reverse("standards:picture", args=[request.organisation.key, row.public_id, public_id])

    guide = content.details.get("guide") if content.kind is Kind.ESSAY else None
    scale = [(100, _("yes")), (0, _("no"))] if row.method == "yes_no" else _steps()
    return {
        "line": asked,
        "shown": candidate(content, picture, None, asked.version.stimulus) | {"file": False},
        "key": key_in_words(content),
        "guide": block(guide, picture) if guide else "",
        "essay": content.kind is Kind.ESSAY,
        "scale": [(number, label, number == value) for number, label in scale],
        "value": value,
        "before": _before(panel, mine, now, at),
        "first": at == 0,
        "last": at == len(panel.lines) - 1,
    }


def _steps() -> list[tuple[int, str]]:
    return [(number, str(number)) for number in range(0, 101, rules.STEP)]


def _before(panel: Panel, mine: Judge, now: Pass, at: int) -> dict[str, Any] | None:
    """What the panel said in the round before: own value, median, spread; and the difficulty if it is shown."""
    earlier = [one for one in panel.closed if one.row.number < now.row.number]
    seen = now.row.observed.get(str(panel.lines[at].order))
    if not earlier and seen is None:
        return None
    found: dict[str, Any] = {"observed": "", "n": 0}
    if seen is not None:
        found |= {"observed": figure(100 * seen[0], 0), "n": seen[1]}
    if earlier:
        last = earlier[-1]
        said, own = last.spread(at), _own(last, mine)
        values = [
            Value(one, own=judge.pk == mine.pk)
            for judge, row in zip(last.judges, last.values, strict=True)
            if (one := row[at]) is not None
        ]
        found |= {
            "number": last.row.number,
            "own": figure(own[at], 0) if own and own[at] is not None else "–",
            "middle": figure(said.middle, 0)
            if said.middle is None or said.middle % 1 == 0
            else figure(said.middle),
            "range": f"{said.low}–{said.high}" if said.n else "–",
            "judges": said.n,
            "strip": strip(
                values,
                width=BEFORE_WIDE,
                radius=6,
                mean=said.middle,
                other=None if seen is None else 100 * seen[0],
            ),
        }
    return found


def _past(panel: Panel, own: dict[int, list[int | None]]) -> dict[str, Any]:
    """Own values of the closed rounds, question by question."""
    rounds = [one.row.number for one in panel.closed if own[one.row.number]]
    return {
        "rounds": rounds,
        "rows": [
            (line.order, ["–" if (one := own[number][n]) is None else one for number in rounds])
            for n, line in enumerate(panel.lines)
        ],
    }


@require_GET
@needs(Permission.SEE_RESULTS)
def picture(request: Request, organisation: str, study: str, picture: str) -> HttpResponse:
    """A picture of the paper, for its judges."""
    row = found(study)
    if studies.judge_at(row, request.user) is None:
        raise Http404
    kept = next((one for one in queries.pictures_in(row.paper_id) if one.public_id == picture), None)
    if kept is None:
        raise Http404
    response = HttpResponse(kept.file.bytes(), content_type=kept.media_type)
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
