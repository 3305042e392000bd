"""A row of every table that the fixed cast does not fill, so that whoever may not see it has something to miss."""

from __future__ import annotations

import uuid
from datetime import timedelta

from craftpath.domain.learning.actions import Plan, Said, dispute_attendance, plan_session, take_roll
from craftpath.domain.learning.models import Session
from craftpath.domain.learning.queries import attendances
from craftpath.domain.logbook.actions import Content, confirm_entries, hold_talk, save_entry, submit_entry
from craftpath.domain.logbook.models import Entry
from craftpath.domain.logbook.queries import talk_due
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, TODAY, Cast


def furnish(cast: Cast) -> None:
    """Write what each room keeps: by its actions, about the apprentice of the cast."""
    with everywhere("a test furnishes every room"):
        keep_a_log(cast)
        call_the_roll(cast)


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


def call_the_roll(cast: Cast) -> Session:
    """A session whose roll was called by one and, differently, by another; the apprentice objects to it."""
    trainer, coordinator = cast.actor("trainer"), cast.actor("coordinator")
    plan = Plan(
        title={"zh": "识图", "en": "Reading drawings"},
        kind="lesson",
        mode="on_site",
        starts_at=AT,
        ends_at=AT + timedelta(hours=2),
        bucket="taught",
    )
    [session] = plan_session(
        plan,
        organisation=cast.college,
        cohorts=[cast.cohort],
        teachers={cast.people["trainer"]: "trainer", cast.people["mentor"]: "mentor"},
        by=coordinator,
        at=AT,
    )
    everybody = [row.public_id for row in cast.enrolments.values()]
    for by, status in ((trainer, "present"), (coordinator, "late")):
        marks = {public_id: Said("present") for public_id in everybody} | {everybody[1]: Said(status)}
        take_roll(session, marks, made_id=uuid.uuid4(), base=0, by=by, at=AT)
    line = attendances().get(session=session, enrolment=cast.enrolments["26001"])
    dispute_attendance(line, words="我请假了。", by=cast.actor("apprentice"), at=AT)
    return session
