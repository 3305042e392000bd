"""Threads and posts: begun, answered, worded anew, withdrawn; pinned and closed; read."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from craftpath.domain.forums import rules
from craftpath.domain.forums.facts import PostChanged, Posted, PostWithdrawn, ThreadBegun, ThreadTurned
from craftpath.domain.forums.models import Follow, Forum, Photo, Post, Thread, Visit, Wording
from craftpath.domain.forums.opening import follow, held
from craftpath.domain.forums.states import POST
from craftpath.domain.questions.asking import ONCE, held_person, not_too_often
from craftpath.domain.questions.wording import clean, print_of
from craftpath.kernel import media
from craftpath.kernel.access import Actor, system
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.files import keep
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, not_now, require

Photos = Sequence[tuple[uuid.UUID, bytes]]
"""(a name given by the form, bytes)"""


@action
def start_thread(
    forum: Forum,
    *,
    made_id: uuid.UUID,
    title: str,
    text: str,
    photos: Photos = (),
    news: bool = False,
    by: Actor,
    at: datetime,
) -> Thread:
    """Begin a thread with its first post. Sent twice, or the same words within a day, it is one thread."""
    require(rules.may_ask(by))
    person = held_person(by)
    row = held(forum)
    known = Thread._base_manager.filter(made_id=made_id).first()
    if known is not None and (known.forum_id, known.starter_id) != (row.pk, person.pk):
        raise Refused(not_now("questions.form_used"))
    title, text = clean(title), clean(text)
    require(rules.can_call(title))
    require(rules.can_hold(text, len(photos)))
    print_ = print_of(f"{title}\n{text}")
    same = Thread._base_manager.filter(
        forum=row, starter=person, print=print_, state="open", made_at__gt=at - ONCE
    )
    known = known or (None if photos and not text else same.first())
    if known is not None:
        return known
    require(rules.can_meet(row))
    if news:
        require(rules.may_host(by, row))
    thread = Thread.objects.create(
        made_id=made_id,
        forum=row,
        title=title,
        starter=person,
        print=print_,
        news=news,
        made_at=at,
        last_at=at,
    )
    _write(thread, person, made_id, text, None, photos, by, at)
    Forum._base_manager.filter(pk=row.pk).update(threads=F("threads") + 1)
    told_in(thread, ThreadBegun(thread=thread.public_id, news=news), by, at)
    return thread


@action
def post(
    thread: Thread,
    *,
    made_id: uuid.UUID,
    text: str,
    photos: Photos = (),
    quoted: Post | None = None,
    by: Actor,
    at: datetime,
) -> Post:
    """Write in a thread, quoting a post of it or not. Sent twice, or the same words again, it is one post."""
    require(rules.may_ask(by))
    person = held_person(by)
    row = held_thread(thread)
    text = clean(text)
    known = Post._base_manager.filter(made_id=made_id).first()
    if known is not None and (known.thread_id, known.person_id) != (row.pk, person.pk):
        raise Refused(not_now("questions.form_used"))
    if known is None and text:
        known = Post._base_manager.filter(thread=row, person=person, text=text, state="open").first()
    if known is not None:
        return known
    require(rules.can_write(row))
    require(rules.can_hold(text, len(photos)))
    if quoted is not None and (quoted.thread_id != row.pk or quoted.state != "open"):
        raise Refused(not_now("questions.closed"))
    made = _write(row, person, made_id, text, quoted, photos, by, at)
    told_in(row, Posted(post=made.public_id), by, at)
    return made


@action
def change_post(post: Post, *, text: str, revision: int, by: Actor, at: datetime) -> Post:
    """Word an own post anew; what it said before is kept and can be read. The same changes nothing."""
    row = held_post(post)
    require(rules.may_change(by, row))
    text = clean(text)
    require(rules.can_hold(text, 1 if row.photos.exists() else 0))
    require(rules.can_write(row.thread))
    if row.state != "open":
        raise Refused(not_now("questions.closed"))
    if text == row.text:
        return row
    if revision != row.revision:
        raise Refused(not_now("questions.changed_meanwhile"))
    Wording.objects.create(post=row, revision=row.revision, text=row.text, until=at)
    row.text, row.revision, row.changed_at = text, row.revision + 1, at
    row.save(update_fields=["text", "revision", "changed_at"])
    told_in(row.thread, PostChanged(post=row.public_id, revision=row.revision), by, at)
    return row


@action
def withdraw_post(post: Post, *, by: Actor, at: datetime) -> Post:
    """Withdraw an own post: what others wrote stays readable around it. Twice is once."""
    row = held_post(post)
    require(rules.may_change(by, row))
    if row.state == "withdrawn":
        return row
    put(row, "withdraw")
    told_in(row.thread, PostWithdrawn(post=row.public_id), by, at)
    return row


@action
def turn_thread(thread: Thread, *, pinned: bool, closed: bool, by: Actor, at: datetime) -> Thread:
    """Pin a thread above the others, close it to further posts, or not any more. The same changes nothing."""
    row = held_thread(thread)
    require(rules.may_host(by, row.forum))
    if (row.pinned, row.closed) == (pinned, closed):
        return row
    row.pinned, row.closed = pinned, closed
    row.save(update_fields=["pinned", "closed"])
    told_in(row, ThreadTurned(thread=row.public_id, pinned=pinned, closed=closed), by, at)
    return row


@action
def read_thread(thread: Thread, *, by: Actor, at: datetime) -> None:
    """Note how far somebody has read; nobody else learns it, and whoever does not follow the forum leaves no trace."""
    if by.person is None:
        return
    row = Thread.objects.get(pk=thread.pk)
    if Follow.objects.filter(forum=row.forum_id, person=by.person).exists():
        Visit.objects.update_or_create(thread=row, person=by.person, defaults={"at": at})


@action
def read_forum(forum: Forum, *, by: Actor, at: datetime) -> None:
    """Note that somebody has seen everything that is new in a forum."""
    if by.person is None:
        return
    row = Forum.objects.get(pk=forum.pk)
    if Follow.objects.filter(forum=row, person=by.person).update(seen_at=at):
        Visit.objects.filter(thread__forum=row, person=by.person).delete()


def held_thread(thread: Thread) -> Thread:
    """The thread as it is now, kept from others until the open transaction ends."""
    rows = Thread.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("forum__organisation", "forum__host").get(pk=thread.pk)


def held_post(post: Post) -> Post:
    """A post as it is now, in a thread that is held."""
    thread = held_thread(post.thread)
    row = Post._base_manager.select_related("person").get(pk=post.pk)
    row.thread = thread
    return row


def told_in(thread: Thread, fact: Fact, by: Actor, at: datetime) -> None:
    """Tell a fact of a thread, which is found by what it is about."""
    tell(fact, by=by, at=at, organisation=thread.forum.organisation, subject=thread.ref)


def put(post: Post, move: str) -> None:
    """Move a post on. What begins a thread takes it along, but for a withdrawal where others have written."""
    post.state = POST.after(post.state, move)
    post.save(update_fields=["state"])
    thread = post.thread
    open_ = Post._base_manager.filter(thread=thread, state="open")
    thread.posts = open_.count()
    if post.first and (post.state != "withdrawn" or thread.posts == 0) and thread.state != post.state:
        by = {"open": 1}.get(post.state, -1)
        Forum._base_manager.filter(pk=thread.forum_id).update(threads=F("threads") + by)
        thread.state = post.state
    thread.save(update_fields=["state", "posts"])


def _write(
    thread: Thread,
    person: Person,
    made_id: uuid.UUID,
    text: str,
    quoted: Post | None,
    photos: Photos,
    by: Actor,
    at: datetime,
) -> Post:
    lately = Post._base_manager.filter(person=person, made_at__gt=at - ONCE)
    not_too_often(list(lately.values_list("made_at", flat=True)), at)
    if len(photos) > rules.MOST_PHOTOS:
        raise Refused(not_now("questions.too_many_files", most=rules.MOST_PHOTOS))
    row = Post.objects.create(
        made_id=made_id, thread=thread, first=thread.posts == 0, person=person, role=rules.standing_as(by),
        text=text, quoted=quoted, made_at=at,
    )  # fmt: skip
    for name, content in photos:
        _attach(row, name, content, at)
    thread.posts, thread.last_at = thread.posts + 1, max(thread.last_at, at)
    thread.save(update_fields=["posts", "last_at"])
    Forum._base_manager.filter(pk=thread.forum_id).update(posts=F("posts") + 1, last_at=at)
    follow(thread.forum, person.pk, at)
    Visit.objects.update_or_create(thread=thread, person=person, defaults={"at": at})
    return row


def _attach(row: Post, name: uuid.UUID, content: bytes, at: datetime) -> None:
    medium, place = media.photo(content), row.thread.forum.organisation
    kept = keep(medium.content, f"photo-{name.hex[:8]}", organisation=place, by=system(place), at=at)
    Photo.objects.create(
        post=row, made_id=name, media_type=medium.media_type, kept=kept, width=medium.width,
        height=medium.height, added_at=at,
    )  # fmt: skip
