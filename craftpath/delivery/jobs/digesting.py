"""The round of digests: people by the thousand, each once a day, resumed where a killed worker left it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Max

from craftpath.delivery.exchange.letters import alert_letter, digest_letter
from craftpath.kernel.access import memberships_on, system
from craftpath.kernel.alerts import Alert, claim_alert, note_alerts
from craftpath.kernel.digests import (
    Digest,
    DigestRound,
    Mail,
    begin_round,
    claim_mail,
    end_round,
    keep_digests,
    mails_due,
    note_mails,
)
from craftpath.kernel.duties import KINDS, Asked, Clock
from craftpath.kernel.gathering import Line, Offices, lines_of
from craftpath.kernel.hooks import Hook, send_counts
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person

PEOPLE = 2_000  # at one time in memory
SLICE = 240.0  # seconds after which a round goes on in a job of its own, so that none runs for long
NOTED = 50  # mails after which it is noted that they went

_log = logging.getLogger(__name__)


class MailServerAway(RuntimeError):
    """No mail was claimed, and none lost: it is tried again later."""


def begin_rounds(at: datetime) -> int:
    """Begin the rounds of every time zone in which the morning has come; says how many are new."""
    begun = 0
    for zone in Organisation.objects.order_by().values_list("time_zone", flat=True).distinct():
        there = at.astimezone(ZoneInfo(zone))
        if there.hour >= settings.DIGEST_HOUR:
            _turn, new = begin_round(zone, there.date(), by=system(), at=at)
            begun += new
    return begun


def go_on(turn: DigestRound, *, at: datetime, seconds: float = SLICE) -> bool:
    """Carry a round on from where it is; True once everybody was seen to, False when the time is over.

    Raises MailServerAway at the end if mails are left because nobody took them; they stay due.
    """
    ends = time.monotonic() + seconds
    away = _sent(turn, (0, turn.after), at)
    if turn.done_at is None:
        clock = Clock(Asked(at=at, today=turn.day))
        offices = Offices(clock)
        if not turn.after:
            _tell_hooks(turn, offices, at)
        while (until := _next(turn)) is not None:
            people = (turn.after, until)
            _make(turn, people, clock, offices, at)
            away = away or _sent(turn, people, at)
            if time.monotonic() > ends:
                return False
        end_round(turn, by=system(), at=at)
    if away is not None:
        raise away
    return True


def _sent(turn: DigestRound, people: tuple[int, int], at: datetime) -> MailServerAway | None:
    """Send what is due to these people. A server that is away keeps nobody from the digest on the own page."""
    try:
        send_digests(mails_due(turn.day, *people), at=at)
    except MailServerAway as fault:
        return fault
    return None


def _next(turn: DigestRound) -> int | None:
    """The id of the last of the next people with a role somewhere in this time zone."""
    held = memberships_on(turn.day).filter(organisation__time_zone=turn.zone, person__gt=turn.after)
    ids = held.order_by("person").values("person_id").distinct()[:PEOPLE]
    last: int | None = ids.aggregate(last=Max("person_id"))["last"]
    return last


def _make(turn: DigestRound, people: tuple[int, int], clock: Clock, offices: Offices, at: datetime) -> None:
    found = lines_of(people, clock, offices)
    here = memberships_on(turn.day).filter(
        organisation__time_zone=turn.zone, person__gt=people[0], person__lte=people[1]
    )
    mine = Person.objects.filter(pk__in=here.order_by().values("person_id"), is_active=True)
    rows = [
        Digest(
            person_id=pk,
            day=turn.day,
            lines=[line.as_json() for line in found[pk]],
            made_at=at,
            mail=_mail(found[pk], email),
        )
        for pk, email in mine.order_by("pk").values_list("pk", "email")
        if pk in found
    ]
    keep_digests(rows, turn, people[1], by=system(), at=at)


def _mail(lines: Iterable[Line], email: str | None) -> str:
    return Mail.DUE if email and any(line.mail for line in lines) else Mail.NONE


def send_digests(rows: Any, *, at: datetime) -> None:
    """Hand over the mails of these digests, each claimed before."""
    _hand_over(rows, digest_letter, claim_mail, note_mails, at)


def send_alerts(entry: int, *, at: datetime) -> None:
    """Hand over the mails of one fact's instant notices."""
    rows = Alert.objects.filter(entry=entry, mail=Mail.DUE).select_related("person", "organisation")
    _hand_over(rows.order_by("pk"), alert_letter, claim_alert, note_alerts, at)


def _hand_over(
    rows: Any,
    letter: Callable[[Any], EmailMessage],
    claim: Callable[..., bool],
    note: Callable[..., None],
    at: datetime,
) -> None:
    """One connection for all; a mail that the server refuses is noted, and the others go on."""
    due = list(rows)
    if not due:
        return
    connection = get_connection()
    try:
        connection.open()
    except OSError as fault:  # smtplib's faults are among these
        raise MailServerAway(str(fault)) from fault
    sent: list[Any] = []
    try:
        for row in due:
            if not claim(row, by=system(), at=at):
                continue
            try:
                connection.send_messages([letter(row)])
                sent.append(row)
            except OSError:
                _log.exception("a mail could not be handed over")
                note([row], sent=False, by=system(), at=at)
            if len(sent) >= NOTED:
                note(sent, sent=True, by=system(), at=at)
                sent = []
    finally:
        note(sent, sent=True, by=system(), at=at)
        connection.close()


def _tell_hooks(turn: DigestRound, offices: Offices, at: datetime) -> None:
    """The day's counts to the bots of each organisation, once."""
    rows = Hook._base_manager.filter(
        removed_at=None, off_at=None, organisation__time_zone=turn.zone
    ).select_related("organisation")
    for row in rows:
        counts = offices.below(row.organisation.path)
        told = [
            (code, tally.count, tally.overdue)
            for code, tally in sorted(counts.items())
            if KINDS[code].topic in row.topics
        ]
        send_counts(row, turn.day, told, by=system(), at=at)
