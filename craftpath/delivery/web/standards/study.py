"""One study for those who run it: who is done, how values lie, what the panel comes to, and what happens next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, points, text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.standards import spread
from craftpath.delivery.web.standards.forms import AdoptForm, InviteForm, OpenForm
from craftpath.delivery.web.standards.places import TONES, found, looks_after, to_list
from craftpath.domain.exams import rules, studies
from craftpath.domain.exams.marking import scored
from craftpath.domain.exams.panel import Panel, computed, difficulty, panel_of, reach
from craftpath.domain.exams.texts import STUDY_METHODS, STUDY_STATES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Adoption, Study

FEW = 5  # judges from which on the engine speaks of a panel


@require_GET
@needs(Permission.SEE_RESULTS)
def study(request: Request, organisation: str, study: str) -> HttpResponse:
    """The page; while a round is open it asks for its live part anew. Who only judges goes to the questions."""
    row = found(study)
    if not looks_after(request):
        if studies.judge_at(row, request.user) is not None:
            return redirect("standards:judge", organisation, study)
        require(request.actor.may(Permission.IMPORT_MARKS))
    if request.htmx:
        mark = studies.pulse(row)
        if request.GET.get("seen") == mark:
            return HttpResponse(status=204)
        return render(request, "standards/live.html", _live(request, row, panel_of(row), mark))
    return page(request, row)


def page(
    request: Request,
    row: Study,
    *,
    opening: OpenForm | None = None,
    adopting: AdoptForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page, with what was typed into a form that is refused."""
    panel = panel_of(row)
    may = bool(rules.may_hold(request.actor, row.organisation))
    context = _live(request, row, panel, studies.pulse(row))
    context |= {
        "state": STUDY_STATES[row.state],
        "tone": TONES[row.state],
        "method": STUDY_METHODS[row.method],
        "candidate": text(row.borderline),
        "alive": row.state not in ("adopted", "withdrawn"),
        "next": len(panel.passes) + 1,
        "planned": len(panel.passes) < row.rounds,
        "crumbs": to_list(request, here(row.title)),
    }
    if may and context["alive"]:
        can_open = row.state in ("planned", "between", "proposed")
        context["opening"] = opening or (OpenForm(None, study=row, today=request.today) if can_open else None)
        context["inviting"] = InviteForm(None, request=request, study=row)
        if row.state == "proposed":
            context["adopting"] = adopting or _adopt_form(request, panel)
        elif adopting is not None or opening is not None:  # somebody was quicker
            context["late"] = [*(adopting or opening).non_field_errors()]  # type: ignore[union-attr]
    elif adopting is not None or opening is not None:
        context["late"] = [*(adopting or opening).non_field_errors()]  # type: ignore[union-attr]
    return render(request, "standards/study.html", context, status=status)


def _adopt_form(request: Request, panel: Panel) -> AdoptForm:
    advice = computed(panel)
    form = AdoptForm()
    form.initial = {"adopted_on": request.today, "cut": "" if advice is None else str(advice)}
    return form


def _live(request: Request, row: Study, panel: Panel, mark: str) -> dict[str, Any]:
    """Everything that changes while judges write. A judge sees figures of closed rounds only, and no names."""
    judge = next(
        (one for one in panel.judges if one.person_id == request.user.pk and one.excused_at is None), None
    )
    own = None if judge is None else judge.person_id
    shown = [one for one in panel.passes if own is None or one.row.closed_at is not None]
    chosen = next((one for one in shown if str(one.row.number) == request.GET.get("round")), None)
    one = chosen or (shown[-1] if shown else None)
    before = next((other for other in shown if one and other.row.number == one.row.number - 1), None)
    adoption = studies.adoptions().filter(study=row).first()
    observed, facts = _sitting(row, panel, adoption)
    lines, first, last = spread.cut_lines(shown, panel.full, own)
    current = panel.passes[-1] if panel.passes else None
    people = [judge for judge in panel.judges if judge.excused_at is None]
    address = reverse("standards:study", args=[request.organisation.key, row.public_id])
    context = {
        "study": row,
        "mark": mark,
        "may": bool(rules.may_hold(request.actor, row.organisation)),
        "own": own is not None,
        "adoption": adoption,
        "excusable": sorted(
            (one for one in panel.judges if one.excused_at is None), key=lambda one: one.person.name
        ),
        "hidden": own is not None and panel.open is not None,
        "full": points(panel.full),
        "asked": len(people),
        "few": len(people) < FEW,
        "finished": sum(not current.left(n) for n in range(len(current.judges))) if current else 0,
        "current": current.row if current else None,
        "cuts": lines,
        "first": first,
        "last": last,
        "latest": lines[-1] if lines else None,
        "judges": spread.judge_lines(panel, shown, observed, own),
        "rounds": [] if own is not None and panel.open is not None else [line.number for line in lines],
        "total": len(panel.lines),
        "tabs": [
            {
                "label": _("Round %(number)s") % {"number": line.number},
                "url": f"{address}?round={line.number}#questions",
                "current": one is not None and line.number == one.row.number,
            }
            for line in lines
        ],
        "round": one.row if one else None,
        "questions": spread.question_lines(panel, one, before, observed, own) if one else [],
        "compared": before.row.number if before else None,
        "far": bool(one and one.far()),
    }
    return context | facts


def _sitting(row: Study, panel: Panel, adoption: Adoption | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the newest closed sitting of the paper says, between rounds only: it would be counted anew at each look."""
    if panel.open is not None or not panel.closed:
        return {}, {}
    sitting = studies.closed_sittings_of(row.paper).first()
    if sitting is None:
        return {}, {}
    table = scored(sitting)
    cut = adoption.cut if adoption is not None else computed(panel)
    said = f"{text(sitting.cohort.name)} · {day(sitting.starts_at)}"
    reached = None if cut is None else reach(table, cut)
    return dict(difficulty(table)), {"sitting": said, "reached": reached}
