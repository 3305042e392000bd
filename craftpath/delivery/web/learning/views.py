"""Sessions by week, and one session with what stands of its roll."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.learning import saying
from craftpath.delivery.web.learning.trail import tabs, to_sessions
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.sync.pages import kept_offline
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.learning import queries, rules
from craftpath.domain.learning.overlaps import Overlap, overlapping
from craftpath.domain.learning.texts import KINDS, MODES, SAYS, STATUSES, TEACHER_KINDS
from craftpath.domain.programmes.queries import buckets_by_programme
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.learning.models import Session

MOST = 20  # lines of one kind before the rest is left to its week


@dataclass(frozen=True, slots=True)
class Day:
    """The sessions of one day of the week."""

    on: date
    today: bool
    lines: Sequence[saying.Line]


@require_GET
@needs(Permission.HOLD_SESSIONS, Permission.SEE_RESULTS)
@kept_offline
def sessions(request: Request, organisation: str) -> HttpResponse:
    """A week of sessions, today's first; what waits for its roll or to be closed stands above."""
    monday = _monday(request)
    chosen = plain_id(request.GET.get("cohort", ""))
    shown = [row for row in cohorts() if row.state == "running" or row.public_id == chosen]
    found = _week(request, monday)
    if chosen:
        found = found.filter(cohorts__cohort__public_id=chosen)
    days = _days(request, list(found))
    may = bool(request.actor.may(Permission.HOLD_SESSIONS))
    mine = queries.sessions().none() if may else queries.sessions().filter(queries.taught_by(request.user))
    everything = queries.sessions() if may else mine
    waiting = saying.lines(request, everything.filter(pk__in=queries.waiting_for_roll(request.at))[:MOST])
    closing = list(everything.filter(pk__in=queries.waiting_to_close(request.at))[:MOST])
    return render(
        request,
        "learning/sessions.html",
        {
            "days": days,
            "monday": monday,
            "sunday": monday + timedelta(days=6),
            "before": _address(monday - timedelta(days=7), chosen),
            "after": _address(monday + timedelta(days=7), chosen),
            "now": _address(_this_monday(request), chosen),
            "this_week": _this_monday(request) == monday,
            "waiting": waiting,
            "closing": saying.lines(request, closing),
            "differences": queries.differences().count() if may else 0,
            "cohort_choices": [(row.public_id, text(row.name)) for row in shown],
            "wanted": {"cohort": chosen},
            "may_plan": bool(rules.may_plan(request.actor, request.organisation)),
            "tabs": tabs(request, "learning:sessions"),
        },
    )


def _address(monday: date, cohort: str) -> str:
    """The same list, of another week."""
    wanted = {"week": monday.isoformat(), "cohort": cohort}
    return "?" + urlencode({name: value for name, value in wanted.items() if value})


def _this_monday(request: Request) -> date:
    today = request.at.astimezone(ZoneInfo(request.organisation.time_zone)).date()
    return today - timedelta(days=today.weekday())


def _monday(request: Request) -> date:
    """The week that is asked for, by any of its days; this week if that is no day, or beyond all calendars."""
    try:
        asked = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        return _this_monday(request)
    if not 2000 <= asked.year <= 2100:
        return _this_monday(request)
    return asked - timedelta(days=asked.weekday())


def _week(request: Request, monday: date) -> QuerySet[Session]:
    zone = ZoneInfo(request.organisation.time_zone)
    start, end = (datetime.combine(monday + timedelta(days=days), time(), tzinfo=zone) for days in (0, 7))
    return queries.sessions_between(start, end)


def _days(request: Request, found: Sequence[Session]) -> list[Day]:
    by_day: dict[date, list[saying.Line]] = {}
    for line in saying.lines(request, found):
        by_day.setdefault(saying.day_of(line.session), []).append(line)
    today = request.at.astimezone(ZoneInfo(request.organisation.time_zone)).date()
    return [Day(on, on == today, some) for on, some in sorted(by_day.items())]


@require_GET
@needs(Permission.HOLD_SESSIONS, Permission.SEE_RESULTS)
def session(request: Request, organisation: str, session: str) -> HttpResponse:
    """One session: what it is, what stands of its roll, and what is to be settled.

    Whoever may hold it sees everybody; the others see those whom they see anyway.
    """
    found = get_object_or_404(queries.sessions(), public_id=session)
    holds = saying.holds(request, found)
    rows = queries.roll_of(found) if holds else _seen(found)
    unmarked = sum(row.attendance is None for row in rows)
    others = overlapping(found) if holds and found.state != "cancelled" else []
    may_plan = bool(rules.may_plan(request.actor, found.organisation))
    title = text(found.title)
    return render(
        request,
        "learning/session.html",
        {
            "session": found,
            "title": title,
            "hours": saying.hours(found),
            "on": saying.day_of(found),
            "cohorts": saying.cohorts_said(found),
            "teachers": [
                _("%(name)s (%(kind)s)") % {"name": row.person.name, "kind": TEACHER_KINDS[row.kind]}
                for row in found.teachers.all()
            ],
            "kind": KINDS[found.kind],
            "mode": MODES[found.mode],
            "bucket": _bucket(found),
            "rows": rows,
            "open": [row for row in rows if row.open] if holds else [],
            "counts": saying.counted(_counts(rows)),
            "unmarked": unmarked,
            "overlaps": _overlaps(request, others),
            "counts_once": any("people" in one.shares for one in others),
            "moved": saying.moved(found),
            "may": {
                "hold": holds and bool(rules.can_take(found, request.at)),
                "close": holds and bool(rules.can_close(found, unmarked, request.at)),
                "cancel": found.state == "planned" and may_plan,
                "change": may_plan and bool(rules.can_change(found, request.at)),
            },
            "statuses": STATUSES,
            "tones": saying.TONES,
            "says": SAYS,
            "crumbs": to_sessions(request, here(title)),
        },
    )


def _overlaps(request: Request, others: Sequence[Overlap]) -> list[tuple[saying.Line, str]]:
    lines = saying.lines(request, [one.session for one in others])
    return [(line, saying.shares(one)) for line, one in zip(lines, others, strict=True)]


def _seen(found: Session) -> list[queries.RollLine]:
    lines = queries.attendances().filter(session=found)
    return [queries.RollLine(row.enrolment, row) for row in lines]


def _counts(rows: Sequence[queries.RollLine]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        if row.attendance is not None:
            found[row.attendance.status] = found.get(row.attendance.status, 0) + 1
    return found


def _bucket(found: Session) -> str:
    """The name of the kind of hours that it counts as."""
    if not found.bucket:
        return _("none")
    known: dict[str, Any] = {}
    for some in buckets_by_programme(row.cohort.programme_id for row in found.cohorts.all()).values():
        known |= {bucket.key: bucket for bucket in some}
    bucket = known.get(found.bucket)
    return text(bucket.name) if bucket else found.bucket
