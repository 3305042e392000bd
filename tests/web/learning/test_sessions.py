"""The pages of sessions: two presses to a roll, settle, close, confirm, sums."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from craftpath.delivery.web.learning import rolling
from craftpath.domain.learning.actions import Plan, plan_session
from craftpath.domain.learning.models import Attendance, OtherMark, Roll, Session
from craftpath.domain.learning.queries import own_attendance
from craftpath.domain.training.models import HourLine
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast

Browse = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("all_rows")


@pytest.fixture
def now(cast: Cast) -> Session:
    """A session that began an hour ago and is over by now, taught by the trainer."""
    start = timezone.now().replace(microsecond=0) - timedelta(hours=1)
    plan = Plan(
        {"en": "Reading drawings"},
        "lesson",
        "on_site",
        start,
        start + timedelta(minutes=50),
        "A-301",
        "taught",
    )
    teachers = {cast.people["trainer"]: "trainer", cast.people["mentor"]: "mentor"}
    return plan_session(
        plan,
        organisation=cast.college,
        cohorts=[cast.cohort],
        teachers=teachers,
        by=cast.actor("coordinator"),
        at=AT,
    )[0]


def roll_form(client: Client, way: str) -> dict[str, str]:
    """The form as the page shows it."""
    text = client.get(way).content.decode()
    form = dict(re.findall(r'name="(made_id|base)" value="([^"]*)"', text))
    form |= dict(re.findall(r'name="(mark-\w+)"[^>]*value="(\w+)" checked', text))
    return form


def test_from_home_to_a_roll_are_two_presses(cast: Cast, browse: Browse, now: Session) -> None:
    trainer = browse("trainer")
    way = f"/o/lanchuan/sessions/{now.public_id}/roll/"
    assert f'href="{way}"' in trainer.get("/o/lanchuan/").content.decode()
    form = roll_form(trainer, way)
    assert len(form) == 2 + 5
    form[f"mark-{cast.enrolments['26002'].public_id}"] = "absent"
    answer = trainer.post(way, form)
    assert answer.url == f"/o/lanchuan/sessions/{now.public_id}/"
    statuses = dict(Attendance.objects.values_list("enrolment__number", "status").order_by())
    assert statuses == {n: "absent" if n == "26002" else "present" for n in cast.enrolments}
    page = trainer.get(answer.url).content.decode()
    assert "4 there, 1 away" in page
    assert way not in trainer.get("/o/lanchuan/").content.decode()


def test_a_second_press_is_the_same_and_a_second_thought_is_not(
    cast: Cast, browse: Browse, now: Session
) -> None:
    """The page of before, opened again by the browser's way back, still says what its teacher says."""
    trainer, way = browse("trainer"), f"/o/lanchuan/sessions/{now.public_id}/roll/"
    form = roll_form(trainer, way)
    for _ in range(2):
        trainer.post(way, form)
    assert Roll.objects.count() == 1
    form[f"mark-{cast.enrolments['26001'].public_id}"] = "late"
    trainer.post(way, form)
    assert Roll.objects.count() == 2
    assert OtherMark.objects.filter(attendance__enrolment__number="26001", status="late").count() == 1


def test_a_changed_roll_begins_from_what_stands(cast: Cast, browse: Browse, now: Session) -> None:
    trainer, way = browse("trainer"), f"/o/lanchuan/sessions/{now.public_id}/roll/"
    key, minutes = (f"{name}-{cast.enrolments['26001'].public_id}" for name in ("mark", "minutes"))
    trainer.post(way, roll_form(trainer, way) | {key: "late", minutes: "41"})
    again = roll_form(trainer, way)
    assert (again[key], again["base"]) == ("late", "1")
    trainer.post(way, again | {key: "present"})
    row = Attendance.objects.get(enrolment__number="26001")
    assert (row.status, row.minutes, row.revision) == ("present", 50, 2)
    assert not OtherMark.objects.exists()


