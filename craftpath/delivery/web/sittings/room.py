"""One sitting: who sits where and how far each is; when it is over, what each answered is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import listed, moment, points, text, together
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.sittings.bars import bars
from craftpath.delivery.web.sittings.listing import TONES
from craftpath.delivery.web.sittings.places import found, to_list, when
from craftpath.delivery.web.sittings.saying import plan_words, points_of
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.exams import queries, studies
from craftpath.domain.exams.candidacies import appeals
from craftpath.domain.exams.codes import sheet_code
from craftpath.domain.exams.invigilating import watchers_of, who_may_watch
from craftpath.domain.exams.keyed import letter
from craftpath.domain.exams.marking import Desk, desk_of, scored
from craftpath.domain.exams.panel import reach
from craftpath.domain.exams.resitting import terms_of
from craftpath.domain.exams.rules import may_moderate
from craftpath.domain.exams.sheets import keyed
from craftpath.domain.exams.texts import COUNTS, SITS_AGAIN, SITTING_STATES
from craftpath.domain.judging.actions import Recorded, recorded, seen_of
from craftpath.domain.judging.rules import may_plan
from craftpath.domain.programmes.definition import items
from craftpath.engines.scoring import Kind
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Candidate, Sitting

A_PAGE = 60
MOST_NAMES = 5


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
    code: str = ""
    absent: bool = False


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
        "signs": [(letter(n) if len(forms) > 1 else "", one) for n, one in enumerate(forms.values())],
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
    watch = watchers_of(row)
    may_name = row.state in ("planned", "open") and bool(may_plan(request.actor, row.cohort))
    return {
        "watchers": listed([one.name for one in watch]),
        "who_may_watch": [
            (one, one in watch)
            for one in (who_may_watch(row.organisation, request.today) if may_name else ())
        ],
        "rule": rule,
        "pass_said": _("%(percent)s %% of the points") % {"percent": points(rule.pass_percent)},
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
    rows = [Row(one, *_state(one), one.answered, forms[one.paper_id], "", None, _code(one)) for one in people]
    return {
        "rows": rows,
        "on_paper": sum(one.on_paper for one in people),
        "here": sum(one.started_at is not None for one in people),
        "handed_in": sum(one.handed_in_at is not None for one in people),
        "coded": any(one.code_digest for one in people),
    }


def _over(request: Request, row: Sitting, forms: dict[int, Any]) -> dict[str, Any]:
    table, desk = scored(row), desk_of(row, request.actor)
    rows, waiting = [], 0
    for n, one in enumerate(table.candidates):
        total = table.total(n)
        unread = table.unread(n)
        waiting += bool(table.waits(n)) and not unread
        answered = sum(given is not None for given in table.given[n])
        if table.absent(n):
            state, tone = _("absent"), "attention"
        elif unread:
            state, tone = _("sheet to key"), "info"
        elif total is None:
            state, tone = _("essays to mark"), "info"
        else:
            state, tone = _("marked"), "good"
        share = None if total is None else int(100 * total / table.full(n))
        rows.append(
            Row(
                one,
                state,
                tone,
                answered,
                forms[one.paper_id],
                points_of(total),
                share,
                _code(one),
                table.absent(n),
            )
        )
    done = [one.percent for one in rows if one.percent is not None]
    cut = studies.cut_of(row.paper) if len(forms) == 1 else None  # each form has a cut score of its own
    return {
        "rows": rows,
        "seen": seen_of(table),
        "desk": desk,
        "marking_rule": _rule(row, desk)
        if any(one.version.item.kind == Kind.ESSAY for one in table.lines)
        else "",
        "moderates": bool(may_moderate(request.actor, row.organisation)),
        "recorded": [_recorded(one) for one in recorded(table)],
        "waiting": waiting,
        "absent": sum(table.absent(n) for n in range(len(rows))),
        "unread": sum(table.unread(n) for n in range(len(rows))),
        "on_paper": sum(one.on_paper for one in table.candidates),
        "keyed": keyed(table.candidates),
        "mean": _mean(done),
        "bars": bars(done),
        "cut": cut,
        "cut_at": f"{100 * cut.cut / cut.full:.2f}" if cut is not None else "",
        "reached": reach(table, cut.cut) if cut is not None else None,
        "places": _places(row),
        "here": sum(not table.absent(n) and not table.unread(n) for n in range(len(rows))),
    }


@dataclass(frozen=True, slots=True)
class Record:
    """Where marks stand in the results, and who would have another by now."""

    place: str
    value: str
    at: datetime
    marks: int
    differing: str
    count: int
    missing: int


def _recorded(one: Recorded) -> Record:
    names = [who.enrolment.person.name for who in one.differing]
    told = listed(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    item = next(
        (row.name for row in items(one.evaluation.scheme.definition) if row.key == one.item), one.item
    )
    return Record(
        f"{text(one.evaluation.stage.name)} · {text(item)}",
        f"{one.evaluation.public_id}.{one.item}",
        one.at,
        one.marks,
        _("%(names)s and %(more)s more") % {"names": told, "more": more} if more > 0 else told,
        len(names),
        len(one.missing),
    )


def _rule(row: Sitting, desk: Desk) -> str:
    """How essays are marked, and whether the reader is a third marker."""
    said = [plan_words(row)]
    if desk.thirds:
        third = ngettext(
            "For %(count)s essay you are the third marker.",
            "For %(count)s essays you are the third marker.",
            desk.thirds,
        )
        said.append(third % {"count": desk.thirds})
    return together(said)


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


def _code(one: Candidate) -> str:
    return sheet_code(one.public_id) if one.on_paper else ""


def _state(one: Candidate) -> tuple[str, str]:
    if one.handed_in_at is not None:
        return _("handed in %(when)s") % {"when": moment(one.handed_in_at)}, "good"
    if one.on_paper:
        return _("on paper"), "info"
    if one.started_at is not None:
        return _("is answering"), "info"
    return _("not here yet"), "plain"
