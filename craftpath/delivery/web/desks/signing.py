"""What somebody has to sign or to answer about agreements, on the desks of those whose work it is."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.desks.shapes import MOST, Line
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.delivery.web.signing.doors import sign_page
from craftpath.domain.agreements.queries import absences
from craftpath.domain.reviews.queries import excused
from craftpath.kernel.roles import Permission
from craftpath.kernel.signing import waiting_for
from craftpath.values.text import Text


def to_sign(request: Request) -> list[Line]:
    """Texts that this person signs in person, or for the organisation, the oldest first; two queries."""
    found = list(waiting_for(request.actor).exclude(excused())[: MOST + 1])
    key = request.organisation.key
    lines = [
        Line(
            _("Sign: %(title)s") % {"title": text(Text.of(row.document.content["title"]))},
            _("fixed on %(day)s") % {"day": day(row.document.made_at)},
            sign_page(row.document, key),
            icon="file",
            on=timezone.localdate(row.document.made_at),
        )
        for row in found[:MOST]
    ]
    return [*lines, *_rest(len(found), key, request), *_absences(request)]


def _rest(count: int, key: str, request: Request) -> Iterator[Line]:
    if count > MOST and request.actor.may(Permission.SEE_AGREEMENTS):
        yield Line(
            _("All that waits for signatures"),
            url=reverse("agreements:list", args=[key]) + "?missing=signatures",
            rest=True,
        )


def _absences(request: Request) -> Iterator[Line]:
    if not request.actor.may(Permission.MANAGE_AGREEMENTS):
        return
    count = absences().filter(state="requested").count()
    if count:
        said = ngettext("Answer %(count)s request for leave", "Answer %(count)s requests for leave", count)
        url = reverse("agreements:absences", args=[request.organisation.key])
        yield Line(said % {"count": count}, "", url, icon="calendar")
