"""Leading a list: opened, changed, closed; its texts with their licences; the forum of its club; what is confirmed."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from craftpath.domain.forums.actions import Rhythm, open_forum
from craftpath.domain.forums.queries import forum_of
from craftpath.domain.forums.rules import can_be_found
from craftpath.domain.questions.rules import AUDIENCES
from craftpath.domain.questions.wording import clean
from craftpath.domain.reading import rules
from craftpath.domain.reading.facts import (
    ListChanged,
    ListMoved,
    ListOpened,
    ReadingFinished,
    TextDropped,
    TextKept,
)
from craftpath.domain.reading.models import ReadingList, ReadingRecord, ReadingText
from craftpath.domain.reading.states import LIST, RECORD
from craftpath.domain.resources.actions import note_uses
from craftpath.domain.resources.queries import versions_offered, versions_used_by
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.forums.models import Forum

_IN_LIBRARY = re.compile(r"/resources/([A-Za-z0-9]{6,16})/$")


@dataclass(frozen=True, slots=True)
class TextSaid:
    """What somebody says of a text."""

    title: str
    licence: str
    author: str = ""
    source: str = ""
    link: str = ""
    body: str = ""
    licence_words: str = ""
    step: str = ""
    until_on: date | None = None


@action
def open_list(
    *,
    made_id: uuid.UUID,
    title: str,
    organisation: Organisation,
    about: str = "",
    audience: str = "college",
    cohort: Cohort | None = None,
    keeper: Person | None = None,
    by: Actor,
    at: datetime,
) -> ReadingList:
    """Open a list; who is not named leads it. The same `made_id` opens it once."""
    require(rules.may_open(by, organisation))
    known = ReadingList._base_manager.filter(made_id=made_id).first()
    if known is not None:
        if known.organisation_id == organisation.pk:
            return known
        raise Refused(not_now("questions.form_used"))
    row = ReadingList(made_id=made_id, organisation=organisation, keeper=keeper or by.person, made_at=at)
    _fill(row, title, about, audience, cohort)
    row.save()
    return told(row, ListOpened(), by, at)


@action
def change_list(
    row: ReadingList,
    *,
    title: str,
    about: str = "",
    audience: str = "college",
    cohort: Cohort | None = None,
    by: Actor,
    at: datetime,
) -> ReadingList:
    """Change what it is called, what it is for, and for whom. The same changes nothing."""
    row = held(row)
    require(rules.may_lead(by, row))
    before = (row.title, row.about, row.audience, row.cohort_id)
    _fill(row, title, about, audience, cohort)
    if (row.title, row.about, row.audience, row.cohort_id) == before:
        return row
    row.save()
    return told(row, ListChanged(), by, at)


@action
def close_list(row: ReadingList, *, by: Actor, at: datetime) -> ReadingList:
    """Nobody joins or writes down any more; what was read stays. Twice is once."""
    return _moved(row, "close", by, at)


@action
def reopen_list(row: ReadingList, *, by: Actor, at: datetime) -> ReadingList:
    """Open it again. Twice is once."""
    return _moved(row, "reopen", by, at)


@action
def add_text(row: ReadingList, *, made_id: uuid.UUID, said: TextSaid, by: Actor, at: datetime) -> ReadingText:
    """Add a text with its licence; the same `made_id` adds it once."""
    row = held(row)
    require(rules.may_lead(by, row))
    known = ReadingText._base_manager.filter(made_id=made_id).first()
    if known is not None:
        if known.list_id == row.pk:
            return known
        raise Refused(not_now("questions.form_used"))
    require(rules.can_read(row))
    text = ReadingText(made_id=made_id, list=row, made_at=at)
    _say(text, said)
    text.save()
    _tell_library(row, by, at)
    told(row, TextKept(text=text.public_id, licence=text.licence), by, at)
    return text


@action
def change_text(text: ReadingText, *, said: TextSaid, by: Actor, at: datetime) -> ReadingText:
    """Say otherwise what a text is, or until when it is read. The same changes nothing."""
    row = held(text.list)
    require(rules.may_lead(by, row))
    text = ReadingText.objects.get(pk=text.pk)
    before = {one.attname: getattr(text, one.attname) for one in ReadingText._meta.concrete_fields}
    _say(text, said)
    if all(getattr(text, name) == value for name, value in before.items()):
        _tell_library(row, by, at, looked_at=text)  # it was looked at, and fits what the library offers now
        return text
    text.save()
    _tell_library(row, by, at, looked_at=text)
    told(row, TextKept(text=text.public_id, licence=text.licence), by, at)
    return text


@action
def drop_text(text: ReadingText, *, by: Actor, at: datetime) -> None:
    """Take a text off the list that nobody has read or noted anything on; twice is once."""
    row = held(text.list)
    require(rules.may_lead(by, row))
    found = ReadingText.objects.filter(pk=text.pk).first()
    if found is None:
        return
    if ReadingRecord._base_manager.filter(text=found).exists() or found.notes.exists():
        raise Refused(not_now("reading.text_in_use"))
    found.delete()
    _tell_library(row, by, at)
    told(row, TextDropped(text=text.public_id), by, at)


@action
def open_club(
    row: ReadingList, *, made_id: uuid.UUID, rhythm: Rhythm | None = None, by: Actor, at: datetime
) -> Forum:
    """Open the forum in which the readers of a list meet and talk; a list has one."""
    row = held(row)
    require(rules.may_lead(by, row))
    known = forum_of(row.ref)
    if known is not None:
        return known
    require(rules.can_read(row))
    return open_forum(
        made_id=made_id, title=row.title, about=row.about, organisation=row.organisation, host=row.keeper,
        rhythm=rhythm, of=row.ref, by=by, at=at,
    )  # fmt: skip


@action
def confirm_reading(record: ReadingRecord, *, by: Actor, at: datetime) -> ReadingRecord:
    """Confirm that somebody has finished a text, after a talk about it; twice is once."""
    return _confirmed(record, True, by, at)


@action
def reopen_reading(record: ReadingRecord, *, by: Actor, at: datetime) -> ReadingRecord:
    """Take a confirmation back; twice is once."""
    return _confirmed(record, False, by, at)


def _confirmed(record: ReadingRecord, confirmed: bool, by: Actor, at: datetime) -> ReadingRecord:
    row = held(record.text.list)
    require(rules.may_lead(by, row))
    found = ReadingRecord.objects.select_related("person").get(pk=record.pk)
    if by.person is not None and found.person_id == by.person.pk:
        raise Refused(not_now("reading.own_record"))
    if (found.state == "confirmed") == confirmed:
        return found
    found.state = RECORD.after(found.state, "confirm" if confirmed else "reopen")
    found.confirmed_by, found.confirmed_at = (by.person, at) if confirmed else (None, None)
    found.save()
    fact = ReadingFinished(
        record=found.public_id, person=found.person.public_id, pages=found.pages, minutes=found.minutes,
        confirmed=confirmed,
    )  # fmt: skip
    told(row, fact, by, at)
    return found


def _tell_library(row: ReadingList, by: Actor, at: datetime, *, looked_at: ReadingText | None = None) -> None:
    """Say which resources of the library the texts lead to: a text whose link is a resource's page uses it.

    What a text was chosen with stays noted until whoever leads the list looks at that text again.
    """
    links = row.texts.exclude(link="").values_list("link", flat=True)
    ids = {found[1] for link in links if (found := _IN_LIBRARY.search(link))}
    fresh = _IN_LIBRARY.search(looked_at.link) if looked_at is not None else None
    chosen = {one: version for one, version in versions_used_by(row.ref).items() if one in ids}
    if fresh is not None:
        chosen.pop(fresh[1], None)
    versions = [*chosen.values(), *versions_offered(ids - set(chosen))]
    name, place = Text.of(row.title).as_json(), row.organisation
    note_uses(row.ref, name, versions, organisation=place, by=by, at=at)


def held(row: ReadingList) -> ReadingList:
    """The list as it is now, kept from others until the open transaction ends."""
    rows = ReadingList.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation", "keeper").get(pk=row.pk)


def told(row: ReadingList, fact: Fact, by: Actor, at: datetime) -> ReadingList:
    """Tell a fact of a list."""
    tell(fact, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def _moved(row: ReadingList, move: str, by: Actor, at: datetime) -> ReadingList:
    row = held(row)
    require(rules.may_lead(by, row))
    if row.state in LIST.moves[move].values():
        return row
    row.state = LIST.after(row.state, move)
    row.save(update_fields=["state"])
    return told(row, ListMoved(row.state), by, at)


def _fill(row: ReadingList, title: str, about: str, audience: str, cohort: Cohort | None) -> None:
    title, about = clean(title), clean(about)
    require(rules.can_call(title, about))
    if audience not in AUDIENCES:
        raise Refused(not_now("questions.choice_unknown"))
    if (audience == "cohort") != (cohort is not None):
        raise Refused(not_now("forums.class_missing"))
    row.title, row.about, row.audience, row.cohort = title, about, audience, cohort


def _say(text: ReadingText, said: TextSaid) -> None:
    values = {
        name: clean(getattr(said, name))
        for name in ("title", "author", "source", "link", "body", "licence_words", "step")
    }
    require(rules.can_call(values["title"]))
    require(rules.can_be_called(values["author"], values["step"]))
    require(can_be_found("", values["link"]))
    require(
        rules.can_stand(
            body=values["body"], link=values["link"], source=values["source"], licence=said.licence,
            licence_words=values["licence_words"],
        )
    )  # fmt: skip
    for name, value in values.items():
        setattr(text, name, value)
    text.licence, text.until_on = said.licence, said.until_on
