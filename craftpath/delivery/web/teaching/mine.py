"""One's own units: what waits for a yes, this week, hours in three taps, what was entered, and when one can teach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import in_hours, text
from craftpath.delivery.web.teaching import saying
from craftpath.delivery.web.teaching.forms import AwayForm, EntryForm, TimesForm
from craftpath.delivery.web.teaching.places import found_taught, tabs
from craftpath.delivery.web.teaching.team import entry_form, line
from craftpath.domain.teaching import actions, queries, rules
from craftpath.domain.teaching.times import USUAL_WEEKDAYS, USUAL_WEEKLY
from craftpath.values.verdict import Refused, may_not, require

if TYPE_CHECKING:
    from collections.abc import Callable

    from craftpath.domain.teaching.models import TeamMember
    from craftpath.domain.teaching.queries import Part

LATEST = 20


@require_GET
def mine(request: Request, organisation: str) -> HttpResponse:
    """The same few queries however many."""
    return render(request, "teaching/mine.html", page_of(request))


def page_of(request: Request, *, wrong: str = "", form: Form | None = None, row: str = "") -> dict[str, Any]:
    """Everything that the page shows; `wrong` names the form that was refused, `row` what it was about."""
    me = request.user
    own = list(queries.teams_of(me).filter(state__in=("proposed", "active")))
    parts = queries.parts_of(own)
    part_of = {team.pk: next(one for one in parts[team.pk] if one.member.person_id == me.pk) for team in own}
    waiting = [
        team for team in own if team.state == "proposed" and part_of[team.pk].member.accepted_at is None
    ]
    active = [team for team in own if team.state == "active"]
    this_week = {
        one.member.team_id: one.minutes for one in queries.planned_between(me, request.today, request.today)
    }
    longest = saying.longest(part_of.values())
    taught = [line(one) for one in queries.taught().filter(person=me).exclude(state="withdrawn")[:LATEST]]
    forms: dict[str, Any] = {"times": _times(request), "away": AwayForm(auto_id="away_%s")}
    members = choices(part_of[team.pk].member for team in active if team.starts_on <= request.today)
    if members:
        one = next((team for team in active if team.starts_on <= request.today), None)
        forms["enter"] = entry_form(request, members, part_of[one.pk].member.topics if one else "")
    if wrong and not row:
        forms[wrong] = form
    return {
        "waiting": [(team, text(team.unit.name), saying.share(part_of[team.pk].member.share),
                     saying.days(team.starts_on, team.ends_on), saying.team_url(request, team)) for team in waiting],
        "units": [_unit(request, team, part_of[team.pk], this_week.get(team.pk, 0), longest) for team in active],
        "week": saying.week(saying.this_week(request.today)),
        "week_minutes": sum(this_week.values()),
        "taught": taught,
        "to_confirm": _to_confirm(request),
        "away": [(one, saying.days(one.starts_on, one.ends_on)) for one in queries.away_of(me, request.today)],
        "forms": forms,
        "wrong": wrong,
        "wrong_row": row,
        "correcting": form if row else None,
        "tabs": tabs(request, "teaching:mine"),
    }  # fmt: skip


def _unit(request: Request, team: Any, part: Part, minutes: int, longest: int) -> dict[str, Any]:
    return {
        "team": team,
        "name": text(team.unit.name),
        "cohort": text(team.cohort.name),
        "url": saying.team_url(request, team),
        "part": part,
        "role": part.member.role,
        "minutes": minutes,
        "measure": saying.measure(part, longest),
    }


def choices(members: Any) -> dict[str, str]:
    """member id → the unit and class, as a form offers them."""
    found: list[TeamMember] = list(members)
    return {str(one.pk): f"{text(one.team.unit.name)} · {text(one.team.cohort.name)}" for one in found}


def _to_confirm(request: Request) -> list[Any]:
    """What the reader leads and others entered."""
    rows = queries.to_confirm().filter(team__members__person=request.user, team__members__role="lead")
    return list(rows.exclude(person=request.user)[:LATEST])


def _times(request: Request) -> TimesForm:
    row = queries.availability_of(request.user)
    weekly = row.weekly if row else USUAL_WEEKLY
    days = row.weekdays if row else USUAL_WEEKDAYS
    initial = {"weekly": in_hours(weekly), "weekdays": [str(day) for day in days]}
    return TimesForm(None, initial=initial, auto_id="times_%s")


def _attempt(
    request: Request, name: str, form: Form, done: str, act: Callable[[], object], row: str = ""
) -> HttpResponse:
    status = 422
    if form.is_valid():
        try:
            act()
        except Refused as refused:
            if refused.verdict.who:
                raise
            form.add_error(None, sentence(refused.verdict))
            status = 409
        else:
            messages.success(request, done)
            return redirect("teaching:mine", request.organisation.key)
    context = page_of(request, wrong=name, form=form, row=row)
    return render(request, "teaching/mine.html", context, status=status)


def _own_members(request: Request) -> dict[str, TeamMember]:
    rows = queries.teams_of(request.user).filter(state__in=("active", "ended"))
    return {
        str(one.pk): one for team in rows for one in team.members.all() if one.person_id == request.user.pk
    }


@require_POST
def enter(request: Request, organisation: str) -> HttpResponse:
    """Write down what one taught."""
    own = _own_members(request)
    if not own:
        raise Refused(may_not("teaching.not_own"))
    form = EntryForm(request.POST, members=choices(own.values()), initial={}, auto_id="enter_%s")

    def act() -> None:
        given, member = form.cleaned_data, own[form.cleaned_data["member"]]
        actions.enter_taught(
            member.team, member=member, on=given["on"], minutes=form.length(), topic=given["topic"],
            made_id=given["made_id"], by=request.actor, at=request.at,
        )  # fmt: skip

    return _attempt(request, "enter", form, _("Noted. The lead or the office confirms it."), act)


@require_POST
def correct(request: Request, organisation: str, taught: str) -> HttpResponse:
    """Write an own entry anew."""
    row = found_taught(taught)
    require(rules.may_say(request.actor, row.member, row.team))
    members = {str(row.member_id): text(row.team.unit.name)}
    form = EntryForm(request.POST, members=members, initial={}, auto_id=f"correct_{row.public_id}_%s")

    def act() -> None:
        given = form.cleaned_data
        actions.correct_taught(
            row, on=given["on"], minutes=form.length(), topic=given["topic"], by=request.actor, at=request.at
        )

    return _attempt(request, "correct", form, _("Kept. It waits for a yes again."), act, row.public_id)


@require_POST
def take_back(request: Request, organisation: str, taught: str) -> HttpResponse:
    """Take an own entry back that nobody confirmed."""
    actions.withdraw_taught(found_taught(taught), by=request.actor, at=request.at)
    messages.success(request, _("Taken back."))
    return redirect("teaching:mine", organisation)


@require_POST
def times(request: Request, organisation: str) -> HttpResponse:
    """Say how much and on which days one can teach."""
    form = TimesForm(request.POST, auto_id="times_%s")

    def act() -> None:
        given = form.cleaned_data
        actions.set_availability(
            request.user, weekly=round(given["weekly"] * 60), weekdays=[int(day) for day in given["weekdays"]],
            by=request.actor, at=request.at,
        )  # fmt: skip

    said = _("Kept. The next time that hours are laid, they keep to it.")
    return _attempt(request, "times", form, said, act)


@require_POST
def away(request: Request, organisation: str) -> HttpResponse:
    """Say on which days one cannot teach."""
    form = AwayForm(request.POST, auto_id="away_%s")

    def act() -> None:
        actions.set_away(request.user, **form.cleaned_data, by=request.actor, at=request.at)

    return _attempt(request, "away", form, _("Noted. Hours that lie there show as a conflict."), act)


@require_POST
def back(request: Request, organisation: str, away: str) -> HttpResponse:
    """Take days away back."""
    row = get_object_or_404(queries.own_away(request.user), public_id=plain_id(away))
    actions.take_back_away(row, by=request.actor, at=request.at)
    messages.success(request, _("Taken back."))
    return redirect("teaching:mine", organisation)
