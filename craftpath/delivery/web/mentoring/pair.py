"""The work of one pair: goals, the rhythm of meetings as figures and as bars, and the meetings themselves."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from craftpath.delivery.web.mentoring.bars import bars
from craftpath.delivery.web.mentoring.forms import GoalForm, WhyForm
from craftpath.delivery.web.mentoring.places import TONES, found, head
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.mentoring import queries, rules
from craftpath.domain.mentoring.texts import GOAL_STATES, MEETING_STATES, MODES, RHYTHMS
from craftpath.domain.pairing.seeing import learners_in

if TYPE_CHECKING:
    from craftpath.domain.mentoring.models import Goal, Meeting
    from craftpath.domain.pairing.models import Pair

A_PAGE = 20
GOAL_TONES = {"open": "info", "reached": "good", "dropped": "plain"}
MEETING_TONES = {"written": "info", "confirmed": "good", "unconfirmed": "plain"}


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal as it stands there, with what the reader may do about it."""

    goal: Goal
    state: tuple[Any, str]
    late: bool
    may_reach: bool
    may_drop: bool
    may_object: bool
    forms: Mapping[str, Form]
    wrong: str


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting as it stands there."""

    meeting: Meeting
    mode: Any
    state: tuple[Any, str]
    goals: Sequence[str]
    may_answer: bool
    may_correct: bool


@require_GET
def pair(request: Request, organisation: str, pair: str) -> HttpResponse:
    """What the two are at."""
    row = found(request, pair)
    return render(request, "mentoring/pair.html", page_of(request, row))


def page_of(
    request: Request, row: Pair, *, goal: Goal | None = None, wrong: str = "", form: Form | None = None
) -> dict[str, Any]:
    """Everything that the page shows; `wrong` names the form that was refused (of `goal`, if it is about one)."""
    context = head(request, row, "mentoring:pair")
    now, may = context["now"], context["writes"] or context["runs"]
    learners = learners_in(row)
    names = {one.public_id: one.text for one in now.goals}
    rows = queries.meetings().filter(pair=row)
    asked = [] if now.graduated else list(rows.filter(queries.asked_of(request.user.pk), state="written"))
    waiting = [line for one in asked if (line := meeting_line(request, one, names, False)).may_answer]
    rest = rows.exclude(pk__in=[line.meeting.pk for line in waiting])
    page = Paginator(rest, A_PAGE).get_page(request.GET.get("page"))
    fresh = {"made_id": str(uuid.uuid4())}
    lines = [_goal(request, row, one, now.graduated, goal, wrong, form) for one in now.goals]
    lacking = [one.name for one in learners if one.pk in now.lacking]
    return context | {
        "goals": [line for line in lines if line.goal.state == "open"],
        "settled": [line for line in lines if line.goal.state != "open"],
        "lacking": lacking,
        "several": len(learners) > 1,
        "goal_form": form if wrong == "new" else GoalForm(None, learners=learners, initial=fresh),
        "may_set": may and rules.can_write(row, now.graduated),
        "wrong": wrong,
        "waiting": waiting,
        "page": page,
        "meetings": [meeting_line(request, one, names, now.graduated) for one in page.object_list],
        "time": f"{now.minutes / 60:.1f}".removesuffix(".0"),
        "rhythm": (RHYTHMS[now.rhythm], TONES[now.rhythm]),
        "chart": bars(queries.minutes_by_month(row), row.starts_on, request.today, now.meetings)
        if now.meetings
        else None,
    }


def _goal(
    request: Request,
    row: Pair,
    goal: Goal,
    graduated: bool,
    about: Goal | None,
    wrong: str,
    form: Form | None,
) -> GoalLine:
    actor, today = request.actor, request.today
    open_, works = goal.state == "open", bool(rules.can_write(row, graduated))
    mine = about is not None and about.pk == goal.pk
    forms: dict[str, Form] = {
        name: WhyForm(auto_id=f"{name}_{goal.public_id}_%s") for name in ("drop", "object")
    }
    if mine and form is not None:
        forms[wrong] = form
    return GoalLine(
        goal,
        (GOAL_STATES[goal.state], GOAL_TONES[goal.state]),
        open_ and goal.due_on < today,
        works and open_ and bool(rules.may_reach(actor, row, goal.person_id, today)),
        works and open_ and bool(rules.may_set_goal(actor, row, today)),
        works and goal.state == "reached" and goal.person_id == request.user.pk,
        forms,
        wrong if mine else "",
    )


def meeting_line(request: Request, one: Meeting, names: Mapping[str, str], graduated: bool) -> MeetingLine:
    """A meeting with its state in words and what the reader may do about it."""
    actor, silent = request.actor, rules.unanswered(one, request.at)
    state = "unconfirmed" if silent else one.state
    answers = one.state == "written" and not silent and not graduated
    return MeetingLine(
        one,
        MODES[one.mode],
        (MEETING_STATES[state], MEETING_TONES[state]),
        [names[key] for key in one.goals if key in names],
        answers and bool(rules.may_answer_meeting(actor, one)),
        not graduated and bool(rules.may_correct(actor, one)),
    )
