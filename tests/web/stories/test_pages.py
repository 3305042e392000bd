"""Pages of stories: the wall, telling on a phone, the office's desk; and the wall for visitors without an account."""

from __future__ import annotations

import io
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.domain.stories import actions
from craftpath.domain.stories.models import Comment, MasterQuestion, Story
from craftpath.domain.stories.rules import MOST_BYTES
from craftpath.kernel.exhibits import VIDEO_BYTES
from tests.cast import AT, Cast
from tests.domain.stories.test_telling import mp4
from tests.domain.stories.world import begun, commented, handed_in, mentor, office, published, told

pytestmark = pytest.mark.usefixtures("all_rows")


def client(cast: Cast, who: str) -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: Any, at: str = "jinheng") -> str:
    return reverse(f"stories:{page}", args=[at, *ids])


def film(cast: Cast, content: bytes = b"") -> Story:
    row, by = begun(cast, form="video"), mentor(cast)
    actions.keep_recording(row, content or mp4(), "a.mp4", by=by, at=AT)
    actions.keep_transcript(row, "0:00 那天\n0:05 车小了", by=by, at=AT)
    actions.agree_story(row, reach="public", by=by, at=AT)
    actions.hand_in_story(row, by=by, at=AT)
    return actions.publish_story(row, checks=["names", "licence", "consent"], by=office(cast), at=AT)


# ---- Telling ------------------------------------------------------------------------------------------


def test_a_master_tells_step_by_step_and_hands_in(cast: Cast) -> None:
    browser = client(cast, "mentor")
    form = {"made_id": str(uuid.uuid4()), "title": "一根轴", "form": "text", "language": "zh"}
    first = browser.post(url("new"), form)
    row = Story._base_manager.get()
    assert first["Location"] == url("tell", row.public_id, "first_day")
    onward = browser.post(first["Location"], {"words": "下雪。", "go": "next"})
    assert onward["Location"] == url("tell", row.public_id, "own_master")
    done = browser.post(onward["Location"], {"words": "慢就是快。", "go": "done"})
    assert done["Location"] == url("details", row.public_id)
    browser.post(url("agree", row.public_id), {"reach": "inside"})
    browser.post(url("move", row.public_id, "hand-in"))
    row.refresh_from_db()
    assert (row.state, row.reach, list(row.answers)) == ("review", "inside", ["first_day", "own_master"])


def test_what_is_typed_is_kept_without_leaving_the_page(cast: Cast) -> None:
    row = begun(cast)
    there = url("tell", row.public_id, "advice")
    said = client(cast, "mentor").post(there, {"words": "多看。"}, HTTP_HX_REQUEST="true").content.decode()
    row.refresh_from_db()
    assert row.answers == {"advice": "多看。"}
    assert "2 of 1000" in said


def test_too_many_words_stay_on_the_page_with_the_reason(cast: Cast) -> None:
    there = url("tell", begun(cast).public_id, "advice")
    answer = client(cast, "mentor").post(there, {"words": "好" * 1001, "go": "next"})
    assert answer.status_code == 409
    assert "好" * 1001 in answer.content.decode()
    assert "at most 1000 words" in answer.content.decode()


def test_a_film_of_two_gigabytes_is_refused_before_it_is_read(cast: Cast) -> None:
    row = begun(cast, form="video")

    class Unread(io.BytesIO):
        def read(self, *_: Any) -> bytes:
            raise AssertionError("the body was read")

    answer = client(cast, "mentor").generic(
        "POST", url("recording", row.public_id), b"", content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(2 * 2**30), **{"wsgi.input": Unread()},
    )  # fmt: skip
    assert answer.status_code == 413
    assert f"larger than {MOST_BYTES['video'] // 2**20} MB" in answer.content.decode()


def test_a_recording_that_is_none_is_refused_and_one_that_is_is_kept(cast: Cast) -> None:
    row, browser = begun(cast, form="video"), client(cast, "mentor")
    there = url("recording", row.public_id)
    wrong = browser.post(there, {"file": SimpleUploadedFile("story.mp4", b"<html><script>1</script>")})
    assert wrong.status_code == 409
    assert browser.post(there, {"file": SimpleUploadedFile("story.mp4", mp4())}).status_code == 302
    row.refresh_from_db()
    assert row.media_type == "video/mp4"
    assert MOST_BYTES["video"] == VIDEO_BYTES


