"""An exam is pasted or dropped, mended in place, and taken in by one press: as shown, once, nothing lost."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from craftpath.delivery.exchange.writing import OutSheet, write_xlsx
from craftpath.delivery.web.exams import pasting
from craftpath.domain.exams.models import Item
from craftpath.domain.exams.queries import items
from craftpath.kernel.sheets import SheetMemory
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


class TestColumns:
    """A table of columns that nobody knows: said once, known the next time, and nothing lost on the way."""

    ROWS = (
        ("考核内容", "甲项", "乙项", "标答", "章节"),
        ("M03 的含义是", "结束", "主轴正转", "B", "第一章"),
        ("M05 的含义是", "主轴停", "换刀", "A", "第二章"),
    )
    SAID = ("stem", "option:A", "option:B", "key", "ignore")

    def drop(self, client: Client, text: str = "") -> str:
        file = SimpleUploadedFile("题库.xlsx", write_xlsx([OutSheet("试题", self.ROWS[0], self.ROWS[1:])]))
        return client.post(at("paste"), {"text": text, "do": "file", "file": file}).content.decode()

    def say(self, client: Client, page: str, **other: str) -> HttpResponse:
        """Press the button under the columns as `SAID`."""
        mark = re.search(r'name="table" value="([0-9a-f]+)"', page)
        assert mark
        columns = {f"column-{n}": target for n, target in enumerate(self.SAID)}
        return client.post(
            at("paste"), {"text": _text(page), "do": "table", "table": mark[1]} | columns | other
        )

    def test_columns_are_said_once_and_known_the_next_time(self, trainer: Client) -> None:
        page = self.drop(trainer)
        assert "What do the columns hold?" in page
        assert "M03 的含义是 · M05 的含义是" in page
        done = self.say(trainer, page).content.decode()
        assert "Take in 2 questions" in done
        assert "What do the columns hold?" not in done
        assert "Take in 2 questions" in self.drop(trainer)  # the next file asks nothing
        pasted = "\n".join("\t".join(row) for row in self.ROWS)
        looked = trainer.post(at("paste"), {"text": pasted, "do": "look"}).content.decode()
        assert "Its columns are as you said last time" in looked

    def test_another_house_has_said_nothing(self, cast: Cast, trainer: Client) -> None:
        self.say(trainer, self.drop(trainer))
        client, address = reader(cast, "stranger"), at("paste").replace("lanchuan", "dongling")
        pasted = "\n".join("\t".join(row) for row in self.ROWS)
        page = client.post(address, {"text": pasted, "do": "look"}).content.decode()
        assert "What do the columns hold?" in page
        assert "last time" not in page

    @pytest.mark.parametrize(
        ("other", "said"),
        [
            ({"column-0": "ignore"}, "Say which column holds the question."),
            ({"column-1": "key"}, "Two columns are both “the answer”"),
            ({"table": "0" * 16}, "The table has changed since you looked at it."),
            ({"text": "1. 甲\nA. 乙\nB. 丙"}, "The table has changed since you looked at it."),
        ],
    )
    def test_what_does_not_hold_is_said_and_nothing_is_lost(
        self, trainer: Client, other: dict[str, str], said: str
    ) -> None:
        page = self.drop(trainer, "1. 先写的")
        answer = self.say(trainer, page, **other)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert _text(answer.content.decode()).strip() == other.get("text", _text(page)).strip()
        with everywhere("a test looks"):
            assert not SheetMemory.objects.exists()

    def test_choices_stay_while_the_text_is_read_again(self, trainer: Client) -> None:
        page = self.drop(trainer)
        mark = re.search(r'name="table" value="([0-9a-f]+)"', page)
        assert mark
        form = {
            "text": _text(page),
            "do": "look",
            "table": mark[1],
            "column-0": "stem",
            "column-1": "nonsense",
        }
        part = trainer.post(at("paste"), form, HTTP_HX_REQUEST="true").content.decode()
        assert part.count('value="stem" selected') == 1
        assert "nonsense" not in part

    def test_the_same_press_twice_is_the_same(self, trainer: Client) -> None:
        page = self.drop(trainer)
        first, second = (_text(self.say(trainer, page).content.decode()) for _time in range(2))
        assert first == second
        with everywhere("a test looks"):
            assert SheetMemory.objects.filter(kind="exam").count() == 5

    def test_a_first_row_that_is_a_question_is_none_the_less_taken_in(self, trainer: Client) -> None:
        done = self.say(trainer, self.drop(trainer), first_too="1").content.decode()
        assert "3 right" in done or "2 right" in done
        assert "考核内容" in _text(done)
        with everywhere("a test looks"):
            assert not SheetMemory.objects.exists()

    def test_questions_beside_a_table_are_taken_in_and_the_table_stays(self, trainer: Client) -> None:
        page = self.drop(trainer, "1. 先写的，对吗（√）")
        assert "Take in 1 question" in page
        press = {"text": _text(page), "seen": _seen(page), "do": "take", "ready": "1"}
        done = trainer.post(at("paste"), press).content.decode()
        assert "1 question was taken in" in done
        assert "考核内容\t甲项" in _text(done)

    def test_scripts_in_cells_are_shown_as_they_were_typed(self, trainer: Client) -> None:
        bad = "<script>alert(1)</script>"
        pasted = f"题干\t{bad}\t选项B\t答案\n{bad}\t{bad}\t乙\tB\n甲\t'\"><img src=x>\t丁\tA"
        page = trainer.post(at("paste"), {"text": pasted, "do": "look"}).content.decode()
        assert "What do the columns hold?" in page
        assert bad not in page
        assert "<img src=x>" not in page
        self.SAID = ("stem", "option:A", "option:B", "key")  # type: ignore[misc]
        made = self.say(trainer, page).content.decode()
        assert bad not in made
        assert "&lt;script&gt;" in made


def test_ten_thousand_lines_are_read_and_none_is_lost(trainer: Client) -> None:
    lines = [f"第 {n} 行没有题号的文字" for n in range(10_000)]
    text = "\n".join(["1. 甲（ A ）", "A. 一", "B. 二", "", *lines])
    page = trainer.post(at("paste"), {"text": text, "do": "look"}).content.decode()
    assert _text(page).count("\n") == text.count("\n")
    assert "lines 1–3" in page or "line 1" in page


def test_a_file_that_would_make_the_text_too_long_is_refused_and_nothing_is_cut(
    trainer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pasting, "MOST_CHARACTERS", 40)
    file = SimpleUploadedFile("x.txt", "1. 很长的一道题（ A ）\nA. 一\nB. 二".encode())
    before = "1. 写了很久的题目，占了不少字（ B ）"
    answer = trainer.post(at("paste"), {"text": before, "do": "file", "file": file})
    assert answer.status_code == 422
    assert "at most 40 are read" in answer.content.decode()
    assert _text(answer.content.decode()).strip() == before
