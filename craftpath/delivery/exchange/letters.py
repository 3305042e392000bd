"""Digests and instant notices as mails, in their reader's language."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from craftpath.delivery.exchange.waiting import Said, absolute, alert_said, line_said
from craftpath.kernel.alerts import Alert
from craftpath.kernel.digests import Digest
from craftpath.kernel.people import Person


def digest_letter(row: Digest) -> EmailMessage:
    """The mail of a digest: its lines that are not muted, each with its link."""
    with _language_of(row.person):
        said = [one for one in map(line_said, row.lines) if one is not None and one.mail]
        own = [one for one in said if not one.told]
        late = [one for one in said if one.told]
        parts = [_("Good morning, %(name)s. This waits for you:") % {"name": row.person.name}] if own else []
        parts += [_lines(own)] if own else []
        parts += [_("Others are late with this:"), _lines(late)] if late else []
        subject = _("Waiting for you · %(day)s") % {"day": date_format(row.day, "DATE_FORMAT")}
        return EmailMessage(subject, "\n\n".join([*parts, _footer()]), to=[str(row.person.email)])


def alert_letter(row: Alert) -> EmailMessage:
    """The mail of an instant notice."""
    with _language_of(row.person):
        said = alert_said(row)
        body = "\n\n".join(
            part for part in (said.note, absolute(said.url) if said.url else "", _footer()) if part
        )
        return EmailMessage(said.label, body, to=[str(row.person.email)])


def _lines(said: list[Said]) -> str:
    return "\n\n".join(f"· {one.label} – {one.note}\n  {absolute(one.url)}" for one in said)


def _footer() -> str:
    where = absolute(reverse("accounts:topics"))
    return "-- \n" + _("One mail a day at most. What you hear about is yours to choose: %(where)s") % {
        "where": where
    }


def _language_of(person: Person) -> translation.override:
    known = {code for code, _name in settings.LANGUAGES}
    return translation.override(person.language if person.language in known else settings.LANGUAGE_CODE)
