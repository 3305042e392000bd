"""A row of every table that the fixed cast does not fill, so that whoever may not see it has something to miss."""

from __future__ import annotations

import uuid
from datetime import timedelta

from craftpath.domain.logbook.actions import Content, confirm_entries, hold_talk, save_entry, submit_entry
from craftpath.domain.logbook.models import Entry
from craftpath.domain.logbook.queries import talk_due
from craftpath.domain.training.models import RotationPattern
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, TODAY, Cast
from tests.domain.training.world import planned, publish


def furnish(cast: Cast) -> None:
    """Write what each room keeps: by its actions, about the apprentice of the cast."""
    with everywhere("a test furnishes every room"):
        keep_a_log(cast)
        plan_a_rotation(cast)


def plan_a_rotation(cast: Cast) -> RotationPattern:
    """A plan with departments, and a rotation from next week on, once."""
    standing = RotationPattern.objects.first()
    return standing or publish(cast, planned(cast))


def keep_a_log(cast: Cast) -> Entry:
    """An entry of last month, confirmed and talked about, with its hours in the ledger."""
    apprentice, mentor = cast.actor("apprentice"), cast.actor("mentor", cast.jinheng)
    content = Content(
        on=TODAY.replace(day=1) - timedelta(days=3),
        text="装夹工件，试切外圆。",
        minutes=240,
        bucket="workplace",
    )
    enrolment = cast.enrolments["26001"]
    entry = save_entry(enrolment, made_id=uuid.uuid4(), content=content, by=apprentice, at=AT).entry
    submit_entry(entry, by=apprentice, at=AT)
    confirm_entries({entry.public_id: entry.revision}, by=mentor, at=AT)
    [lot] = talk_due([enrolment.pk], TODAY)
    hold_talk(lot, outcome="agrees", by=mentor, at=AT)
    return entry
