"""What the log puts on desks: the entry of today, what waits for a mentor, silence for the coordinator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.desks.shapes import Line
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day
from craftpath.domain.logbook import queries

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


def own_log(request: Request, enrolments: Sequence[Enrolment]) -> list[Line]:
    """For an apprentice: what came back first, else the entry of today while it is not handed in."""
    running = [row for row in enrolments if row.state == "active"]
    if not running:
        return []
    page = reverse("logbook:week", args=[request.organisation.key])
    entries = queries.open_entries([row.pk for row in running], request.today)
    lines = [
        Line(
            _("Sent back: your entry of %(day)s") % {"day": day(entry.on)},
            url=f"{page}?entry={entry.public_id}",
            badge=_("Sent back"),
            tone="attention",
            icon="log",
            on=entry.on,
        )
        for entry in entries
        if entry.state == "returned"
    ]
    if not any(entry.on == request.today and entry.state != "draft" for entry in entries):
        lines.append(
            Line(
                _("What did you do today?"),
                _("One line or a photo is enough."),
                page,
                icon="log",
                on=request.today,
            )
        )
    return lines


def to_confirm(request: Request) -> list[Line]:
    """For a mentor or trainer: everything that waits, in one line."""
    count = queries.waiting_count(request.user)
    if not count:
        return []
    said = ngettext("%(count)s log entry to confirm", "%(count)s log entries to confirm", count)
    page = reverse("logbook:team", args=[request.organisation.key])
    return [Line(said % {"count": count}, _("What looks normal in one press."), page, icon="log")]


def silence(request: Request) -> list[Line]:
    """For a coordinator: pairs in which nobody has answered for more than a week."""
    count = len(queries.silent(request.at))
    if not count:
        return []
    said = ngettext(
        "%(count)s apprentice waits for an answer to the log",
        "%(count)s apprentices wait for an answer to the log",
        count,
    )
    page = reverse("logbook:board", args=[request.organisation.key])
    note = _("For more than %(days)s days; nothing is confirmed by silence.") % {"days": queries.SILENT_DAYS}
    return [Line(said % {"count": count}, note, page, tone="attention", icon="log")]
