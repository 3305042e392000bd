"""Reading lists, their texts, notes and records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Exists, OuterRef

from craftpath.domain.forums.queries import first_posts, forums_of
from craftpath.domain.reading.clubs import KIND
from craftpath.domain.reading.models import Member, Note, ReadingList, ReadingRecord, ReadingText
from craftpath.kernel.people import Person

if TYPE_CHECKING:
    from craftpath.domain.forums.models import Forum, Post


def lists(reader: Person | None = None) -> models.QuerySet[ReadingList]:
    """The lists of the open scope, open ones and the newest first; with how many texts, and whether one reads along."""
    rows = ReadingList.objects.select_related("organisation", "cohort", "keeper")
    mine = Member.objects.filter(list=OuterRef("pk"), person=reader)
    rows = rows.annotate(count=Count("texts", distinct=True), mine=Exists(mine))
    return rows.order_by("-state", "-made_at", "-pk")


def texts() -> models.QuerySet[ReadingText]:
    """The texts of the open scope, in the order in which they are read."""
    rows = ReadingText.objects.select_related("list__organisation", "list__keeper", "list__cohort")
    return rows.order_by(models.F("until_on").asc(nulls_last=True), "pk")


def club_of(row: ReadingList) -> Forum | None:
    """The forum in which its readers meet, as the reader sees it."""
    return forums_of(KIND, row.public_id).first()


def members(row: ReadingList) -> list[Person]:
    """Who reads along, by name; one query."""
    rows = Member.objects.filter(list=row).select_related("person").order_by("person__name", "pk")
    return [one.person for one in rows]


def own_notes(text: ReadingText, person: Person) -> list[Note]:
    """One's own notes on a text, in their order, with their threads; one query."""
    rows = Note.objects.filter(text=text, person=person).select_related("thread")
    return list(rows.order_by("made_at", "pk"))


def note(public_id: str, person: Person) -> models.QuerySet[Note]:
    """An own note on a text that one sees."""
    seen = ReadingText.objects.order_by().values("pk")
    rows = Note.objects.filter(public_id=public_id, person=person, text__in=seen)
    return rows.select_related("text__list__organisation", "text__list__keeper")


def shared(text: ReadingText) -> list[Post]:
    """What readers have shared of a text, as it stands in its thread, the newest first; one query."""
    made = Note.objects.filter(text=text, thread__isnull=False).order_by()
    return first_posts(made.values("thread_id"))


def own_records(person: Person, row: ReadingList | None = None) -> dict[int, ReadingRecord]:
    """text id → how far somebody is; one query."""
    rows = ReadingRecord.objects.filter(person=person)
    return {one.text_id: one for one in (rows.filter(text__list=row) if row else rows)}


def records(row: ReadingList) -> models.QuerySet[ReadingRecord]:
    """What everybody has read of a list, as far as the reader sees it, by name."""
    rows = ReadingRecord.objects.filter(text__list=row).select_related("person", "text__list__organisation")
    return rows.order_by("person__name", "person", "text")


def record(public_id: str) -> models.QuerySet[ReadingRecord]:
    """One person's reading of one text, as far as the reader sees it."""
    rows = ReadingRecord.objects.filter(public_id=public_id)
    return rows.select_related("person", "text__list__organisation", "text__list__keeper")


def ahead(person: Person) -> models.QuerySet[ReadingText]:
    """Texts with a day on open lists along which somebody reads, in the open scope."""
    mine = Member.objects.filter(person=person).order_by()
    return texts().filter(list__in=mine.values("list_id"), list__state="open", until_on__isnull=False)
