"""The desks of those who look at single apprentices: the apprentice, the mentor, the assessor, HR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.apprenticeships.learner import gate as next_gate
from craftpath.delivery.web.apprenticeships.learner import stage_path
from craftpath.delivery.web.components.shapes import Part
from craftpath.delivery.web.desks.answering import contests_to_answer
from craftpath.delivery.web.desks.attending import attendance_to_confirm, rolls_to_call
from craftpath.delivery.web.desks.examining import own_examinations
from craftpath.delivery.web.desks.figuring import late_sum, need_sum, own_sum, people_sum, stage_bar
from craftpath.delivery.web.desks.gates import new_passage
from craftpath.delivery.web.desks.growing import objections_to_answer, study_objections_to_answer
from craftpath.delivery.web.desks.hours import hours_sum, stage_hours
from craftpath.delivery.web.desks.judging import work_to_rate
from craftpath.delivery.web.desks.logs import own_log, to_confirm
from craftpath.delivery.web.desks.needing import many, needed, people_in_need
from craftpath.delivery.web.desks.reads import Learner, learners
from craftpath.delivery.web.desks.reviewing import own_review, reviews_to_hold
from craftpath.delivery.web.desks.shapes import MOST, Desk, Line, Sum
from craftpath.delivery.web.desks.signing import to_sign
from craftpath.delivery.web.evaluation.figures import parts_of, standing_of_row
from craftpath.delivery.web.evaluation.sentences import sum_in_words
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.apprenticeships.counting import placed
from craftpath.domain.apprenticeships.listing import at_enterprises
from craftpath.domain.apprenticeships.queries import (
    enrolments_of,
    enrolments_with,
    working_with,
)
from craftpath.domain.counts.measures import HOST
from craftpath.domain.counts.queries import figures_at, in_need
from craftpath.domain.evaluation.queries import Row, decimals_of
from craftpath.domain.evaluation.rules import last_day_to_contest
from craftpath.domain.evaluation.texts import MARK_STATES
from craftpath.domain.evaluation.versions import versions_to_contest
from craftpath.domain.programmes.definition import components, items
from craftpath.kernel.roles import Role

A_PAGE = 24


@dataclass(frozen=True, slots=True)
class Card:
    """One apprentice as a card or a row; `words` is the sum so far, `open` what is still to come."""

    learner: Learner
    stage: str
    number: int
    words: str
    figure: str
    parts: Sequence[Part]
    open: Sequence[str]
    url: str
    why: str
    final: bool = False
    oddity: str = ""
    path: Sequence[dict[str, Any]] = field(default_factory=tuple)
    gate: str = ""
    gate_url: str = ""


def card(request: Request, learner: Learner) -> Card:
    """Everything that is said of one apprentice, from what was read."""
    key, step, current = request.organisation.key, learner.step, learner.current
    url = reverse("apprenticeships:apprentice", args=[key, learner.enrolment.public_id])
    stage, number = (text(step.stage.name), step.stage.order) if step else ("", 0)
    path, gate = stage_path(learner.path), next_gate(learner.path)
    if current is None:
        words = _("This stage has no evaluation yet.") if step else _("No stage has begun yet.")
        return Card(learner, stage, number, words, "", (), (), url, "", False, _oddity(learner), path, gate)
    evaluation, row = current
    names = {item.key: text(item.name) for item in items(evaluation.scheme.definition)}
    return Card(
        learner=learner,
        stage=stage,
        number=number,
        words=sum_in_words(standing_of_row(row)),
        figure=_figure(row),
        parts=parts_of(components(evaluation.scheme.definition), row, decimals_of(evaluation)),
        open=[names.get(item, item) for item in row.missing],
        url=url,
        why=reverse("evaluation:derivation", args=[key, evaluation.public_id, learner.enrolment.public_id]),
        final=row.complete,
        oddity=_oddity(learner),
        path=path,
        gate=gate,
        gate_url=reverse("progression:one", args=[key, learner.enrolment.public_id]),
    )


def _figure(row: Row) -> str:
    """The total, or the points so far; where levels are reached, the level's name."""
    if row.has_levels:
        return text(row.level) if row.grade else "–"
    return f"{row.to_date if row.total is None else row.total}"


def _nothing_marked(row: Row) -> bool:
    if row.complete:
        return False
    if row.has_levels:
        return not any(part.grade or part.value is not None for part in row.components)
    return not row.to_date


def _oddity(learner: Learner) -> str:
    """What singles this apprentice out in the present stage, as a reason; empty if nothing does."""
    here = learner.current[0].pk if learner.current else None
    away = [mark for mark in learner.away if mark.evaluation_id == here]
    if away:
        mark = away[-1]
        names = {item.key: text(item.name) for item in items(mark.evaluation.scheme.definition)}
        return f"{names.get(mark.item, mark.item)} – {MARK_STATES[mark.status]}"
    if learner.current and _nothing_marked(learner.current[1]):
        return _("Nothing is marked yet.")
    if learner.current and learner.current[1].passed is False:
        return _("The pass rules are not met.")
    return ""


