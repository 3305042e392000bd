"""The examination room: a code opens the own paper, answers are kept as they come, and nothing of the key is told."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from craftpath.domain.exams.actions import close_sitting, keep_picture
from craftpath.domain.exams.models import Answer, AnswerFile, Candidate, Sitting
from craftpath.domain.exams.taking import GRACE, lines_of
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.exams.hall import opened, planned
from tests.photos import picture

pytestmark = pytest.mark.django_db
SAVE = {"X-Save": "1"}


@pytest.fixture
def room(cast: Cast) -> tuple[Sitting, dict[str, str]]:
    """A sitting that began a minute ago."""
    with everywhere("a test holds an examination"):
        return opened(cast, starts_at=timezone.now() - timedelta(minutes=1))


def inside(code: str) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    entered = client.post("/exam/", {"code": code})
    assert entered.status_code == 302, words(entered)
    assert entered.headers["Location"] == "/exam/paper/"
    return client


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def given(row: Sitting, number: str, order: int) -> Any:
    with everywhere("a test looks"):
        found = Answer.objects.filter(
            candidate__sitting=row, candidate__enrolment__number=number, line__order=order
        ).first()
    return found.given if found else None


@pytest.mark.parametrize("typed", ["", "AAAA-AAAA", "x" * 400, "'; --", "\0", "你好你好你好你好"])
def test_a_code_that_opens_nothing_says_so(room: Any, typed: str) -> None:
    refused = Client(HTTP_ACCEPT_LANGUAGE="en").post("/exam/", {"code": typed})
    assert refused.status_code == 409
    assert "This code opens no examination" in words(refused)


def test_guessing_is_stopped_and_a_hall_behind_one_address_is_not(room: Any, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"exam": "2/m/ip"}
    _row, codes = room
    for code in codes.values():  # more than two
        inside(code)
    guess = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert [guess.post("/exam/", {"code": "AAAA-AAAA"}).status_code for _ in range(3)] == [409, 409, 429]
    assert guess.post("/exam/", {"code": codes["26001"]}).status_code == 429


def test_before_the_word_is_given_one_waits(cast: Cast) -> None:
    with everywhere("a test plans"):
        from craftpath.domain.exams.actions import give_codes

        row = planned(cast, starts_at=timezone.now() + timedelta(minutes=5))
        code = next(iter(give_codes(row, by=cast.actor("trainer"), at=AT).values()))
    refused = Client(HTTP_ACCEPT_LANGUAGE="en").post("/exam/", {"code": code})
    assert refused.status_code == 409
    assert "has not been opened yet" in words(refused)


@pytest.mark.parametrize("page", ["paper/", "paper/1/", "paper/hand-in/", "pictures/abc/"])
def test_without_a_code_every_page_asks_for_it(room: Any, page: str) -> None:
    client = Client()
    got = client.post(f"/exam/{page}") if "hand" in page else client.get(f"/exam/{page}")
    assert (got.status_code, got.url) == (302, "/exam/")


def test_a_code_as_one_types_it_and_the_paper_with_its_questions(room: Any) -> None:
    row, codes = room
    client = inside(codes["26001"].lower().replace("-", " "))
    page = client.get("/exam/paper/")
    assert page.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert "0 of 8 questions answered" in words(page)


def test_no_page_tells_what_is_right(room: Any) -> None:
    client = inside(room[1]["26001"])
    for order in range(1, 9):
        page = client.get(f"/exam/paper/{order}/").content.decode()
        assert "125.7" not in page
        assert "G00" not in page
        assert "checked" not in page
    assert client.get("/exam/paper/9/").status_code == 404


def test_a_device_saves_and_an_older_word_of_it_changes_nothing(room: Any) -> None:
    row, codes = room
    client = inside(codes["26001"])
    for count, value in ((1, "a"), (3, "b"), (2, "c")):
        saved = client.post("/exam/paper/1/", {"choice": value, "count": str(count)}, headers=SAVE)
        assert (saved.status_code, saved.json()["saved"]) == (200, True)
        assert 0 < saved.json()["left"] <= 3600
    assert given(row, "26001", 1) == ["b"]
    assert "1 of 8 questions answered" in words(client.get("/exam/paper/"))


def test_without_a_script_going_on_saves(room: Any) -> None:
    row, codes = room
    client = inside(codes["26001"])
    on = client.post("/exam/paper/4/", {"number": "12", "go": "next"})
    assert on.url == "/exam/paper/5/"
    assert client.post("/exam/paper/4/", {"number": "13", "go": "back"}).url == "/exam/paper/3/"
    assert client.post("/exam/paper/8/", {"essay": "先粗后精。", "go": "next"}).url == "/exam/paper/"
    assert given(row, "26001", 4) == "13"
    assert 'value="13"' in client.get("/exam/paper/4/").content.decode()


def test_another_device_takes_over_and_the_first_is_told(room: Any) -> None:
    row, codes = room
    first = inside(codes["26001"])
    first.post("/exam/paper/1/", {"choice": "a", "count": "1"}, headers=SAVE)
    second = inside(codes["26001"])
    assert "checked" in second.get("/exam/paper/1/").content.decode()
    refused = first.post("/exam/paper/1/", {"choice": "b", "count": "2"}, headers=SAVE)
    assert (refused.status_code, refused.json()["code"]) == (409, "exams.elsewhere")
    assert "another device" in refused.json()["reason"]
    assert given(row, "26001", 1) == ["a"]


def test_handed_in_once_and_for_all(room: Any) -> None:
    row, codes = room
    client = inside(codes["26001"])
    client.post("/exam/paper/1/", {"choice": "b", "count": "1"}, headers=SAVE)
    for _press in range(2):
        assert client.post("/exam/paper/hand-in/").status_code == 302
    assert "Your paper was taken at" in words(client.get("/exam/paper/"))
    late = client.post("/exam/paper/1/", {"choice": "a", "count": "2"}, headers=SAVE)
    assert (late.status_code, late.json()["code"]) == (409, "exams.handed_in_already")
    plain = client.post("/exam/paper/1/", {"choice": "a"})
    assert plain.status_code == 409
    assert given(row, "26001", 1) == ["b"]


def test_after_the_end_nothing_more_is_taken(cast: Cast, room: Any) -> None:
    row, codes = room
    client = inside(codes["26001"])
    with everywhere("a test ends it"):
        close_sitting(row, by=cast.actor("trainer"), at=timezone.now())
    late = client.post("/exam/paper/1/", {"choice": "a", "count": "2"}, headers=SAVE)
    assert late.status_code == 409
    assert given(row, "26001", 1) is None
    assert "Your paper was taken at" in words(client.get("/exam/paper/"))


def test_a_picture_that_does_not_stand_on_the_paper_is_not_there(cast: Cast, room: Any) -> None:
    with everywhere("a test keeps a picture"):
        kept = keep_picture(cast.college, picture(size=(80, 60)), by=cast.actor("trainer"), at=AT)
    assert inside(room[1]["26001"]).get(f"/exam/pictures/{kept.public_id}/").status_code == 404


def test_large_print_and_extra_time_reach_the_page(room: Any) -> None:
    row, codes = room
    client = inside(codes["26001"])
    with everywhere("a test looks"):
        who = Candidate.objects.get(sitting=row, enrolment__number="26001")
        Candidate.objects.filter(pk=who.pk).update(
            large_print=True, ends_at=who.ends_at + timedelta(minutes=15)
        )
    page = client.get("/exam/paper/1/").content.decode()
    assert "hall-large" in page
    left = re.findall(r'data-left="(\d+)"', page)
    assert 4400 < int(left[0]) <= 4500


def test_an_own_order_of_questions_is_answered_where_it_stands_in_the_paper(cast: Cast) -> None:
    with everywhere("a test holds an examination"):
        row, codes = opened(cast, starts_at=timezone.now() - timedelta(minutes=1), shuffled=True)
        Candidate.objects.filter(sitting=row, enrolment__number="26001").update(public_id="always1thesame")
        mine = Candidate.objects.select_related("sitting").get(sitting=row, enrolment__number="26001")
        orders = [line.order for line in lines_of(mine)]
    client = inside(codes["26001"])
    place = orders.index(4) + 1  # the question that asks for a number
    assert place != 4, "this order tells nothing; take another id"
    saved = client.post(f"/exam/paper/{place}/", {"number": "125.7", "count": "1"}, headers=SAVE)
    assert saved.status_code == 200, words(saved)
    assert given(row, "26001", 4) == "125.7"
    assert client.get("/exam/paper/9/").status_code == 404


def test_a_file_goes_beside_an_essay_with_the_text_and_comes_back(room: Any) -> None:
    row, codes = room
    client, page = inside(codes["26001"]), "/exam/paper/8/"
    assert "Add the file" in words(client.get(page))
    made_id = str(uuid.uuid4())
    for _press in range(2):
        program = SimpleUploadedFile("O0001.nc", b"G00 X100\nM30\n")
        sent = {"essay": "先粗后精。", "go": "file", "made_id": made_id, "file": program}
        assert client.post(page, sent).headers["Location"] == page
    assert given(row, "26001", 8) == {"text": "先粗后精。"}
    with everywhere("a test looks"):
        file = AnswerFile.objects.get()
    shown = client.get(page)
    assert "File 1" in words(shown)
    got = client.get(f"/exam/files/{file.public_id}/")
    assert got.content == b"G00 X100\nM30\n"
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert inside(codes["26002"]).get(f"/exam/files/{file.public_id}/").status_code == 404
    html = SimpleUploadedFile("x.txt", b"<script>alert(1)</script>")
    refused = client.post(page, {"essay": "新的", "go": "file", "made_id": str(uuid.uuid4()), "file": html})
    assert refused.status_code == 409
    assert "This kind of file is not taken" in words(refused)
    assert "新的" in refused.content.decode()
    assert client.post(page, {"essay": "新的", "go": "file", "made_id": "x"}).status_code == 409
    client.post(page, {"essay": "新的", "go": f"drop-{file.public_id}"})
    assert "File 1" not in words(client.get(page))
    assert given(row, "26001", 8) == {"text": "新的"}


# ---- a file as soon as it is chosen

FILES = "/exam/paper/8/files/"
PROGRAM = b"G00 X100\nM30\n"


def sent(client: Client, content: bytes = PROGRAM, **other: str) -> Any:
    """What a device sends by itself when a file is chosen."""
    chosen = SimpleUploadedFile("O0001.nc", content)
    return client.post(FILES, {"made_id": str(uuid.uuid4()), "file": chosen} | other, headers=SAVE)


def beside(row: Sitting) -> list[bytes]:
    with everywhere("a test looks"):
        rows = AnswerFile.objects.filter(candidate__sitting=row).order_by("pk")
        return [one.kept.bytes() for one in rows]


def test_a_chosen_file_is_added_at_once_and_once(room: Any) -> None:
    row, codes = room
    client, press = inside(codes["26001"]), str(uuid.uuid4())
    for _press in range(2):
        added = sent(client, made_id=press)
        assert added.status_code == 200
    assert "File 1" in added.json()["html"]
    assert press not in added.json()["html"]  # the next one is a press of its own
    assert beside(row) == [PROGRAM]
    assert "File 1" in words(client.get("/exam/paper/8/"))
    assert given(row, "26001", 8) is None  # the text is saved by itself


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "kernel.file_not_known"), (b"MZ\x90\0", "kernel.file_not_known"),
     (b"  <svg onload=alert(1)>", "kernel.file_not_known"), (b"%PDF-" + b"0" * (12 * 2**20), "kernel.file_too_large")],
)  # fmt: skip
def test_a_file_that_is_refused_says_why_and_the_earlier_one_stays(
    room: Any, content: bytes, reason: str
) -> None:
    row, codes = room
    client = inside(codes["26001"])
    sent(client)
    refused = sent(client, content)
    assert (refused.status_code, refused.json()["code"]) == (409, reason)
    assert refused.json()["reason"]
    assert beside(row) == [PROGRAM]


def test_what_no_kind_of_file_may_be_is_not_even_read(room: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    row, codes = room
    monkeypatch.setattr("craftpath.delivery.web.hall.filing.LARGEST", 5)
    monkeypatch.setattr("craftpath.domain.exams.filing.look_at", None)
    refused = sent(inside(codes["26001"]))
    assert (refused.status_code, refused.json()["code"]) == (409, "kernel.file_too_large")
    assert beside(row) == []


def test_three_files_and_then_no_room_for_another(room: Any) -> None:
    client = inside(room[1]["26001"])
    for _file in range(3):
        html = sent(client).json()["html"]
    assert 'type="file"' not in html
    assert sent(client).json()["code"] == "exams.too_many_files"


def test_a_file_belongs_to_a_question_that_asks_for_one_and_to_a_device_with_a_code(room: Any) -> None:
    row, codes = room
    client = inside(codes["26001"])
    for page, status in (("1", 409), ("9", 404)):
        chosen = SimpleUploadedFile("x.nc", PROGRAM)
        assert client.post(f"/exam/paper/{page}/files/", {"file": chosen}, headers=SAVE).status_code == status
    assert sent(Client()).status_code == 409
    assert Client().post(FILES).status_code == 302
    assert client.get(FILES).status_code == 405
    assert beside(row) == []


@pytest.mark.parametrize("go", ["next", "back", "all", "file"])
def test_without_a_script_a_chosen_file_goes_with_the_form(room: Any, go: str) -> None:
    row, codes = room
    client = inside(codes["26001"])
    chosen = SimpleUploadedFile("O0001.nc", PROGRAM)
    on = client.post("/exam/paper/8/", {"essay": "先粗后精。", "go": go, "file": chosen})
    assert on.status_code == 302
    assert beside(row) == [PROGRAM]
    wrong = SimpleUploadedFile("x.exe", b"MZ\x90\0")
    stays = client.post("/exam/paper/8/", {"essay": "新的", "go": go, "file": wrong})
    assert stays.status_code == 409
    assert "This kind of file is not taken" in words(stays)
    assert given(row, "26001", 8) == {"text": "新的"}
    assert beside(row) == [PROGRAM]


def test_a_file_counts_by_when_it_was_sent_and_a_late_one_is_named(room: Any) -> None:
    row, codes = room
    client = inside(codes["26001"])
    assert f'data-grace="{int(GRACE.total_seconds())}"' in client.get("/exam/paper/8/").content.decode()

    def rung(before: timedelta) -> None:
        with everywhere("a test lets the time pass"):
            ends = timezone.now() - before
            mine = Candidate.objects.filter(sitting=row, enrolment__number="26001")
            mine.update(started_at=ends - timedelta(minutes=60), ends_at=ends)

    rung(GRACE / 2)
    in_time = str(uuid.uuid4())
    assert sent(client, made_id=in_time).status_code == 200
    rung(2 * GRACE)
    late = sent(client)
    assert (late.status_code, late.json()["code"]) == (409, "exams.after_the_bell")
    chosen = SimpleUploadedFile("O0001.nc", PROGRAM)
    plain = client.post("/exam/paper/8/", {"essay": "x", "go": "all", "file": chosen})
    assert "The file was not added." in words(plain)
    assert beside(row) == [PROGRAM]
    for press, said in ((in_time, False), (str(uuid.uuid4()), True), ("x", True), ("", False)):
        client.post("/exam/paper/hand-in/", {"on_its_way": press})
        assert ("came too late" in words(client.get("/exam/paper/"))) is said
