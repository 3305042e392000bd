"""Opening and changing forums; following them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from craftpath.domain.forums import rules
from craftpath.domain.forums.facts import ForumChanged, ForumMoved, ForumOpened
from craftpath.domain.forums.models import AUDIENCES, Follow, Forum
from craftpath.domain.forums.owners import kind_of
from craftpath.domain.forums.states import FORUM
from craftpath.domain.questions.wording import clean
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When and where a forum meets; `every` weeks, 0 for no rhythm."""

    every: int = 0
    weekday: int = 3
    at: time | None = None
    minutes: int = 60
    place: str = ""
    link: str = ""


@action
def open_forum(
    *,
    made_id: uuid.UUID,
    title: str,
    organisation: Organisation,
    about: str = "",
    audience: str = "college",
    cohort: Cohort | None = None,
    host: Person | None = None,
    rhythm: Rhythm | None = None,
    of: Ref | None = None,
    by: Actor,
    at: datetime,
) -> Forum:
    """Open a forum, for everybody of a college, for a class, or for the thing `of`. The same `made_id` opens it once.

    A host who is not named is whoever opens it.
    """
    require(rules.may_open(by, organisation, of))
    known = Forum._base_manager.filter(made_id=made_id).first()
    if known is not None:
        if known.of == of and known.organisation_id == organisation.pk:
            return known
        raise Refused(not_now("questions.form_used"))
    kind, name = (kind_of(of), of.public_id) if of else ("", "")
    forum = Forum(made_id=made_id, organisation=organisation, of_kind=kind, of_id=name, made_at=at)
    _fill(forum, title, about, audience, cohort, host or by.person, rhythm or Rhythm())
    forum.save()
    if forum.host is not None:
        follow(forum, forum.host.pk, at)
    return told(forum, ForumOpened(of=str(of or "")), by, at)


@action
def change_forum(
    forum: Forum,
    *,
    title: str,
    about: str = "",
    audience: str = "college",
    cohort: Cohort | None = None,
    host: Person | None = None,
    rhythm: Rhythm | None = None,
    by: Actor,
    at: datetime,
) -> Forum:
    """Change what it is called, for whom it is, who hosts it, when and where. The same changes nothing."""
    row = held(forum)
    require(rules.may_host(by, row))
    before = {one.attname: getattr(row, one.attname) for one in Forum._meta.concrete_fields}
    _fill(row, title, about, audience, cohort, host or row.host, rhythm or Rhythm())
    if all(getattr(row, name) == value for name, value in before.items()):
        return row
    row.save()
    if row.host is not None:
        follow(row, row.host.pk, at)
    return told(row, ForumChanged(), by, at)


@action
def close_forum(forum: Forum, *, by: Actor, at: datetime) -> Forum:
    """Nobody meets or writes there any more; it can be read. Twice is once."""
    return _moved(forum, "close", by, at)


@action
def reopen_forum(forum: Forum, *, by: Actor, at: datetime) -> Forum:
    """Open it again. Twice is once."""
    return _moved(forum, "reopen", by, at)


@action
def follow_forum(forum: Forum, *, following: bool = True, by: Actor, at: datetime) -> bool:
    """Hear of a forum, or no longer; says which."""
    person = _person(by)
    row = held(forum)
    if following:
        follow(row, person.pk, at)
    else:
        Follow.objects.filter(forum=row, person=person).delete()
    return following


@action
def mute_forum(forum: Forum, *, muted: bool = True, by: Actor, at: datetime) -> bool:
    """Hear nothing of it in the morning, or again."""
    person = _person(by)
    row = held(forum)
    follow(row, person.pk, at)
    Follow.objects.filter(forum=row, person=person).update(muted=muted)
    return muted


def held(forum: Forum) -> Forum:
    """The forum as it is now, kept from others until the open transaction ends."""
    rows = Forum.objects.select_for_update(of=("self",), no_key=True).select_related("organisation", "host")
    return rows.get(pk=forum.pk)


def follow(forum: Forum, person_id: int, at: datetime) -> None:
    """Let somebody hear of a forum from now on; who does already keeps what is unread."""
    Follow.objects.get_or_create(forum=forum, person_id=person_id, defaults={"since": at, "seen_at": at})


def told(forum: Forum, fact: Fact, by: Actor, at: datetime) -> Forum:
    """Tell a fact of a forum."""
    tell(fact, by=by, at=at, organisation=forum.organisation, subject=forum.ref)
    return forum


def _person(by: Actor) -> Person:
    require(rules.may_ask(by))
    if by.person is None:
        raise Refused(may_not("forums.not_the_host"))
    return by.person


def _moved(forum: Forum, move: str, by: Actor, at: datetime) -> Forum:
    row = held(forum)
    require(rules.may_host(by, row))
    if row.state in FORUM.moves[move].values():
        return row
    row.state = FORUM.after(row.state, move)
    row.save(update_fields=["state"])
    return told(row, ForumMoved(row.state), by, at)


def _fill(
    row: Forum,
    title: str,
    about: str,
    audience: str,
    cohort: Cohort | None,
    host: Person | None,
    rhythm: Rhythm,
) -> None:
    title, about = clean(title), clean(about)
    require(rules.can_call(title, about))
    if audience not in AUDIENCES:
        raise Refused(not_now("questions.choice_unknown"))
    if (audience == "cohort") != (cohort is not None):
        raise Refused(not_now("forums.class_missing"))
    require(rules.can_recur(rhythm.every, rhythm.weekday, rhythm.at is not None, rhythm.minutes))
    require(rules.can_be_found(rhythm.place, rhythm.link))
    row.title, row.about, row.audience, row.cohort, row.host = title, about, audience, cohort, host
    row.every, row.weekday, row.at = rhythm.every, rhythm.weekday, rhythm.at
    row.minutes, row.place, row.link = rhythm.minutes, clean(rhythm.place), clean(rhythm.link)
