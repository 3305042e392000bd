"""How reviews are said: when and with whom, lines of lists, colours and states as badges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.reviews.queries import HELD, TO_COME
from craftpath.domain.reviews.texts import COLOURS, REVIEW_STATES

if TYPE_CHECKING:
    from craftpath.domain.reviews.models import Goal, Review

TONES = {"green": "good", "amber": "attention", "red": "wrong"}


@dataclass(frozen=True, slots=True)
class Line:
    """One review in a list."""

    review: Review
    label: str
    note: str
    url: str
    badge: str
    tone: str


def local(review: Review, moment: datetime) -> datetime:
    """A moment by the clock of the college."""
    return moment.astimezone(ZoneInfo(review.organisation.time_zone))


def hours(review: Review) -> str:
    """From when to when, such as 14:00–14:30."""
    return "–".join(
        date_format(local(review, moment), "H:i") for moment in (review.starts_at, review.ends_at)
    )


def when(review: Review) -> str:
    """The day and the hours."""
    return f"{day(review.on)} {hours(review)}"


def with_whom(request: Request, review: Review) -> str:
    """The others who take part."""
    people = (review.enrolment.person, review.mentor, review.trainer)
    return " · ".join(one.name for one in people if one is not None and one.pk != request.user.pk)


def state(review: Review, request: Request) -> tuple[str, str]:
    """(words, tone) of a badge: what is most to be known of it now."""
    if review.state in HELD and review.state != "written":
        return str(COLOURS[review.colour]), TONES[review.colour]
    if review.state in TO_COME and review.due_on < request.today:
        return _("overdue"), "wrong"
    if review.state == "scheduled":
        ends, starts = review.ends_at, review.starts_at
        if starts <= request.at < ends:
            return _("now"), "info"
        return (_("to be held"), "attention") if ends <= request.at else (_("planned"), "plain")
    tones = {"missed": "attention", "written": "info", "cancelled": "plain"}
    return str(REVIEW_STATES[review.state]), tones[review.state]


def lines(request: Request, rows: Iterable[Review]) -> list[Line]:
    """Lines of a list; asks nothing."""
    return [_line(request, row) for row in rows]


@dataclass(frozen=True, slots=True)
class GoalLine:
    """An open goal of the reader: whose apprenticeship, which review set it, by when."""

    goal: Goal
    about: str
    late: bool


def goals(request: Request, rows: Iterable[Goal]) -> list[GoalLine]:
    """The reader's open goals; asks nothing."""
    return [GoalLine(row, _about(request, row), _late(request, row)) for row in rows]


def _late(request: Request, row: Goal) -> bool:
    return row.due_on is not None and row.due_on < request.today


def _about(request: Request, row: Goal) -> str:
    person = row.enrolment.person
    parts = [
        "" if person.pk == request.user.pk else person.name,
        _("Review %(round)s") % {"round": row.set_in.round},
        _("by %(day)s") % {"day": day(row.due_on)} if row.due_on else "",
    ]
    return " · ".join(part for part in parts if part)


def _line(request: Request, row: Review) -> Line:
    own = row.enrolment.person_id == request.user.pk
    label = _("Review %(round)s") % {"round": row.round} if own else row.enrolment.person.name
    parts = [when(row), row.place, with_whom(request, row) if own else text(row.enrolment.cohort.name)]
    badge, tone = state(row, request)
    url = reverse("reviews:review", args=[request.organisation.key, row.public_id])
    return Line(row, label, " · ".join(part for part in parts if part), url, badge, tone)
