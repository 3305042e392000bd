"""How incidents and complaints are said: tones of their states, covers that tell nothing of what is inside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day
from craftpath.domain.care.queries import incidents
from craftpath.domain.care.states import OPEN
from craftpath.domain.care.texts import COMPLAINT_STATES, INCIDENT_STATES, NEXT_STEPS, SEVERITIES

if TYPE_CHECKING:
    from craftpath.domain.care.models import Complaint, Incident

SEVERITY_TONES = {
    "near_miss": "plain",
    "first_aid": "plain",
    "lost_time": "attention",
    "serious": "wrong",
    "fatal": "wrong",
}
INCIDENT_TONES = {
    "reported": "attention",
    "triaged": "info",
    "investigating": "info",
    "actions": "info",
    "closed": "good",
}
COMPLAINT_TONES = {"decided": "good", "closed": "good", "escalated_external": "plain", "withdrawn": "plain"}


def steps_shown(
    path: Sequence[str], state: str, gone: Collection[str], names: Mapping[str, Any]
) -> dict[str, Any]:
    """The steps as the page draws them: of those behind only the ones that were taken; `step` counts from 1."""
    at = path.index(state)
    shown = [one for n, one in enumerate(path) if n in (0, at) or n > at or one in gone]
    step = shown.index(state) + (2 if state == path[-1] else 1)
    return {"steps": [{"label": names[one]} for one in shown], "step": step}


@dataclass(frozen=True, slots=True)
class Cover:
    """One line of a list, as the line component has it."""

    label: str
    note: str
    url: str
    badge: str
    tone: str
    icon: str


def complaint_line(request: Request, row: Complaint) -> Cover:
    """The cover of a complaint, by the reader's part in it; `row` comes from `complaints_with_part`."""
    url = reverse("care:complaint", args=[request.organisation.key, row.public_id])
    state = str(COMPLAINT_STATES[row.state])
    tone = COMPLAINT_TONES.get(row.state, "info")
    made = day(row.made_at)
    if row.person_id == request.user.pk:
        fresh = row.answered_at is not None and (row.read_at is None or row.read_at < row.answered_at)
        note = _("there is an answer for you") if fresh else ""
        return Cover(_("Your complaint of %(day)s") % {"day": made}, note, url, state, tone, "ask")
    if row.told:  # type: ignore[attr-defined]
        note = _("there is something new for you") if row.told_unread else ""  # type: ignore[attr-defined]
        label = _("You are asked for your view") if row.state in OPEN else _("How it ended, for you")
        return Cover(label, note, url, state, tone, "ask")
    late = row.due_on is not None and row.due_on < request.today
    note = (
        _("%(step)s by %(day)s") % {"step": NEXT_STEPS[row.state], "day": day(row.due_on)}
        if row.due_on
        else ""
    )
    label = _("Complaint of %(day)s") % {"day": made}
    return Cover(label, note, url, _("overdue") if late else state, "wrong" if late else tone, "ask")


def incident_line(request: Request, row: Incident) -> Cover:
    """One incident, with what is late; `row` comes from `with_overdue`."""
    late = bool(getattr(row, "overdue", False))
    return Cover(
        _("%(severity)s: %(person)s")
        % {"severity": SEVERITIES[row.severity], "person": row.enrolment.person.name},
        " · ".join(part for part in (day(row.occurred_at), row.place) if part),
        reverse("care:incident", args=[request.organisation.key, row.public_id]),
        _("notification overdue") if late else str(INCIDENT_STATES[row.state]),
        "wrong" if late else INCIDENT_TONES[row.state],
        "warning",
    )


def incidents_named(public_ids: Iterable[str], organisation: str) -> dict[str, tuple[str, str]]:
    """ref → (severity and apprentice, address), for a reader who may look after every one of these; one query.

    They are in no list of subjects: whoever reads a history may not read an incident.
    """
    rows = incidents().filter(public_id__in=list(public_ids))
    return {
        str(row.ref): (
            _("%(severity)s: %(person)s")
            % {"severity": SEVERITIES[row.severity], "person": row.enrolment.person.name},
            reverse("care:incident", args=[organisation, row.public_id]),
        )
        for row in rows
    }
