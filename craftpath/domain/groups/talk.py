"""What is said in a group: a forum that belongs to it, seen and hosted by whom the group says."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from craftpath.domain.forums.actions import change_forum, close_forum, follow_forum, open_forum
from craftpath.domain.forums.opening import follow
from craftpath.domain.forums.owners import Owner, owns
from craftpath.domain.groups import rules
from craftpath.domain.groups.holding import people_of
from craftpath.domain.groups.models import Member, StudyGroup
from craftpath.kernel.access import Actor, system
from craftpath.kernel.tenancy import Scope

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from craftpath.domain.forums.models import Forum

KIND = "groups/group"


def begin_talk(group: StudyGroup, *, by: Actor, at: datetime) -> None:
    """Open the forum of a group that was formed just now; whoever is in it hears of it."""
    forum = _forum(group, at, by)
    for row in rules.inside(people_of(group)):
        follow(forum, row.person_id, at)


def join_talk(row: Member, group: StudyGroup, at: datetime) -> None:
    """Let somebody who came in hear of what is said."""
    follow(_forum(group, at), row.person_id, at)


def leave_talk(group: StudyGroup, *, by: Actor, at: datetime) -> None:
    """Whoever leaves hears of it no longer."""
    follow_forum(_forum(group, at), following=False, by=by, at=at)


def rename_talk(group: StudyGroup, *, by: Actor, at: datetime) -> None:
    """Call the forum what the group is for now."""
    change_forum(_forum(group, at), title=group.goal, by=by, at=at)


def end_talk(group: StudyGroup, *, by: Actor, at: datetime) -> None:
    """Nobody writes there any more; it can be read."""
    close_forum(_forum(group, at), by=by, at=at)


def own_forums() -> None:
    """Tell forums who sees, hosts and is invited where one belongs to a group."""
    owns(KIND, OWNER)


def _forum(group: StudyGroup, at: datetime, by: Actor | None = None) -> Forum:
    """The forum of a group, whoever asks: opened once, under a name that the group's own makes."""
    return open_forum(
        made_id=uuid.uuid5(group.made_id, "forum"), title=group.goal, organisation=group.organisation, of=group.ref,
        by=by or system(group.organisation), at=at,
    )  # fmt: skip


def _seen(scope: Scope) -> QuerySet[Any, str]:
    rows = StudyGroup._base_manager.order_by()
    if not scope.everything:
        rows = rows.filter(StudyGroup.read_by(scope))
    return rows.values_list("public_id", flat=True)


def _hosts(actor: Actor, public_id: str) -> bool:
    group = StudyGroup._base_manager.select_related("organisation").filter(public_id=public_id).first()
    return group is not None and bool(rules.may_lead(actor, group, people_of(group)))


def _people(public_id: str) -> list[int]:
    rows = Member.objects.filter(group__public_id=public_id, state="in")
    return list(rows.order_by("joined_at", "pk").values_list("person_id", flat=True))


OWNER = Owner(seen=_seen, hosts=_hosts, people=_people)