def test_two_people_differ_and_the_page_settles_it(cast: Cast, browse: Browse, now: Session) -> None:
    way = f"/o/lanchuan/sessions/{now.public_id}/roll/"
    key = f"mark-{cast.enrolments['26002'].public_id}"
    for who, status in (("trainer", "absent"), ("coordinator", "present")):
        client = browse(who)
        client.post(way, roll_form(client, way) | {key: status})
    trainer = browse("trainer")
    page = trainer.get(f"/o/lanchuan/sessions/{now.public_id}/").content.decode()
    assert "马建国 said: Absent" in page
    assert "何静 said: Present" in page
    row = Attendance.objects.get(enrolment__number="26002")
    trainer.post(f"/o/lanchuan/sessions/attendance/{row.public_id}/settle/", {"status": "present"})
    row.refresh_from_db()
    assert (row.status, row.settled_by) == ("present", cast.people["trainer"])


def test_closing_by_the_page_and_many_at_once(cast: Cast, browse: Browse, now: Session) -> None:
    trainer, way = browse("trainer"), f"/o/lanchuan/sessions/{now.public_id}/roll/"
    assert trainer.post("/o/lanchuan/sessions/close/", {"session": now.public_id}).status_code == 409
    trainer.post(way, roll_form(trainer, way))
    assert trainer.post("/o/lanchuan/sessions/close/", {"session": now.public_id}).status_code == 302
    assert HourLine.objects.count() == 5
    assert trainer.post("/o/lanchuan/sessions/close/", {"session": "notthisone12"}).status_code == 404


def test_a_mentor_who_is_named_calls_all_names_from_the_enterprise(
    cast: Cast, browse: Browse, now: Session
) -> None:
    mentor, way = browse("mentor"), f"/o/jinheng/sessions/{now.public_id}/roll/"
    assert f'href="{way}"' in mentor.get("/o/jinheng/").content.decode()
    assert mentor.post(way, roll_form(mentor, way)).status_code == 302
    assert Attendance.objects.count() == 5


def test_the_apprentice_confirms_by_one_press_what_stood_on_the_page(
    cast: Cast, browse: Browse, now: Session
) -> None:
    trainer, way = browse("trainer"), f"/o/lanchuan/sessions/{now.public_id}/roll/"
    trainer.post(way, roll_form(trainer, way))
    apprentice = browse("apprentice")
    assert "is it right?" in apprentice.get("/o/lanchuan/").content.decode()
    row = own_attendance(cast.people["apprentice"]).get()
    form = {"attendance": row.public_id, f"read-{row.public_id}": row.status}
    key = f"mark-{cast.enrolments['26001'].public_id}"
    trainer.post(way, roll_form(trainer, way) | {key: "absent"})  # meanwhile
    answer = apprentice.post("/o/lanchuan/sessions/mine/confirm/", form, follow=True).content.decode()
    assert "Your mark was changed meanwhile." in answer
    assert "Confirmed." not in answer
    row.refresh_from_db()
    assert row.confirmed_at is None
    apprentice.post("/o/lanchuan/sessions/mine/confirm/", form | {f"read-{row.public_id}": "absent"})
    row.refresh_from_db()
    assert row.confirmed_at is not None


def test_an_objection_by_the_page_is_shown_to_both(cast: Cast, browse: Browse, now: Session) -> None:
    trainer, way = browse("trainer"), f"/o/lanchuan/sessions/{now.public_id}/roll/"
    trainer.post(way, roll_form(trainer, way) | {f"mark-{cast.enrolments['26001'].public_id}": "absent"})
    row, apprentice = own_attendance(cast.people["apprentice"]).get(), browse("apprentice")
    apprentice.post(
        f"/o/lanchuan/sessions/mine/{row.public_id}/dispute/", {"words": "I was in the <b>store</b>."}
    )
    for client, page in (
        (trainer, f"/o/lanchuan/sessions/{now.public_id}/"),
        (apprentice, "/o/lanchuan/sessions/mine/"),
    ):
        assert "I was there" in client.get(page).content.decode()
    assert "&lt;b&gt;store" in trainer.get(f"/o/lanchuan/sessions/{now.public_id}/").content.decode()
    # An apprentice sees nobody else's line.
    page = apprentice.get(f"/o/lanchuan/sessions/{now.public_id}/").content.decode()
    assert ("陈雨桐" in page, "林浩然" in page) == (True, False)


