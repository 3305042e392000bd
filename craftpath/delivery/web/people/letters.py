"""Invitations by mail, where there is an address and a mail server; the link on the page serves in any case."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.translation import gettext as _

from craftpath.delivery.jobs.letters import mails
from craftpath.delivery.web.shell.templatetags.say import day
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.kernel.invitations import Invitation
from craftpath.kernel.roles import Role

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mailed:
    """How many mails went out, and whether one that should have did not."""

    sent: int
    failed: bool


def mail_links(links: Iterable[tuple[Invitation, str]]) -> Mailed:
    """Send each link to the address of its guest; a server that fails loses nothing."""
    letters = [_letter(row, link) for row, link in links if "@" in row.contact] if mails() else []
    if not letters:
        return Mailed(0, False)
    try:
        return Mailed(get_connection().send_messages(letters) or 0, False)
    except OSError:  # smtplib's faults are among these
        _log.exception("invitations could not be mailed")
        return Mailed(0, True)


def _letter(row: Invitation, link: str) -> EmailMessage:
    """In both languages: which one the guest reads is not known yet."""
    parts, subjects = [], []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            place = row.organisation.title.say(language)
            subjects.append(_("Invitation from %(place)s") % {"place": place})
            said = _(
                "%(name)s, you are invited to %(place)s as %(role)s. Open this link by %(day)s; it serves once:"
            )
            parts.append(
                said
                % {
                    "name": row.name,
                    "place": place,
                    "role": str(ROLE_NAMES[Role(row.role)]),
                    "day": day(row.expires_at),
                }
            )
    body = "\n\n".join([*parts, link])
    return EmailMessage(" · ".join(subjects), body, to=[row.contact])
