"""Committees: those that one sees, one with its seats, and naming people for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.committees.asking import asked
from craftpath.delivery.web.committees.forms import DeputyForm, SeatForm
from craftpath.delivery.web.committees.places import found, trail
from craftpath.delivery.web.committees.saying import (
    committee_line,
    decision_lines,
    meeting_line,
    motion_line,
)
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.committees import actions, queries, rules
from craftpath.domain.committees.texts import SEATS
from craftpath.kernel.access import memberships_on
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.committees.models import CommitteeSide, Seat
    from craftpath.kernel.organisations import Organisation

ON_A_PAGE = 30
FEW = 12
MOST_PEOPLE = 500


@require_GET
def listing(request: Request, organisation: str) -> HttpResponse:
    """The committees that one sees, and what waits in them."""
    page = Paginator(queries.committees(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "committees": [committee_line(request, row) for row in page],
        "page": page,
        "meetings": [meeting_line(request, row) for row in queries.meetings().filter(state="planned")[:FEW]],
        "motions": [motion_line(request, row) for row in queries.motions().filter(state="open")[:FEW]],
        "decisions": decision_lines(request, queries.decisions().filter(state="open")[:FEW]),
    }
    return render(request, "committees/list.html", context)


@require_GET
def committee(request: Request, organisation: str, committee: str) -> HttpResponse:
    """One committee: seats by side, meetings, motions, decisions."""
    row = found(committee)
    seats = queries.seats_of(row)
    page = Paginator(queries.meetings().filter(committee=row), FEW).get_page(request.GET.get("page"))
    motions = Paginator(queries.motions().filter(committee=row), FEW).get_page(request.GET.get("motions"))
    decisions = Paginator(queries.decisions().filter(committee=row), FEW).get_page(
        request.GET.get("decisions")
    )
    context: dict[str, Any] = {
        "committee": row,
        "title": text(row.name),
        "sides": [_side(request, side, seats) for side in row.sides.all()],
        "meetings": [meeting_line(request, one) for one in page],
        "meetings_page": page,
        "motions": [motion_line(request, one) for one in motions],
        "motions_page": motions,
        "decisions": decision_lines(request, decisions),
        "decisions_page": decisions,
        "tends": bool(rules.may_tend(request.actor, row, seats, request.today)) and row.ended_at is None,
        "crumbs": trail(request, row),
    }
    return render(request, "committees/committee.html", context)


@require_POST
def end_committee(request: Request, organisation: str, committee: str) -> HttpResponse:
    """It meets and decides no more."""
    row = found(committee)
    actions.end_committee(row, by=request.actor, at=request.at)
    messages.success(request, _("The committee has ended."))
    return redirect("committees:committee", organisation, row.public_id)


def _side(request: Request, side: CommitteeSide, seats: list[Seat]) -> dict[str, Any]:
    names = side.committee.ended_at is None and bool(rules.may_name(request.actor, side))
    seats_url = reverse("committees:seat", args=[request.organisation.key, side.committee.public_id])
    own = [seat for seat in seats if seat.side_id == side.pk]
    return {
        "name": text(side.organisation.name),
        "names": names,
        "url": f"{seats_url}?side={side.pk}",
        "seats": [
            {"seat": seat, "kind": SEATS[seat.kind], "holds": seat.holds(request.today), "changes": names}
            for seat in own
        ],
    }


def staff_of(place: Organisation, request: Request) -> list[Person]:
    """Who works at an organisation or below it today, by name; apprentices sit in no committee."""
    rows = memberships_on(request.today).filter(organisation__in=place.below()).exclude(role=Role.APPRENTICE)
    people = Person.objects.filter(pk__in=rows.order_by().values("person_id"), is_active=True)
    return list(people.order_by("name", "pk")[:MOST_PEOPLE])


@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: Request, organisation: str, committee: str) -> HttpResponse:
    """Name somebody for one's own side; an office above several says for which."""
    row = found(committee)
    sides = list(row.sides.all())
    own = [one for one in sides if rules.may_name(request.actor, one)]
    side = next((one for one in own if str(one.pk) == request.GET.get("side")), own[0] if own else sides[0])
    require(rules.may_name(request.actor, side))
    form = SeatForm(request.POST or None, people=staff_of(side.organisation, request), on=request.today)

    def name() -> None:
        given = form.cleaned_data
        actions.seat_person(
            side, person=form.people[given["person"]], kind=given["kind"], starts_on=given["starts_on"],
            ends_on=given["ends_on"], deputy=form.people.get(given["deputy"]), by=request.actor, at=request.at,
        )  # fmt: skip

    return asked(
        request, form, name, done=_("Named."), title=_("Name somebody"), button=pgettext("a person", "Name"),
        what=_("For %(side)s. Each side names its own people.") % {"side": text(side.organisation.name)},
        crumbs=trail(request, row, here(_("Name somebody"))),
        back=reverse("committees:committee", args=[organisation, row.public_id]),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def change_seat(request: Request, organisation: str, seat: str) -> HttpResponse:
    """Name another deputy, or end the seat today."""
    row = get_object_or_404(queries.seats(), public_id=plain_id(seat))
    require(rules.may_name(request.actor, row.side))
    people = staff_of(row.side.organisation, request)
    initial = {"deputy": row.deputy.public_id if row.deputy else ""}
    form = DeputyForm(request.POST or None, people=people, initial=initial)
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    status = 200
    if request.method == "POST" and request.POST.get("do") == "end":
        actions.end_seat(row, on=request.today, **by)
        messages.success(request, _("The seat ends today."))
        return redirect("committees:committee", organisation, row.committee.public_id)
    if request.method == "POST":
        status = tried(
            request, form, _("Saved."),
            lambda: actions.name_deputy(row, deputy=form.people.get(form.cleaned_data["deputy"]), **by),
        )  # fmt: skip
        if not status:
            return redirect("committees:committee", organisation, row.committee.public_id)
    context = {
        "form": form,
        "seat": row,
        "title": row.person.name,
        "ends": row.ends_on is None,
        "crumbs": trail(request, row.committee, here(row.person.name)),
        "back": reverse("committees:committee", args=[organisation, row.committee.public_id]),
    }
    return render(request, "committees/seat.html", context, status=status)
