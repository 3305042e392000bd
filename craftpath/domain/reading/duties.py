"""Duties of reading: what is read until when, and what waits to be confirmed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef

from craftpath.domain.reading.models import Member, ReadingList, ReadingRecord
from craftpath.kernel.duties import Asked, columns, duty, first_of


@duty("reading.read", subject="reading.list")
def to_read(asked: Asked) -> models.QuerySet[Any]:
    """Texts that somebody who reads along has not finished, by the day until which they are read."""
    done = ReadingRecord._base_manager.filter(text=OuterRef("list__texts"), person=OuterRef("person"))
    rows = Member.objects.filter(
        list__in=ReadingList.objects.filter(state="open").order_by().values("pk"),
        list__texts__until_on__isnull=False,
    ).exclude(Exists(done.exclude(state="reading")))
    return columns(
        rows,
        subject="list__public_id",
        anchor="list__texts__until_on",
        place="list__organisation_id",
        who="person_id",
    )


@duty("reading.confirm", subject="reading.list")
def to_confirm(asked: Asked) -> models.QuerySet[Any]:
    """Readings that are finished and wait to be confirmed; one duty a list, for whoever leads it."""
    rows = ReadingRecord.objects.filter(state="finished").exclude(person=F("text__list__keeper"))
    place, who = "text__list__organisation_id", "text__list__keeper_id"
    return first_of(rows, subject="text__list__public_id", anchor="finished_at", place=place, who=who)
