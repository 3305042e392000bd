"""An exam is pasted or dropped, mended in place, and taken in by one press: as shown, once, nothing lost."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from craftpath.domain.exams.models import Item
from craftpath.domain.exams.queries import items
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.exchange.exams import papers
from tests.exchange.exams.test_filing import HOSTILE, word
from tests.photos import picture
from tests.web.exams.conftest import at, reader

pytestmark = pytest.mark.django_db


def _seen(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]*)"', page)
    return found[1] if found else ""


def _text(page: str) -> str:
    from html import unescape

    found = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.S)
    return unescape(found[1]).replace("\r\n", "\n") if found else ""


def test_what_was_understood_stands_beside_the_text(trainer: Client) -> None:
    page = trainer.post(at("paste"), {"text": papers.HALF_A_KEY, "do": "look"}).content.decode()
    assert _text(page).strip() == papers.HALF_A_KEY.strip()
    for said in (
        "Take in 2 questions",
        "2 right",
        "3 to mend",
        "1 without an answer",
        "The answer names d",
        "Two answers were found",
    ):
        assert said in page
    part = trainer.post(
        at("paste"), {"text": papers.HALF_A_KEY, "do": "look"}, HTTP_HX_REQUEST="true"
    ).content.decode()
    assert part.lstrip().startswith('<div class="understood"')
    with everywhere("a test looks"):
        assert not Item.objects.exists()


def test_one_press_takes_in_what_is_right_and_leaves_the_rest(trainer: Client) -> None:
    page = trainer.post(at("paste"), {"text": papers.HALF_A_KEY, "do": "look"}).content.decode()
    press = {"text": papers.HALF_A_KEY, "seen": _seen(page), "do": "take", "ready": "1", "ready_shown": "1"}
    done = trainer.post(at("paste"), press).content.decode()
    assert "2 questions were taken in" in done
    assert "1 is a draft" in done
    left = _text(done)
    assert left.splitlines()[0] == "一、单项选择题（每小题2分）"
    assert "3. 丙（ D ）" in left
    assert "2. 乙" not in left
    again = trainer.post(at("paste"), press).content.decode()  # pressed twice
    assert "2 were in the bank already" in again
    with everywhere("a test looks"):
        assert sorted((item.state, item.keyed) for item in items()) == [("draft", False), ("ready", True)]
        assert {str(item.newest.points) for item in items()} == {"2.00"}


def test_the_check_that_is_taken_in_is_the_check_that_was_shown(trainer: Client) -> None:
    page = trainer.post(at("paste"), {"text": papers.NO_HEADS, "do": "look"}).content.decode()
    changed = papers.NO_HEADS.replace("A.甲B.乙C.丙", "A.甲B.乙")
    answer = trainer.post(at("paste"), {"text": changed, "seen": _seen(page), "do": "take"})
    assert answer.status_code == 409
    assert "has changed since you looked" in answer.content.decode()
    assert _text(answer.content.decode()).strip() == changed.strip()
    with everywhere("a test looks"):
        assert not Item.objects.exists()


def test_a_dropped_file_becomes_text_with_its_pictures(trainer: Client) -> None:
    file = SimpleUploadedFile("试卷.docx", word(picture(size=(300, 200))))
    page = trainer.post(at("paste"), {"text": "1. 先写的", "do": "file", "file": file}).content.decode()
    text = _text(page)
    assert text.startswith("1. 先写的")
    assert re.search(r"!\[\]\(picture:[a-z0-9]{12}\)", text)
    assert "<img src=" in page
    done = trainer.post(
        at("paste"), {"text": text, "seen": _seen(page), "do": "take", "ready": "1"}
    ).content.decode()
    assert "questions were taken in" in done


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_file_that_is_refused_loses_nothing_that_was_pasted(trainer: Client, name: str) -> None:
    file = SimpleUploadedFile("x.docx", HOSTILE[name][0])
    answer = trainer.post(at("paste"), {"text": "1. 写了很久", "do": "file", "file": file})
    assert answer.status_code == 422
    assert "Nothing was taken in" in answer.content.decode()
    assert _text(answer.content.decode()).strip() == "1. 写了很久"


def test_a_file_beyond_the_limit_is_refused_unread(trainer: Client) -> None:
    answer = trainer.post(at("paste"), {"text": "x"}, CONTENT_LENGTH=str(40 * 2**20))
    assert answer.status_code == 413


def test_a_picture_that_is_not_in_the_bank_is_a_fault(trainer: Client) -> None:
    text = "1. 看图 ![](picture:abcdefghjkmn)\nA. 一\nB. 二\n答案：A"
    page = trainer.post(at("paste"), {"text": text, "do": "look"}).content.decode()
    assert "A picture that it names is not in this bank." in page
    assert trainer.post(at("paste"), {"text": text, "seen": _seen(page), "do": "take"}).status_code == 409


def test_it_speaks_chinese(cast: Cast) -> None:
    page = reader(cast, "trainer", "zh-hans").post(at("paste"), {"text": papers.HALF_A_KEY}).content.decode()
    assert "收下 2 道题" in page
    assert "第 14 行" in page