def test_an_objection_to_what_was_changed_meanwhile_is_asked_again(
    cast: Cast, browse: Browse, now: Session
) -> None:
    trainer, way = browse("trainer"), f"/o/lanchuan/sessions/{now.public_id}/roll/"
    trainer.post(way, roll_form(trainer, way))
    row, apprentice = own_attendance(cast.people["apprentice"]).get(), browse("apprentice")
    assert 'name="says" value="not_there"' in apprentice.get("/o/lanchuan/sessions/mine/").content.decode()
    trainer.post(way, roll_form(trainer, way) | {f"mark-{cast.enrolments['26001'].public_id}": "absent"})
    answer = apprentice.post(
        f"/o/lanchuan/sessions/mine/{row.public_id}/dispute/", {"words": "", "says": "not_there"}, follow=True
    )
    assert "Your mark was changed meanwhile." in answer.content.decode()
    row.refresh_from_db()
    assert row.says == ""


def test_a_row_of_sessions_is_planned_by_the_form(cast: Cast, browse: Browse) -> None:
    form = {
        "title_zh": "识图", "kind": "lesson", "mode": "on_site", "cohorts": cast.cohort.public_id, "on": "2026-09-16",
        "starts": "08:30", "ends": "10:10", "weeks": "3", "place": "A-301", "bucket": "taught",
        "teacher-0": cast.people["trainer"].public_id, "teacher-0-kind": "trainer", "recorded": "on",
    }  # fmt: skip
    client = browse("coordinator")
    assert client.post("/o/lanchuan/sessions/plan/", form | {"ends": "08:00"}).status_code == 422
    assert client.post("/o/lanchuan/sessions/plan/", form).status_code == 302
    again = client.post("/o/lanchuan/sessions/plan/", form)
    assert again.status_code == 422
    assert "begins at this moment already" in again.content.decode()
    rows = list(Session.objects.order_by("starts_at"))
    assert [row.starts_at.isoformat() for row in rows] == [
        f"2026-09-{day}T00:30:00+00:00" for day in (16, 23, 30)
    ]  # half past eight in Shanghai
    page = client.get("/o/lanchuan/sessions/?week=2026-09-23").content.decode()
    assert "08:30–10:10 识图" in page


def test_the_sums_on_screen_and_in_the_table_are_the_same(cast: Cast, browse: Browse, now: Session) -> None:
    trainer, way = browse("trainer"), f"/o/lanchuan/sessions/{now.public_id}/roll/"
    trainer.post(way, roll_form(trainer, way) | {f"mark-{cast.enrolments['26002'].public_id}": "absent"})
    trainer.post("/o/lanchuan/sessions/close/", {"session": now.public_id})
    table = trainer.get(f"/o/lanchuan/sessions/attendance/{cast.cohort.public_id}.csv").content.decode(
        "utf-8-sig"
    )
    rows = {row.split(",")[0]: row.split(",")[2:] for row in table.splitlines()[1:]}
    assert rows["26001"] == ["1", "1", "0", "0", "0", "0", "100", "0.8", "0.8"]
    assert rows["26002"] == ["1", "0", "1", "0", "0", "0", "0", "0", "0"]
    page = trainer.get(f"/o/lanchuan/sessions/attendance/?cohort={cast.cohort.public_id}")
    shown = {line.enrolment.number: [*line.cells, line.there, line.counted] for line in page.context["lines"]}
    assert shown["26001"] == [1, 0, 0, 0, 0, "0.8", "0.8"]


