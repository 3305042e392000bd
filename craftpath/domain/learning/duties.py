"""Duties of teaching: rolls to call, own attendance to confirm."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from craftpath.domain.learning.models import Attendance, OtherMark, Session
from craftpath.kernel.duties import Asked, columns, duty


@duty("learning.roll", subject="learning.session")
def rolls_to_call(asked: Asked) -> models.QuerySet[Any]:
    """Sessions that are over and whose roll nobody has called; without a named teacher, whoever holds sessions."""
    return columns(
        Session.objects.filter(state="planned", ends_at__lte=asked.at),
        subject="public_id",
        anchor="ends_at",
        place="organisation_id",
        who="teachers__person_id",
    )


@duty("learning.attendance", subject="learning.attendance")
def attendance_to_confirm(asked: Asked) -> models.QuerySet[Any]:
    """Own lines that the apprentice has not answered, and of which nobody says different things."""
    differ = OtherMark.objects.filter(attendance=OuterRef("pk"), settled_at=None)
    rows = Attendance.objects.filter(
        ~Exists(differ), Q(says="") | Q(settled_at__isnull=False), confirmed_at=None
    )
    return columns(
        rows,
        subject="public_id",
        anchor="session__ends_at",
        place="session__organisation_id",
        who="enrolment__person_id",
    )
