"""What the public page of an enterprise says of its accredited training places."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craftpath.delivery.web.places.hooks import PublicLine, public_part
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.accreditation.queries import places_on

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation


@public_part(gettext_lazy("Accredited training places"))
def accredited(organisation: Organisation, today: date) -> list[PublicLine]:
    """Occupation, how many apprentices, until when; one query."""
    return [
        PublicLine(
            text(row.occupation),
            _("%(places)s places, until %(day)s")
            % {"places": row.capacity, "day": date_format(row.valid_until)},
        )
        for row in places_on(organisation, today)
    ]
