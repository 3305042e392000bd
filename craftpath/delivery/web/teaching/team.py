"""One team: members with shares, planned beside taught, the weeks with rotation and peaks, and what waits."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.teaching import saying
from craftpath.delivery.web.teaching.forms import EntryForm, ReasonForm
from craftpath.delivery.web.teaching.grid import draw
from craftpath.delivery.web.teaching.places import found, to_teams
from craftpath.domain.teaching import queries, rules
from craftpath.domain.teaching.conflicts import conflicts
from craftpath.domain.teaching.hours import sort_sessions
from craftpath.domain.teaching.limits import limits_of
from craftpath.domain.teaching.planning import may_lay
from craftpath.domain.teaching.texts import TAUGHT_STATES
from craftpath.values.period import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from craftpath.domain.teaching.models import TaughtHours, Team

LATEST = 8
MOST_SESSIONS = 30
BEFORE = timedelta(weeks=3)


@require_GET
def team(request: Request, organisation: str, team: str) -> HttpResponse:
    """Readers see what it is; the lead and the office find the buttons."""
    since = None if request.GET.get("weeks") == "all" else request.today - BEFORE
    return render(request, "teaching/team.html", page_of(request, found(request, team), since=since))


def page_of(
    request: Request,
    row: Team,
    *,
    wrong: str = "",
    form: Form | None = None,
    typed: Mapping[str, str] | None = None,
    said: str = "",
    since: date | None = None,
) -> dict[str, Any]:
    """Everything that the page shows; `wrong` names the form that was refused, `form` is it with what was typed."""
    members, today = list(row.members.all()), request.today
    may = may_do(request, row)
    parts = queries.parts_of([row])[row.pk]
    whole = Period(row.starts_on, max(row.ends_on, row.starts_on))
    limits = limits_of([row], members, whole)
    clashes = conflicts([row], today, limits=limits)[row.pk] if row.state in ("proposed", "active") else []
    longest = saying.longest(parts)
    sure, unsure = sort_sessions(row, members) if may["lay"] and row.state != "proposed" else ([], [])
    forms: dict[str, Any] = {
        name: ReasonForm(auto_id=f"{name}_%s") for name in ("decline", "withdraw", "end") if may[name]
    }
    guests = {str(one.pk): one.person.name for one in members if one.guest} if may["change"] else {}
    if guests and row.state == "active":
        forms["enter"] = entry_form(request, guests)
    if wrong:
        forms[wrong] = form
    return {
        "team": row,
        "title": text(row.unit.name),
        "badge": saying.state(row, today),
        "days": saying.days(row.starts_on, row.ends_on),
        "parts": [(part, saying.kind(part.member), saying.where(part.member), saying.share(part.member.share),
                   saying.measure(part, longest)) for part in parts],
        "bar": saying.bar(parts),
        "planned": sum(part.planned for part in parts),
        "taught": sum(part.taught for part in parts),
        "clashes": [saying.conflict(one) for one in clashes],
        "notes": saying.notes(row.notes),
        "grid": draw(row, limits, queries.planned_cells(row), clashes, today, typed, since),
        "sure": len(sure),
        "unsure": unsure[:MOST_SESSIONS],
        "people": {one.person_id: one.person.name for one in members},
        "waiting": _waiting(request, row),
        "latest": [line(one) for one in queries.taught().filter(team=row).exclude(state="withdrawn")[:LATEST]],
        "may": may,
        "forms": forms,
        "wrong": wrong,
        "said": said,
        "crumbs": to_teams(request, here(text(row.unit.name))),
    }  # fmt: skip


def may_do(request: Request, row: Team) -> dict[str, bool]:
    """Which buttons the reader finds; the actions ask again."""
    members = list(row.members.all())
    mine = rules.member_of(request.actor, members)
    office = bool(rules.may_form(request.actor, row.organisation))
    proposed, active = row.state == "proposed", row.state == "active"
    return {
        "agree": proposed and mine is not None and mine.accepted_at is None,
        "decline": proposed and mine is not None,
        "withdraw": proposed and office,
        "end": active and office,
        "change": office and (proposed or active),
        "lay": bool(may_lay(request.actor, row, members)) and (proposed or active),
        "contact": office,
    }


def entry_form(request: Request, members: Mapping[str, str], topic: str = "") -> EntryForm:
    """An empty form for hours taught today."""
    initial = {"made_id": str(uuid.uuid4()), "on": request.today, "topic": topic}
    return EntryForm(None, members=members, initial=initial, auto_id="enter_%s")


def _waiting(request: Request, row: Team) -> list[TaughtHours]:
    members = list(row.members.all())
    rows = queries.to_confirm().filter(team=row)
    return [one for one in rows if rules.may_confirm(request.actor, row, members, one)]


def line(row: TaughtHours) -> tuple[TaughtHours, str, str, str]:
    """Taught hours with what was taught, their state in words and its tone."""
    return row, saying.what(row), str(TAUGHT_STATES[row.state]), saying.TAUGHT_TONES[row.state]
