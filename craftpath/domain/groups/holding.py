"""A group as it is now, kept from others until the open transaction ends, with its people; and telling of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from craftpath.domain.groups.models import GroupRule, GroupSession, Member, StudyGroup
from craftpath.domain.groups.rules import FEWEST, MOST
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.tenancy import STEP

if TYPE_CHECKING:
    from craftpath.kernel.access import Actor
    from craftpath.kernel.organisations import Organisation


def held(group: StudyGroup) -> StudyGroup:
    """The group, held; all that is written about it stands in line here."""
    rows = StudyGroup.objects.select_for_update(of=("self",), no_key=True).select_related("organisation")
    return rows.get(pk=group.pk)


def held_session(session: GroupSession) -> tuple[StudyGroup, GroupSession]:
    """A session of a group that is held."""
    group = held(session.group)
    row = GroupSession._base_manager.select_related("host", "brings").get(pk=session.pk)
    row.group = group
    return group, row


def people_of(group: StudyGroup) -> list[Member]:
    """Everybody whom the group knows, in the order in which they came; one query."""
    return list(
        Member.objects.filter(group=group).select_related("person", "enrolment").order_by("joined_at", "pk")
    )


def told(fact: Fact, group: StudyGroup, *, by: Actor, at: datetime) -> None:
    """Tell a fact of a group."""
    tell(fact, by=by, at=at, organisation=group.organisation, subject=group.ref)


def today_at(organisation: Organisation, at: datetime) -> date:
    """The day of a moment at the college."""
    return at.astimezone(ZoneInfo(organisation.time_zone)).date()


def bounds(organisation: Organisation) -> tuple[int, int]:
    """The fewest and the most of a group, as the nearest organisation above says, else the house; one query."""
    paths = [organisation.path[:end] for end in range(STEP, len(organisation.path) + 1, STEP)]
    row = GroupRule.objects.filter(organisation__path__in=paths).order_by("-organisation__depth").first()
    return (row.fewest, row.most) if row else (FEWEST, MOST)
