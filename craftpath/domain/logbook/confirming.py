"""The mentor's side: confirming many at once, sending one back, the monthly talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch
from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.queries import working_with
from craftpath.domain.logbook import rules
from craftpath.domain.logbook.content import Content
from craftpath.domain.logbook.facts import EntriesConfirmed, EntryCorrected, EntryReturned, TalkHeld
from craftpath.domain.logbook.models import Entry, EntryFile, Remark, Talk
from craftpath.domain.logbook.states import ENTRY
from craftpath.domain.logbook.talks import drawable, drawn, next_month
from craftpath.domain.logbook.texts import PHRASES
from craftpath.domain.logbook.writing import ref
from craftpath.domain.training.actions import Posting, post_hours, reverse_hours
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, Verdict, may_not, not_now, require


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a confirmation of many came to: those done, and public id → why not for the others."""

    done: list[Entry]
    refused: dict[str, Verdict] = field(default_factory=dict)


@action
def confirm_entries(read: Mapping[str, int], *, by: Actor, at: datetime) -> Confirmed:
    """Confirm entries as they were read: public id → the revision that stood on the page.

    Those that cannot be are refused one by one and the others done. Their hours go into the ledger; hours that would
    overfill a day keep the entry unconfirmed. Constant queries.
    """
    rows = list(
        Entry.objects.select_for_update(of=("self",))
        .select_related("enrolment__cohort__organisation", "corrects")
        .prefetch_related(Prefetch("files", EntryFile.objects.select_related("kept")))
        .filter(public_id__in=list(read))
        .order_by("pk")
    )
    mine = working_with(_somebody(by))
    refused = {public_id: not_now("logbook.not_submitted") for public_id in read}
    able: list[Entry] = []
    for row in rows:
        verdict = rules.may_confirm(by, row, mine) and rules.can_confirm(row, read[row.public_id])
        if verdict:
            able.append(row)
            del refused[row.public_id]
        else:
            refused[row.public_id] = verdict
    plain = [row for row in able if row.corrects is None]
    full = post_hours([_posting(row) for row in plain if row.minutes and row.bucket], by=by, at=at)
    for row in able:
        if row.corrects is not None:
            full |= _put_in_place(row, row.corrects, by=by, at=at)
    done = [row for row in able if _key(row) not in full]
    refused |= {row.public_id: full[_key(row)] for row in able if _key(row) in full}
    for row in done:
        row.state = ENTRY.after(row.state, "confirm")
        row.confirmed_by, row.confirmed_at = by.person, at
        row.digest = Content.of(row).digest([file.kept.sha256 for file in row.files.all()])
    Entry.objects.bulk_update(done, ["state", "confirmed_by", "confirmed_at", "digest"])
    _tell(done, by=by, at=at)
    return Confirmed(done, refused)


def _somebody(actor: Actor) -> Person:
    """The person who acts; the program itself never answers an entry."""
    if actor.person is None:
        raise Refused(may_not("logbook.not_your_apprentice"))
    return actor.person


def _key(entry: Entry) -> str:
    return f"{ref(entry)}/{entry.revision}"


def _posting(entry: Entry) -> Posting:
    return Posting(entry.enrolment_id, entry.bucket, entry.on, entry.minutes, ref(entry), _key(entry))


def _put_in_place(row: Entry, corrected: Entry, *, by: Actor, at: datetime) -> dict[str, Verdict]:
    """The hours of a corrected entry leave the ledger and those of its correction enter it: both, or neither."""
    college = row.enrolment.cohort.organisation
    try:
        with transaction.atomic():
            reverse_hours([ref(corrected)], because="logbook.corrected", organisation=college, by=by, at=at)
            postings = [_posting(row)] if row.minutes and row.bucket else []
            for verdict in post_hours(postings, by=by, at=at).values():
                require(verdict)
    except Refused as refusal:
        return {_key(row): refusal.verdict}
    return {}


def _tell(done: Sequence[Entry], *, by: Actor, at: datetime) -> None:
    """One fact for each college whose entries were confirmed, and one for each correction."""
    by_college: dict[int, list[Entry]] = {}
    for row in done:
        by_college.setdefault(row.enrolment.cohort.organisation_id, []).append(row)
    for rows in by_college.values():
        told = EntriesConfirmed([row.public_id for row in rows], minutes=sum(row.minutes for row in rows))
        tell(told, by=by, at=at, organisation=rows[0].enrolment.cohort.organisation, subject=ref(rows[0]))
    for row in done:
        if row.corrects is not None:
            corrected = EntryCorrected(entry=row.public_id, corrects=row.corrects.public_id)
            college = row.enrolment.cohort.organisation
            tell(corrected, by=by, at=at, organisation=college, subject=ref(row))


@action
def return_entry(
    entry: Entry, *, revision: int, phrase: str = "", words: str = "", by: Actor, at: datetime
) -> Entry:
    """Send an entry back with a phrase of the bank, own words, or both."""
    words = words.strip()[:400]
    if phrase not in PHRASES and not words:
        raise Refused(not_now("logbook.no_words"))
    entry = (
        Entry.objects.select_for_update(of=("self",))
        .select_related("enrolment__cohort__organisation")
        .get(pk=entry.pk)
    )
    mentor = _somebody(by)
    require(rules.may_confirm(by, entry, working_with(mentor)))
    require(rules.can_confirm(entry, revision))
    entry.state = ENTRY.after(entry.state, "return")
    entry.returns += 1
    entry.save(update_fields=["state", "returns"])
    Remark.objects.create(
        entry=entry,
        by=mentor,
        at=at,
        revision=entry.revision,
        phrase=phrase if phrase in PHRASES else "",
        words=words,
    )
    told = EntryReturned(entry=entry.public_id, phrase=phrase)
    tell(told, by=by, at=at, organisation=entry.enrolment.cohort.organisation, subject=ref(entry))
    return entry


@action
def hold_talk(entry: Entry, *, outcome: str, by: Actor, at: datetime) -> Talk:
    """Record the talk of a month about the entry that was drawn for it; once an apprentice and month."""
    entry = Entry.objects.select_related("enrolment__cohort__organisation").get(pk=entry.pk)
    mentor = _somebody(by)
    require(rules.may_confirm(by, entry, working_with(mentor)))
    month = entry.on.replace(day=1)
    if Talk.objects.filter(enrolment=entry.enrolment_id, month=month).exists():
        raise Refused(not_now("logbook.talk_held_already"))
    lots = list(drawable(month).filter(enrolment=entry.enrolment_id))
    if next_month(month) > localdate(at) or not lots or drawn(lots, month).pk != entry.pk:
        raise Refused(not_now("logbook.talk_other_entry"))
    talk = Talk.objects.create(
        enrolment_id=entry.enrolment_id,
        month=month,
        entry=entry,
        outcome=outcome,
        held_by=mentor,
        held_at=at,
    )
    told = TalkHeld(entry=entry.public_id, outcome=outcome)
    tell(told, by=by, at=at, organisation=entry.enrolment.cohort.organisation, subject=ref(entry))
    return talk
