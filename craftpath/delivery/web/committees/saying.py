"""How committees, meetings, motions and decisions are said as lines of a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, listed, moment, text
from craftpath.domain.committees import queries, rules
from craftpath.domain.committees.texts import DECISION_STATES, MEETING_STATES, MOTION_STATES, OUTCOMES, RULES

if TYPE_CHECKING:
    from craftpath.domain.committees.models import Committee, Decision, Meeting, Motion

MEETING_TONES = {
    "planned": "info",
    "minuted": "attention",
    "awaiting_signatures": "attention",
    "signed": "good",
}
MOTION_TONES = {"open": "attention"}
OUTCOME_TONES = {"carried": "good", "lost": "wrong", "undecided": "attention"}
DECISION_TONES = {"open": "attention", "done": "good"}


def committee_line(request: Request, row: Committee) -> dict[str, Any]:
    """Its name, and whose it is."""
    return {
        "label": text(row.name),
        "note": listed(text(side.organisation.name) for side in row.sides.all()),
        "url": reverse("committees:committee", args=[request.organisation.key, row.public_id]),
    }


def meeting_line(request: Request, row: Meeting) -> dict[str, Any]:
    """When and where, and how far it is."""
    facts = {"name": text(row.committee.name), "number": row.number}
    note = moment(row.starts_at)
    return {
        "label": _("%(name)s, meeting %(number)s") % facts,
        "note": f"{note} · {row.place}" if row.place else note,
        "url": reverse("committees:meeting", args=[request.organisation.key, row.public_id]),
        "badge": str(MEETING_STATES[row.state]),
        "tone": MEETING_TONES.get(row.state, "plain"),
    }


def motion_badge(row: Motion) -> tuple[str, str]:
    """(words, tone): the outcome once it is closed."""
    if row.outcome:
        return str(OUTCOMES[row.outcome]), OUTCOME_TONES[row.outcome]
    return str(MOTION_STATES[row.state]), MOTION_TONES.get(row.state, "plain")


def motion_line(request: Request, row: Motion) -> dict[str, Any]:
    """What is voted on, by which rule, and what came of it."""
    words, tone = motion_badge(row)
    return {
        "label": text(row.text),
        "note": f"{text(row.committee.name)} · {RULES[row.rule]}",
        "url": reverse("committees:motion", args=[request.organisation.key, row.public_id]),
        "badge": words,
        "tone": tone,
    }


def decision_lines(request: Request, rows: Iterable[Decision]) -> list[dict[str, Any]]:
    """What was decided, who does it until when; overdue is said. Who may end it finds the buttons; one query more."""
    chaired = queries.chaired_by(request.actor.person, request.today)
    return [_decision_line(request, row, row.committee_id in chaired) for row in rows]


def _decision_line(request: Request, row: Decision, chairs: bool) -> dict[str, Any]:
    late = row.state == "open" and row.due_on < request.today
    return {
        "row": row,
        "label": text(row.text),
        "note": f"{row.owner.person.name} · {text(row.owner.side.organisation.name)} · {_due(row.due_on)}",
        "badge": _("overdue") if late else str(DECISION_STATES[row.state]),
        "tone": "wrong" if late else DECISION_TONES.get(row.state, "plain"),
        "said": row.note,
        "ends": row.state == "open" and (chairs or rules.owns(request.actor, row)),
    }


def _due(on: date) -> str:
    return _("until %(day)s") % {"day": day(on)}
