"""Notices, plans and quotas that somebody has not read."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.desks.shapes import MOST, Line
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.directives import queries
from craftpath.domain.directives.texts import KINDS


def notices_to_read(request: Request) -> list[Line]:
    """Each a line until it is read; four queries however many."""
    key = request.organisation.key
    return [
        Line(
            _("%(kind)s to read: %(title)s") % {"kind": KINDS[row.kind], "title": text(row.title)},
            text(row.organisation.name),
            reverse("directives:directive", args=[key, row.public_id]),
            _("reminder") if row.reminded_on else "",
            "attention" if row.reminded_on else "plain",
            "file",
        )
        for row in queries.waiting_for(request.user, request.today)[:MOST]
    ]
