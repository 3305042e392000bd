"""Outside certificates in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from craftpath.delivery.web.certificates.saying import level as level_of
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.claims.texts import HOW, OUTCOMES, REFUSING, RETURNING, STATES

if TYPE_CHECKING:
    from craftpath.domain.claims.models import Claim, Decision

TONES = {
    "claimed": "info",
    "returned": "attention",
    "verified": "good",
    "refused": "wrong",
    "revoked": "wrong",
    "withdrawn": "plain",
}

NOTICES = {"verified": "good", "returned": "attention", "refused": "wrong", "revoked": "wrong"}
"""The tone in which whoever claims reads a decision."""


@dataclass(frozen=True, slots=True)
class Card:
    """A claim in a list."""

    row: Claim
    level: str
    badge: tuple[str, str]
    note: str
    url: str
    waits: str


def card(request: Request, row: Claim) -> Card:
    """A claim for a list; the note says from when to when, or why it was given back."""
    url = reverse("claims:claim", args=[request.organisation.key, row.public_id])
    since = waits(row.claimed_at, request.today) if row.state == "claimed" else ""
    return Card(row, level(row), badge(row, request.today), span(row), url, since)


def level(row: Claim) -> str:
    """Level and scheme together, since a level alone says nothing; "" for none."""
    return level_of(row.scheme, row.level) if row.level else ""


def badge(row: Claim, today: date) -> tuple[str, str]:
    """(words, tone); what was verified and has ended since says so."""
    if row.state == "verified" and row.valid_until is not None and row.valid_until < today:
        return pgettext("a certificate", "Expired"), "plain"
    return str(STATES[row.state]), TONES[row.state]


def span(row: Claim) -> str:
    """From when, and until when."""
    first = _("issued on %(day)s") % {"day": day(row.issued_on)}
    if row.valid_until is None:
        return first
    comma = pgettext("between the names of a list", ", ")
    return first + comma + _("valid until %(day)s") % {"day": day(row.valid_until)}


def waits(since: datetime, today: date) -> str:
    """For how long it has been waiting."""
    days = max(0, (today - timezone.localdate(since)).days)
    return ngettext("waits for %(days)s day", "waits for %(days)s days", days) % {"days": days}


def decisions(row: Claim) -> list[dict[str, Any]]:
    """What was decided, the newest first."""
    return [
        {
            "row": one,
            "outcome": str(OUTCOMES[one.outcome]),
            "words": reasons(one),
            "place": text(one.place.name),
        }
        for one in reversed(row.decisions.all())
    ]


def reasons(one: Decision) -> list[str]:
    """How it was verified or why not, and what was said besides."""
    bank = {**HOW, **RETURNING, **REFUSING}
    said = [str(bank[key]) for key in (one.how, one.phrase) if key in bank]
    return [*said, *([one.words] if one.words else [])]


def fields(row: Claim) -> list[tuple[str, str]]:
    """(label, value) of what stands on it, as an officer compares it with the picture."""
    return [
        (pgettext("of a person", "Name"), row.person.name),
        (_("What it is called"), row.title),
        (_("Level"), level(row) or "–"),
        (_("Occupation"), text(row.occupation.name) if row.occupation else "–"),
        (pgettext("a certificate", "Issued by"), row.issuer),
        (_("Certificate number"), row.number),
        (pgettext("a certificate", "Issued on"), day(row.issued_on)),
        (
            pgettext("a certificate", "Valid until"),
            day(row.valid_until) if row.valid_until else _("does not expire"),
        ),
    ]
