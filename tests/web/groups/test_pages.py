"""Pages of study groups: formed in two screens, joined by one tap, met, ended, confirmed."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.delivery.web.calendars.sources import events
from craftpath.domain.forums.queries import forums_of
from craftpath.domain.groups import actions
from craftpath.domain.groups.models import Contribution, Member, Presence, StudyGroup, Swap, Task, Topic
from craftpath.domain.groups.talk import KIND
from tests.cast import AT, TODAY, Cast
from tests.domain.groups.world import DAY, WEEK, form, hold, mate, met, sessions
from tests.photos import picture

pytestmark = pytest.mark.usefixtures("all_rows")
PLAN = {
    "goal": "读懂焊接图纸", "skill": "", "until": "2026-11-25", "weekday": "2", "time": "16:30", "every_weeks": "1",
    "minutes": "60", "place": "3 号教室", "link": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def client(cast: Cast, who: str = "26001") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who] if who in cast.people else cast.enrolments[who].person)
    return made


def url(page: str, *ids: Any) -> str:
    return reverse(f"groups:{page}", args=["lanchuan", *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def test_formed_in_two_screens_and_sent_twice_once(cast: Cast) -> None:
    made = client(cast)
    first = made.post(url("new"), PLAN)
    assert "Second: with whom" in text(first)
    assert "林浩然" in text(first)
    assert "陈雨桐" not in text(first).split("<main")[1].split("</header>")[-1].split("group-mates")[1]
    sent = {**PLAN, "step": "2", "made_id": str(uuid.uuid4()), "mates": [cast.enrolments["26002"].public_id]}
    for _twice in range(2):
        done = made.post(url("new"), sent, follow=True)
    group = StudyGroup.objects.get()
    assert "读懂焊接图纸" in text(done)
    assert "3 号教室" in text(done)
    assert dict(Member.objects.values_list("enrolment__number", "state")) == {
        "26001": "in",
        "26002": "invited",
    }
    assert done.request["PATH_INFO"] == url("group", group.public_id)


def test_what_cannot_be_stays_in_the_form_with_the_reason(cast: Cast) -> None:
    made = client(cast)
    assert made.post(url("new"), {**PLAN, "goal": ""}).status_code == 422
    far = {**PLAN, "until": "2030-01-01", "step": "2", "made_id": str(uuid.uuid4())}
    assert made.post(url("new"), far).status_code == 409
    assert made.post(url("new"), {**PLAN, "step": "2", "made_id": "x"}).status_code == 422
    assert made.post(url("new"), {**PLAN, "link": "javascript:alert(1)"}).status_code == 422
    assert not StudyGroup.objects.exists()


def test_an_invitation_is_one_tap_from_the_list(cast: Cast) -> None:
    group = form(cast, invite=("26002",))
    other = client(cast, "26002")
    accept = url("do", group.public_id, "accept")
    assert accept in text(other.get(url("list")))
    assert "You are in." in text(other.post(accept, follow=True))
    assert "Next sessions" in text(other.get(url("group", group.public_id)))


def test_classmates_see_an_open_group_without_its_inside_and_ask_to_join(cast: Cast) -> None:
    group = met(cast, "26002", open_to_join=True, link="https://example.org/secret-room")
    actions.write_notes(group, text="内部笔记", revision=0, by=mate(cast, "26001"), at=AT)
    other = client(cast, "26003")
    page = text(other.get(url("group", group.public_id)))
    assert "Ask to join" in page
    assert "内部笔记" not in page
    assert "secret-room" not in page
    for inner in (url("notes", group.public_id), url("session", sessions(group)[0].public_id)):
        assert other.get(inner).status_code == 403
    other.post(url("do", group.public_id, "ask"))
    row = Member.objects.get(enrolment__number="26003")
    assert row.state == "asking"
    member = client(cast, "26002")
    member.post(url("request_do", group.public_id, row.public_id, "admit"))
    row.refresh_from_db()
    assert row.state == "in"
    page = text(other.get(url("group", group.public_id)))
    assert "内部笔记" in page
    forum = forums_of(KIND, group.public_id).get()
    assert reverse("forums:forum", args=["lanchuan", forum.public_id]) in page


def test_whoever_is_no_member_finds_no_closed_group(cast: Cast) -> None:
    group = met(cast, "26002")
    for page in ("group", "notes", "change", "invite", "end", "file"):
        assert client(cast, "26004").get(url(page, group.public_id)).status_code == 404


def test_notes_of_two_editors_are_both_kept_and_said_so(cast: Cast) -> None:
    group = met(cast, "26002")
    page = url("notes", group.public_id)
    client(cast).post(page, {"text": "一\n二", "revision": "0"})
    client(cast).post(page, {"text": "零\n一\n二", "revision": "1"})
    joined = client(cast, "26002").post(page, {"text": "一\n二\n<b>三</b>", "revision": "1"}, follow=True)
    assert "Both are kept" in text(joined)
    assert "&lt;b&gt;三" in text(joined)
    group.refresh_from_db()
    assert group.notes == "零\n一\n二\n<b>三</b>"
    assert client(cast, "trainer").post(page, {"text": "x", "revision": "3"}).status_code == 403


def test_tasks_are_ticked_on_the_page_and_due_at_home(cast: Cast) -> None:
    group = met(cast, "26002")
    person = cast.enrolments["26002"].person
    sent = {
        "made_id": str(uuid.uuid4()),
        "words": "画三视图",
        "person": person.public_id,
        "until": "2026-09-15",
    }
    for _twice in range(2):
        client(cast).post(url("task", group.public_id), sent)
    task = Task.objects.get()
    other = client(cast, "26002")
    assert "画三视图" in text(other.get(reverse("desks:home", args=["lanchuan"])))
    other.post(url("task_do", task.public_id, "finish"))
    task.refresh_from_db()
    assert task.state == "done"
    assert other.post(url("task_do", task.public_id, "burn")).status_code == 404
    wrong = client(cast).post(url("task", group.public_id), {"made_id": str(uuid.uuid4()), "words": ""})
    assert wrong.status_code == 422


def test_a_session_is_ticked_by_exception_objected_to_and_settled(cast: Cast) -> None:
    group = met(cast, "26002")
    first = sessions(group)[0]
    host = client(cast)
    place = url("session_do", first.public_id, "hold")
    sent = {"done": "看懂了两张图", "away": [cast.enrolments["26002"].person.public_id]}
    assert host.post(place, sent).status_code == 409  # it has not begun
    assert client(cast, "26002").post(place, sent).status_code == 403
    assert "next: " in text(host.get(url("list")))
    with time_machine.travel(first.ends_at, tick=False):
        assert "not ticked yet: " in text(host.get(url("list")))
        assert "Tick who was there" in text(host.get(url("group", group.public_id)))
        assert "看懂了两张图" in text(host.post(place, sent, follow=True))
        row = Presence.objects.get(person=cast.enrolments["26002"].person)
        client(cast, "26002").post(url("presence_do", row.public_id, "object"), {"words": "我在"})
        assert "says: I was there" in text(host.get(url("session", first.public_id)))
        tended = text(client(cast, "trainer").get(url("tended")))
        assert "Objections to settle" in tended
        host.post(url("presence_do", row.public_id, "there"))
    row.refresh_from_db()
    assert (row.there, row.disputed) == (True, False)


def test_turns_are_swapped_by_two_taps(cast: Cast) -> None:
    group = met(cast, "26002")
    first, second, *_rest = sessions(group)
    asker = client(cast)
    assert "Change turns" in text(asker.get(url("group", group.public_id)))
    asker.post(url("session_do", first.public_id, "swap"), {"with": f"host:{second.public_id}"})
    swap = Swap.objects.get()
    other = client(cast, "26002")
    agree = url("swap_do", swap.public_id, "agree")
    assert agree in text(other.get(url("group", group.public_id)))
    other.post(agree)
    first.refresh_from_db()
    assert first.host == cast.enrolments["26002"].person
    assert asker.post(url("session_do", first.public_id, "swap"), {"with": "nonsense"}).status_code == 404


def test_ended_signed_and_confirmed_with_the_figures_of_the_record(cast: Cast) -> None:
    group = met(cast, "26002")
    hold(cast, sessions(group)[0])
    photo = SimpleUploadedFile("IMG.jpg", picture(), "image/jpeg")
    sent = {"result": "都会读图了", "reached": "partly", "again": "", "link": "", "file": photo}
    ended = client(cast).post(url("end", group.public_id), sent, follow=True)
    assert "Written down" in text(ended)
    confirm = url("confirm", group.public_id)
    trainer = client(cast, "trainer")
    assert "Members still sign" in text(trainer.get(confirm))
    assert trainer.post(confirm, {}).status_code == 409
    client(cast, "26002").post(url("do", group.public_id, "sign"))
    page = text(trainer.get(confirm))
    assert "Sessions led: 1" in page
    assert "Was there: 1 of 1" in page
    assert client(cast).get(confirm).status_code == 403
    me = cast.enrolments["26001"].person.public_id
    trainer.post(confirm, {"fact": [f"{me}:led", f"{me}:notes", "x"]})
    assert Contribution.objects.get().kind == "led"
    shown = text(client(cast, "26002").get(url("group", group.public_id)))
    assert "Confirmed by the trainer" in shown
    assert client(cast, "26002").get(url("file", group.public_id)).headers["Content-Type"] == "image/jpeg"


def test_who_could_learn_with_whom_is_proposed_by_one_press(cast: Cast) -> None:
    client(cast).post(url("topics"), {"offers_words": "TIG 焊接", "wants_words": "PLC 编程"})
    client(cast, "26002").post(url("topics"), {"offers_words": "plc编程", "wants_words": "TIG焊接\n CAD"})
    assert Topic.objects.count() == 5
    trainer = client(cast, "trainer")
    page = text(trainer.get(url("matches")))
    assert "陈雨桐 shows 林浩然: TIG 焊接" in page
    assert "both said so" in page
    ids = sorted([cast.enrolments["26001"], cast.enrolments["26002"]], key=lambda row: row.pk)
    sent = {"cohort": cast.cohort.public_id, "proposal": f"ring:{','.join(row.public_id for row in ids)}"}
    made = trainer.post(url("propose"), sent, follow=True)
    group = StudyGroup.objects.get()
    assert "Everybody in it is invited" in text(made)
    assert "Why together" in text(made)
    assert group.goal == "Learn from one another: TIG 焊接 ⇄ PLC 编程"
    assert set(Member.objects.values_list("state", flat=True)) == {"invited"}
    again = trainer.post(url("propose"), sent, follow=True)
    assert "no longer there" in text(again)
    assert StudyGroup.objects.count() == 1


def test_an_apprentice_sees_own_proposals_only(cast: Cast) -> None:
    for number, offers, wants in (
        ("26001", "a", "b"),
        ("26002", "b", "a"),
        ("26003", "c", "d"),
        ("26004", "d", "c"),
    ):
        said = [("offers", "", offers), ("wants", "", wants)]
        actions.say_topics(cast.enrolments[number], said, by=mate(cast, number), at=AT)
    page = text(client(cast).get(url("matches"))).split("<table")[0]
    assert "林浩然" in page
    assert "欧阳思远" not in page
    assert "欧阳思远" in text(client(cast, "trainer").get(url("matches"))).split("<table")[0]


def test_what_is_stuck_is_shown_with_what_to_do_next(cast: Cast) -> None:
    form(cast, "trainer", invite=("26001", "26002", "26003"))
    met(cast, "26002", goal="两人小组")
    with time_machine.travel(AT + 4 * WEEK, tick=False):
        page = text(client(cast, "trainer").get(url("tended")))
    assert "Nobody has accepted yet" in page
    assert "Too few are left" in page
    assert "stuck" in page


def test_the_office_says_how_many_make_a_group_and_a_trainer_does_not(cast: Cast) -> None:
    page = client(cast, "coordinator").post(url("rule"), {"fewest": "2", "most": "5"})
    assert "Noted." in text(page)
    assert client(cast, "coordinator").post(url("rule"), {"fewest": "5", "most": "2"}).status_code == 409
    assert client(cast, "trainer").post(url("rule"), {"fewest": "2", "most": "5"}).status_code == 403


def test_sessions_stand_in_the_own_calendar(cast: Cast) -> None:
    group = met(cast, "26002")
    actions.cancel_session(sessions(group)[0], because="放假", by=mate(cast, "26001"), at=AT)
    rows = [
        one
        for one in events(cast.enrolments["26002"].person, TODAY, TODAY + 30 * DAY)
        if "group-session" in one.name
    ]
    assert len(rows) == 5
    assert rows[0].cancelled
    assert not events(cast.enrolments["26003"].person, TODAY, TODAY + 30 * DAY)


@pytest.mark.parametrize("page", ["tended", "list", "matches"])
def test_lists_ask_as_much_for_many_as_for_few(cast: Cast, page: str) -> None:
    made = client(cast, "trainer" if page != "list" else "26001")
    form(cast, open_to_join=True)
    form(cast, "26004", open_to_join=True)
    for number in ("26001", "26002"):
        actions.say_topics(cast.enrolments[number], [("offers", "", number)], by=mate(cast, number), at=AT)

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert made.get(url(page)).status_code == 200
        return len(seen)

    count()
    few = count()
    for number in ("26002", "26003", "26004"):
        form(cast, number, open_to_join=True)
        form(cast, number, invite=("26001",), goal="x")
    said = [("offers", "", one) for one in "abc"]
    actions.say_topics(cast.enrolments["26003"], said, by=mate(cast, "26003"), at=AT)
    assert count() == few


def test_the_page_of_a_group_asks_as_much_for_many_as_for_few(cast: Cast) -> None:
    group = met(cast, "26002")
    made = client(cast)

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert made.get(url("group", group.public_id)).status_code == 200
        return len(seen)

    count()
    few = count()
    for one in sessions(group)[:3]:
        hold(cast, one)
    for n in range(5):
        actions.add_task(group, words=str(n), made_id=uuid.uuid4(), by=mate(cast, "26001"), at=AT)
    assert count() == few
