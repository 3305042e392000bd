"""One sitting: who sits where and how far each is; when it is over, what each answered is worth."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import moment, points, text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.sittings.bars import bars
from craftpath.delivery.web.sittings.listing import TONES
from craftpath.delivery.web.sittings.places import found, to_list, when
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.exams import queries
from craftpath.domain.exams.candidacies import appeals
from craftpath.domain.exams.marking import essays_to_mark, scored
from craftpath.domain.exams.resitting import terms_of
from craftpath.domain.exams.texts import COUNTS, SITS_AGAIN, SITTING_STATES
from craftpath.domain.judging.actions import seen_of
from craftpath.domain.judging.rules import may_plan
from craftpath.domain.programmes.definition import items
from craftpath.engines.rating import half_up
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Candidate, Sitting

A_PAGE = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate: where, how far, and what it came to."""

    candidate: Candidate
    state: str
    tone: str
    answered: int
    form: Any
    points: str
    percent: int | None


@require_GET
@needs(Permission.IMPORT_MARKS)
def sitting(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """The list of seats; results once it is closed."""
    row = found(sitting)
    forms = queries.forms_with_counts(row)
    context: dict[str, Any] = {
        "sitting": row,
        "when": when(row),
        "state": SITTING_STATES[row.state],
        "tone": TONES[row.state],
        "forms": list(forms.values()),
        "crumbs": to_list(request, here(row.paper.title)),
        "may": bool(may_plan(request.actor, row.cohort)),
    } | _plan(request, row)
    context |= _over(request, row, forms) if row.state == "closed" else _coming(row, forms)
    context["total"] = len(context["rows"])
    context["page"] = Paginator(context["rows"], A_PAGE).get_page(request.GET.get("page"))
    return render(request, "sittings/sitting.html", context)


def _plan(request: Request, row: Sitting) -> dict[str, Any]:
    """Terms, the first sitting and its re-sits, who could be added, how many have appealed; four queries."""
    rule = terms_of(row)
    key = request.organisation.key
    kin = queries.kin_of(row)
    addable: list[Any] = []
    if row.state in ("planned", "open"):
        active = enrolments().filter(cohort=row.cohort_id, state="active").order_by("number", "pk")
        there = queries.enrolments_at(row)
        addable = [one for one in active.select_related("person") if one.pk not in there]
    return {
        "rule": rule,
        "pass_said": _("%(percent)s %% of the points") % {"percent": rule.pass_percent},
        "rule_who": SITS_AGAIN[rule.resit_for],
        "rule_counts": COUNTS[rule.resit_counts],
        "addable": addable,
        "appealed": appeals().filter(candidate__sitting=row).count() if row.published_at else 0,
        "kin": [
            {
                "label": _("Re-sit") if one.again_of_id else _("First sitting"),
                "note": " · ".join(part for part in (when(one), one.place) if part),
                "url": reverse("sittings:sitting", args=[key, one.public_id]),
                "badge": SITTING_STATES[one.state],
                "tone": TONES[one.state],
            }
            for one in kin
        ],
    }


def _coming(row: Sitting, forms: dict[int, Any]) -> dict[str, Any]:
    people = list(queries.candidates_of(row))
    rows = [Row(one, *_state(one), one.answered, forms[one.paper_id], "", None) for one in people]
    return {
        "rows": rows,
        "here": sum(one.started_at is not None for one in people),
        "handed_in": sum(one.handed_in_at is not None for one in people),
        "coded": any(one.code_digest for one in people),
    }


def _over(request: Request, row: Sitting, forms: dict[int, Any]) -> dict[str, Any]:
    table = scored(row)
    rows, waiting = [], 0
    for n, one in enumerate(table.candidates):
        total = table.total(n)
        waiting += bool(table.waits(n))
        answered = sum(given is not None for given in table.given[n])
        if table.absent(n):
            state, tone = _("absent"), "attention"
        elif total is None:
            state, tone = _("essays to mark"), "info"
        else:
            state, tone = _("marked"), "good"
        share = None if total is None else int(100 * total / table.full(n))
        rows.append(Row(one, state, tone, answered, forms[one.paper_id], _points(total), share))
    done = [one.percent for one in rows if one.percent is not None]
    return {
        "rows": rows,
        "seen": seen_of(table),
        "essays_left": len(essays_to_mark(row, request.actor)),
        "waiting": waiting,
        "absent": sum(table.absent(n) for n in range(len(rows))),
        "mean": _mean(done),
        "bars": bars(done),
        "places": _places(row),
        "here": sum(not table.absent(n) for n in range(len(rows))),
    }


def _mean(shares: list[int]) -> str:
    return number_format(round(sum(shares) / len(shares), 1), 1) if shares else "–"


def _places(row: Sitting) -> list[tuple[str, str]]:
    """(evaluation.item, how it is called): where the marks can go."""
    found = []
    first = row.again_of or row
    where = (first.published_in, first.published_item)
    for one in evaluations().filter(cohort=row.cohort_id).order_by("-stage__order"):
        for item in items(one.scheme.definition):
            # What was published once, and its re-sits, stay where they are.
            elsewhere = first.published_at is not None and where != (one.public_id, item.key)
            if item.source is None and not item.grades and not elsewhere:
                found.append((f"{one.public_id}.{item.key}", f"{text(one.stage.name)} · {text(item.name)}"))
    return found


def _state(one: Candidate) -> tuple[str, str]:
    if one.handed_in_at is not None:
        return _("handed in %(when)s") % {"when": moment(one.handed_in_at)}, "good"
    if one.started_at is not None:
        return _("is answering"), "info"
    return _("not here yet"), "plain"


def _points(value: Fraction | None) -> str:
    return points(None if value is None else half_up(value, 2))