def apprentice(request: Request) -> Desk:
    """Own ring to date, path, and what is still to come; other enrolments follow as lines."""
    inside = request.organisation.path
    own = enrolments_of(request.user).filter(cohort__organisation__path__startswith=inside)
    rows = [card(request, learner) for learner in learners(list(own))]
    rows.sort(key=lambda row: row.learner.enrolment.state != "active")
    first = rows[0] if rows else None
    waiting = (
        own_examinations(request)
        + _decided(request, rows)
        + own_log(request, [row.learner.enrolment for row in rows])
    )
    waiting += own_review(request) + work_to_rate(request) + attendance_to_confirm(request)
    if first:
        waiting += [
            Line(name, _("not in yet; it still counts"), first.why, icon="learn")
            for name in first.open[:MOST]
        ]
    through = new_passage(request, [row.learner.enrolment for row in rows])
    others = [
        Line(text(row.learner.enrolment.cohort.name), row.words, row.url, icon="learn") for row in rows[1:]
    ]
    waiting = [*to_sign(request), *waiting]
    hours = stage_hours(first.learner, request.today) if first else []
    return Desk(
        Role.APPRENTICE,
        "desks/apprentice.html",
        waiting,
        (),
        {"card": first, "others": others, "through": through, "hours": hours},
        [*_to_date(first), *hours_sum(hours)],
    )


def _to_date(first: Card | None) -> list[Sum]:
    """The points so far, or the final ones."""
    if first is None or not first.figure:
        return []
    return [Sum(first.figure, _("points, final") if first.final else _("points to date"), "standing")]


def _decided(request: Request, rows: Sequence[Card]) -> list[Line]:
    """Own results that somebody decided and that can still be contested; contests of one's own that wait."""
    fresh = versions_to_contest([row.learner.enrolment for row in rows], on=request.today)
    key = request.organisation.key
    return [
        Line(
            _("Your result for %(stage)s is decided") % {"stage": text(version.evaluation.stage.name)},
            _("Read it; you can contest it until %(last)s") % {"last": day(last_day_to_contest(version))},
            reverse(
                "evaluation:derivation",
                args=[key, version.evaluation.public_id, version.enrolment.public_id],
            ),
            _("passed") if version.passed else _("not passed"),
            "good" if version.passed else "attention",
            "results",
        )
        for version in fresh[:MOST]
    ]


def mentor(request: Request) -> Desk:
    """Their apprentices as cards; those with something odd are named first."""
    return _with_people(request, Role.MENTOR)


def assessor(request: Request) -> Desk:
    """The apprentices who are assigned for assessment."""
    return _with_people(request, Role.ASSESSOR)


def _with_people(request: Request, role: Role) -> Desk:
    page = Paginator(enrolments_with(request.user, role.value), A_PAGE).get_page(request.GET.get(role.value))
    cards = [card(request, learner) for learner in learners(list(page))]
    figures = {"cards": cards, "role": role, "page": page}
    if role is Role.ASSESSOR:
        odd, count = _odd_ones(cards), page.paginator.count
        words = ngettext("apprentice to assess", "apprentices to assess", count)
        sums = [Sum(str(count), words, "standing")] if count else []
        return Desk(role, "desks/cards.html", _of_an_assessor(request), odd, figures, sums)
    own = placed(enrolments=working_with(request.user))
    odd_ones = {row.learner.enrolment.pk: row.oddity for row in cards if row.oddity}
    people, count = people_in_need(request, own, helping=True, odd=odd_ones)
    sums = [*need_sum(count), *own_sum(page.paginator.count)]
    return Desk(role, "desks/cards.html", _of_a_mentor(request), needed(people, count), figures, sums)


def _of_a_mentor(request: Request) -> list[Line]:
    return [
        *to_sign(request),
        *to_confirm(request),
        *reviews_to_hold(request),
        *work_to_rate(request),
        *objections_to_answer(request),
        *study_objections_to_answer(request),
        *rolls_to_call(request),
    ]


def _of_an_assessor(request: Request) -> list[Line]:
    return [*contests_to_answer(request), *work_to_rate(request)]


def _odd_ones(cards: Sequence[Card]) -> list[Line]:
    odd = [row for row in cards if row.oddity]
    lines = [
        Line(row.learner.enrolment.person.name, row.oddity, row.why or row.url, row.stage, "attention", "me")
        for row in odd[:MOST]
    ]
    return lines + and_more(len(odd))


def and_more(count: int, url: str = "") -> list[Line]:
    """A last line for what did not fit."""
    rest = count - MOST
    if rest <= 0:
        return []
    return [
        Line(ngettext("and %(count)s more", "and %(count)s more", rest) % {"count": rest}, url=url, rest=True)
    ]


def hr(request: Request) -> Desk:
    """The enterprise's own people: who needs somebody, by stage, and a page at a time with result to date."""
    here = request.organisation
    places = list(here.below().values_list("pk", flat=True))
    figures = figures_at(here, HOST, request.today)
    worst = placed(enrolments=in_need(places, HOST, request.today, MOST))
    people, count = people_in_need(request, worst, helping=False)
    after = request.GET.get(Role.HR.value, "")
    rows, last = at_enterprises(places, after, A_PAGE)
    cards = [card(request, learner) for learner in learners(rows)]
    facts = {
        "cards": cards,
        "role": Role.HR,
        "after": last,
        "begun": bool(after),
        "stages": stage_bar(figures.stages),
        "late": many(figures.late),
    }
    sums = [*late_sum(figures), *people_sum(figures)]
    return Desk(Role.HR, "desks/people.html", to_sign(request), people, facts, sums)
