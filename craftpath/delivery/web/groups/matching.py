"""Who could learn with whom: what people offer and want, proposals with their reasons, one press for a group."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Any

import numpy as np
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.groups import saying
from craftpath.delivery.web.groups.forms import LONGEST_GOAL, SPAN, TopicsForm
from craftpath.delivery.web.groups.places import class_of, classes, required, tabs, tends
from craftpath.delivery.web.questions.places import own_class
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import listed, text
from craftpath.domain.groups import actions, queries
from craftpath.domain.groups.proposing import KNOWS, NEEDS, SAID
from craftpath.domain.growth.standing import standing
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, may_not

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.groups.models import Topic

AT, MINUTES, WEEKDAY = time(16, 30), 60, 2  # how a proposed group begins; its members change it


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal as a reader sees it: who, and for each arrow who shows what to whom, and why it is thought so."""

    key: str
    kind: str
    names: str
    arrows: list[tuple[str, str, str, str]]
    goal: str
    why: list[dict[str, str]]
    people: list[Enrolment]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.STUDY_TOGETHER)
def topics(request: Request, organisation: str) -> HttpResponse:
    """What somebody can show others and wants to learn."""
    own = own_class(request)
    if own is None:
        raise Refused(may_not("groups.learns_nowhere"))
    form = TopicsForm(request.POST if request.method == "POST" else None, known=queries.topics_of(own))
    status = 200
    if request.method == "POST":
        status = tried(
            request, form, _("Noted. Your class sees it, so that others find you."),
            lambda: actions.say_topics(own, form.said, by=request.actor, at=request.at),
        )  # fmt: skip
        if not status:
            return redirect("groups:matches", organisation)
    context = {"form": form, "tabs": tabs(request, "groups:topics")}
    return render(request, "groups/topics.html", context, status=status)


@require_GET
@needs(Permission.STUDY_TOGETHER)
def matches(request: Request, organisation: str) -> HttpResponse:
    """Proposals of a class, for those who look after it; one's own for those who learn in it."""
    cohort = class_of(
        request, request.GET.get("cohort", "") or queries.class_with_topics(request.organisation)
    )
    said = list(queries.topics_in(cohort.pk)) if cohort else []
    context: dict[str, Any] = {
        "tabs": tabs(request, "groups:matches"),
        "cohort": cohort,
        "cohorts": [(one.public_id, text(one.name)) for one in classes(request)[:100]]
        if tends(request)
        else [],
        "proposals": _shown(request, cohort, said) if cohort else [],
        "board": _board(said),
        "own": own_class(request),
    }
    return render(request, "groups/matches.html", context)


@require_POST
@needs(Permission.STUDY_TOGETHER)
def propose(request: Request, organisation: str) -> HttpResponse:
    """Form the group that was proposed: everybody in it is invited, and one tap each is all that is needed."""
    cohort = required(class_of(request, request.POST.get("cohort", "")))
    shown = _shown(request, cohort, list(queries.topics_in(cohort.pk)))
    wanted = next((one for one in shown if one.key == request.POST.get("proposal")), None)
    if wanted is None:
        messages.warning(
            request, _("This proposal is no longer there: somebody said something else meanwhile.")
        )
        return redirect("groups:matches", organisation)
    plan = actions.Plan(
        goal=wanted.goal, until=request.today + SPAN, weekday=WEEKDAY, time=AT, minutes=MINUTES
    )
    name = uuid.uuid5(
        uuid.NAMESPACE_OID, f"{cohort.public_id}:{wanted.key}:{request.user.pk}:{request.today}"
    )
    row = actions.form_group(
        cohort, plan, invite=wanted.people, why=wanted.why, made_id=name, by=request.actor, at=request.at
    )
    messages.success(request, _("Everybody in it is invited. Day and place can be changed on this page."))
    return redirect("groups:group", organisation, row.public_id)


def _shown(request: Request, cohort: Cohort, said: list[Topic]) -> list[Shown]:
    fewest, most = queries.bounds(cohort.organisation)
    own = own_class(request)
    levels = {} if own else _levels(request, cohort, said)
    found = queries.proposals(said, levels=levels, fewest=fewest, most=most)
    if own is not None:
        found = [one for one in found if own.pk in one.people]
    rows = {row.enrolment_id: row.enrolment for row in said}
    names = {row.enrolment_id: row.person.name for row in said}
    topic = saying.topic_names({arrow.topic for one in found for arrow in one.arrows}, said)
    return [_one(one, rows, names, topic) for one in found]


def _one(
    one: queries.Proposal, rows: dict[int, Enrolment], names: dict[int, str], topic: dict[str, str]
) -> Shown:
    people = [rows[pk] for pk in one.people]
    about = list(dict.fromkeys(topic[arrow.topic] for arrow in one.arrows))
    link = " ⇄ " if one.kind == "ring" else "、"
    goal = pgettext("of a study group", "Learn from one another: %(topics)s") % {"topics": link.join(about)}
    because = {
        SAID: _("both said so"),
        KNOWS: _("shown in the record of the one, wanted by the other"),
        NEEDS: _("offered by the one, still weak in the record of the other"),
    }
    return Shown(
        key=f"{one.kind}:{','.join(row.public_id for row in people)}",
        kind=one.kind,
        names=listed(names[pk] for pk in one.people),
        arrows=[
            (names[arrow.teacher], names[arrow.learner], topic[arrow.topic], because[arrow.because])
            for arrow in one.arrows
        ],
        goal=goal if len(goal) <= LONGEST_GOAL else f"{goal[: LONGEST_GOAL - 1]}…",
        why=[
            {
                "teacher": rows[arrow.teacher].public_id, "learner": rows[arrow.learner].public_id,
                "topic": arrow.topic, "name": topic[arrow.topic],
            }
            for arrow in one.arrows
        ],
        people=people,
    )  # fmt: skip


def _levels(request: Request, cohort: Cohort, said: list[Topic]) -> dict[tuple[int, str], float]:
    """How those who said something stand in the skills that were named, by the last stage with proofs."""
    wanted = {row.skill for row in said if row.skill}
    if not wanted:
        return {}
    whole = standing(cohort, sorted({row.enrolment_id for row in said}), request.today, telling=False)
    found = {}
    for n, skill in enumerate(whole.skills):
        if skill.key not in wanted:
            continue
        for at, person in enumerate(whole.people):
            stages = whole.levels.level[at, n]
            known = stages[~np.isnan(stages)]
            if len(known):
                found[person, skill.key] = float(known[-1])
    return found


def _board(said: list[Topic]) -> list[tuple[str, list[str], list[str]]]:
    """(topic, who offers it, who wants it), the most wanted first."""
    names = saying.topic_names({row.print for row in said}, said)
    found: dict[str, tuple[list[str], list[str]]] = {}
    for row in said:
        some = found.setdefault(row.print, ([], []))
        some[0 if row.kind == "offers" else 1].append(row.person.name)
    rows = [(names[key], offers, wants) for key, (offers, wants) in found.items()]
    return sorted(rows, key=lambda one: (-len(one[2]), -len(one[1]), one[0]))
