"""Duties of forums: to say whether one comes, to come, to hold and plan, to do what one took on, to read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db import models
from django.db.models import Exists, F, Max, OuterRef
from django.db.models.functions import Coalesce

from craftpath.domain.forums.models import Attendance, Follow, Forum, Hiding, Meeting, Report, Takeaway
from craftpath.kernel.duties import Asked, Row, columns, duty

_PLACE = "meeting__forum__organisation_id"


def _mine(asked: Asked) -> models.QuerySet[Attendance]:
    seen = Meeting.objects.filter(state="planned", starts_at__gt=asked.at).order_by().values("pk")
    return Attendance.objects.filter(meeting__in=seen)


@duty("forums.say", subject="forums.meeting")
def to_say(asked: Asked) -> models.QuerySet[Any]:
    """Meetings to which somebody is invited and has not said whether to come."""
    return columns(
        _mine(asked).filter(coming=""), subject="meeting__public_id", anchor="meeting__starts_at",
        place=_PLACE, who="person_id",
    )  # fmt: skip


@duty("forums.come", subject="forums.meeting")
def to_come(asked: Asked) -> models.QuerySet[Any]:
    """Meetings to which somebody said to come; it stands there from the day before on."""
    return columns(
        _mine(asked).filter(coming="yes"), subject="meeting__public_id", anchor="meeting__starts_at",
        place=_PLACE, who="person_id",
    )  # fmt: skip


@duty("forums.hold", subject="forums.meeting")
def to_hold(asked: Asked) -> models.QuerySet[Any]:
    """Meetings that have begun and whose host has not said who was there."""
    rows = Meeting.objects.filter(state="planned", starts_at__lte=asked.at)
    who = Coalesce("host_id", "forum__host_id")
    return columns(rows, subject="public_id", anchor="starts_at", place="forum__organisation_id", who=who)


@duty("forums.plan", subject="forums.forum")
def to_plan(asked: Asked) -> models.QuerySet[Any]:
    """Forums with a rhythm whose next date is not planned."""
    ahead = Meeting.objects.filter(forum=OuterRef("pk"), state="planned")
    rows = Forum.objects.filter(state="open", every__gt=0).exclude(Exists(ahead))
    last = Coalesce(Max("meetings__starts_at"), "made_at")
    return columns(
        rows.annotate(last=last), subject="public_id", anchor="last", place="organisation_id", who="host_id"
    )


@duty("forums.takeaway", subject="forums.meeting")
def to_do(asked: Asked) -> models.QuerySet[Any]:
    """What somebody took on at a meeting and has not done."""
    seen = Meeting.objects.order_by().values("pk")
    rows = Takeaway.objects.filter(person__isnull=False, done_at__isnull=True, meeting__in=seen)
    by = Coalesce("by_on", "meeting__starts_at__date")
    return columns(rows, subject="meeting__public_id", anchor=by, place=_PLACE, who="person_id")


@duty("forums.news", subject="forums.forum")
def to_read(asked: Asked) -> models.QuerySet[Any]:
    """Forums that somebody follows in which something is new; muted ones say nothing."""
    rows = Follow.objects.filter(muted=False, forum__last_at__gt=F("seen_at"), forum__state="open")
    rows = rows.filter(forum__in=Forum.objects.order_by().values("pk"))
    return columns(
        rows, subject="forum__public_id", anchor="forum__last_at", place="forum__organisation_id",
        who="person_id",
    )  # fmt: skip


@duty("forums.hidden", subject="forums.post")
def to_hear(asked: Asked) -> models.QuerySet[Any]:
    """What of one's own was hidden, or decided about it, and not read yet; nobody else hears of it."""
    rows = Hiding.objects.filter(heard_at__isnull=True)
    place = "post__thread__forum__organisation_id"
    return columns(rows, subject="post__public_id", anchor="hidden_at", place=place, who="post__person_id")


@duty("forums.report", subject="forums.post")
def to_decide(asked: Asked) -> Iterator[Row]:
    """Open reports and appeals, for the office."""
    four = {"subject": "post__public_id", "place": "post__thread__forum__organisation_id"}
    reported = columns(Report.objects.filter(state="open"), anchor="made_at", **four)
    appealed = columns(Hiding.objects.filter(state="appealed"), anchor="appealed_at", **four)
    order = ("duty_subject", "duty_anchor", "duty_place", "duty_who")
    return chain(reported.values_list(*order), appealed.values_list(*order))
