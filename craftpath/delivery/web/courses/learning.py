"""Learning: a course with all its units, one activity a page, and done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.courses.forms import HandInForm
from craftpath.delivery.web.courses.joining import joined
from craftpath.delivery.web.courses.places import PROGRESS_TONES, followed, seen_run, to_run
from craftpath.delivery.web.courses.rendering import named_files
from craftpath.delivery.web.courses.showing import shown
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.sync.pages import kept_offline
from craftpath.domain.courses import actions, queries, rules
from craftpath.domain.courses.content import read
from craftpath.domain.courses.states import BY_WORD, JOINED, SETTLED
from craftpath.domain.courses.texts import KINDS, PROGRESS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from craftpath.domain.courses.models import Activity, CourseFile, Run


@require_GET
@kept_offline
def run(request: Request, organisation: str, run: str) -> HttpResponse:
    """A course as its learner sees it, the same queries for one unit and for sixty; for others who is where in it."""
    row = seen_run(request, run)
    if not queries.place_in(row, request.user)[0]:
        if not rules.may_look_after(request.actor, row):
            raise Http404
        return redirect("courses:people", organisation, row.public_id)
    states = queries.states_of(row, request.user)
    due = queries.due_days(row)
    sessions = queries.sessions_of(row)
    files = queries.files_of(row.course)
    units, rows = [], []
    for unit in queries.units_of(row.version):
        lines = [_line(organisation, row, one, states, sessions) for one in unit.activities.all()]
        done = sum(line["state"] == "done" for line in lines)
        rows += lines
        units.append(
            {"unit": unit, "lines": lines, "done": done, "all": len(lines), "due": due.get(unit.key),
             "whole": done == len(lines), "megabytes": _megabytes(unit.activities.all(), files)}
        )  # fmt: skip
    after = next((line for line in rows if line["state"] not in SETTLED), None)
    context = {
        "row": row,
        "units": units,
        "open": next((each for each in units if not each["whole"]), None),
        "done": sum(line["state"] == "done" for line in rows),
        "all": len(rows),
        "minutes": sum(each["unit"].minutes for each in units),
        "next": after,
        "can": rules.can_follow(row, request.today),
        "crumbs": to_run(request, row)[:1],
    }
    return render(request, "courses/run.html", context)


def _megabytes(activities: Iterable[Activity], files: Mapping[str, CourseFile]) -> str:
    """What is seen, heard or saved in a unit beside its words; nothing where it is less than it is worth saying."""
    named = {name for one in activities for name in named_files(read(one.kind, one.content))}
    size = sum(files[name].file.size for name in named if name in files)
    return f"{size / rules.MEGABYTE:.0f}" if size >= rules.MEGABYTE else ""


def _line(organisation: str, row: Run, one: Activity, states: Any, sessions: Any) -> dict[str, Any]:
    progress = states.get(one.key)
    state = progress.state if progress else ""
    return {
        "title": text(one.title),
        "kind": str(KINDS[one.kind]),
        "state": state,
        "said": str(PROGRESS[state]),
        "tone": PROGRESS_TONES.get(state, "plain"),
        "score": progress.score if progress and one.kind == "quiz" else None,
        "session": sessions.get(one.key),
        "url": reverse("courses:activity", args=[organisation, row.public_id, one.key]),
    }


@require_GET
@kept_offline
def activity(request: Request, organisation: str, run: str, activity: str) -> HttpResponse:
    """One activity with what comes before and after it."""
    row = followed(request, run)
    return render(request, "courses/activity.html", page(request, row, activity))


def page(request: Request, row: Run, key: str, **forms: Any) -> dict[str, Any]:
    """Everything on the page of one activity."""
    organisation = request.organisation.key
    rows = queries.activities_of(row.version)
    place = next((n for n, one in enumerate(rows) if one.key == plain_id(key)), None)
    if place is None:
        raise Http404
    one = rows[place]

    def page_at(ref: str) -> str:
        return reverse("courses:activity", args=[organisation, row.public_id, ref])

    def file_at(ref: str) -> str:
        return reverse("courses:shown", args=[organisation, row.public_id, ref])

    progress = queries.states_of(row, request.user).get(one.key)
    state = progress.state if progress else ""
    ticks = queries.ticks_of(row, request.user, one.key) if one.kind == "checklist" else {}
    keys = {each.key for each in rows}
    made = shown(
        request, one, queries.files_of(row.course), keys, file_at, page_at, run=row.public_id, ticks=ticks
    )
    return {
        "row": row,
        "one": one,
        "shown": made,
        "state": state,
        "said": str(PROGRESS[state]),
        "tone": PROGRESS_TONES.get(state, "plain"),
        "progress": progress,
        "by_word": one.kind in BY_WORD,
        "by_room": one.kind in JOINED,
        "can": rules.can_follow(row, request.today),
        "opens": not progress,
        "number": place + 1,
        "of": len(rows),
        "unit": text(one.unit.title),
        "before": page_at(rows[place - 1].key) if place else "",
        "after": page_at(rows[place + 1].key) if place + 1 < len(rows) else "",
        "session": queries.sessions_of(row).get(one.key) if one.kind == "live" else None,
        **_of_kind(row, one, request, forms),
        "crumbs": to_run(request, row, here(text(one.title))),
    }


def _of_kind(row: Run, one: Activity, request: Request, forms: dict[str, Any]) -> dict[str, Any]:
    if one.kind == "quiz":
        content = read(one.kind, one.content)
        tries = queries.tries_of(row, request.user, one.key)
        goes_on = bool(tries) and tries[-1].ended_at is None
        left = content.tries - len(tries) if content.tries else None
        return {
            "tries": tries,
            "goes_on": goes_on,
            "left": left,
            "again": goes_on or left != 0,
        }
    if one.kind == "assignment":
        given = queries.hand_ins(row, request.user, one.key)
        free = not given or given[-1].state == "again"
        form = forms.get("hand_in") or HandInForm(auto_id="hand_%s")
        return {"given": given, "hand_in": form if free else None}
    return {}


@require_POST
def follow(request: Request, organisation: str, run: str) -> HttpResponse:
    """Begin a course that is open to everybody: straight on to its first activity."""
    row = followed(request, run)
    actions.follow_run(row, by=request.actor, at=request.at)
    rows = queries.activities_of(row.version)
    if not rows:
        return redirect("courses:run", organisation, row.public_id)
    return redirect("courses:activity", organisation, row.public_id, rows[0].key)


@require_POST
def opened(request: Request, organisation: str, run: str, activity: str) -> HttpResponse:
    """The page says that it is read for the first time."""
    row = followed(request, run)
    actions.open_activity(row, plain_id(activity), by=request.actor, at=request.at)
    return HttpResponse(status=204)


@require_POST
def done(request: Request, organisation: str, run: str, activity: str) -> HttpResponse:
    """Done by the learner's word; on to what comes next."""
    row = followed(request, run)
    rows = queries.activities_of(row.version)
    key = plain_id(activity)
    one = next((each for each in rows if each.key == key), None)
    told = _told(request, row, one) if one is not None else {}
    actions.finish_activity(row, key, by=request.actor, at=request.at, **told)
    return onward(request, row, key)


def _told(request: Request, row: Run, one: Activity) -> dict[str, Any]:
    """What the other room says of this reader, where it keeps the activity."""
    if one.kind not in JOINED:
        return {}
    found = joined(request, one.kind, read(one.kind, one.content).ref, row.public_id)
    return {"joined": found.state, "score": found.score} if found is not None else {}


def onward(request: Request, row: Run, key: str) -> HttpResponse:
    """The first activity after this one that is not settled; the course when there is none."""
    rows = queries.activities_of(row.version)
    states = queries.states_of(row, request.user)
    place = next((n for n, one in enumerate(rows) if one.key == key), -1)
    left = [one for one in rows if one.key not in states or states[one.key].state not in SETTLED]
    later = [one for one in rows[place + 1 :] if one in left]
    if left:
        after = (later or left)[0]
        return redirect("courses:activity", request.organisation.key, row.public_id, after.key)
    if all(states[one.key].state == "done" for one in rows):
        messages.success(request, _("You have done everything in this course."))
    return redirect("courses:run", request.organisation.key, row.public_id)
