"""What the public page of an organisation says of its workshops."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.places.hooks import PublicLine, public_part
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.workshops.queries import to_come_at

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation

MOST = 10


@public_part(_("Workshops to come"))
def workshops_to_come(organisation: Organisation, today: date) -> list[PublicLine]:
    """Those that everybody may come to and that are not over, the next one first; two queries."""
    return [
        PublicLine(text(row.title), date_format(row.first), reverse("workshop:page", args=[row.public_id]))
        for row in to_come_at(organisation, today)[:MOST]
    ]
