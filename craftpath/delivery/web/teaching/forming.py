"""A new team for a unit, and one that is changed: the same form; what is refused stays in it with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.teaching.forms import TeamForm, as_typed
from craftpath.delivery.web.teaching.places import found, to_teams
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.teaching import queries, rules
from craftpath.domain.teaching.actions import Guest, Wanted, change_team, form_team, lay_hours
from craftpath.domain.training.unit_days import units_of_cohorts
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from collections.abc import Callable

    from craftpath.domain.teaching.models import Team
    from craftpath.domain.training.models import PlanUnit
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person


class Seats:
    """Who may be chosen, by public id, with the place where each works."""

    def __init__(self, request: Request, team: Team | None = None) -> None:
        seats = queries.who_may_teach(request.organisation, request.today)
        self.known: dict[str, tuple[Person, Organisation]] = {
            person.public_id: (person, place) for place, person in seats
        }
        self.guests = queries.guests_of(request.organisation)
        for row in team.members.all() if team is not None else ():
            if not row.guest and row.place is not None:  # whoever is in it stays a choice
                self.known[row.person.public_id] = (row.person, row.place)
        self._guests = {row.person.public_id: row for row in self.guests}

    def choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Grouped by place."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, (person, place) in self.known.items():
            groups.setdefault(text(place.name), []).append((key, person.name))
        return list(groups.items())

    def wanted(self, form: TeamForm) -> list[Wanted]:
        """The members as the action takes them."""
        return [self._one(one) for one in form.chosen()]

    def _one(self, one: dict[str, Any]) -> Wanted:
        more = {"role": one["role"] or "member", "topics": one["topics"], "starts_on": one["from"],
                "ends_on": one["until"]}  # fmt: skip
        if not one["guest"]:
            person, place = self.known[one["key"]]
            return Wanted(one["kind"], one["share"], person=person, place=place, **more)
        before = self._guests.get(one["key"])
        if before is None:
            card = Guest(one["name"], one["affiliation"], one["contact"])
            return Wanted(one["kind"], one["share"], guest=card, **more)
        card = Guest(
            before.person.name, one["affiliation"] or before.affiliation, one["contact"] or before.contact
        )
        return Wanted(one["kind"], one["share"], person=before.person, guest=card, **more)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PLAN_TRAINING)
def new(request: Request, organisation: str, cohort: str, unit: str) -> HttpResponse:
    """Days come from the rotation of the class through the unit; hours are laid at once."""
    row = get_object_or_404(cohorts(), public_id=plain_id(cohort))
    found_unit = next((one for one in units_of_cohorts([row.pk]).get(row.pk, []) if one.key == unit), None)
    if found_unit is None:
        raise Http404
    require(rules.may_form(request.actor, row.organisation))
    seats, span = Seats(request), queries.unit_span(found_unit.pk, row)
    initial = {"starts_on": span.start, "ends_on": span.end - queries.DAY, "ask": "yes"}
    form = TeamForm(
        request.POST if request.method == "POST" else None, people=seats.choices(), guests=seats.guests,
        minutes=found_unit.minutes, initial=initial,
    )  # fmt: skip

    def act() -> Team:
        given = form.cleaned_data
        team = form_team(
            found_unit, seats.wanted(form), cohort=row, starts_on=given["starts_on"], ends_on=given["ends_on"],
            ask=given["ask"] == "yes", by=request.actor, at=request.at,
        )  # fmt: skip
        return lay_hours(team, by=request.actor, at=request.at) if team.planned_at is None else team

    said = _("The team is made and its hours are laid on weeks. Everybody finds it under My units.")
    crumbs = to_teams(request, here(text(found_unit.name)))
    return _answer(request, form, act, said, found_unit, {"crumbs": crumbs, "cohort": row})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PLAN_TRAINING)
def change(request: Request, organisation: str, team: str) -> HttpResponse:
    """The same form with what is kept; hours are laid anew."""
    row = found(request, team)
    require(rules.may_form(request.actor, row.organisation))
    seats, members = Seats(request, row), list(row.members.all())
    initial = as_typed(members) | {"starts_on": row.starts_on, "ends_on": row.ends_on - queries.DAY}
    people = sum(not one.guest for one in members)
    form = TeamForm(
        request.POST if request.method == "POST" else None, people=seats.choices(), guests=seats.guests,
        minutes=row.unit.minutes, initial=initial, rows=people + 1, change=True,
    )  # fmt: skip

    def act() -> Team:
        given = form.cleaned_data
        changed = change_team(
            row, seats.wanted(form), starts_on=given["starts_on"], ends_on=given["ends_on"],
            by=request.actor, at=request.at,
        )  # fmt: skip
        return lay_hours(changed, by=request.actor, at=request.at)

    crumbs = to_teams(
        request, step(request, text(row.unit.name), "teaching:team", row.public_id), here(_("Change"))
    )
    said = _("Kept, and the hours are laid anew.")
    return _answer(request, form, act, said, row.unit, {"crumbs": crumbs, "team": row, "cohort": row.cohort})


def _answer(
    request: Request, form: TeamForm, act: Callable[[], Team], done: str, unit: PlanUnit, more: dict[str, Any]
) -> HttpResponse:
    said, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                team = act()
            except Refused as refused:
                if refused.verdict.who:
                    raise
                said, status = sentence(refused.verdict), 409
            else:
                messages.success(request, done)
                return redirect("teaching:team", request.organisation.key, team.public_id)
    context = {"form": form, "said": said, "unit": unit, **more}
    return render(request, "teaching/form.html", context, status=status)
