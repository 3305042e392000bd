"""Reading along: joining, notes on passages, what one has read."""

from __future__ import annotations

import uuid
from datetime import datetime

from craftpath.domain.forums.actions import start_thread
from craftpath.domain.forums.queries import forums_of
from craftpath.domain.questions.asking import held_person
from craftpath.domain.questions.wording import clean, title_of
from craftpath.domain.reading import rules
from craftpath.domain.reading.clubs import KIND
from craftpath.domain.reading.facts import NoteShared
from craftpath.domain.reading.leading import held, told
from craftpath.domain.reading.models import Member, Note, ReadingList, ReadingRecord, ReadingText
from craftpath.domain.reading.states import RECORD
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, not_now, require


@action
def join_list(row: ReadingList, *, by: Actor, at: datetime) -> Member:
    """Read along: one is reminded of what is read until when, and invited when the club meets."""
    require(rules.may_ask(by))
    person = held_person(by)
    row = held(row)
    require(rules.can_read(row))
    made, _new = Member.objects.get_or_create(list=row, person=person, defaults={"since": at})
    return made


@action
def leave_list(row: ReadingList, *, by: Actor, at: datetime) -> None:
    """Read along no more; notes and what was read stay one's own."""
    person = held_person(by)
    Member.objects.filter(list=held(row), person=person).delete()


@action
def keep_note(
    text: ReadingText, *, made_id: uuid.UUID, words: str, quote: str = "", by: Actor, at: datetime
) -> Note:
    """Note something on a passage, for oneself. Sent twice it is one note."""
    require(rules.may_ask(by))
    person = held_person(by)
    text = ReadingText.objects.get(pk=text.pk)
    known = Note.objects.filter(made_id=made_id).first()
    if known is not None:
        if (known.text_id, known.person_id) == (text.pk, person.pk):
            return known
        raise Refused(not_now("questions.form_used"))
    quote, words = clean(quote), clean(words)
    require(rules.can_note(quote, words))
    same = Note.objects.filter(text=text, person=person, quote=quote, words=words).first()
    return same or Note.objects.create(
        made_id=made_id, text=text, person=person, quote=quote, words=words, made_at=at
    )


@action
def drop_note(note: Note, *, by: Actor, at: datetime) -> None:
    """Throw an own note away; what was shared of it stands in the thread until it is withdrawn there."""
    held_person(by)
    found = Note.objects.filter(pk=note.pk).first()
    if found is not None:
        require(rules.may_change(by, found))
        found.delete()


@action
def share_note(note: Note, *, by: Actor, at: datetime) -> Note:
    """Share an own note with the club: a thread of its forum, where others reply and the office minds it. Once."""
    held_person(by)
    row = held(note.text.list)
    found = Note.objects.select_related("text").get(pk=note.pk)
    require(rules.may_change(by, found))
    if found.thread_id is not None:
        return found
    forum = forums_of(KIND, row.public_id).first()
    if forum is None:
        raise Refused(not_now("reading.no_club"))
    quoted = "\n".join(f"> {line}" for line in found.quote.splitlines())
    found.thread = start_thread(
        forum, made_id=uuid.uuid5(found.made_id, "thread"), title=title_of(f"{found.text.title}：{found.words}"),
        text=f"{quoted}\n\n{found.words}" if quoted else found.words, by=by, at=at,
    )  # fmt: skip
    found.save(update_fields=["thread"])
    told(row, NoteShared(text=found.text.public_id), by, at)
    return found


@action
def keep_record(
    text: ReadingText,
    *,
    pages: int = 0,
    minutes: int = 0,
    sentence: str = "",
    finished: bool = False,
    by: Actor,
    at: datetime,
) -> ReadingRecord:
    """Write down how far one is with a text; what was confirmed changes no more."""
    require(rules.may_ask(by))
    person = held_person(by)
    text = ReadingText.objects.select_related("list").get(pk=text.pk)
    row = ReadingRecord._base_manager.filter(text=text, person=person).first()
    row = row or ReadingRecord(text=text, person=person)
    sentence = clean(sentence)
    require(rules.can_count(pages, minutes, sentence))
    same = (row.pages, row.minutes, row.sentence, row.state != "reading") == (
        pages,
        minutes,
        sentence,
        finished,
    )
    if same and row.pk:
        return row
    require(rules.can_read(text.list))
    if row.state == "confirmed":
        raise Refused(not_now("reading.confirmed_already"))
    if finished != (row.state == "finished"):
        row.state = RECORD.after(row.state, "keep")
        row.finished_at = at if finished else None
    row.pages, row.minutes, row.sentence, row.changed_at = pages, minutes, sentence, at
    row.save()
    return row