def test_without_a_token_of_the_form_no_file_is_taken(cast: Cast) -> None:
    row = begun(cast, form="video")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.people["mentor"])
    answer = strict.post(url("recording", row.public_id), {"file": SimpleUploadedFile("a.mp4", mp4())})
    assert answer.status_code == 403


# ---- Reading ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["apprentice", "trainer", "stranger"])
def test_what_is_not_shown_is_nothing_to_others(cast: Cast, who: str) -> None:
    at = "dongling" if who == "stranger" else "lanchuan"
    row = actions.withdraw_story(published(cast, "public"), by=mentor(cast), at=AT)
    browser = client(cast, who)
    for page in ("story", "paper", "captions"):
        assert browser.get(url(page, row.public_id, at=at)).status_code == 404
    assert browser.get(url("file", row.public_id, "picture", at=at)).status_code == 404
    assert browser.post(url("comment", row.public_id, at=at), {}).status_code == 404
    assert Client().get(reverse("told:story", args=["jinheng", row.public_id])).status_code == 404


def test_the_wall_asks_the_same_for_one_story_and_for_many(cast: Cast) -> None:
    published(cast)
    browser, counts = client(cast, "apprentice"), []
    browser.get(url("wall", at="lanchuan"))  # what a process asks once
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(url("wall", at="lanchuan")).status_code == 200
        counts.append(len(asked))
        for _n in range(3):
            published(cast)
    assert counts[0] == counts[1]


def test_words_of_a_master_are_words_and_never_a_page(cast: Cast) -> None:
    row = begun(cast, title="<b>轴</b>")
    actions.keep_answer(row, "advice", "<script>alert(1)</script>", by=mentor(cast), at=AT)
    shown = client(cast, "mentor").get(url("story", row.public_id)).content.decode()
    assert "<script>alert(1)" not in shown
    assert "<b>轴" not in shown


def test_a_player_may_ask_for_a_part(cast: Cast) -> None:
    row, content = film(cast), mp4()
    there, browser = url("file", row.public_id, "recording", at="lanchuan"), client(cast, "apprentice")
    whole = browser.get(there)
    assert (whole.content, whole["Content-Type"], whole["Cache-Control"]) == (
        content,
        "video/mp4",
        "private, no-store",
    )
    part = browser.get(there, HTTP_RANGE="bytes=4-7")
    assert (part.status_code, part.content, part["Content-Range"]) == (
        206,
        b"ftyp",
        f"bytes 4-7/{len(content)}",
    )
    last = browser.get(there, HTTP_RANGE="bytes=-4")
    assert (last.status_code, last.content) == (206, content[-4:])
    assert browser.get(there, HTTP_RANGE="bytes=9999-").status_code == 416
    assert browser.get(there, HTTP_RANGE="bytes=a-b").content == content
    captions = browser.get(url("captions", row.public_id, at="lanchuan"))
    assert captions["Content-Type"].startswith("text/vtt")
    assert 'kind="captions"' in browser.get(url("story", row.public_id, at="lanchuan")).content.decode()


def test_the_sheet_of_paper_leads_visitors_to_the_public_page_only_if_it_is_public(cast: Cast) -> None:
    inside, public = published(cast), published(cast, "public")
    browser = client(cast, "mentor")
    assert (
        "/o/jinheng/stories/"
        in browser.get(url("paper", inside.public_id)).content.decode().split("told-foot")[1]
    )
    shown = browser.get(url("paper", public.public_id)).content.decode().split("told-foot")[1]
    assert reverse("told:story", args=["jinheng", public.public_id]) in shown


# ---- Talking ------------------------------------------------------------------------------------------


