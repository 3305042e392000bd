"""Asking an institution: a conversion of credits, or prior learning with its evidence."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from craftpath.domain.credits import queries, rules
from craftpath.domain.credits.earning import hold, open_account
from craftpath.domain.credits.facts import CreditsAskedFor, RequestMoved
from craftpath.domain.credits.models import (
    Account,
    Area,
    Diploma,
    Entry,
    Request,
    RequestFile,
    RequestLine,
)
from craftpath.domain.credits.models.asking import LONGEST_LINE, LONGEST_WORDS
from craftpath.domain.credits.points import MOST
from craftpath.domain.credits.states import REQUEST
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.exhibits import look_at
from craftpath.kernel.facts import tell
from craftpath.kernel.files import keep
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, may_not, not_now, require

OPEN = ("submitted", "checked", "accepted", "partly")


@dataclass(frozen=True, slots=True)
class Learned:
    """Something learned elsewhere: what and where, which area, how many points are asked for."""

    title: str
    area: Area
    points: int


@action
def ask_for_conversion(
    account: Account,
    diploma: Diploma,
    credits: Collection[int],
    *,
    made_id: UUID,
    words: str = "",
    on: date,
    by: Actor,
    at: datetime,
) -> Request:
    """Ask for credits (ids of earned lines) to be taken for a diploma; the rows of this day hold until the end.

    Sent twice, it is there once. What the table gives nothing for is refused before it is sent.
    """
    account = hold(account)
    require(rules.may_ask(by, account))
    known = Request._base_manager.filter(made_id=made_id).first()
    if known is not None:
        return _own(known, account)
    require(rules.can_be_asked(diploma))
    if not 0 < len(credits) <= rules.MOST_LINES:
        raise Refused(not_now("credits.choose_some", most=rules.MOST_LINES))
    rows = Entry._base_manager.filter(account__in=account.joined, kind="earned", pk__in=list(credits))
    chosen = list(rows.select_related("area"))
    if len(chosen) != len(set(credits)):
        raise Refused(may_not("credits.own_only"))
    asked = RequestLine.objects.filter(credit__in=chosen, request__state__in=OPEN)
    if asked.exclude(verdict="refused").exists():
        raise Refused(not_now("credits.asked_already"))
    found = queries.proposals(diploma, account, chosen, on)
    for one in found:
        require(one.verdict)
    row = _sent(account, diploma.organisation, diploma, "conversion", words, made_id, on, at)
    RequestLine.objects.bulk_create(
        [
            RequestLine(
                request=row, credit=one.credit, points=one.credit.points, rule=one.rule, to_area=one.to_area,
                proposed=one.amount,
            )
            for one in found
        ]
    )  # fmt: skip
    told = CreditsAskedFor("conversion", len(found))
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def ask_for_recognition(
    organisation: Organisation,
    learned: Sequence[Learned],
    files: Sequence[tuple[bytes, str]],
    *,
    made_id: UUID,
    words: str,
    on: date,
    by: Actor,
    at: datetime,
) -> Request:
    """Ask for prior learning to be recognised, with files that prove it; sent twice, it is there once."""
    if by.person is None:
        raise Refused(may_not("credits.own_only"))
    account = hold(open_account(by.person, by=by, at=at))
    known = Request._base_manager.filter(made_id=made_id).first()
    if known is not None:
        return _own(known, account)
    if not 0 < len(learned) <= rules.MOST_LINES or any(not one.title.strip() for one in learned):
        raise Refused(not_now("credits.say_what"))
    if any(not 0 < one.points <= MOST for one in learned):
        raise Refused(not_now("credits.points_unclear"))
    if not 0 < len(files) <= rules.MOST_FILES:
        raise Refused(not_now("credits.no_evidence", most=rules.MOST_FILES))
    row = _sent(account, organisation, None, "prior", words, made_id, on, at)
    for content, name in files:
        looked = look_at(content)
        kept = keep(looked.content, name, organisation=organisation, by=by, at=at)
        RequestFile.objects.create(
            request=row, file=kept, media_type=looked.media_type, title=kept.name[:120]
        )
    RequestLine.objects.bulk_create(
        RequestLine(
            request=row,
            title=one.title.strip()[:LONGEST_LINE],
            area=one.area,
            points=one.points,
            proposed=one.points,
        )
        for one in learned
    )
    told = CreditsAskedFor("prior", len(learned))
    tell(told, by=by, at=at, organisation=organisation, subject=row.ref)
    return row


def _own(known: Request, account: Account) -> Request:
    if known.account_id not in account.joined:
        raise Refused(may_not("credits.own_only"))
    return known


def _sent(
    account: Account,
    organisation: Organisation,
    diploma: Diploma | None,
    kind: str,
    words: str,
    made_id: UUID,
    on: date,
    at: datetime,
) -> Request:
    if len(words) > LONGEST_WORDS:
        raise Refused(not_now("credits.too_long", most=LONGEST_WORDS))
    row = Request(
        made_id=made_id, kind=kind, account=account, organisation=organisation, diploma=diploma,
        words=words.strip(), asked_on=on, asked_at=at,
    )  # fmt: skip
    row.save()
    return row


@action
def withdraw_request(request: Request, *, by: Actor, at: datetime) -> Request:
    """Take a request back before it is decided; once more changes nothing."""
    row = locked(request)
    require(rules.may_ask(by, row.account))
    if row.state == "withdrawn":
        return row
    row.state = REQUEST.after(row.state, "withdraw")
    row.save(update_fields=["state"])
    told(row, 0, "", by=by, at=at)
    return row


def locked(request: Request) -> Request:
    """As it is now, until the open transaction is through."""
    rows = Request._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("account__person", "organisation", "diploma").get(pk=request.pk)


def told(row: Request, points: int, because: str, *, by: Actor, at: datetime) -> None:
    """That it moved, with the request as its subject."""
    fact = RequestMoved(row.state, points, because)
    tell(fact, by=by, at=at, organisation=row.organisation, subject=row.ref)
