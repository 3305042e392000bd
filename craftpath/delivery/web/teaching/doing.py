"""Buttons of one team: yes, no, end, lay, set by hand, take sessions over; confirming and returning hours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.teaching.forms import EntryForm, ReasonForm
from craftpath.delivery.web.teaching.places import found, found_taught
from craftpath.delivery.web.teaching.team import page_of
from craftpath.domain.teaching import actions, queries, rules
from craftpath.domain.teaching.planning import may_lay
from craftpath.domain.teaching.sharing import weeks_of
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.teaching.models import Team

MOST_HOURS = 168


@require_POST
def agree(request: Request, organisation: str, team: str) -> HttpResponse:
    """Say yes."""
    row = actions.agree_to_team(found(request, team), by=request.actor, at=request.at)
    said = _("The team teaches.") if row.state == "active" else _("Noted. The others have still to say yes.")
    messages.success(request, said)
    return redirect("teaching:team", organisation, row.public_id)


@require_POST
def decline(request: Request, organisation: str, team: str) -> HttpResponse:
    """Say no."""
    row = found(request, team)
    if rules.member_of(request.actor, row.members.all()) is None:
        raise Refused(may_not("teaching.not_in_it"))
    return _reasoned(request, row, "decline", actions.decline_team, _("Noted. The office sees the reason."))


@require_POST
def withdraw(request: Request, organisation: str, team: str) -> HttpResponse:
    """Take a proposal back."""
    row = found(request, team)
    require(rules.may_form(request.actor, row.organisation))
    return _reasoned(
        request, row, "withdraw", actions.withdraw_team, _("Taken back. The unit is free again.")
    )


@require_POST
def end(request: Request, organisation: str, team: str) -> HttpResponse:
    """End it."""
    row = found(request, team)
    require(rules.may_form(request.actor, row.organisation))
    return _reasoned(request, row, "end", actions.end_team, _("Ended. What was taught stays."))


def _reasoned(request: Request, row: Team, name: str, act: Callable[..., object], done: str) -> HttpResponse:
    form = ReasonForm(request.POST, auto_id=f"{name}_%s")
    return attempt(
        request, row, name, form, done,
        lambda: act(row, because=form.cleaned_data["because"], by=request.actor, at=request.at),
    )  # fmt: skip


def attempt(
    request: Request, row: Team, name: str, form: Form, done: str, act: Callable[[], object]
) -> HttpResponse:
    """Do it and say so; what cannot be stays in its form, opened, with the reason."""
    status = tried(request, form, done, act)
    if not status:
        return redirect("teaching:team", request.organisation.key, row.public_id)
    return render(request, "teaching/team.html", page_of(request, row, wrong=name, form=form), status=status)


@require_POST
def lay(request: Request, organisation: str, team: str) -> HttpResponse:
    """Lay the hours anew."""
    row = actions.lay_hours(found(request, team), by=request.actor, at=request.at)
    left = sum(facts["minutes"] for code, facts in row.notes if code == "teaching.minutes_left")
    said = (
        _("Laid anew. Some hours fit nowhere: see below.")
        if left
        else _("Laid anew; every hour has its week.")
    )
    (messages.warning if left else messages.success)(request, said)
    return redirect("teaching:team", organisation, row.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Request, organisation: str, team: str) -> HttpResponse:
    """Set weeks by hand; an empty field lets a week go again. What is refused keeps every figure."""
    row = found(request, team)
    require(may_lay(request.actor, row, list(row.members.all())))
    typed = {
        key: value[:12]
        for key, value in request.POST.items()
        if key.startswith("h-") and isinstance(value, str)
    }
    said, status = "", 200
    if request.method == "POST":
        try:
            changed = actions.pin_weeks(row, _wanted(row, typed), by=request.actor, at=request.at)
        except Refused as refused:
            if refused.verdict.who:
                raise
            said, status = sentence(refused.verdict), 409
        else:
            told = ngettext("Kept; %(count)s week changed.", "Kept; %(count)s weeks changed.", changed)
            messages.success(request, told % {"count": changed})
            return redirect("teaching:team", organisation, row.public_id)
    context = page_of(request, row, typed=typed, said=said, since=request.today)
    return render(request, "teaching/plan.html", context, status=status)


def _wanted(row: Team, typed: dict[str, str]) -> dict[tuple[int, date], int | None]:
    """What the fields of this team say; fields of nobody's are passed over."""
    known = {
        f"h-{member.pk}-{week.isoformat()}": (member.pk, week)
        for member in row.members.all()
        for week in weeks_of(row.span)
    }
    return {known[name]: _minutes(value) for name, value in typed.items() if name in known}


