"""Runs as those see them who look after one: start, who is where, days, sessions, a newer version."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.components.rows import cell, heading, number, rows
from craftpath.delivery.web.components.rows import row as line
from craftpath.delivery.web.components.rows import words as words_of
from craftpath.delivery.web.courses.forms import RunForm, SessionForm
from craftpath.delivery.web.courses.places import looked_after, to_course, written
from craftpath.delivery.web.shell.picking import tree
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import moment, text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.courses import actions, queries
from craftpath.domain.courses.running import looked_ahead
from craftpath.domain.courses.texts import PROGRESS, RUN_STATES

if TYPE_CHECKING:
    from craftpath.domain.courses.models import Run


Keys = list[list[str]]
"""Keys of the activities of each unit."""


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request, organisation: str, course: str) -> HttpResponse:
    """Let a cohort, or everybody here, follow the course."""
    row = written(request, course)
    path = request.organisation.path
    classes = {
        one.public_id: one for one in cohorts().filter(organisation__path__startswith=path, state="running")
    }
    names = [(key, text(one.name)) for key, one in classes.items()]
    data, status, made = request.POST if request.method == "POST" else None, 200, []
    form = RunForm(
        data,
        cohorts=names,
        rows=tree(request.organisation),
        initial={"starts_on": request.today, "place": organisation},
    )

    def act() -> None:
        given = form.cleaned_data
        made.append(
            actions.start_run(
                course=row, cohort=classes.get(given["cohort"]),
                organisation=given["place"] or request.organisation, below=given["below"],
                made_id=given["made_id"], starts_on=given["starts_on"], ends_on=given["ends_on"],
                by=request.actor, at=request.at,
            )
        )  # fmt: skip

    if data is not None:
        status = tried(request, form, _("They find it on their home page now."), act)
        if not status:
            return redirect("courses:people", organisation, made[0].public_id)
    context = {"row": row, "form": form, "crumbs": to_course(request, row, here(_("Let somebody follow it")))}
    return render(request, "courses/start.html", context, status=status)


@require_GET
def people(request: Request, organisation: str, run: str) -> HttpResponse:
    """Who is where: people by units; the same queries however many."""
    held = looked_after(request, run)
    units = queries.units_of(held.version)
    keys = [[one.key for one in unit.activities.all()] for unit in units]
    found = queries.matrix(held)
    due = queries.due_days(held)
    newest = queries.versions_of(held.course)[:1]
    live = [one for one in queries.activities_of(held.version) if one.kind == "live"]
    sessions = queries.sessions_of(held)
    context = {
        "row": held,
        "name": text(held.cohort.name) if held.cohort else _("Everybody here who wants to"),
        "state": str(RUN_STATES[held.state]),
        "units": [(n, unit, due.get(unit.key)) for n, unit in enumerate(units, start=1)],
        "lines": _body(found, keys) if found else "",
        "legend": {key: str(PROGRESS[key]) for key in ("done", "waiting", "again", "failed", "begun")},
        "newer": newest[0] if newest and newest[0].number != held.version.number else None,
        "live": [(one, sessions.get(one.key), _session(held, one.key, sessions)) for one in live],
        "crumbs": to_course(
            request, held.course, here(text(held.cohort.name) if held.cohort else _("Everybody here"))
        ),
    }
    return render(request, "courses/people.html", context)


def _session(row: Run, key: str, sessions: Any) -> SessionForm:
    known = sessions.get(key)
    first = (
        {} if known is None else {"starts_at": known.starts_at, "minutes": known.minutes, "link": known.link}
    )
    return SessionForm(initial=first, auto_id=f"live_{key}_%s")


def _body(found: list[queries.Row], keys: Keys) -> SafeString:
    """A line a person; written without a template, since sixty units of forty people are 2,400 cells."""
    said = {key: str(PROGRESS[key]) for key in PROGRESS}
    lines = []
    for one in found:
        cells, count, whole = [], 0, 0
        for some in keys:
            states = [one.states.get(key, "") for key in some]
            state, done = _worst(states), states.count("done")
            count, whole = count + done, whole + len(some)
            words = f'<span class="visually-hidden">{escape(said[state]) if state else ""}</span>{done}/{len(some)}'
            cells.append(cell([words], f"course-cell course-cell-{state or 'none'}"))
        cells.append(number(f"{round(100 * count / whole) if whole else 0} %"))
        cells.append(words_of(moment(one.follower.last_at) if one.follower else "–", look="small muted"))
        head = heading(one.person.name, note=one.enrolment.number if one.enrolment else "")
        lines.append(line(head, cells))
    return rows(lines)


def _worst(states: list[str]) -> str:
    """What a unit is shown as: what needs somebody first, then what is under way."""
    if states and all(one == "done" for one in states):
        return "done"
    for one in ("waiting", "again", "failed"):
        if one in states:
            return one
    return "begun" if any(states) else ""


@require_POST
def days(request: Request, organisation: str, run: str) -> HttpResponse:
    """By when units are to be done; an empty day takes the hurry off."""
    row = looked_after(request, run)
    given: dict[str, date | None] = {}
    for unit in queries.units_of(row.version):
        try:
            said = request.POST.get(f"due-{unit.key}", "")
            given[unit.key] = date.fromisoformat(said) if said else None
        except ValueError:
            continue
    actions.set_due_days(row, given, by=request.actor, at=request.at)
    messages.success(request, pgettext("what was written", "Kept."))
    return redirect("courses:people", organisation, row.public_id)


@require_POST
def session(request: Request, organisation: str, run: str, activity: str) -> HttpResponse:
    """When a run meets, and where one joins."""
    row = looked_after(request, run)
    form = SessionForm(request.POST)

    def act() -> None:
        given = form.cleaned_data
        actions.set_session(
            row, plain_id(activity), starts_at=given["starts_at"], minutes=given["minutes"], link=given["link"],
            by=request.actor, at=request.at,
        )  # fmt: skip

    if tried(request, form, pgettext("what was written", "Kept."), act):
        messages.error(request, " ".join(str(one) for some in form.errors.values() for one in some))
    return redirect("courses:people", organisation, row.public_id)


@require_POST
def move(request: Request, organisation: str, run: str, verb: str) -> HttpResponse:
    """End a run, or let it go on."""
    row = looked_after(request, run)
    if verb == "end":
        actions.end_run(row, by=request.actor, at=request.at)
        messages.success(request, _("Ended. What was done is kept."))
    elif verb == "reopen":
        actions.reopen_run(row, by=request.actor, at=request.at)
        messages.success(request, _("It goes on."))
    else:
        raise Http404
    return redirect("courses:people", organisation, row.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def newer(request: Request, organisation: str, run: str, number: int) -> HttpResponse:
    """What another version means for those who are under way; then, by one press, on to it."""
    row = looked_after(request, run)
    version = next((one for one in queries.versions_of(row.course) if one.number == number), None)
    if version is None:
        raise Http404
    if request.method == "POST":
        actions.update_run(row, version, by=request.actor, at=request.at)
        messages.success(request, _("They are on version %(number)s now.") % {"number": number})
        return redirect("courses:people", organisation, row.public_id)
    found = looked_ahead(row, version)
    context = {
        "row": row,
        "version": version,
        "found": found,
        "gone": [(one, found.lost.get(one.key, 0)) for one in found.gone],
        "crumbs": to_course(
            request, row.course, step(request, _("Who is where"), "courses:people", row.public_id),
            here(_("Version %(number)s") % {"number": number}),
        ),
    }  # fmt: skip
    return render(request, "courses/newer.html", context)