def test_a_comment_a_report_and_what_the_author_hears(cast: Cast) -> None:
    row = published(cast)
    author, other, hr = (client(cast, who) for who in ("apprentice", "classmate", "hr"))
    form = {"made_id": str(uuid.uuid4()), "words": "编的吧。"}
    for _ in range(2):
        assert author.post(url("comment", row.public_id, at="lanchuan"), form).status_code == 302
    made = Comment.objects.get()
    other.post(url("report", made.public_id, at="lanchuan"), {"because": "不友善"})
    assert "编的吧" in hr.get(url("desk")).content.decode()
    assert hr.post(url("moderate", made.public_id, "hide"), {"because": ""}).status_code == 422
    hr.post(url("moderate", made.public_id, "hide"), {"because": "请对事不对人"})
    assert "编的吧" not in other.get(url("story", row.public_id, at="lanchuan")).content.decode()
    assert other.get(url("report", made.public_id, at="lanchuan")).status_code == 404
    assert "请对事不对人" in author.get(url("mine", at="lanchuan")).content.decode()
    author.post(url("moderate", made.public_id, "read", at="lanchuan"))
    assert "请对事不对人" not in author.get(url("mine", at="lanchuan")).content.decode()


def test_a_question_is_answered_on_the_page_and_read_by_nobody_else(cast: Cast) -> None:
    row = published(cast)
    there, browser = url("story", row.public_id, at="lanchuan"), client(cast, "apprentice")
    form = {"made_id": str(uuid.uuid4()), "words": "后来呢？"}
    browser.post(url("ask", row.public_id, at="lanchuan"), form)
    asked = MasterQuestion.objects.get()
    master = client(cast, "mentor")
    assert "后来呢？" in master.get(url("mine")).content.decode()
    assert client(cast, "hr").post(url("answer", asked.public_id), {"answer": "x"}).status_code == 404
    master.post(url("answer", asked.public_id), {"answer": "补了一道工序。"})
    assert "补了一道工序" in browser.get(there).content.decode()
    assert "补了一道工序" not in client(cast, "classmate").get(there).content.decode()


def test_the_office_publishes_once_it_has_ticked_everything(cast: Cast) -> None:
    row, hr = handed_in(cast), client(cast, "hr")
    there = url("move", row.public_id, "publish")
    assert hr.post(there, {"checks": ["names"]}).status_code == 409
    assert hr.post(there, {"checks": ["names", "licence", "consent"]}).status_code == 302
    assert client(cast, "mentor").post(url("move", row.public_id, "nonsense")).status_code == 404
    row.refresh_from_db()
    assert row.state == "published"


# ---- Without an account --------------------------------------------------------------------------------


def test_visitors_see_what_everybody_may_see_and_leave_no_cookie(cast: Cast) -> None:
    published(cast)
    public, visitor = film(cast), Client()
    wall = visitor.get(reverse("told:wall", args=["lanchuan-bureau"]))
    shown = wall.content.decode()
    assert wall.status_code == 200
    assert public.public_id in shown
    assert shown.count("told-stage-title") + shown.count("told-card-title") == 1
    page = visitor.get(reverse("told:story", args=["jinheng", public.public_id]), {"in": "en"})
    assert page["Content-Language"] == "en"
    assert "All stories" in page.content.decode()
    part = visitor.get(
        reverse("told:file", args=["jinheng", public.public_id, "recording"]), HTTP_RANGE="bytes=0-3"
    )
    assert part.status_code == 206
    assert visitor.get(reverse("told:captions", args=["jinheng", public.public_id])).status_code == 200
    assert not visitor.cookies


def test_comments_are_not_for_visitors(cast: Cast) -> None:
    row = published(cast, "public")
    commented(cast, row)
    assert (
        "学到了" not in Client().get(reverse("told:story", args=["jinheng", row.public_id])).content.decode()
    )


def test_inside_only_is_nothing_to_visitors_nor_is_a_draft_or_a_place_that_is_none(cast: Cast) -> None:
    for row in (published(cast), told(cast, "public"), handed_in(cast, "public")):
        assert Client().get(reverse("told:story", args=["jinheng", row.public_id])).status_code == 404
    assert (
        Client().get(reverse("told:story", args=["qinghe", published(cast, "public").public_id])).status_code
        == 404
    )
    assert Client().get(reverse("told:wall", args=["nowhere"])).status_code == 404
    assert Client().post(reverse("told:wall", args=["jinheng"])).status_code == 405
