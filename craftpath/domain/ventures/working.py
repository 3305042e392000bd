"""Working in a venture: milestones, what it points to, files, what happened."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from craftpath.domain.ventures import rules
from craftpath.domain.ventures.facts import MilestoneMoved, VentureChanged, VentureLogged
from craftpath.domain.ventures.models import LogLine, Milestone, Pointer, Venture, VentureFile
from craftpath.domain.ventures.planning import locked, told
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.exhibits import look_at
from craftpath.kernel.files import keep
from craftpath.values.verdict import Refused, may_not, not_now, require


@action
def add_milestone(venture: Venture, *, title: str, due_on: date, by: Actor, at: datetime) -> Milestone:
    """Say what is reached by when."""
    row = _working(venture, by)
    require(rules.can_be_due(row, title, due_on))
    require(rules.can_add(len(row.milestones.all())))
    made = Milestone.objects.create(venture=row, title=title.strip()[:160], due_on=due_on)
    told(MilestoneMoved(made.title, "add"), row, by=by, at=at)
    return made


@action
def reach_milestone(milestone: Milestone, *, on: date, by: Actor, at: datetime) -> bool:
    """It is reached; says whether it was open."""
    row = _working(milestone.venture, by)
    moved = Milestone.objects.filter(pk=milestone.pk, done_on=None).update(done_on=on, done_by=by.person)
    return _tell(row, milestone, "reach", moved, by=by, at=at)


@action
def reopen_milestone(milestone: Milestone, *, by: Actor, at: datetime) -> bool:
    """It is not reached after all."""
    row = _working(milestone.venture, by)
    rows = Milestone.objects.filter(pk=milestone.pk, done_on__isnull=False)
    return _tell(row, milestone, "reopen", rows.update(done_on=None, done_by=None), by=by, at=at)


@action
def drop_milestone(milestone: Milestone, *, by: Actor, at: datetime) -> bool:
    """It is not aimed at any more."""
    row = _working(milestone.venture, by)
    gone, _ = Milestone.objects.filter(pk=milestone.pk, done_on=None).delete()
    return _tell(row, milestone, "drop", gone, by=by, at=at)


@action
def point_to(venture: Venture, to: str, *, offered: Collection[str], by: Actor, at: datetime) -> bool:
    """Point to something that the writer sees: `offered` are the Refs that the door found. False if it did before."""
    row = _working(venture, by)
    if to not in offered:
        raise Refused(not_now("ventures.pointer_unknown"))
    require(rules.can_add(Pointer.objects.filter(venture=row).count()))
    _, made = Pointer.objects.get_or_create(venture=row, to=to)
    if made:
        told(VentureChanged(["pointers"]), row, by=by, at=at)
    return made


@action
def take_back_pointer(pointer: Pointer, *, by: Actor, at: datetime) -> bool:
    """It is not about that."""
    row = _working(pointer.venture, by)
    gone, _ = Pointer.objects.filter(pk=pointer.pk).delete()
    if gone:
        told(VentureChanged(["pointers"]), row, by=by, at=at)
    return bool(gone)


@action
def add_file(
    venture: Venture, *, content: bytes, name: str, title: str, by: Actor, at: datetime
) -> VentureFile:
    """Keep a file with it."""
    row = _working(venture, by)
    require(rules.can_add(VentureFile.objects.filter(venture=row).count()))
    found = look_at(content)
    kept = keep(found.content, name, organisation=row.organisation, by=by, at=at)
    made = VentureFile.objects.create(
        venture=row,
        file=kept,
        media_type=found.media_type,
        title=(title.strip() or kept.name)[:120],
        added_by=by.person,
        added_at=at,
    )
    told(VentureChanged(["files"]), row, by=by, at=at)
    return made


@action
def write_log(venture: Venture, *, words: str, on: date, by: Actor, at: datetime) -> LogLine:
    """Write what happened."""
    row = _working(venture, by)
    if by.person is None:
        raise Refused(may_not("ventures.not_in_charge"))
    require(rules.can_say(words, "ventures.say_what"))
    made = LogLine.objects.create(venture=row, person=by.person, on=on, words=words.strip(), at=at)
    told(VentureLogged(), row, by=by, at=at)
    return made


def _working(venture: Venture, by: Actor) -> Venture:
    row = locked(venture)
    require(rules.may_work(by, row))
    require(rules.can_go_on(row))
    return row


def _tell(row: Venture, milestone: Milestone, move: str, moved: int, *, by: Actor, at: datetime) -> bool:
    if moved:
        told(MilestoneMoved(milestone.title, move), row, by=by, at=at)
    return bool(moved)
