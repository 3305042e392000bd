"""The letter to a guest who registered for a workshop: the link of the own page, in both languages, not its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from craftpath.domain.workshops.queries import token_of

if TYPE_CHECKING:
    from craftpath.domain.workshops.models import Registration


def letter_to(row: Registration) -> EmailMessage:
    """Which language a guest reads is not known, so it says everything twice."""
    address = f"{settings.ADDRESS}{reverse('workshop:mine', args=[token_of(row)])}"
    parts, subjects = [], []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            facts = {"name": row.name, "title": row.workshop.name.say(language), "address": address}
            subjects.append(_("Your registration: %(title)s") % facts)
            parts.append(
                _(
                    "%(name)s, you are registered for “%(title)s”. Your own page: %(address)s\n"
                    "It opens with the code that you were shown when you registered, or that whoever registered you "
                    "tells you; please open it once within two days, so that your seat is kept. If you did not "
                    "register, leave this mail unanswered."
                )
                % facts
            )
    return EmailMessage(" / ".join(subjects), "\n\n".join(parts), to=[row.email])
