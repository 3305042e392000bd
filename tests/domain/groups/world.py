"""A study group of the cast's class, for the tests of groups."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from craftpath.domain.groups import actions
from craftpath.domain.groups.models import GroupSession, StudyGroup
from craftpath.kernel.access import Actor, actor_in
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
MATES = ("26001", "26002", "26003", "26004")


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def mate(cast: Cast, number: str) -> Actor:
    """Somebody of the class, by number."""
    actor = actor_in(cast.enrolments[number].person, cast.college, TODAY)
    assert actor is not None
    return actor


def plan(**more: Any) -> actions.Plan:
    """Wednesdays at half past four, for ten weeks."""
    values: dict[str, Any] = {
        "goal": "读懂焊接图纸",
        "until": date(2026, 11, 25),
        "weekday": 2,
        "time": time(16, 30),
        "place": "3 号教室",
    }
    return actions.Plan(**{**values, **more})


def form(
    cast: Cast, who: str = "26001", *, invite: tuple[str, ...] = (), at: datetime = AT, **more: Any
) -> StudyGroup:
    """The apprentice forms a group and invites some."""
    by = cast.actor(who) if who in cast.people else mate(cast, who)
    rows = [cast.enrolments[one] for one in invite]
    return actions.form_group(cast.cohort, plan(**more), invite=rows, made_id=uuid.uuid4(), by=by, at=at)


def met(cast: Cast, *others: str, at: datetime = AT, **more: Any) -> StudyGroup:
    """A group of the apprentice and others who came in."""
    group = form(cast, invite=others, at=at, **more)
    for one in others:
        actions.accept_invitation(group, by=mate(cast, one), at=at)
    group.refresh_from_db()
    return group


def sessions(group: StudyGroup) -> list[GroupSession]:
    return list(GroupSession._base_manager.filter(group=group).order_by("starts_at"))


def hold(
    cast: Cast, session: GroupSession, *, away: tuple[str, ...] = (), by: Actor | None = None
) -> GroupSession:
    """Its host ticks who was away, at its end."""
    assert session.host is not None
    host = by or actor_in(session.host, cast.college, TODAY)
    assert host is not None
    gone = [cast.enrolments[one].person.public_id for one in away]
    return actions.hold_session(session, done="练了三张图", away=gone, by=host, at=session.ends_at)
