"""Pages of courses: writing, following on a phone, looking after those who follow, making one of a file."""

from __future__ import annotations

import io
import json
import re
import uuid
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.domain.courses import actions, queries
from craftpath.domain.courses.content import Content
from craftpath.domain.courses.models import (
    Activity,
    Course,
    CourseFile,
    CourseVersion,
    HandIn,
    LiveSession,
    Progress,
    QuizTry,
    Run,
    Tick,
)
from craftpath.kernel.files import KeptFile
from craftpath.values.text import Text
from tests.cast import AT, Cast
from tests.domain.courses.world import (
    assignment,
    checklist,
    key_of,
    learner,
    page,
    published,
    quiz,
    running,
    trainer,
    tried,
    written,
)
from tests.domain.stories.test_telling import mp4
from tests.photos import picture

pytestmark = pytest.mark.usefixtures("all_rows")
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n"


def client(cast: Cast, who: str) -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(name: str, *ids: Any, at: str = "lanchuan") -> str:
    return reverse(f"courses:{name}", args=[at, *ids])


def zipped(**files: bytes) -> SimpleUploadedFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_md", ".md").replace("_png", ".png"), content)
    return SimpleUploadedFile("course.zip", out.getvalue())


# ---- Writing --------------------------------------------------------------------------------------------


def test_a_trainer_writes_publishes_and_lets_a_class_follow(cast: Cast) -> None:
    browser = client(cast, "trainer")
    form = {"made_id": str(uuid.uuid4()), "title_zh": "焊接安全", "title_en": "", "aim_zh": "", "aim_en": ""}
    browser.post(url("new"), form)
    course = Course._base_manager.get()
    browser.post(
        url("part", course.public_id, "add-unit"), {"title_zh": "一", "title_en": "", "minutes": "30"}
    )
    unit = queries.units_of(queries.version_to_write(course))[0]
    added = browser.post(
        url("part", course.public_id, "add-activity"),
        {"key": unit.key, "kind": "page", "title_zh": "电弧", "title_en": ""},
    )
    one = Activity.objects.get()
    assert added["Location"] == url("edit", course.public_id, one.key)
    kept = {"title_zh": "电弧", "title_en": "Arc", "text_zh": "# 一\r\n\r\n光", "text_en": ""}
    assert browser.post(url("edit", course.public_id, one.key), kept).status_code == 302
    assert browser.post(url("move", course.public_id, "publish"), {}).status_code == 302
    started = browser.post(
        url("start", course.public_id),
        {
            "made_id": str(uuid.uuid4()),
            "cohort": cast.cohort.public_id,
            "starts_on": "2026-01-05",
            "ends_on": "",
        },
    )
    run = Run._base_manager.get()
    assert started["Location"] == url("people", run.public_id)
    assert (run.cohort, run.version.number) == (cast.cohort, 1)