def _minutes(value: str) -> int | None:
    given = value.strip().replace(",", ".").replace("\0", "")
    if not given:
        return None
    try:
        hours = Decimal(given)
    except InvalidOperation:
        hours = Decimal(-1)
    if not hours.is_finite() or not 0 <= hours <= MOST_HOURS:
        raise Refused(not_now("teaching.minutes_out_of_range", most=MOST_HOURS))
    return round(hours * 60)


@require_POST
def take_over(request: Request, organisation: str, team: str) -> HttpResponse:
    """Take the hours of held sessions over."""
    row = found(request, team)
    made = actions.take_over_sessions(row, by=request.actor, at=request.at)
    return _taken(request, row, len(made))


@require_POST
def take_session(request: Request, organisation: str, team: str, session: str) -> HttpResponse:
    """Say that a session was this team's."""
    row = found(request, team)
    made = actions.take_over_session(row, session=plain_id(session), by=request.actor, at=request.at)
    return _taken(request, row, len(made))


def _taken(request: Request, row: Team, count: int) -> HttpResponse:
    told = ngettext("%(count)s session taken over.", "%(count)s sessions taken over.", count)
    messages.success(request, told % {"count": count} if count else _("Taken over already."))
    return redirect("teaching:team", request.organisation.key, row.public_id)


@require_POST
def confirm(request: Request, organisation: str) -> HttpResponse:
    """Confirm the hours that are ticked."""
    ids = [one for one in map(plain_id, request.POST.getlist("taught")) if one]
    rows = list(queries.taught().filter(public_id__in=ids))
    if not rows:
        raise Http404
    count = actions.confirm_taught(rows, by=request.actor, at=request.at)
    told = ngettext("%(count)s entry confirmed.", "%(count)s entries confirmed.", count)
    messages.success(request, told % {"count": count} if count else _("Confirmed already."))
    return _back(request, rows[0].team)


@require_POST
def give_back(request: Request, organisation: str, taught: str) -> HttpResponse:
    """Send hours back with a reason; without one the reason is asked for on the page of the team."""
    row = found_taught(taught)
    members = row.team.members.select_related("person")
    require(rules.may_confirm(request.actor, row.team, members, row))
    because = request.POST.get("because", "").replace("\0", "")
    try:
        actions.return_taught(row, because=because, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        context = {"row": row, "because": because, "fault": sentence(refused.verdict)}
        return render(request, "teaching/give_back.html", context, status=409)
    messages.success(request, _("Sent back. Whoever entered it reads the reason."))
    return _back(request, row.team)


def _back(request: Request, team: Team) -> HttpResponse:
    there = "teaching:mine" if request.POST.get("next") == "mine" else "teaching:team"
    ids = [] if there == "teaching:mine" else [team.public_id]
    return redirect(there, request.organisation.key, *ids)


@require_POST
def enter_guest(request: Request, organisation: str, team: str) -> HttpResponse:
    """Write down what a guest taught; the office does it."""
    row = found(request, team)
    require(rules.may_form(request.actor, row.organisation))
    guests = {str(one.pk): one for one in row.members.all() if one.guest}
    names: dict[str, Any] = {key: one.person.name for key, one in guests.items()}
    form = EntryForm(request.POST, members=names, initial={}, auto_id="enter_%s")

    def act() -> None:
        given = form.cleaned_data
        actions.enter_taught(
            row, member=guests[given["member"]], on=given["on"], minutes=form.length(), topic=given["topic"],
            made_id=given["made_id"], by=request.actor, at=request.at,
        )  # fmt: skip

    return attempt(request, row, "enter", form, _("Noted. The lead confirms it."), act)
