"""Reviews of a cohort from a pattern: choose, look at what would come of it with its clashes, publish."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.reviews import saying
from craftpath.delivery.web.reviews.forms import PatternForm
from craftpath.delivery.web.reviews.trail import to_board
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.apprenticeships.queries import cohorts, enrolments
from craftpath.domain.reviews import queries, rules
from craftpath.domain.reviews.actions import offer, plan_reviews
from craftpath.domain.reviews.planning import Offer
from craftpath.domain.reviews.texts import CLASHES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.reviews.models import Review

A_WEEK = timedelta(weeks=1)
CLASHES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class PreviewDay:
    """The reviews of one day, in order of time."""

    on: date
    assumed: bool
    rows: Sequence[tuple[str, Review]]


@dataclass(frozen=True, slots=True)
class Round:
    """One round: until when it is in time, its days, and who finds no room in it."""

    number: int
    due_on: date | None
    days: Sequence[PreviewDay]
    left_out: Sequence[Enrolment]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PLAN_TRAINING)
def plan(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """The form; with a pattern in the address its preview too. A POST publishes exactly the preview that was seen."""
    found = get_object_or_404(cohorts(), public_id=cohort)
    require(rules.may_plan(request.actor, found.organisation))
    people = queries.standings(list(enrolments().filter(cohort=found, state="active")))
    given = request.POST if request.method == "POST" else request.GET
    form = PatternForm(
        given if "first_on" in given else None,
        request=request,
        cohort=found,
        people=people,
        first_on=_next_monday(request.today),
    )
    said, status = "", 200
    valid = form.is_bound and form.is_valid()
    if request.method == "POST":
        status = 422
        if valid:
            try:
                return _publish(request, found, form)
            except Refused as refused:
                if refused.verdict.who:
                    raise
                said, status = sentence(refused.verdict), 409
    context: dict[str, Any] = {
        "cohort": found,
        "form": form,
        "people": people,
        "said": said,
        "crumbs": to_board(
            request,
            step(request, text(found.name), "reviews:cohort", found.public_id),
            here(_("Plan reviews")),
        ),
    }
    if valid:
        try:
            seen = _offer(request, found, form)
        except Refused as refused:
            if refused.verdict.who:
                raise
            context["said"] = said or sentence(refused.verdict)
        else:
            context |= _preview(form, seen)
    return render(request, "reviews/plan.html", context, status=status)


def _next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


def _offer(request: Request, cohort: Cohort, form: PatternForm) -> Offer:
    only = form.cleaned_data["who"]
    return offer(cohort, form.pattern(), form.manner(), only=only, today=request.today)


def _publish(request: Request, cohort: Cohort, form: PatternForm) -> HttpResponse:
    made = plan_reviews(
        cohort,
        form.pattern(),
        form.manner(),
        seen=plain_id(request.POST.get("seen", "")),
        only=form.cleaned_data["who"],
        by=request.actor,
        at=request.at,
    )
    said = ngettext(
        "%(count)s review is planned; who takes part finds it under Reviews and in the own calendar.",
        "%(count)s reviews are planned; who takes part finds them under Reviews and in the own calendar.",
        len(made),
    )
    messages.success(request, said % {"count": len(made)})
    return redirect("reviews:cohort", request.organisation.key, cohort.public_id)


def _preview(form: PatternForm, seen: Offer) -> dict[str, Any]:
    return {
        "seen": seen,
        "rounds": _rounds(form, seen),
        "clashes": _clashes(seen, form),
        "hidden": form.typed(),
        "assumed": seen.assumed,
    }


def _rounds(form: PatternForm, seen: Offer) -> list[Round]:
    """What lies where, round by round and day by day; asks nothing."""
    reviews: dict[int, list[Review]] = {}
    for one, review in zip(seen.placed.places, seen.reviews, strict=True):
        reviews.setdefault(one.round, []).append(review)
    left: dict[int, list[Enrolment]] = {}
    for number, seat in seen.placed.left_out:
        left.setdefault(number, []).append(seen.people[seat.enrolment_id])
    return [
        Round(
            number + 1,
            reviews[number][0].due_on if number in reviews else None,
            _days(reviews.get(number, ()), seen.assumed),
            left.get(number, ()),
        )
        for number in range(form.pattern().rounds)
    ]


def _days(reviews: Iterable[Review], assumed: Sequence[date]) -> list[PreviewDay]:
    by_day: dict[date, list[tuple[str, Review]]] = {}
    for row in sorted(reviews, key=lambda row: row.starts_at):
        by_day.setdefault(row.on, []).append((saying.hours(row), row))
    return [PreviewDay(on, on in assumed, rows) for on, rows in by_day.items()]


def _clashes(seen: Offer, form: PatternForm) -> list[tuple[str, int]]:
    """(why moments were passed over, how many), the most frequent first."""
    names = {row.person_id: row.person.name for row in seen.people.values()}
    names |= {one.pk: one.name for one in seen.mentors.values()}
    trainer = form.manner().trainer
    names[trainer.pk] = trainer.name
    return [
        (str(CLASHES[reason]) % {"name": names.get(who, "–")}, count)
        for (reason, who), count in seen.placed.passed_over.most_common(CLASHES_SHOWN)
    ]
