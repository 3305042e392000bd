"""The log of meetings: written by one of the two, confirmed or corrected by the other; each version is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from craftpath.domain.mentoring import rules
from craftpath.domain.mentoring.acting import told, working
from craftpath.domain.mentoring.facts import MeetingConfirmed, MeetingCorrected, MeetingWritten
from craftpath.domain.mentoring.models import Goal, Meeting, MeetingVersion
from craftpath.domain.mentoring.states import MEETING
from craftpath.kernel import media
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.files import KeptFile, keep
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Pair
    from craftpath.kernel.people import Person


@dataclass(frozen=True, slots=True)
class Met:
    """What is written about a meeting: `minutes` long, `goals` by public id."""

    on: date
    minutes: int
    mode: str
    words: str
    next_own: str = ""
    next_other: str = ""
    goals: Sequence[str] = ()

    @property
    def content(self) -> dict[str, Any]:
        """The form that a version keeps."""
        plain = asdict(self) | {"on": self.on.isoformat(), "goals": sorted(set(self.goals))}
        return plain | {name: plain[name].strip() for name in ("words", "next_own", "next_other")}


@action
def write_meeting(
    pair: Pair, met: Met, *, other: Person, made_id: str, photo: bytes = b"", by: Actor, at: datetime
) -> Meeting:
    """Write a meeting of oneself and one other down; the same `made_id` again gives the meeting that is there.

    A photo is drawn anew and loses where it was taken.
    """
    pair = working(pair)
    me = by.person
    if me is None or not rules.in_pair(by, pair):
        raise Refused(may_not("mentoring.not_in_it"))
    if not made_id:
        raise Refused(not_now("mentoring.no_made_id"))
    before = Meeting._base_manager.filter(written_by=me, made_id=made_id).first()
    if before is not None:
        return before
    _require_met(pair, met, me.pk, other.pk, at)
    row = Meeting(
        pair=pair, written_by=me, other=other, made_id=made_id, photo=_kept(photo, met, pair, by, at)
    )
    _say(row, met, me, at)
    row.save()
    _version(row, met, "", at)
    fact = MeetingWritten(meeting=row.public_id, on=met.on.isoformat(), minutes=met.minutes)
    told(fact, pair, by=by, at=at)
    return row


@action
def confirm_meeting(meeting: Meeting, *, seen: int, by: Actor, at: datetime) -> Meeting:
    """Say that it was so: `seen` is the version that was read. Once more changes nothing."""
    pair, row = _held(meeting)
    require(rules.may_answer_meeting(by, row))
    if row.state == "confirmed" and seen == row.version:
        return row
    require(rules.can_confirm(row, seen, at))
    row.state, row.confirmed_at = MEETING.after(row.state, "confirm"), at
    row.save(update_fields=["state", "confirmed_at"])
    told(MeetingConfirmed(meeting=row.public_id), pair, by=by, at=at)
    return row


@action
def correct_meeting(
    meeting: Meeting, met: Met, *, because: str, seen: int, by: Actor, at: datetime
) -> Meeting:
    """Write another version, with a word why; the other of the two answers it. The same again changes nothing."""
    pair, row = _held(meeting)
    require(rules.may_correct(by, row))
    require(rules.can_say_why(because))
    newest = row.versions.order_by("-number")[0]
    same = newest.content == met.content and newest.because == because.strip()
    if same and by.person is not None and newest.said_by_id == by.person.pk:
        return row
    if seen != row.version:
        raise Refused(not_now("mentoring.changed_meanwhile"))
    if newest.content == met.content:
        raise Refused(not_now("mentoring.nothing_changed"))
    _require_met(pair, met, row.written_by_id, row.other_id, at)
    row.state, row.version, row.confirmed_at = MEETING.after(row.state, "correct"), row.version + 1, None
    _say(row, met, by.person, at)
    row.save()
    _version(row, met, because.strip(), at)
    told(MeetingCorrected(meeting=row.public_id, version=row.version), pair, by=by, at=at)
    return row


def _held(meeting: Meeting) -> tuple[Pair, Meeting]:
    pair = working(meeting.pair)
    rows = Meeting._base_manager.select_for_update(of=("self",), no_key=True)
    return pair, rows.get(pk=meeting.pk)


def _require_met(pair: Pair, met: Met, me: int, other: int, at: datetime) -> None:
    require(rules.can_meet(pair.bonds.all(), me, other, met.on, localdate(at)))
    known = Goal._base_manager.filter(pair=pair).values_list("public_id", flat=True)
    require(rules.can_say_meeting(met.content, set(known)))


def _say(row: Meeting, met: Met, by: Person | None, at: datetime) -> None:
    for name, value in met.content.items():
        setattr(row, name, value)
    row.on, row.said_at = met.on, at
    if by is not None:
        row.said_by = by


def _version(row: Meeting, met: Met, because: str, at: datetime) -> None:
    MeetingVersion.objects.create(
        meeting=row, number=row.version, content=met.content, because=because, said_by=row.said_by, said_at=at
    )


def _kept(photo: bytes, met: Met, pair: Pair, by: Actor, at: datetime) -> KeptFile | None:
    if not photo:
        return None
    drawn = media.photo(photo)
    name = f"{met.on:%Y-%m-%d}-photo.jpg"
    return keep(drawn.content, name, organisation=pair.organisation, by=by, at=at)
