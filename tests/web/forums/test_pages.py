"""Pages of forums: one tap says whether one comes, threads follow by keys, what is written is cleaned."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from craftpath.delivery.web.calendars.sources import events
from craftpath.domain.forums import actions
from craftpath.domain.forums.models import Attendance, Forum, Meeting, Post, Takeaway, Thread
from craftpath.kernel.tenancy import looking_for
from tests.cast import AT, Cast
from tests.domain.forums.world import DAY, HOUR, begun, opened, planned, posted
from tests.domain.questions.world import picture

pytestmark = pytest.mark.usefixtures("all_rows")
PLACES = {"mentor": "jinheng", "hr": "jinheng"}


def client(cast: Cast, who: str = "apprentice") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: Any, who: str = "apprentice") -> str:
    return reverse(f"forums:{page}", args=[PLACES.get(who, "lanchuan"), *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def ours(cast: Cast) -> Forum:
    return opened(cast, audience="cohort", cohort=cast.cohort)


def tomorrow(cast: Cast, forum: Forum) -> Meeting:
    """A meeting that lies ahead of the clock of this machine, which pages go by."""
    return planned(cast, forum, starts_at=max(timezone.now(), AT) + DAY, agenda=["立焊打底"])


def test_a_trainer_opens_a_forum_and_plans_its_next_dates(cast: Cast) -> None:
    host = client(cast, "trainer")
    sent = {
        "made_id": str(uuid.uuid4()),
        "title": "焊接夜谈",
        "audience": "college",
        "every": "2",
        "weekday": "3",
    }
    sent |= {"at": "16:00", "minutes": "90", "place": "实训楼 302", "link": "https://meet.example/1"}
    opening = host.post(url("new"), sent)
    forum = Forum.objects.get()
    assert opening.headers["Location"] == url("forum", forum.public_id)
    assert host.post(url("new"), {**sent, "made_id": str(uuid.uuid4()), "at": ""}).status_code == 409
    assert host.post(url("new"), {**sent, "link": "javascript:alert(1)"}).status_code == 422
    assert "every 2 weeks on Thursday, 16:00" in text(client(cast).get(url("forum", forum.public_id)))
    assert url("new") not in text(client(cast).get(url("list")))
    host.post(url("plan", forum.public_id), {"made_id": str(uuid.uuid4()), "count": "3"})
    assert Meeting.objects.count() == 3
    sent = {
        "made_id": str(uuid.uuid4()),
        "starts_at": "2030-01-03T16:00",
        "minutes": "60",
        "agenda": "a\n\nb",
    }
    host.post(url("plan", forum.public_id), sent)
    row = Meeting.objects.get(minutes=60)
    assert row.agenda == ["a", "b"]
    host.post(url("change_meeting", row.public_id), {**sent, "place": "食堂"})
    row.refresh_from_db()
    assert (row.place, row.sequence) == ("食堂", 1)
    assert client(cast).get(url("plan", forum.public_id)).status_code == 403


def test_a_closed_forum_stands_behind_those_that_are_open(cast: Cast) -> None:
    still, closed = opened(cast, title="夜谈"), opened(cast, title="旧事")
    actions.close_forum(closed, by=cast.actor("trainer"), at=AT)
    page = text(client(cast).get(url("list")))
    assert page.index(still.title) < page.index(closed.title)


def test_what_is_kept_pinned_and_reported_is_said_in_chinese(cast: Cast) -> None:
    forum, host = opened(cast), client(cast, "trainer")
    host.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
    sent = {"title": "夜谈", "audience": "college", "every": "0", "weekday": "3", "minutes": "60"}
    kept = host.post(url("edit", forum.public_id), {**sent, "made_id": str(uuid.uuid4())}, follow=True)
    assert "已保存。" in text(kept)
    thread = begun(cast, forum)
    assert "<span>置顶</span>" in text(host.get(url("thread", thread.public_id)))


def test_one_tap_says_whether_one_comes_and_the_calendar_follows(cast: Cast) -> None:
    meeting = tomorrow(cast, ours(cast))
    me = client(cast)
    home = reverse("desks:home", args=["lanchuan"])
    assert "焊接夜谈: do you come?" in text(me.get(home))
    assert url("meeting_do", meeting.public_id, "come") in text(me.get(url("mine")))
    me.post(url("meeting_do", meeting.public_id, "come"), {"from": "mine"})
    assert "You come" in text(me.get(url("mine")))
    assert "do you come?" not in text(me.get(home))

    def titles() -> list[tuple[str, bool]]:
        with looking_for(cast.actor("apprentice").scope):
            day = meeting.starts_at.date()
            found = events(cast.people["apprentice"], day - timedelta(days=1), day + timedelta(days=1))
        return [(one.title, one.cancelled) for one in found if one.name.startswith("forum-")]

    assert titles() == [("焊接夜谈", False)]
    client(cast, "trainer").post(url("meeting_do", meeting.public_id, "cancel"), {"because": "停电"})
    assert [cancelled for _title, cancelled in titles()] == [True]
    me.post(url("meeting_do", meeting.public_id, "stay"))
    assert Attendance.objects.get(meeting=meeting, person=cast.people["apprentice"]).coming == "yes"


def test_who_stays_away_is_read_by_the_host_alone(cast: Cast) -> None:
    meeting = tomorrow(cast, ours(cast))
    client(cast, "classmate").post(url("meeting_do", meeting.public_id, "stay"))
    name = cast.people["classmate"].name
    assert name in text(client(cast, "trainer").get(url("meeting", meeting.public_id)))
    assert name not in text(client(cast).get(url("meeting", meeting.public_id)))


def test_the_host_confirms_who_was_there_and_writes_what_came_of_it(cast: Cast) -> None:
    forum = ours(cast)
    meeting = planned(cast, forum)
    actions.say_coming(meeting, coming=True, by=cast.actor("apprentice"), at=AT)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - HOUR)
    host, me = client(cast, "trainer"), cast.people["apprentice"]
    page = text(host.get(url("meeting", meeting.public_id)))
    assert f'value="{me.public_id}" checked' in page
    host.post(url("meeting_do", meeting.public_id, "hold"), {"there": [me.public_id]})
    sent = {
        "made_id": str(uuid.uuid4()),
        "words": "整理参数表",
        "person": me.public_id,
        "by_on": "2030-01-01",
    }
    host.post(url("meeting_do", meeting.public_id, "takeaway"), sent)
    row = Takeaway.objects.get()
    assert "整理参数表" in text(client(cast, "classmate").get(url("meeting", meeting.public_id)))
    client(cast).post(url("takeaway_do", row.public_id, "done"), {"from": "mine"})
    row.refresh_from_db()
    assert row.done_at is not None
    assert client(cast).post(url("meeting_do", meeting.public_id, "hold"), {"there": []}).status_code == 403
    assert client(cast, "classmate").post(url("takeaway_do", row.public_id, "undone")).status_code == 403


def test_a_thread_is_begun_with_a_photo_answered_with_a_quote_and_seen(cast: Cast) -> None:
    forum = ours(cast)
    me = client(cast)
    sent = {"made_id": str(uuid.uuid4()), "title": "立焊打底", "text": "总是 **烧穿**"}
    photo = SimpleUploadedFile("IMG_ChenYutong.jpg", picture(), "image/jpeg")
    page = text(me.post(url("begin", forum.public_id), {**sent, "photos": [photo]}, follow=True))
    assert "<strong>烧穿</strong>" in page
    thread, first = Thread.objects.get(), Post.objects.get()
    shown = me.get(url("photo", first.photos.get().public_id))
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert client(cast, "stranger").get(url("photo", first.photos.get().public_id)).status_code in (403, 404)
    mate = client(cast, "classmate")
    answering = text(mate.get(url("thread", thread.public_id) + f"?quote={first.public_id}"))
    assert f'value="{first.public_id}"' in answering
    sent = {"made_id": str(uuid.uuid4()), "text": "先降电流", "quoted": first.public_id}
    after = mate.post(url("post", thread.public_id), sent)
    made = Post.objects.get(first=False)
    assert made.quoted == first
    assert after.headers["Location"].endswith(f"?page=1#post-{made.public_id}")
    assert "is-new" in text(me.get(url("forum", forum.public_id)))
    assert me.post(url("thread_do", thread.public_id, "seen")).status_code == 204
    assert "is-new" not in text(me.get(url("forum", forum.public_id)))
    assert me.post(url("thread_do", thread.public_id, "pin")).status_code == 403
    client(cast, "trainer").post(url("thread_do", thread.public_id, "close"))
    assert (
        mate.post(
            url("post", thread.public_id), {**sent, "made_id": str(uuid.uuid4()), "text": "x"}
        ).status_code
        == 409
    )


def test_what_is_written_is_cleaned_and_what_cannot_be_stays_in_the_form(cast: Cast) -> None:
    forum = ours(cast)
    bad = "<script>alert(1)</script> [x](javascript:alert(1)) ![x](https://evil.example/a.png)"
    thread = begun(cast, forum, text=bad)
    page = text(client(cast).get(url("thread", thread.public_id)))
    assert "<script>alert" not in page
    assert "javascript:alert" not in page.replace("[x](javascript:alert(1))", "")
    assert 'src="https://evil' not in page
    me = client(cast)
    for wrong in ({"title": ""}, {"text": "字" * 5000}, {"text": "a\x00b"}):
        sent = {"made_id": str(uuid.uuid4()), "title": "t", "text": "t", **wrong}
        assert me.post(url("begin", forum.public_id), sent).status_code == 422, wrong
    sent = {"made_id": str(uuid.uuid4()), "title": "t", "text": "  "}
    assert me.post(url("begin", forum.public_id), sent).status_code == 409
    assert (
        me.post(url("post", thread.public_id), {"made_id": str(uuid.uuid4()), "text": ""}).status_code == 409
    )


def test_a_list_of_many_threads_asks_the_same_queries_as_a_short_one(cast: Cast) -> None:
    forum = ours(cast)
    me = client(cast)
    begun(cast, forum)

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert me.get(address).status_code == 200
        return len(asked)

    few = queries(url("forum", forum.public_id))
    Thread.objects.bulk_create(
        Thread(
            made_id=uuid.uuid4(), forum=forum, title=f"t{n}", starter=cast.people["classmate"], print="", made_at=AT,
            last_at=AT + timedelta(minutes=n), posts=1,
        )
        for n in range(120)
    )  # fmt: skip
    assert queries(url("forum", forum.public_id)) == few
    page = text(me.get(url("forum", forum.public_id)))
    assert "t119" in page
    assert "t90" not in page
    following = page.split('rel="next" href="')[1].split('"')[0]
    assert "t90" in text(me.get(url("forum", forum.public_id) + following.replace("&amp;", "&")))


def test_posts_are_reported_hidden_and_appealed(cast: Cast) -> None:
    thread = begun(cast, ours(cast))
    row = posted(cast, thread)
    client(cast).post(url("post_do", row.public_id, "report"), {"reason": "unkind"})
    office = client(cast, "coordinator")
    page = text(office.get(url("minding")))
    assert row.text in page
    report = row.reports.get()
    office.post(url("decide", report.public_id, "uphold"), {"because": "伤人"})
    assert row.text not in text(client(cast).get(url("thread", thread.public_id)))
    mine = text(client(cast, "classmate").get(url("mine")))
    assert "伤人" in mine
    hiding = row.hidings.get()
    client(cast, "classmate").post(url("hiding", hiding.public_id, "appeal"), {"because": "只是建议"})
    office.post(url("hiding", hiding.public_id, "lift"))
    assert row.text in text(client(cast).get(url("thread", thread.public_id)))
    assert client(cast, "trainer").get(url("minding")).status_code == 403


def test_who_has_left_is_nobody_and_the_words_stay(cast: Cast) -> None:
    thread = begun(cast, ours(cast))
    row = posted(cast, thread)
    person = cast.people["classmate"]
    name, person.name = person.name, ""
    person.save(update_fields=["name"])
    page = text(client(cast).get(url("thread", thread.public_id)))
    assert row.text in page
    assert "Somebody who has left" in page
    assert name not in page
