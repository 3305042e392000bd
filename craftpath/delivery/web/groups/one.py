"""The page of one group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from craftpath.delivery.web.forums.saying import lines as threads
from craftpath.delivery.web.groups import saying
from craftpath.delivery.web.groups.forms import TaskForm
from craftpath.delivery.web.groups.places import found, to_group
from craftpath.delivery.web.questions.saying import name_of
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.forums.queries import follow_of
from craftpath.domain.forums.queries import page_of as page_of_threads
from craftpath.domain.groups import queries, rules
from craftpath.domain.groups.texts import REACHED
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.groups.models import Member, StudyGroup

THREADS = 3  # of the discussion, on the page of the group


@require_GET
@needs(Permission.STUDY_TOGETHER)
def group(request: Request, organisation: str, group: str) -> HttpResponse:
    """Everything of a group for those inside; its goal, rhythm and people for others who may join."""
    return render(request, "groups/group.html", page_of(request, found(group)))


def page_of(request: Request, row: StudyGroup, *, task: TaskForm | None = None) -> dict[str, Any]:
    """What the page shows; a constant number of queries however many people and sessions."""
    members = queries.people_of(row)
    reads = rules.may_read(request.actor, row, members)
    can = saying.can(request.actor, row, members)
    context = {
        "crumbs": to_group(request, row),
        "row": row,
        "can": can,
        "badge": saying.badge_of(row, request.today),
        "rhythm": saying.rhythm(row),
        "skill": saying.skill_name(row.skill),
        "inside": rules.inside(members),
        "invited": [one for one in members if one.state == "invited"],
        "asking": [one for one in members if one.state == "asking"],
        "why": _why(row, members),
        "reads": reads,
        "mine": rules.row_of(request.actor, members),
        "reached": REACHED.get(row.reached, ""),
    }
    return context | (_inner(request, row, members, task) if reads else {})


def _inner(request: Request, row: StudyGroup, members: list[Member], task: TaskForm | None) -> dict[str, Any]:
    sessions = queries.sessions_of(row)
    swaps = queries.swaps_of(row)
    there = queries.there(row)
    held = [one for one in sessions if one.state == "held"]
    me = request.user.pk
    return {
        "turns": saying.turns(request, row, sessions, swaps),
        "swaps": [(one, saying.swap_words(one)) for one in swaps if one.other_id == me],
        "asked": [(one, saying.swap_words(one)) for one in swaps if one.asker_id == me],
        "held": [(one, saying.met_words(one, there.rows.get(one.pk, []))) for one in reversed(held)],
        "disputed": bool(there.disputed),
        **_talk(request, row),
        "tasks": queries.tasks_of(row),
        "task": task or TaskForm(members=rules.inside(members)),
        "confirmed": _confirmed(row),
    }


def _talk(request: Request, row: StudyGroup) -> dict[str, Any]:
    """The forum of the group with what was written last."""
    forum = queries.talk_of(row)
    if forum is None:
        return {}
    found = page_of_threads(forum, most=THREADS).rows
    return {"forum": forum, "threads": threads(request, found, follow_of(forum, request.user))}


def _confirmed(row: StudyGroup) -> list[tuple[str, str]]:
    """(member, what a trainer confirmed of that member in one line)."""
    found: dict[int, tuple[str, list[str]]] = {}
    for one in queries.confirmed(row) if row.state == "confirmed" else ():
        words = saying.contribution(one.kind, one.count, one.out_of)
        found.setdefault(one.person_id, (name_of(one.person), []))[1].append(words)
    return [(name, " · ".join(words)) for name, words in found.values()]


def _why(row: StudyGroup, members: list[Member]) -> list[tuple[str, str, str]]:
    """(who shows, who learns, what) of a group that was proposed, as far as people are known here."""
    names = {one.enrolment.public_id: name_of(one.person) for one in members}
    topics = saying.topic_names({one["topic"] for one in row.why}, ())
    return [
        (names[one["teacher"]], names[one["learner"]], one.get("name") or topics[one["topic"]])
        for one in row.why
        if one["teacher"] in names and one["learner"] in names
    ]
