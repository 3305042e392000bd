"""What was said at once and is not read, and web hooks that were switched off because nothing arrived."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.desks.shapes import Line
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.alerts import alerts_of
from craftpath.kernel.hooks import hooks
from craftpath.values.verdict import not_now


def said_at_once(request: Request) -> list[Line]:
    """One line for all instant notices that this person has not read; one query."""
    count = alerts_of(request.user).filter(read_at=None).count()
    if not count:
        return []
    said = ngettext("%(count)s new notice", "%(count)s new notices", count) % {"count": count}
    return [Line(said, _("About signing, safety or exams."), reverse("accounts:inbox"), icon="bell")]


def hooks_off(request: Request) -> list[Line]:
    """Hooks that the program switched off, each with its reason; one query."""
    rows = hooks().filter(organisation__path__startswith=request.organisation.path).exclude(off_because="")
    return [
        Line(
            _("The web hook “%(name)s” was switched off: nothing arrived any more") % {"name": row.name},
            sentence(not_now(row.off_because, host=row.host, seconds=5, status="–")),
            reverse("hooks:hook", args=[request.organisation.key, row.public_id]),
            _("switched off"),
            "wrong",
            "warning",
        )
        for row in rows
    ]
