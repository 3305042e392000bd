"""The sessions that lie ahead: their days by the rhythm, their host and exercise by the rota."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from craftpath.domain.groups.holding import people_of
from craftpath.domain.groups.models import GroupSession, StudyGroup, Swap
from craftpath.domain.groups.rules import AHEAD, STUCK_AFTER, inside, next_of
from craftpath.domain.groups.states import SWAP


def plan_ahead(group: StudyGroup, at: datetime) -> None:
    """Plan the sessions that lie ahead, at most four, and whose turn they are; what is planned keeps its identity.

    Where the rhythm changed, sessions that are planned move to the new days instead of being made anew, so that
    calendars move them too.
    """
    zone = ZoneInfo(group.organisation.time_zone)
    rows = GroupSession._base_manager.filter(group=group)
    planned = list(rows.filter(state="planned", starts_at__gt=at).order_by("starts_at", "pk"))
    taken = {row.starts_at for row in rows.exclude(pk__in=[row.pk for row in planned])}
    wanted = []
    for day in _days(group, at.astimezone(zone).date()):
        starts = datetime.combine(day, group.time, zone)
        if starts > at and starts not in taken:
            wanted.append(starts)
        if len(wanted) == AHEAD:
            break
    for row, starts in zip(planned, wanted, strict=False):
        _put(row, group, starts, at)
    for starts in wanted[len(planned) :]:
        _put(GroupSession(group=group), group, starts, at)
    for row in planned[len(wanted) :]:
        row.delete()
    settle_rota(group, at)


def settle_rota(group: StudyGroup, at: datetime) -> None:
    """Whose turn each planned session is: longest ago goes first; turns that members swapped stay as they agreed."""
    order = [row.person_id for row in inside(people_of(group))]
    hosts: list[int | None] = []
    bringers: list[int | None] = []
    rows = GroupSession._base_manager.filter(group=group).exclude(state="cancelled")
    for row in rows.order_by("starts_at", "pk"):
        if row.state == "planned" and row.starts_at > at:
            _assign(row, order, hosts, bringers, at)
        hosts.append(row.host_id)
        bringers.append(row.brings_id)


def still_on(group: StudyGroup, day: date) -> date:
    """The day from which a group that last met on `day` counts as stuck."""
    return day + timedelta(weeks=STUCK_AFTER * group.every_weeks)


def refuse_swaps(session_ids: list[int], at: datetime) -> None:
    """End what was asked about these sessions: the turns are no longer what they were."""
    for name in ("mine__in", "theirs__in"):
        open_ = Swap.objects.filter(state="asked", **{name: session_ids})
        open_.update(state=SWAP.after("asked", "refuse"), answered_at=at)


def _days(group: StudyGroup, today: date) -> Iterator[date]:
    first = group.starts_on + timedelta(days=(group.weekday - group.starts_on.weekday()) % 7)
    step = timedelta(weeks=group.every_weeks)
    if first < today:
        first += step * -(-(today - first).days // step.days)
    while first <= group.until:
        yield first
        first += step


def _put(row: GroupSession, group: StudyGroup, starts: datetime, at: datetime) -> None:
    ends = starts + timedelta(minutes=group.minutes)
    wanted = (starts, ends, group.place, group.link)
    if row.pk is not None and (row.starts_at, row.ends_at, row.place, row.link) == wanted:
        return
    row.sequence += 1 if row.pk else 0
    row.starts_at, row.ends_at, row.place, row.link = wanted
    row.changed_at = at
    row.save()


def _assign(
    row: GroupSession, order: list[int], hosts: list[int | None], bringers: list[int | None], at: datetime
) -> None:
    """Host and exercise of one session that lies ahead."""
    if row.agreed and row.host_id in order and row.brings_id in order:
        return
    host = next_of(order, hosts)
    brings = next_of(order, bringers, but=host)
    if (row.host_id, row.brings_id, row.agreed) == (host, brings, False):
        return
    refuse_swaps([row.pk], at)
    row.host_id, row.brings_id, row.agreed = host, brings, False
    row.changed_at, row.sequence = at, row.sequence + 1
    row.save()
