"""The apprentice's side: saving, handing in, choosing between two versions.

What a device sends may be late, doubled or out of order. An entry takes a change made on its newest revision; a change
made on an older one is kept beside it, and a change of a confirmed entry becomes a correction: nothing is overwritten,
nothing is lost.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.logbook import rules
from craftpath.domain.logbook.content import Content, likeness
from craftpath.domain.logbook.facts import EntrySubmitted
from craftpath.domain.logbook.models import Entry, OtherVersion
from craftpath.domain.logbook.states import ENTRY
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

COMPARED = 60  # earlier entries that a text is compared with


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a change: the entry, and `how`: new, changed, same, beside (another version) or correction."""

    entry: Entry
    how: str


def ref(entry: Entry) -> Ref:
    """The pointer that other rows keep."""
    return Ref("logbook", "entry", entry.public_id)


@action
def save_entry(
    enrolment: Enrolment,
    *,
    made_id: uuid.UUID,
    content: Content,
    base: int = 0,
    written_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Saved:
    """Take what a device has written; `base` is the revision that it knew, 0 for an entry that it made itself."""
    require(rules.may_write(by, enrolment))
    require(rules.can_write(enrolment, content.on, localdate(at)))
    require(rules.can_hold(content.text, content.minutes))
    written_at = min(written_at or at, at)
    fresh = Entry(enrolment=enrolment, made_id=made_id, written_at=written_at, saved_at=at)
    content.onto(fresh)
    Entry.objects.bulk_create([fresh], ignore_conflicts=True)
    entry = _held(enrolment, made_id)
    if entry.public_id == fresh.public_id:
        return Saved(entry, "new")
    if Content.of(entry) == content:
        return Saved(entry, "same")
    if entry.state == "confirmed":
        return _correct(entry, content, written_at=written_at, by=by, at=at)
    if base != entry.revision:
        return _beside(entry, content, base=base, written_at=written_at, at=at)
    content.onto(entry)
    entry.revision += 1
    entry.written_at, entry.saved_at = written_at, at
    if entry.state == "submitted":
        _compare(entry)
    entry.save()
    return Saved(entry, "changed")


def _held(enrolment: Enrolment, made_id: uuid.UUID) -> Entry:
    return Entry._base_manager.select_for_update(of=("self",)).get(enrolment=enrolment, made_id=made_id)


def _correct(entry: Entry, content: Content, *, written_at: datetime, by: Actor, at: datetime) -> Saved:
    """A change of what is confirmed: a new entry that corrects it, named so that the same change comes but once.

    Whoever changes a confirmed entry knows nothing of a correction that another device has begun (base 0): the two
    stand beside each other then.
    """
    made_id = uuid.uuid5(entry.made_id, f"correction of {entry.revision}")
    saved = save_entry(entry.enrolment, made_id=made_id, content=content, written_at=written_at, by=by, at=at)
    if saved.how == "new":
        saved.entry.corrects = entry
        saved.entry.save(update_fields=["corrects"])
    return Saved(saved.entry, "correction" if saved.how == "new" else saved.how)


def _beside(entry: Entry, content: Content, *, base: int, written_at: datetime, at: datetime) -> Saved:
    table = content.as_json()
    if not any(other.content == table for other in entry.others.filter(settled_at=None)):
        OtherVersion.objects.create(entry=entry, base=base, content=table, written_at=written_at, saved_at=at)
    return Saved(entry, "beside")


@action
def submit_entry(entry: Entry, *, by: Actor, at: datetime) -> Entry:
    """Hand an entry in, or in again after it was sent back; handing in twice changes nothing."""
    entry = Entry.objects.select_for_update(of=("self",)).select_related("enrolment__cohort").get(pk=entry.pk)
    require(rules.may_write(by, entry.enrolment))
    require(rules.can_submit(entry, entry.files.count()))
    if entry.state == "submitted":
        return entry
    entry.state = ENTRY.after(entry.state, "submit")
    entry.submitted_at = at
    entry.first_submitted_at = entry.first_submitted_at or at
    _compare(entry)
    entry.save(update_fields=["state", "submitted_at", "first_submitted_at", "likeness", "like"])
    tell(
        EntrySubmitted(entry=entry.public_id, revision=entry.revision),
        by=by,
        at=at,
        organisation=entry.enrolment.cohort.organisation,
        subject=ref(entry),
    )
    return entry


def _compare(entry: Entry) -> None:
    """Find the earlier entry of the same apprentice that this one resembles most."""
    earlier = Entry._base_manager.filter(enrolment=entry.enrolment_id, on__lte=entry.on).exclude(pk=entry.pk)
    texts = earlier.exclude(state="draft").order_by("-on", "-pk").values_list("pk", "text")[:COMPARED]
    entry.likeness, entry.like_id = max(
        ((likeness(entry.text, text), pk) for pk, text in texts), default=(0, None)
    )


@action
def settle_version(other: OtherVersion, *, take: bool, by: Actor, at: datetime) -> Entry:
    """Choose between an entry and another version of it: take the other one, or leave it; both stay in the record."""
    entry = Entry.objects.select_for_update(of=("self",)).select_related("enrolment").get(pk=other.entry_id)
    require(rules.may_write(by, entry.enrolment))
    other.refresh_from_db()
    if other.settled_at is not None:
        raise Refused(not_now("logbook.version_gone"))
    if take:
        if entry.state == "confirmed":
            raise Refused(not_now("logbook.confirmed_already"))
        content = Content.from_json(other.content)
        # What stood before is kept in its turn, as the version that was not taken.
        OtherVersion.objects.create(
            entry=entry,
            base=entry.revision,
            content=Content.of(entry).as_json(),
            written_at=entry.written_at,
            saved_at=entry.saved_at,
            settled_at=at,
        )
        content.onto(entry)
        entry.revision += 1
        entry.written_at, entry.saved_at = other.written_at, at
        entry.save()
    other.settled_at, other.taken = at, take
    other.save(update_fields=["settled_at", "taken"])
    return entry
