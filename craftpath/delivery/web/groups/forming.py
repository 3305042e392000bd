"""Forming a group in two screens – what for and when, then with whom – changing it, and inviting more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.groups import saying
from craftpath.delivery.web.groups.forms import MatesForm, PlanForm
from craftpath.delivery.web.groups.places import (
    class_of,
    classes,
    found,
    required,
    tabs,
    tends,
    to_group,
)
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in, tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.groups import actions, queries, rules
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.STUDY_TOGETHER)
def new(request: Request, organisation: str) -> HttpResponse:
    """The first screen, then the second one with what was said on the first, then the group."""
    cohort = required(class_of(request, request.POST.get("cohort") or request.GET.get("cohort", "")))
    posted = request.method == "POST"
    form = PlanForm(request.POST if posted else None, today=request.today)
    if not posted or not form.is_valid():
        return _first(request, form, cohort, 422 if posted else 200)
    mates = _others(request, cohort)
    if request.POST.get("step") != "2":
        return _second(request, form, MatesForm(mates=mates), cohort)
    chosen = MatesForm(request.POST, mates=mates)
    if not chosen.is_valid():
        return _second(request, form, chosen, cohort, 422)
    made: list[Any] = []
    with refusals_in(form):
        made.append(
            actions.form_group(
                cohort, form.plan, invite=chosen.picked, made_id=chosen.cleaned_data["made_id"], by=request.actor,
                at=request.at,
            )
        )  # fmt: skip
    if not made:
        return _first(request, form, cohort, 409)
    messages.success(request, _("The group is there. Whoever you invited finds it at home."))
    return redirect("groups:group", organisation, made[0].public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.STUDY_TOGETHER)
def change(request: Request, organisation: str, group: str) -> HttpResponse:
    """Another goal, day or place; what is planned follows."""
    row = found(group)
    require(rules.may_lead(request.actor, row, queries.people_of(row)))
    form = PlanForm(request.POST if request.method == "POST" else None, group=row, today=request.today)
    status = 200
    if request.method == "POST":
        status = tried(
            request, form, _("Changed. Sessions that lie ahead have moved with it."),
            lambda: actions.change_group(row, form.plan, by=request.actor, at=request.at),
        )  # fmt: skip
        if not status:
            return redirect("groups:group", organisation, row.public_id)
    title = pgettext("a study group", "Change the group")
    context = {"form": form, "row": row, "title": title, "crumbs": to_group(request, row, title)}
    return render(request, "groups/change.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.STUDY_TOGETHER)
def invite(request: Request, organisation: str, group: str) -> HttpResponse:
    """Invite more of the class."""
    row = found(group)
    members = queries.people_of(row)
    require(rules.may_lead(request.actor, row, members))
    there = {one.person_id for one in members if one.state != "outside"}
    mates = [one for one in queries.mates_in(row.cohort_id) if one.person_id not in there]
    form = MatesForm(request.POST if request.method == "POST" else None, mates=mates)
    status = 200
    if request.method == "POST":
        status = tried(
            request, form, _("Invited."),
            lambda: actions.invite_mates(row, form.picked, by=request.actor, at=request.at),
        )  # fmt: skip
        if not status:
            return redirect("groups:group", organisation, row.public_id)
    title = pgettext("a study group", "Invite others")
    context = {
        "mates_form": form, "row": row, "title": title, "crumbs": to_group(request, row, title),
        **_mates(request, mates, row.cohort_id),
    }  # fmt: skip
    return render(request, "groups/invite.html", context, status=status)


def _first(request: Request, form: PlanForm, cohort: Cohort, status: int) -> HttpResponse:
    several = [] if not tends(request) else list(classes(request)[:100])
    context = {
        "form": form, "tabs": tabs(request, ""), "cohort": cohort,
        "cohorts": [(one.public_id, text(one.name)) for one in several],
    }  # fmt: skip
    return render(request, "groups/new.html", context, status=status)


def _second(
    request: Request, form: PlanForm, mates: MatesForm, cohort: Cohort, status: int = 200
) -> HttpResponse:
    fewest, most = queries.bounds(cohort.organisation)
    context = {
        "form": form, "mates_form": mates, "tabs": tabs(request, ""), "cohort": cohort, "fewest": fewest, "most": most,
        **_mates(request, list(mates.known.values()), cohort.pk),
    }  # fmt: skip
    return render(request, "groups/new_who.html", context, status=status)


def _others(request: Request, cohort: Cohort) -> list[Enrolment]:
    return [one for one in queries.mates_in(cohort.pk) if one.person_id != request.user.pk]


def _mates(request: Request, mates: list[Enrolment], cohort_id: int) -> dict[str, Any]:
    """People to tick, each with what the person offers."""
    topics = list(queries.topics_in(cohort_id).filter(kind="offers"))
    names = saying.topic_names({row.print for row in topics}, topics)
    offers: dict[int, list[str]] = {}
    for row in topics:
        offers.setdefault(row.enrolment_id, []).append(names[row.print])
    return {
        "mates": [
            {"key": one.public_id, "name": one.person.name, "note": "、".join(offers.get(one.pk, ()))}
            for one in mates
        ]
    }