def test_what_a_device_kept_comes_through_the_same_door(cast: Cast, now: Session) -> None:
    trainer, people = cast.actor("trainer"), [row.public_id for row in cast.enrolments.values()]
    payload = {
        "session": now.public_id, "made_id": str(uuid.uuid4()), "base": 0,
        "marks": {people[0]: "present", people[1]: ["late", 30], "gone": "present"},
        "taken_at": (now.starts_at + timedelta(minutes=3)).isoformat(),
    }  # fmt: skip
    with looking_for(trainer.scope):
        first = rolling.take(payload, by=trainer, at=timezone.now())
        second = rolling.take(payload, by=trainer, at=timezone.now())
    assert first == {
        "here": 2, "away": 0, "session": now.public_id, "state": "held", "revision": 1, "again": False,
        "new": people[:2], "changed": [],
        "same": [], "beside": [], "unknown": ["gone"],
    }  # fmt: skip
    assert second["again"]
    assert Attendance.objects.get(enrolment__number="26002").minutes == 30
    assert Roll.objects.get().taken_at == now.starts_at + timedelta(minutes=3)


@pytest.mark.parametrize(
    "bent",
    [
        {"made_id": "x"}, {"base": -1}, {"base": "many"}, {"base": 2**40}, {"marks": []}, {"marks": {"a": 5}},
        {"marks": {"a": ["late", "x"]}}, {"marks": {"a": ["late"]}}, {"marks": {"a": "asleep"}}, {"marks": {}},
        {"taken_at": "yesterday"}, {"taken_at": "2026-09-14T09:00:00"}, {"marks": {"\ud800": "present"}},
    ],
)  # fmt: skip
def test_a_bent_payload_is_refused_by_name(cast: Cast, now: Session, bent: dict) -> None:
    person = cast.enrolments["26001"].public_id
    payload = {
        "session": now.public_id,
        "made_id": str(uuid.uuid4()),
        "base": 0,
        "marks": {person: "present"},
    } | bent
    with pytest.raises(Refused) as caught:
        rolling.take(payload, by=cast.actor("trainer"), at=timezone.now())
    assert caught.value.verdict.reason.startswith("learning.")
    assert not Attendance.objects.exists()


def test_a_session_of_elsewhere_is_not_found_by_a_device(cast: Cast, now: Session) -> None:
    stranger = cast.actor("stranger", cast.neighbour)
    payload = {"session": now.public_id, "made_id": str(uuid.uuid4()), "base": 0, "marks": {"a": "present"}}
    with looking_for(stranger.scope), pytest.raises(Http404):
        rolling.take(payload, by=stranger, at=timezone.now())


def test_the_post_of_a_roll_asks_no_more_for_fifty(cast: Cast, browse: Browse, now: Session) -> None:
    trainer, way = browse("trainer"), f"/o/lanchuan/sessions/{now.public_id}/roll/"
    form = roll_form(trainer, way)
    with CaptureQueriesContext(connection) as asked:
        trainer.post(way, form)
    assert len(asked) <= 27


def test_a_city_officer_sees_no_person_s_attendance(cast: Cast, browse: Browse, now: Session) -> None:
    trainer, way = browse("trainer"), f"/o/lanchuan/sessions/{now.public_id}/roll/"
    trainer.post(way, roll_form(trainer, way))
    officer = browse("officer")
    for page in ("", f"{now.public_id}/", "attendance/", f"attendance/{cast.cohort.public_id}.csv"):
        assert officer.get(f"/o/lanchuan-bureau/sessions/{page}").status_code == 403, page
    auditor = browse("auditor").get(f"/o/lanchuan-bureau/sessions/{now.public_id}/").content.decode()
    assert "陈雨桐" in auditor
    assert "settle" not in auditor


