"""The facts behind a mark that was worked out, each in one line with the page that it stands on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craftpath.delivery.web.shell.templatetags.say import day, points, text
from craftpath.domain.evaluation.evidence import Evidence
from craftpath.domain.learning.presence import lines_of
from craftpath.domain.learning.texts import STATUSES
from craftpath.domain.logbook.confirmed import entries_by_week, talks_of, weeks_of
from craftpath.domain.logbook.texts import OUTCOMES
from craftpath.domain.participation.queries import acts_of
from craftpath.domain.participation.texts import KINDS, TESTED
from craftpath.domain.reviews.queries import settled

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.evaluation.models import Evaluation

KEPT = {
    "on_time": gettext_lazy("in time"),
    "late": gettext_lazy("late"),
    "missed": gettext_lazy("missed"),
    "unanswered": gettext_lazy("not confirmed yet"),
    "not_due": gettext_lazy("not over yet"),
}


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact: what it is, how it stands, what it counts, and where it can be read."""

    label: str
    note: str
    badge: str
    tone: str
    url: str = ""


def facts_of(
    evaluation: Evaluation,
    enrolment: Enrolment,
    found: Evidence,
    window: tuple[date, date],
    *,
    today: date,
    organisation: str,
) -> list[FactLine]:
    """Every fact that was counted or left out, the newest first; a constant number of queries."""
    reader = _READERS.get(found.rule.kind)
    return reader(evaluation, enrolment, found, window, today, organisation) if reader else []


def _sessions(
    evaluation: Evaluation,
    enrolment: Enrolment,
    found: Evidence,
    window: tuple[date, date],
    _today: date,
    key: str,
) -> list[FactLine]:
    said = []
    for on, line, differs in lines_of(evaluation.cohort, enrolment.pk, window):
        badge, tone = _counts(found, "differs" if differs else line.status)
        note = (
            _("two roll calls differ; left out until it is settled")
            if differs
            else str(STATUSES[line.status])
        )
        if line.disputed and not differs:
            note = _("%(status)s; the apprentice objects, nobody has settled it yet") % {"status": note}
        url = reverse("learning:session", args=[key, line.session.public_id])
        said.append(FactLine(f"{day(on)} · {text(line.session.title)}", note, badge, tone, url))
    return said


def _weeks(
    evaluation: Evaluation,
    enrolment: Enrolment,
    found: Evidence,
    window: tuple[date, date],
    today: date,
    key: str,
) -> list[FactLine]:
    weeks = weeks_of(
        evaluation.cohort, {enrolment.pk: window}, within_days=found.rule.within_days, today=today
    )[enrolment.pk]
    entries = entries_by_week(enrolment.pk, window)
    said = []
    for week in reversed(weeks):
        own = entries.get(week.monday, [])
        badge, tone = _counts(found, week.state)
        ends = week.monday + timedelta(days=6)
        url = reverse("logbook:entry", args=[key, own[0].public_id]) if own else ""
        note = str(KEPT[week.state])
        if week.state not in ("on_time", "late"):
            note = _("%(state)s; %(entries)s") % {"state": note, "entries": _handed_in(own)}
        said.append(FactLine(_span(week.monday, ends), note, badge, tone, url))
    return said


def _span(first: date, last: date) -> str:
    return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}


def _handed_in(entries: list[Any]) -> str:
    """What became of a week that nobody has confirmed."""
    states = {row.state for row in entries}
    if "returned" in states:
        return _("sent back")
    if "submitted" in states:
        return _("handed in, waits for the mentor")
    return _("nothing handed in")


def _talks(
    _evaluation: Evaluation,
    enrolment: Enrolment,
    found: Evidence,
    window: tuple[date, date],
    _today: date,
    key: str,
) -> list[FactLine]:
    said = []
    for talk in talks_of(enrolment.pk, window):
        badge, tone = _counts(found, talk.outcome)
        url = reverse("logbook:entry", args=[key, talk.entry.public_id])
        note = f"{OUTCOMES[talk.outcome]} · {talk.held_by.name}"
        said.append(FactLine(day(talk.entry.on), note, badge, tone, url))
    return said


def _reviews(
    _evaluation: Evaluation,
    enrolment: Enrolment,
    found: Evidence,
    window: tuple[date, date],
    _today: date,
    key: str,
) -> list[FactLine]:
    said = []
    for one in settled({enrolment.pk: window}):
        badge, tone = _counts(found, one.outcome)
        url = reverse("reviews:review", args=[key, one.review])
        said.append(FactLine(day(one.due_on), str(KEPT[one.outcome]), badge, tone, url))
    return said


def _activities(
    _evaluation: Evaluation,
    enrolment: Enrolment,
    found: Evidence,
    window: tuple[date, date],
    _today: date,
    _key: str,
) -> list[FactLine]:
    badge, tone = _counts(found, "confirmed")
    said = []
    for act in acts_of(enrolment.pk, window):
        who = act.confirmed_by.name if act.confirmed_by else str(TESTED)
        said.append(FactLine(f"{day(act.on)} · {act.title}", f"{KINDS[act.kind]} · {who}", badge, tone))
    return said


_READERS: dict[str, Callable[..., list[FactLine]]] = {
    "attendance": _sessions,
    "weeks_confirmed": _weeks,
    "talks": _talks,
    "reviews": _reviews,
    "activities": _activities,
}


def _counts(found: Evidence, outcome: str) -> tuple[str, str]:
    """What one fact counts, in words, and the tone of it."""
    worth = found.rule.worth_of().get(outcome)
    if worth is None:
        return _("plays no part"), "plain"
    tone = "good" if worth == 1 else "attention" if worth else "wrong"
    return _("counts %(worth)s") % {"worth": points(worth)}, tone