def test_kinds_that_no_room_keeps_are_not_offered(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = written(cast, page())
    assert (
        '<option value="package">'
        in client(cast, "trainer").get(url("course", row.public_id)).content.decode()
    )
    monkeypatch.setattr("craftpath.delivery.web.courses.writing.ROOMS", {})
    shown = client(cast, "trainer").get(url("course", row.public_id)).content.decode()
    assert '<option value="checklist">' in shown
    assert '<option value="package">' not in shown
    unit = queries.units_of(queries.version_to_write(row))[0]
    answer = client(cast, "trainer").post(
        url("part", row.public_id, "add-activity"),
        {"key": unit.key, "kind": "package", "title_zh": "x", "title_en": ""},
    )
    assert answer.status_code == 422


def test_the_text_is_shown_while_it_is_written_and_never_runs(cast: Cast) -> None:
    row = written(cast, page())
    words = {"text_zh": "**弧**<script>alert(1)</script> [x](javascript:alert(1)) $a^2$"}
    shown = client(cast, "trainer").post(url("look", row.public_id), words).content.decode()
    assert "<strong>弧</strong>" in shown
    assert "<math" in shown
    assert "<script" not in shown
    assert "href" not in shown


def test_what_leads_nowhere_is_a_gap_to_the_author_and_words_to_the_learner(cast: Cast) -> None:
    run = running(cast, page(text="看[下一页](page:gone)和![图](media:lost)"))
    author = client(cast, "trainer").get(url("course", run.course.public_id)).content.decode()
    assert "Leads nowhere: page:gone" in author
    assert "Leads nowhere: media:lost" in author
    there = url("activity", run.public_id, key_of(run, "page"))
    reader = client(cast, "apprentice").get(there).content.decode()
    (said,) = re.findall(r"<p>看<a[^>]*>下一页</a>和图</p>", reader)
    assert "href" not in said


def test_points_keep_their_keys_when_others_are_added(cast: Cast) -> None:
    row = written(cast, checklist())
    one = Activity.objects.get()
    before = {point["key"] for point in one.content["points"]}
    lines = "戴好面罩 | Mask on\n新的一条\n检查气瓶 | Check the cylinder"
    form = {
        "title_zh": "查",
        "title_en": "",
        "text_zh": "",
        "text_en": "",
        "points": lines,
        "confirmed": "on",
    }
    client(cast, "trainer").post(url("edit", row.public_id, one.key), form)
    one.refresh_from_db()
    after = [point["key"] for point in one.content["points"]]
    assert before < set(after)
    assert len(after) == 3


@pytest.mark.parametrize("kind", ["page", "quiz", "checklist", "assignment", "live", "video", "file"])
def test_every_kind_has_its_form_and_its_preview(cast: Cast, kind: str) -> None:
    row = written(cast, actions.NewActivity(kind, Text("一"), Content(kind, text=Text("字"))))
    one, browser = Activity.objects.get(), client(cast, "trainer")
    assert browser.get(url("edit", row.public_id, one.key)).status_code == 200
    preview = browser.get(url("preview", row.public_id, one.key))
    assert preview.status_code == 200
    assert ("Passed from" in preview.content.decode()) == (kind == "quiz")


# ---- Files ----------------------------------------------------------------------------------------------


def test_a_video_of_two_gigabytes_is_refused_before_it_is_read(cast: Cast) -> None:
    row = written(cast, page())

    class Unread(io.BytesIO):
        def read(self, *_: Any) -> bytes:
            raise AssertionError("the body was read")

    answer = client(cast, "trainer").generic(
        "POST", url("files", row.public_id), b"", content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(2 * 2**30), **{"wsgi.input": Unread()},
    )  # fmt: skip
    assert answer.status_code == 413
    assert "larger than 500 MB" in answer.content.decode()


def test_files_are_told_by_their_bytes_and_never_run_as_pages(cast: Cast) -> None:
    row, browser = written(cast, page()), client(cast, "trainer")
    there = url("files", row.public_id)
    html = SimpleUploadedFile("a.mp4", b"<html><script>1</script>")
    assert browser.post(there, {"file": html}).status_code == 409
    svg = SimpleUploadedFile("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')
    assert browser.post(there, {"file": svg}).status_code == 409
    assert browser.post(there, {"file": SimpleUploadedFile("a.mp4", mp4())}).status_code == 302
    assert browser.post(there, {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")}).status_code == 302
    assert browser.post(there, {"file": SimpleUploadedFile("a.jpg", picture())}).status_code == 302
    found = {one.kind: one for one in CourseFile.objects.all()}
    assert set(found) == {"video", "file", "picture"}
    shown = {kind: browser.get(url("file", row.public_id, one.public_id)) for kind, one in found.items()}
    assert {answer["X-Content-Type-Options"] for answer in shown.values()} == {"nosniff"}
    assert shown["file"]["Content-Disposition"].startswith("attachment")
    assert shown["video"]["Content-Type"] == "video/mp4"


def test_captions_are_webvtt_and_stand_beside_the_film(cast: Cast) -> None:
    row, browser = written(cast, page()), client(cast, "trainer")
    browser.post(url("files", row.public_id), {"file": SimpleUploadedFile("a.mp4", mp4())})
    film = CourseFile.objects.get()
    there = url("captions", row.public_id, film.public_id)
    wrong = browser.post(there, {"captions": SimpleUploadedFile("a.vtt", b"<script>"), "language": "zh"})
    assert wrong.status_code == 409
    assert (
        browser.post(there, {"captions": SimpleUploadedFile("a.vtt", VTT), "language": "en"}).status_code
        == 302
    )
    said = browser.get(f"{url('file', row.public_id, film.public_id)}?captions=1")
    assert (said.content, said["Content-Type"]) == (VTT, "text/vtt; charset=utf-8")


def test_files_of_a_course_are_read_by_those_who_follow_it_and_nobody_else(cast: Cast) -> None:
    run = running(cast, page())
    client(cast, "trainer").post(
        url("files", run.course.public_id), {"file": SimpleUploadedFile("a.jpg", picture())}
    )
    ref = CourseFile.objects.get().public_id
    own = client(cast, "apprentice").get(url("shown", run.public_id, ref))
    assert (own.status_code, own["X-Offline"]) == (
        200,
        "asked",
    )  # a device keeps it with its unit, not unasked
    assert client(cast, "apprentice").get(url("file", run.course.public_id, ref)).status_code == 404
    assert client(cast, "stranger").get(url("shown", run.public_id, ref, at="dongling")).status_code == 404


def test_a_page_shows_the_pictures_and_films_of_its_course_with_their_captions(cast: Cast) -> None:
    run, browser = running(cast, page()), client(cast, "trainer")
    course = run.course
    for name, content in (("a.jpg", picture()), ("a.mp4", mp4())):
        browser.post(url("files", course.public_id), {"file": SimpleUploadedFile(name, content)})
    photo, film = CourseFile.objects.get(kind="picture"), CourseFile.objects.get(kind="video")
    browser.post(
        url("captions", course.public_id, film.public_id),
        {"captions": SimpleUploadedFile("a.vtt", VTT), "language": "en"},
    )
    words = f"![图](media:{photo.public_id})\n\n![片](media:{film.public_id})"
    key = key_of(run, "page")
    content = Content("page", text=Text(words))
    actions.keep_activity(course, key, title=Text("图"), content=content, by=trainer(cast), at=AT)
    version = actions.publish_course(course, by=trainer(cast), at=AT)
    moved = actions.update_run(run, version, by=trainer(cast), at=AT)
    shown = client(cast, "apprentice").get(url("activity", moved.public_id, key)).content.decode()
    assert "MB</span>" not in client(cast, "apprentice").get(url("run", moved.public_id)).content.decode()
    KeptFile._base_manager.filter(pk=film.file_id).update(size=34 * 2**20)
    assert "34 MB</span>" in client(cast, "apprentice").get(url("run", moved.public_id)).content.decode()
    assert f'<img src="{url("shown", run.public_id, photo.public_id)}" alt="图"' in shown
    assert (
        f'<track kind="captions" srclang="en" label="English" src="{url("shown", run.public_id, film.public_id)}'
        in shown
    )


# ---- Following ------------------------------------------------------------------------------------------


def test_continue_on_home_is_one_tap_to_what_is_next(cast: Cast) -> None:
    run = running(cast, page("一"), page("二"))
    one, two = queries.activities_of(run.version)
    home = reverse("desks:home", args=["lanchuan"])
    browser = client(cast, "apprentice")
    assert url("activity", run.public_id, one.key) in browser.get(home).content.decode()
    on = browser.post(url("done", run.public_id, one.key))
    assert on["Location"] == url("activity", run.public_id, two.key)
    assert url("activity", run.public_id, two.key) in browser.get(home).content.decode()
    last = browser.post(url("done", run.public_id, two.key))
    assert last["Location"] == url("run", run.public_id)
    assert "courses/runs" not in browser.get(home).content.decode()


def test_the_page_of_a_course_asks_the_same_for_one_unit_and_for_many(cast: Cast) -> None:
    run, counts = running(cast, page()), []
    browser = client(cast, "apprentice")
    browser.get(url("run", run.public_id))  # what a process asks once
    for _ in range(2):
        for there in (url("run", run.public_id), reverse("desks:home", args=["lanchuan"])):
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(there).status_code == 200
            counts.append(len(asked))
        units = [actions.NewUnit(Text(f"{n}"), [page(f"{n}")]) for n in range(12)]
        actions.add_units(run.course, units, by=trainer(cast), at=AT)
        version = actions.publish_course(run.course, by=trainer(cast), at=AT)
        run = actions.update_run(run, version, by=trainer(cast), at=AT)
    assert counts[:2] == counts[2:]


def test_a_quiz_is_taken_question_by_question_and_judged_at_once(cast: Cast) -> None:
    run = running(cast, quiz(cast, 2))
    key, browser = key_of(run, "quiz"), client(cast, "apprentice")
    begun = browser.post(url("quiz", run.public_id, key), {"made_id": str(uuid.uuid4())})
    first = begun["Location"]
    assert "Question 1 of 2" in browser.get(first).content.decode()
    answered = browser.post(first, {"choice": "b"}, follow=True).content.decode()
    assert "Next question" in answered
    assert "fieldset disabled" in answered
    row = QuizTry.objects.get()
    second = url("question", row.public_id, 2)
    browser.post(second, {"choice": "a"})
    result = browser.get(url("result", row.public_id)).content.decode()
    assert "Not passed yet" in result
    assert "50 %" in result
    assert client(cast, "classmate").get(second).status_code == 404


def test_the_key_of_a_question_is_not_on_the_page_before_the_answer(cast: Cast) -> None:
    run = running(cast, quiz(cast, 1))
    browser = client(cast, "apprentice")
    begun = browser.post(url("quiz", run.public_id, key_of(run, "quiz")), {})
    assert "Right:" not in browser.get(begun["Location"]).content.decode()


def test_opening_is_noted_once_and_reading_writes_nothing(cast: Cast) -> None:
    run = running(cast, page())
    key, browser = key_of(run, "page"), client(cast, "apprentice")
    assert browser.get(url("activity", run.public_id, key)).status_code == 200
    assert not Progress._base_manager.exists()
    for _ in range(2):
        assert browser.post(url("opened", run.public_id, key)).status_code == 204
    assert Progress._base_manager.get().state == "begun"


def test_an_assignment_goes_to_the_trainer_and_back(cast: Cast) -> None:
    run = running(cast, assignment())
    key, browser = key_of(run, "assignment"), client(cast, "apprentice")
    form = {"made_id": str(uuid.uuid4()), "words": "", "photo": SimpleUploadedFile("a.jpg", picture())}
    assert browser.post(url("hand_in", run.public_id, key), form).status_code == 302
    row = HandIn.objects.get()
    assert browser.get(url("photo", row.public_id)).status_code == 200
    assert client(cast, "classmate").get(url("photo", row.public_id)).status_code == 404
    desk = client(cast, "trainer")
    assert row.public_id in desk.get(url("desk")).content.decode()
    assert desk.post(url("settle", row.public_id, "again"), {"answer": ""}).status_code == 409
    desk.post(url("settle", row.public_id, "again"), {"answer": "再近些"})
    assert "再近些" in browser.get(url("activity", run.public_id, key)).content.decode()


def test_a_mentor_confirms_what_was_ticked(cast: Cast) -> None:
    run = running(cast, checklist())
    key = key_of(run, "checklist")
    client(cast, "apprentice").post(url("tick", run.public_id, key), {"points": ["mask", "gas"]})
    browser = client(cast, "mentor")
    assert "Mask on" in browser.get(url("confirming", at="jinheng")).content.decode()
    home = browser.get(reverse("desks:home", args=["jinheng"])).content.decode()
    assert "2 points to confirm" in home
    form = {"person": cast.people["apprentice"].public_id, "points": ["mask", "gas"], "do": "confirm"}
    browser.post(url("confirm", run.public_id, key, at="jinheng"), form)
    assert Tick.objects.filter(confirmed_by=cast.people["mentor"]).count() == 2


def test_what_was_done_without_a_network_comes_through_the_one_door(cast: Cast) -> None:
    import json

    run = running(cast, page(), checklist(confirmed=False))
    told = {"run": run.public_id, "activity": key_of(run, "page")}
    ticks = {"run": run.public_id, "activity": key_of(run, "checklist"), "points": ["mask", "gas"]}
    writes = [
        {"key": str(uuid.uuid4()), "kind": kind, "data": data, "at": AT.isoformat()}
        for kind, data in (("courses.done", told), ("courses.tick", ticks))
    ]
    door = reverse("sync:door", args=["lanchuan"])
    for status in ("done", "again"):
        answer = client(cast, "apprentice").post(door, {"writes": json.dumps(writes)}).json()
        assert [one["status"] for one in answer["answers"]] == [status, status]
    assert [row.state for row in Progress._base_manager.order_by("pk")] == ["done", "done"]


def test_pages_of_a_course_may_be_kept_on_the_device(cast: Cast) -> None:
    run = running(cast, page())
    answer = client(cast, "apprentice").get(url("activity", run.public_id, key_of(run, "page")))
    assert answer["X-Offline"] == "keep"
    assert "js/answers" in answer.content.decode()  # which sends what was done through the outbox


# ---- Looking after those who follow ---------------------------------------------------------------------


def test_who_is_where_asks_the_same_for_few_and_for_many(cast: Cast) -> None:
    run, browser, counts = running(cast, page(), quiz(cast, 1)), client(cast, "trainer"), []
    browser.get(url("people", run.public_id))
    for who in ("apprentice", "classmate"):
        with CaptureQueriesContext(connection) as asked:
            shown = browser.get(url("people", run.public_id)).content.decode()
        counts.append(len(asked))
        tried(cast, run, who=who)
    assert counts[0] == counts[1]
    assert "陈雨桐" in shown
    assert "1/2" in shown


def test_a_newer_version_is_looked_at_before_anybody_is_moved(cast: Cast) -> None:
    run, browser = running(cast, page("一")), client(cast, "trainer")
    (one,) = queries.activities_of(run.version)
    actions.finish_activity(run, one.key, by=learner(cast), at=AT)
    actions.add_activity(run.course, one.unit.key, page("二"), by=trainer(cast), at=AT)
    actions.publish_course(run.course, by=trainer(cast), at=AT)
    there = url("newer", run.public_id, 2)
    assert "New, to be done by everybody" in browser.get(there).content.decode()
    run.refresh_from_db()
    assert run.version.number == 1
    browser.post(there)
    run.refresh_from_db()
    assert run.version.number == 2


def test_days_and_sessions_are_set_for_one_run(cast: Cast) -> None:
    live = actions.NewActivity("live", Text("答疑"), Content("live"))
    run, browser = running(cast, live), client(cast, "trainer")
    (unit,) = queries.units_of(run.version)
    browser.post(url("days", run.public_id), {f"due-{unit.key}": "2026-10-01"})
    assert str(queries.due_days(run)[unit.key]) == "2026-10-01"
    key = key_of(run, "live")
    form = {"starts_at": "2026-10-02T19:00", "minutes": "60", "link": "https://meet.example/1"}
    browser.post(url("session", run.public_id, key), form)
    browser.post(url("session", run.public_id, key), form)
    assert LiveSession.objects.get().count == 0
    shown = client(cast, "apprentice").get(url("activity", run.public_id, key)).content.decode()
    assert "https://meet.example/1" in shown


def test_sessions_stand_in_the_own_calendar(cast: Cast) -> None:
    from datetime import date, timedelta

    from craftpath.delivery.web.courses.calendar import met

    run = running(cast, actions.NewActivity("live", Text("答疑"), Content("live")))
    told = {"minutes": 60, "link": "https://meet.example/1", "by": trainer(cast), "at": AT}
    actions.set_session(run, key_of(run, "live"), starts_at=AT + timedelta(days=1), **told)
    (event,) = met(cast.people["apprentice"], date(2026, 9, 14), date(2026, 9, 20))
    assert (event.title, event.place) == ("答疑", "https://meet.example/1")
    assert list(met(cast.people["stranger"], date(2026, 9, 14), date(2026, 9, 20))) == []


# ---- Out of a file --------------------------------------------------------------------------------------


def test_a_zip_of_pages_is_looked_at_then_becomes_a_draft_by_one_press(cast: Cast) -> None:
    browser = client(cast, "trainer")
    sent = zipped(
        焊工__01_安全__01_电弧_md="# 电弧\n看![图](../p.png)和[气体](02_气体.md)，![失](no.png)".encode(),
        焊工__01_安全__02_气体_md="# 气体\n字".encode(),
        焊工__p_png=picture(),
    )
    looked = browser.post(url("drop"), {"file": sent})
    assert looked.status_code == 302, looked.content.decode()
    shown = browser.get(looked["Location"]).content.decode()
    assert "no.png" in shown
    assert not Course._base_manager.exists()
    for _ in range(2):
        browser.post(looked["Location"])
    course = Course._base_manager.get()
    one, two = queries.activities_of(queries.version_to_write(course))
    ref = CourseFile.objects.get().public_id
    assert f"media:{ref}" in one.content["text"]["zh"]
    assert f"page:{two.key}" in one.content["text"]["zh"]
    assert CourseVersion.objects.get().number is None


def test_a_folder_is_read_as_the_zip_that_it_could_be(cast: Cast) -> None:
    browser = client(cast, "trainer")
    files = [
        SimpleUploadedFile("01_电弧.md", "# 电弧\n看![图](../p.png)".encode()),
        SimpleUploadedFile("p.png", picture()),
    ]
    paths = ["焊工/01_安全/01_电弧.md", "焊工/p.png"]
    looked = browser.post(url("drop"), {"folder": files, "paths": json.dumps(paths)})
    assert looked.status_code == 302, looked.content.decode()
    browser.post(looked["Location"])
    (one,) = queries.activities_of(queries.version_to_write(Course._base_manager.get()))
    assert one.unit.title["zh"] == "安全"
    assert f"media:{CourseFile.objects.get().public_id}" in one.content["text"]["zh"]


NAMED = {"[]", "{}", "null", r'["\ud800b/a.md"]', r'["a\u0000b/a.md"]'}


@pytest.mark.parametrize("paths", [*sorted(NAMED), "x", '["../../etc/passwd"]', '["/a.md"]'])
def test_a_folder_with_odd_names_leads_nowhere(cast: Cast, paths: str) -> None:
    sent = {"folder": [SimpleUploadedFile("a.md", "# 电弧\n字".encode())], "paths": paths}
    answer = client(cast, "trainer").post(url("drop"), sent)
    assert answer.status_code in {302, 409, 422}
    assert (answer.status_code == 302) is (paths in NAMED)


def test_nothing_chosen_is_said(cast: Cast) -> None:
    answer = client(cast, "trainer").post(url("drop"), {})
    assert answer.status_code == 422
    assert "Choose a file or a folder." in answer.content.decode()


def test_a_file_that_is_no_course_says_why(cast: Cast) -> None:
    answer = client(cast, "trainer").post(
        url("drop"), {"file": SimpleUploadedFile("a.zip", b"PK\x03\x04rubbish")}
    )
    assert answer.status_code == 409
    assert "damaged" in answer.content.decode()


def test_only_those_who_write_find_the_list(cast: Cast) -> None:
    published(cast, page())
    assert client(cast, "apprentice").get(url("list")).status_code == 403
    assert client(cast, "apprentice").get(url("mine")).status_code == 200


def test_a_long_film_is_read_while_it_goes_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from craftpath.delivery.web.shell import downloads
    from craftpath.kernel.files import KeptFile

    row, browser = written(cast, page()), client(cast, "trainer")
    browser.post(url("files", row.public_id), {"file": SimpleUploadedFile("a.mp4", mp4())})
    film = CourseFile.objects.get()
    monkeypatch.setattr(downloads, "WHOLE", 16)
    monkeypatch.delattr(KeptFile, "bytes")
    answer = browser.get(url("file", row.public_id, film.public_id))
    assert answer.streaming
    assert b"".join(answer.streaming_content) == mp4()
