"""Letters about workshops: the link of the own page for a guest who registered, and thanks for those who came.

A guest's code stands in neither: a letter that is sent on opens nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from craftpath.domain.workshops.queries import token_of
from craftpath.domain.workshops.thanked import address_of

if TYPE_CHECKING:
    from craftpath.domain.workshops.models import Registration


def letter_to(row: Registration) -> EmailMessage:
    """How somebody comes back to the own page."""
    address = _address("mine", row)

    def said(facts: dict[str, str]) -> tuple[str, str]:
        if row.state == "waiting":
            return _("Waiting list: %(title)s") % facts, _(
                "%(name)s, you are on the waiting list for “%(title)s”. Your own page: %(address)s\n"
                "It opens with the code that you were shown when you registered, or that whoever registered you "
                "tells you. You are written to once a seat is yours. If you did not register, leave this mail "
                "unanswered."
            ) % {**facts, "address": address}
        return _("Your registration: %(title)s") % facts, _(
            "%(name)s, you are registered for “%(title)s”. Your own page: %(address)s\n"
            "It opens with the code that you were shown when you registered, or that whoever registered you "
            "tells you; please open it once within two days, so that your seat is kept. If you did not "
            "register, leave this mail unanswered."
        ) % {**facts, "address": address}

    return _letter(row, said)


def thanks_to(row: Registration, *, materials: bool) -> EmailMessage:
    """Thanks, and where certificate, materials and the survey are, as far as there are any."""
    certificate = getattr(row, "certificate", None)
    survey = row.workshop.survey

    def said(facts: dict[str, str]) -> tuple[str, str]:
        lines = [_("%(name)s, thank you for coming to “%(title)s”.") % facts]
        if certificate is not None and certificate.revoked_at is None:
            lines.append(_("Your certificate of attendance: %s") % _address("certificate", row))
        if materials:
            lines.append(_("Agenda and materials: %s") % f"{_address('mine', row)}#agenda")
        if survey is not None and survey.state == "open" and survey.door:
            door = f"{settings.ADDRESS}{reverse('survey:enter', args=[survey.door])}"
            lines.append(_("How was it? Tell us in a few minutes; no answer leads back to you: %s") % door)
        lines.append(_("Your own page: %s") % _address("mine", row))
        if row.person is None:
            lines.append(_("It opens with your code of six letters and digits."))
        return _("Thank you for coming: %(title)s") % facts, "\n".join(lines)

    return _letter(row, said)


def _address(page: str, row: Registration) -> str:
    return f"{settings.ADDRESS}{reverse(f'workshop:{page}', args=[token_of(row)])}"


def _letter(row: Registration, said: Callable[[dict[str, str]], tuple[str, str]]) -> EmailMessage:
    """In the language of whoever has an account; which one a guest reads is not known, so it says everything twice."""
    own = row.person.language if row.person is not None else ""
    found = []
    for language in (own,) if own else ("zh-hans", "en"):
        with translation.override(language):
            title = " ".join(row.workshop.name.say(language).split())  # a subject is one line
            found.append(said({"name": row.name, "title": title}))
    subjects, words = zip(*found, strict=True)
    return EmailMessage(" / ".join(subjects), "\n\n".join(words), to=[address_of(row)])
