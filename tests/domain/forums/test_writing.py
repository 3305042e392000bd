"""Threads: written once, read by keys, new since the last visit, and kept kind."""

from __future__ import annotations

import uuid
import zipfile
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.delivery.exchange.own_record import write_record
from craftpath.domain.forums import actions, queries
from craftpath.domain.forums.models import Hiding, Post, Thread
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.tenancy import looking_for
from tests.cast import AT, Cast
from tests.domain.forums.world import DAY, HOUR, begun, due, opened, posted, refused
from tests.domain.questions.world import picture

pytestmark = pytest.mark.usefixtures("all_rows")


def test_sent_twice_is_one_thread_and_the_same_words_again_one_post(cast: Cast) -> None:
    forum, name = opened(cast), uuid.uuid4()
    thread = begun(cast, forum, made_id=name)
    assert begun(cast, forum, made_id=name).pk == begun(cast, forum).pk == thread.pk
    assert begun(cast, forum, at=AT + 2 * DAY).pk != thread.pk
    with refused("questions.form_used"):
        begun(cast, forum, "classmate", made_id=name)
    reply = posted(cast, thread)
    assert posted(cast, thread).pk == reply.pk
    forum.refresh_from_db()
    thread.refresh_from_db()
    assert (forum.threads, forum.posts, thread.posts, thread.last_at) == (2, 3, 2, AT + HOUR)
    with refused("questions.empty"):
        posted(cast, thread, text="  ")
    with refused("questions.too_often"):
        for n in range(11):
            posted(cast, thread, text=f"{n}")


def test_a_reply_quotes_a_post_of_its_thread_only(cast: Cast) -> None:
    forum = opened(cast)
    thread, other = begun(cast, forum), begun(cast, forum, title="别的", text="别的")
    reply = posted(cast, thread)
    assert posted(cast, thread, "mentor", text="同意", quoted=reply).quoted == reply
    with refused("questions.closed"):
        posted(cast, other, "mentor", text="同意", quoted=reply)


def test_news_and_pins_are_the_hosts(cast: Cast) -> None:
    forum = opened(cast)
    with refused("forums.not_the_host"):
        begun(cast, forum, news=True)
    thread = begun(cast, forum, "trainer", news=True)
    with refused("forums.not_the_host"):
        actions.turn_thread(thread, pinned=True, closed=False, by=cast.actor("apprentice"), at=AT)
    actions.turn_thread(thread, pinned=True, closed=True, by=cast.actor("trainer"), at=AT)
    assert queries.pinned(forum) == [thread]
    assert queries.page_of(forum).rows == []
    with refused("forums.thread_closed"):
        posted(cast, thread)


def test_pages_of_threads_follow_by_key_without_counting(cast: Cast) -> None:
    forum = opened(cast)
    by = cast.people["apprentice"]
    Thread.objects.bulk_create(
        Thread(made_id=uuid.uuid4(), forum=forum, title=f"{n}", starter=by, print="", made_at=AT, last_at=AT)
        for n in range(7)
    )
    with CaptureQueriesContext(connection) as asked:
        first = queries.page_of(forum, most=3)
        second = queries.page_of(forum, after=first.after, most=3)
    assert len(asked) == 2
    third = queries.page_of(forum, after=second.after, most=3)
    titles = [row.title for page in (first, second, third) for row in page.rows]
    assert titles == ["6", "5", "4", "3", "2", "1", "0"]
    assert third.after == ""
    for odd in ("x", "~", "2026-09-14~1", f"{AT.isoformat()}~{'9' * 40}"):
        assert queries.page_of(forum, after=odd, most=3).rows == first.rows


def test_new_is_what_came_since_the_last_visit_and_a_muted_forum_is_quiet(cast: Cast) -> None:
    forum = opened(cast)
    thread, reader = begun(cast, forum), cast.people["apprentice"]
    posted(cast, thread)

    def new() -> set[int]:
        return queries.unread([Thread.objects.get(pk=thread.pk)], queries.follow_of(forum, reader))

    assert new() == {thread.pk}
    assert reader.pk in due("forums.news")
    by = {"by": cast.actor("apprentice")}
    actions.read_thread(thread, **by, at=AT + 2 * HOUR)
    assert new() == set()
    posted(cast, thread, "mentor", text="又一条", at=AT + 3 * HOUR)
    assert new() == {thread.pk}
    actions.mute_forum(forum, **by, at=AT)
    assert reader.pk not in due("forums.news")
    actions.mute_forum(forum, muted=False, **by, at=AT)
    actions.read_forum(forum, **by, at=AT + 4 * HOUR)
    assert new() == set()
    assert reader.pk not in due("forums.news")
    actions.follow_forum(forum, following=False, **by, at=AT)
    actions.read_thread(thread, **by, at=AT)
    assert queries.unread([thread], queries.follow_of(forum, reader)) == set()


