"""How sessions are said: their hours of the clock where they are held, lines of lists, badges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.telling import Told
from craftpath.delivery.web.shell.templatetags.say import day as say_day
from craftpath.delivery.web.shell.templatetags.say import listed, text
from craftpath.domain.learning.queries import roll_counts
from craftpath.domain.learning.rules import EARLY
from craftpath.domain.learning.texts import SESSION_STATES, STATUSES
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.learning.models import Session
    from craftpath.domain.learning.overlaps import Overlap

TONES = {
    "present": "good",
    "absent": "wrong",
    "late": "attention",
    "excused": "info",
    "left_early": "attention",
}
AWAY = ("absent", "excused")
SHARED = {
    "people": gettext_lazy("the same people"),
    "teacher": gettext_lazy("the same teacher"),
    "place": gettext_lazy("the same place"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One session in a list."""

    session: Session
    label: str
    note: str
    url: str
    badge: str
    tone: str


def local(session: Session, moment: datetime) -> datetime:
    """A moment by the clock where the session is held."""
    return moment.astimezone(ZoneInfo(session.organisation.time_zone))


def hours(session: Session) -> str:
    """From when to when, such as 08:30–10:10."""
    start, end = (date_format(local(session, one), "H:i") for one in (session.starts_at, session.ends_at))
    return f"{start}–{end}"


def day_of(session: Session) -> date:
    """The day on which it begins, where it is held."""
    return local(session, session.starts_at).date()


def cohorts_said(session: Session) -> str:
    """The names of its cohorts."""
    return listed(text(row.cohort.name) for row in session.cohorts.all())


def teachers_said(session: Session) -> str:
    """The names of its teachers."""
    return listed(row.person.name for row in session.teachers.all())


def holds(request: Request, session: Session) -> bool:
    """Whether the reader may call this roll; asks nothing, since the teachers were read with the session."""
    named = any(row.person_id == request.user.pk for row in session.teachers.all())
    return named or bool(request.actor.may_at(Permission.HOLD_SESSIONS, session.organisation))


def lines(request: Request, found: Iterable[Session]) -> list[Line]:
    """Lines of a list; one query however many. Whoever holds a session that is on is led to its roll at once."""
    rows = list(found)
    counts = roll_counts([row.pk for row in rows])
    return [_line(request, row, counts.get(row.pk, {})) for row in rows]


def _line(request: Request, session: Session, counts: Mapping[str, int]) -> Line:
    key = request.organisation.key
    to_call = session.state == "planned" and session.starts_at - EARLY <= request.at
    calls = to_call and holds(request, session)
    url = reverse("learning:roll" if calls else "learning:session", args=[key, session.public_id])
    parts = [cohorts_said(session), session.place, teachers_said(session)]
    badge, tone = _badge(session, counts, to_call=to_call, ended=session.ends_at <= request.at)
    return Line(
        session,
        f"{hours(session)} {text(session.title)}",
        " · ".join(part for part in parts if part),
        url,
        badge,
        tone,
    )


def _badge(session: Session, counts: Mapping[str, int], *, to_call: bool, ended: bool) -> tuple[str, str]:
    if session.state == "cancelled":
        return str(SESSION_STATES["cancelled"]), "wrong"
    if session.state == "planned":
        if not to_call:
            return (_("changed"), "attention") if session.changed_because else ("", "plain")
        return (_("roll not called"), "attention") if ended else (_("now"), "info")
    away = sum(counts.get(status, 0) for status in AWAY)
    here = sum(counts.values()) - away
    if not counts:
        return str(SESSION_STATES[session.state]), "plain"
    said = _("%(here)s there, %(away)s away") % {"here": here, "away": away}
    return said, "good" if session.state == "closed" else "plain"


def shares(overlap: Overlap) -> str:
    """What two sessions at one time have in common."""
    return listed(str(SHARED[name]) for name in overlap.shares)


def overlaps_said(found: Sequence[Overlap]) -> str:
    """That a session overlaps others, and by what."""
    names = [name for name in SHARED if any(name in one.shares for one in found)]
    said = _("It is at the same time as another session: %(shared)s. See below which.")
    return said % {"shared": listed(str(SHARED[name]) for name in names)}


def moved(session: Session) -> str:
    """Where and when a session was before it moved, or "" if it did not."""
    if not session.was:
        return ""
    start, end = (
        local(session, datetime.fromisoformat(session.was[name])) for name in ("starts_at", "ends_at")
    )
    when = f"{say_day(start.date())} · {date_format(start, 'H:i')}–{date_format(end, 'H:i')}"
    return " · ".join(part for part in (when, session.was["place"]) if part)


def counted(counts: Mapping[str, int]) -> str:
    """How many as what, such as “Present 22, Absent 2”."""
    return listed(f"{STATUSES[name]} {counts[name]}" for name in STATUSES if counts.get(name))


def roll_taken(outcome: Mapping[str, Any]) -> list[Told]:
    """What a roll call came to; of one that an older program kept, only that it is called."""
    told = [Told("good", _("The roll is called."))]
    if "here" in outcome:
        said = _("The roll is called: %(here)s there, %(away)s away.")
        told = [Told("good", said % {"here": outcome["here"], "away": outcome["away"]})]
    if outcome.get("beside"):
        said = _("Of %(people)s somebody else said otherwise. Both stand; settle it below.")
        told.append(Told("attention", said % {"people": people(len(outcome["beside"]))}))
    return told


def people(count: int) -> str:
    """A number of people."""
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}
