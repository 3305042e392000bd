"""One practical assessment: everybody's work with all marks and gaps, what is ready, where somebody has to look."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.judging import agreement
from craftpath.delivery.web.judging.places import found, to_list
from craftpath.delivery.web.judging.saying import badge_of_work, item_name, mark_of
from craftpath.delivery.web.programmes.sourced_words import raters_sentences
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text, together
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.judging import queries, rules
from craftpath.domain.judging.settling import Seat, Work
from craftpath.domain.judging.texts import KINDS, METHODS, PRACTICAL_STATES, RATERS
from craftpath.engines.evaluation import raters_of
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.judging.models import Practical

A_PAGE = 100
WIDE = 120  # of the chart of marks, in its own units


@dataclass(frozen=True, slots=True)
class Given:
    """One rater's mark in the row of a work."""

    who: str
    kind: str
    mark: str
    at: str
    chair: bool
    counted: bool
    excused: bool
    rater: str


@dataclass(frozen=True, slots=True)
class Row:
    """One apprentice's work."""

    enrolment: Enrolment
    given: list[Given]
    own: str
    gap: str
    wide: bool
    mark: str
    exact: str
    how: str
    badge: str
    tone: str
    ready: bool
    published: bool


@require_GET
@needs(Permission.SEE_RESULTS)
def practical(request: Request, organisation: str, practical: str) -> HttpResponse:
    """The table for those who publish; whoever only rates goes to the form, an apprentice to the own work."""
    row = found(practical)
    if not rules.may_publish(request.actor, row):
        return _elsewhere(request, row)
    works = queries.works(row)
    rows = [_row(work) for work in works.values()]
    rows.sort(key=lambda one: (not one.wide, one.published, one.enrolment.number))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    seats = [seat for work in works.values() for seat in work.asked]
    rated = sum(seat.mark is not None for seat in seats)
    own = raters_of({"raters": row.rule})
    context = {
        "practical": row,
        "item": item_name(row),
        "kind": KINDS[row.kind],
        "state": PRACTICAL_STATES[row.state],
        "rule": together(raters_sentences(own)) if own else "",
        "page": page,
        "people": len(works),
        "asked": len(seats),
        "rated": rated,
        "ready": sum(one.ready for one in rows),
        "published": sum(one.published for one in rows),
        "unsettled": sum(one.wide for one in rows),
        "figures": agreement.shown(works) if rated else [],
        "candidates": [
            (person.public_id, f"{person.name} · {RATERS[kind]}")
            for person, kind in queries.candidates(row.evaluation.cohort, request.today)
        ],
        "rates": any(seat.rater.person_id == request.user.pk for seat in seats),
        "crumbs": to_list(request, here(row.title)),
    }
    return render(request, "judging/practical.html", context)


def _elsewhere(request: Request, row: Practical) -> HttpResponse:
    key = request.organisation.key
    if queries.mine_at(row, request.user):
        return redirect("judging:rate", key, row.public_id)
    own = queries.raters_at(row).filter(enrolment__person=request.user).first()
    if own is not None:
        return redirect("judging:work", key, row.public_id, own.enrolment.public_id)
    first = queries.raters_at(row).order_by("enrolment__number").first()
    if first is None:
        return redirect("judging:list", key)
    return redirect("judging:work", key, row.public_id, first.enrolment.public_id)


def _row(work: Work) -> Row:
    badge, tone = badge_of_work(work)
    shown = work.judgement.mark if work.in_force and work.judgement is not None else work.mark
    counted = set(work.settled.counted)
    return Row(
        enrolment=work.seats[0].rater.enrolment,
        given=[_given(seat, counted) for seat in work.seats if seat.rater.kind != "self"],
        own=mark_of(work.own.mark) if work.own is not None and work.own.mark is not None else "",
        gap=mark_of(work.gap) if work.gap is not None and len(work.settled.ratings) > 1 else "–",
        wide=work.needs not in ("", "ratings") and not work.in_force,
        mark=mark_of(shown),
        exact=str(work.mark) if work.mark is not None else "",
        how=str(METHODS.get(work.settled.method, "")) if shown is not None else "",
        badge=badge,
        tone=tone,
        ready=work.is_ready,
        published=work.in_force,
    )


def _given(seat: Seat, counted: set[str]) -> Given:
    return Given(
        who=seat.rater.person.name,
        kind=str(RATERS[seat.rater.kind]),
        mark=mark_of(seat.mark) if seat.mark is not None else "",
        at=_place(seat.mark),
        chair=seat.rater.is_chair,
        counted=str(seat.rater.pk) in counted,
        excused=seat.rater.excused_at is not None,
        rater=seat.rater.public_id,
    )


def _place(mark: Decimal | None) -> str:
    """Where the mark stands in the chart, in its own units."""
    return "" if mark is None else str(round(4 + float(mark) * (WIDE - 8) / 100, 1))


def title_of(row: Practical) -> str:
    """How its page is called."""
    return _("%(title)s · %(cohort)s") % {"title": row.title, "cohort": text(row.evaluation.cohort.name)}