def test_a_post_is_worded_anew_and_what_it_said_is_kept(cast: Cast) -> None:
    thread = begun(cast, opened(cast))
    row = posted(cast, thread, photos=[(uuid.uuid4(), picture())])
    by = {"by": cast.actor("classmate"), "at": AT + 2 * HOUR}
    with refused("questions.not_own"):
        actions.change_post(row, text="别的", revision=1, by=cast.actor("apprentice"), at=AT)
    actions.change_post(row, text="电流降十五安。", revision=1, **by)
    with refused("questions.changed_meanwhile"):
        actions.change_post(row, text="电流降二十安。", revision=1, **by)
    shown = queries.in_thread(thread).get(pk=row.pk)
    assert [one.text for one in shown.wordings.all()] == ["电流先降十安试试。"]
    assert b"PhoneOf" not in bytes(shown.photos.all()[0].kept.bytes())


def test_a_hidden_thread_goes_from_lists_and_comes_back_by_an_appeal(cast: Cast) -> None:
    forum = opened(cast)
    thread = begun(cast, forum)
    first = Post.objects.get(thread=thread)
    report = actions.report_post(first, reason="unkind", by=cast.actor("classmate"), at=AT)
    with refused("questions.own_report"):
        actions.report_post(first, reason="unkind", by=cast.actor("apprentice"), at=AT)
    with refused("kernel.role_lacks"):
        actions.hide_post(first, because="伤人", by=cast.actor("trainer"), at=AT)
    hiding = actions.hide_post(first, because="伤人", by=cast.actor("coordinator"), at=AT)
    report.refresh_from_db()
    forum.refresh_from_db()
    assert (report.state, forum.threads) == ("upheld", 0)
    assert queries.page_of(forum).rows == []
    with looking_for(cast.actor("classmate").scope):
        assert not Thread.objects.exists()
    with looking_for(cast.actor("apprentice").scope):
        assert Thread.objects.get() == thread
    assert due("forums.hidden") == {cast.people["apprentice"].pk}
    actions.appeal_hiding(hiding, words="只是说焊缝难看", by=cast.actor("apprentice"), at=AT)
    with refused("questions.not_own"):
        actions.appeal_hiding(hiding, words="x", by=cast.actor("classmate"), at=AT)
    actions.lift_hiding(hiding, by=cast.actor("coordinator"), at=AT)
    assert queries.page_of(forum).rows == [thread]
    assert Hiding.objects.get().heard_at is None
    told = AuditEntry.objects.filter(fact="forums.reported").get()
    assert told.person is None  # who reported stands in no history


def test_withdrawn_and_left_the_conversation_stays_readable(cast: Cast) -> None:
    forum = opened(cast)
    thread = begun(cast, forum)
    posted(cast, thread)
    first = Post.objects.get(thread=thread, first=True)
    actions.withdraw_post(first, by=cast.actor("apprentice"), at=AT)
    assert queries.page_of(forum).rows == [thread]  # others wrote there
    alone = begun(cast, forum, title="只有我", text="只有我")
    actions.withdraw_post(Post.objects.get(thread=alone), by=cast.actor("apprentice"), at=AT)
    assert queries.page_of(forum).rows == [thread]


def test_the_own_record_has_the_own_words_and_nobody_else(cast: Cast) -> None:
    thread = begun(cast, opened(cast))
    posted(cast, thread, "mentor", text="师傅说的话")
    first = Post.objects.get(thread=thread, first=True)
    actions.report_post(first, reason="unkind", words="别人写的", by=cast.actor("classmate"), at=AT)
    stream = BytesIO()
    write_record(stream, cast.people["apprentice"], at=AT)
    with zipfile.ZipFile(stream) as archive:
        words = archive.read("record.json").decode()
    assert "立焊打底总是烧穿" in words
    assert "师傅说的话" not in words
    assert "别人写的" not in words
