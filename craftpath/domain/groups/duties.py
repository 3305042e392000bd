"""Duties of study groups: invitations, turns, tasks, objections, results to sign and to read, groups that are stuck."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.domain.groups.models import GroupSession, Member, Presence, StudyGroup, Swap, Task
from craftpath.kernel.duties import Asked, columns, duty

GROUP = "groups.group"


@duty("groups.invited", subject=GROUP)
def to_answer(asked: Asked) -> models.QuerySet[Any]:
    """Invitations; nobody else hears of them."""
    rows = Member.objects.filter(state="invited", group__state="alive")
    return columns(
        rows, subject="group__public_id", anchor="since", place="group__organisation_id", who="person_id"
    )


@duty("groups.asking", subject=GROUP)
def to_let_in(asked: Asked) -> models.QuerySet[Any]:
    """Somebody asks to join: whoever formed the group is asked, and anybody in it may answer."""
    rows = Member.objects.filter(state="asking", group__state="alive")
    return columns(
        rows,
        subject="group__public_id",
        anchor="since",
        place="group__organisation_id",
        who="group__formed_by_id",
    )


@duty("groups.host", subject=GROUP)
def to_host(asked: Asked) -> models.QuerySet[Any]:
    """The own turn as host, until it is ticked who was there."""
    return _turns("host")


@duty("groups.bring", subject=GROUP)
def to_bring(asked: Asked) -> models.QuerySet[Any]:
    """The own turn to bring the exercise."""
    return _turns("brings").filter(starts_at__gte=asked.at)


@duty("groups.swap", subject=GROUP)
def to_swap(asked: Asked) -> models.QuerySet[Any]:
    """Somebody asks to change turns."""
    rows = Swap.objects.filter(state="asked", mine__group__state="alive")
    return columns(
        rows,
        subject="mine__group__public_id",
        anchor="asked_at",
        place="mine__group__organisation_id",
        who="other_id",
    )


@duty("groups.task", subject=GROUP)
def to_do(asked: Asked) -> models.QuerySet[Any]:
    """Tasks that have a day and somebody who does them."""
    rows = Task.objects.filter(state="open", until__isnull=False, person__isnull=False, group__state="alive")
    return columns(
        rows, subject="group__public_id", anchor="until", place="group__organisation_id", who="person_id"
    )


@duty("groups.sign", subject=GROUP)
def to_sign(asked: Asked) -> models.QuerySet[Any]:
    """Results that a member has not signed yet."""
    rows = Member.objects.filter(state="in", group__state="ended", signed_at__isnull=True)
    return columns(
        rows,
        subject="group__public_id",
        anchor="group__ended_at",
        place="group__organisation_id",
        who="person_id",
    )


@duty("groups.settle", subject=GROUP)
def to_settle(asked: Asked) -> models.QuerySet[Any]:
    """Objections about having been there, for those who look after the class."""
    rows = Presence.objects.exclude(says="").filter(settled_at__isnull=True)
    return columns(
        rows,
        subject="session__group__public_id",
        anchor="said_at",
        place="session__group__organisation_id",
    )


@duty("groups.confirm", subject=GROUP)
def to_confirm(asked: Asked) -> models.QuerySet[Any]:
    """Results that wait to be read."""
    rows = StudyGroup.objects.filter(state="ended")
    return columns(rows, subject="public_id", anchor="ended_at", place="organisation_id")


@duty("groups.stuck", subject=GROUP)
def stuck(asked: Asked) -> models.QuerySet[Any]:
    """Groups that have not met for three of their rhythms."""
    rows = StudyGroup.objects.filter(state="alive", stuck_on__lte=asked.today)
    return columns(rows, subject="public_id", anchor="stuck_on", place="organisation_id")


def _turns(role: str) -> models.QuerySet[Any]:
    rows = GroupSession.objects.filter(state="planned", group__state="alive", **{f"{role}__isnull": False})
    return columns(
        rows,
        subject="group__public_id",
        anchor="starts_at",
        place="group__organisation_id",
        who=f"{role}_id",
    )
