"""Meetings: planned with an agenda, minuted, and the minutes signed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Max
from django.utils.timezone import localdate

from craftpath.domain.committees import rules
from craftpath.domain.committees.facts import ItemAdded, MeetingMoved
from craftpath.domain.committees.models import AgendaItem, Committee, Meeting, Present, Seat
from craftpath.domain.committees.queries import seats_of
from craftpath.domain.committees.sitting import locked, said, tell_of
from craftpath.domain.committees.states import MEETING
from craftpath.domain.committees.wording import minutes_paper
from craftpath.kernel import exhibits
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.files import keep
from craftpath.kernel.links import SignedLink
from craftpath.kernel.signing import Party, SigningParty, make_document, sign_document, withdraw_document
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES, not_now, require


@action
def plan_meeting(
    committee: Committee, *, starts_at: datetime, place: str = "", link: str = "", by: Actor, at: datetime
) -> Meeting:
    """Say when and where it meets."""
    held = locked(committee)
    require(rules.may_tend(by, held, seats_of(held), localdate(at)))
    last = Meeting.objects.filter(committee=held).aggregate(last=Max("number"))["last"]
    row = Meeting(
        committee=held, number=(last or 0) + 1, starts_at=starts_at, place=place, link=link, made_by=by.person
    )
    row.save()
    tell_of(held, MeetingMoved(row.public_id, row.state), by=by, at=at)
    return row


@action
def cancel_meeting(meeting: Meeting, *, by: Actor, at: datetime) -> Meeting:
    """It does not take place."""
    row = _tended(meeting, by, at)
    return _moved(row, "cancel", by=by, at=at)


@action
def add_item(
    meeting: Meeting,
    *,
    title: dict[str, str],
    paper: bytes = b"",
    paper_name: str = "",
    by: Actor,
    at: datetime,
) -> AgendaItem:
    """Put something on the agenda, with its paper; every seat may."""
    row = _locked(meeting)
    require(rules.may_add(by, row.committee, seats_of(row.committee), localdate(at)))
    require(YES if row.state == "planned" else not_now("committees.ended_meeting"))
    require(said(title))
    last = AgendaItem.objects.filter(meeting=row).aggregate(last=Max("order"))["last"]
    item = AgendaItem(meeting=row, order=(last or 0) + 1, title=title, brought_by=by.person)
    if paper:
        looked = exhibits.look_at(paper)
        item.paper = keep(looked.content, paper_name, organisation=row.committee.organisation, by=by, at=at)
        item.media_type = looked.media_type
    item.save()
    tell_of(row.committee, ItemAdded(item.public_id), by=by, at=at)
    return item


@action
def write_minutes(
    meeting: Meeting,
    *,
    words: dict[str, str],
    present: Collection[Seat] = (),
    deputies: Collection[Seat] = (),
    by: Actor,
    at: datetime,
) -> Meeting:
    """What was said, and who was there; can be changed until the text is sent for signatures."""
    row = _tended(meeting, by, at)
    state = MEETING.after(row.state, "write")
    require(said(words))
    still = row.committee.motions.filter(item__meeting=row, state="open").exists()
    require(not_now("committees.votes_open") if still else YES)
    row.state, row.words = state, words
    row.save(update_fields=["state", "words"])
    Present.objects.filter(meeting=row).delete()
    there = {seat.pk: False for seat in present} | {seat.pk: True for seat in deputies}
    own = set(Seat.objects.filter(committee=row.committee, pk__in=there).values_list("pk", flat=True))
    Present.objects.bulk_create(
        Present(meeting=row, seat_id=pk, by_deputy=deputy) for pk, deputy in there.items() if pk in own
    )
    tell_of(row.committee, MeetingMoved(row.public_id, row.state), by=by, at=at)
    return row


@action
def send_minutes(meeting: Meeting, *, by: Actor, at: datetime) -> Meeting:
    """Fix the minutes: the chair signs, and one member of each other side."""
    row = _tended(meeting, by, at)
    row.state = MEETING.after(row.state, "send")
    seats = [seat for seat in seats_of(row.committee) if seat.votes and seat.holds(localdate(at))]
    require(YES if seats else not_now("committees.no_seats"))
    paper = minutes_paper(row)
    row.document = make_document(
        row.ref,
        kind="minutes",
        content=paper.as_json(),
        text=paper.plain(),
        parties=_signers(seats),
        organisation=row.committee.organisation,
        by=by,
        at=at,
    )
    row.save(update_fields=["state", "document"])
    tell_of(row.committee, MeetingMoved(row.public_id, row.state), by=by, at=at)
    return row


def _signers(seats: list[Seat]) -> list[Party]:
    """The chair, and of each other side whoever stands first."""
    chair = next((seat for seat in seats if seat.kind == "chair"), None)
    signers = [Party("chair", chair.person.name, person=chair.person)] if chair else []
    sides = {seat.side_id: seat for seat in reversed(seats) if chair is None or seat.side_id != chair.side_id}
    for seat in sorted(sides.values(), key=lambda one: one.side.order):
        if all(party.person != seat.person for party in signers):
            signers.append(Party(f"side_{seat.side.order}", seat.person.name, person=seat.person))
    return signers


@action
def recall_minutes(meeting: Meeting, *, by: Actor, at: datetime) -> Meeting:
    """Take the text back to change it; signatures given so far bind nobody."""
    row = _tended(meeting, by, at)
    if row.document is not None and row.document.is_open:
        withdraw_document(row.document, by=by, at=at)
    row.document = None
    row.save(update_fields=["document"])
    return _moved(row, "recall", by=by, at=at)


@action
def sign_minutes(
    party: SigningParty, *, seen: str, link: SignedLink | None = None, by: Actor, at: datetime
) -> bool:
    """Sign; with the last signature the minutes stand. Returns whether they do."""
    complete = sign_document(party, seen=seen, link=link, by=by, at=at)
    public_id = Ref.parse(party.document.subject).public_id
    row = Meeting._base_manager.select_for_update(of=("self",)).select_related("committee__organisation")
    found = row.get(public_id=public_id)
    if complete and found.state == "awaiting_signatures":
        _moved(found, "sign", by=by, at=at)
    return complete


def _moved(row: Meeting, move: str, *, by: Actor, at: datetime) -> Meeting:
    row.state = MEETING.after(row.state, move)
    row.save(update_fields=["state"])
    tell_of(row.committee, MeetingMoved(row.public_id, row.state), by=by, at=at)
    return row


def _locked(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",))
    return rows.select_related("committee__organisation", "document").get(pk=meeting.pk)


def _tended(meeting: Meeting, by: Actor, at: datetime) -> Meeting:
    row = _locked(meeting)
    require(rules.may_tend(by, row.committee, seats_of(row.committee), localdate(at)))
    return row