class TestChanging:
    @pytest.fixture
    def tomorrow(self, cast: Cast) -> Session:
        day = timezone.localtime() + timedelta(days=1)
        start = day.replace(hour=10, minute=20, second=17, microsecond=5)  # whenever this runs: on one day
        return plan_session(
            Plan({"zh": "识图", "en": "Drawings"}, "lesson", "on_site", start, start + timedelta(minutes=50),
                 "A-301", "taught"),
            organisation=cast.college, cohorts=[cast.cohort], teachers={cast.people["trainer"]: "trainer"},
            by=cast.actor("coordinator"), at=AT,
        )[0]  # fmt: skip

    def _form(self, client: Client, way: str) -> dict[str, object]:
        """What the page shows, as a browser would send it."""
        page = client.get(way)
        form = page.context["form"]
        shown = {name: form[name].value() for name in form.fields}
        typed = {"on": "%Y-%m-%d", "starts": "%H:%M", "ends": "%H:%M"}
        shown |= {name: shown[name].strftime(as_) for name, as_ in typed.items()}
        kept = {name: value for name, value in shown.items() if value not in (None, False)}
        return kept | {"sequence": page.context["sequence"]}

    def test_it_moves_and_those_who_come_read_why(
        self, cast: Cast, browse: Browse, tomorrow: Session
    ) -> None:
        way = f"/o/lanchuan/sessions/{tomorrow.public_id}/"
        trainer = browse("trainer")
        assert f"{way}change/" in trainer.get(way).content.decode()
        form = self._form(trainer, f"{way}change/") | {"place": "B-204"}
        page = trainer.post(f"{way}change/", form)
        assert page.status_code == 409
        assert page.context["form"].errors["because"]
        for _ in range(2):  # a second press
            assert trainer.post(f"{way}change/", form | {"because": "The roof leaks."}).status_code == 302
        changed = Session.objects.get(pk=tomorrow.pk)
        assert (changed.place, changed.sequence, changed.starts_at) == ("B-204", 1, tomorrow.starts_at)
        seen = browse("apprentice").get(way).content.decode()
        assert "The roof leaks." in seen
        assert "A-301" in seen
        assert f"{way}change/" not in seen

    def test_who_was_slower_loses_nothing(self, cast: Cast, browse: Browse, tomorrow: Session) -> None:
        way, trainer = f"/o/lanchuan/sessions/{tomorrow.public_id}/change/", browse("trainer")
        form = self._form(trainer, way) | {"title_en": "Gauges"}
        Session.objects.update(sequence=3)
        page = trainer.post(way, form)
        assert page.status_code == 409
        assert b"Somebody else has changed this session meanwhile" in page.content
        assert 'value="Gauges"' in page.content.decode()
        assert Session.objects.get().title["en"] == "Drawings"

    def test_a_teacher_and_a_room_at_one_time_are_warned_of(
        self, cast: Cast, browse: Browse, tomorrow: Session
    ) -> None:
        start = tomorrow.starts_at + timedelta(days=1)
        plan_session(
            Plan({"en": "Welding"}, "lesson", "on_site", start, start + timedelta(minutes=50), "A-301", "taught"),
            organisation=cast.college, cohorts=[cast.cohort], teachers={cast.people["trainer"]: "trainer"},
            by=cast.actor("coordinator"), at=AT,
        )  # fmt: skip
        way, trainer = f"/o/lanchuan/sessions/{tomorrow.public_id}/", browse("trainer")
        form = self._form(trainer, f"{way}change/")
        form |= {"on": str(timezone.localdate(start)), "because": "A holiday."}
        page = trainer.post(f"{way}change/", form, follow=True).content.decode()
        assert "the same people, the same teacher, the same place" in page

    def test_what_is_over_is_not_changed(self, cast: Cast, browse: Browse, now: Session) -> None:
        way = f"/o/lanchuan/sessions/{now.public_id}/"
        trainer = browse("trainer")
        assert f"{way}change/" not in trainer.get(way).content.decode()
        assert trainer.get(f"{way}change/").status_code == 409

    @pytest.mark.parametrize(
        "wrong",
        [{"on": "tomorrow"}, {"starts": "25:00"}, {"ends": "00:00"}, {"cohorts": ["nobody"]}, {"kind": "party"},
         {"teacher-0": "somebody"}, {"title_zh": "", "title_en": ""}, {"because": "x" * 201}],
    )  # fmt: skip
    def test_nonsense_says_why(
        self, cast: Cast, browse: Browse, tomorrow: Session, wrong: dict[str, object]
    ) -> None:
        way, trainer = f"/o/lanchuan/sessions/{tomorrow.public_id}/change/", browse("trainer")
        page = trainer.post(way, self._form(trainer, way) | {"place": "B-1", "because": "x"} | wrong)
        assert page.status_code == 422
        assert Session.objects.get().sequence == 0
