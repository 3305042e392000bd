"""Files read: text by pages, what the file says of itself, guesses with how sure; hostile ones are refused in words."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import pytest

from craftpath.delivery.exchange.resources import guessing
from craftpath.delivery.exchange.resources import pdf as pdf_in
from craftpath.delivery.exchange.resources.extracting import MOST_TEXT, Extracted, extract
from craftpath.delivery.exchange.resources.forms import FORMS, HEAD, form_of
from craftpath.kernel.search.likeness import alike, bands, sketch
from craftpath.values.verdict import Refused
from tests.exchange.resources.made import docx, packed, pdf, pptx, xlsx


def read(content: bytes, name: str = "a") -> Extracted:
    return extract(io.BytesIO(content), form_of(content[:HEAD], name))


def reason(content: bytes, name: str = "a") -> str:
    with pytest.raises(Refused) as refused:
        read(content, name)
    return refused.value.verdict.reason


def test_a_pdf_gives_its_text_by_pages() -> None:
    told = {"/Title": "Fillet welds", "/Author": "Wang Wei", "/Rights": "CC BY-SA 4.0"}
    found = read(pdf("Safety first", "Strike the arc by scratching", meta=told))
    assert [page.strip() for page in found.pages] == ["Safety first", "Strike the arc by scratching"]
    assert (found.length, found.title, found.authors, found.without_text) == (
        2,
        "Fillet welds",
        "Wang Wei",
        False,
    )
    assert guessing.licence_of(found) == {"value": "ccbysa", "sure": "told"}


def test_a_scanned_pdf_says_that_there_is_no_text_inside() -> None:
    found = read(pdf("", ""))
    assert (found.without_text, found.length) == (True, 2)
    assert guessing.title_of(found, "扫描件_v2.pdf") == {"value": {"zh": "扫描件"}, "sure": "unsure"}


def test_a_pdf_that_is_locked_damaged_or_never_done_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reason(pdf("secret", password="x")) == "resources.locked"
    assert reason(b"%PDF-1.7\n" + b"\x00garbage" * 20) == "resources.damaged"
    monkeypatch.setattr(pdf_in, "SECONDS", 0)  # the system ends it at once
    assert reason(pdf("Safety first")) == "resources.too_long_to_read"


def test_office_files_are_read_without_their_programs() -> None:
    word = read(docx("安全用电", "断电、验电、挂牌。", title="", author="李师傅"))
    assert (word.form.name, word.heading, word.authors) == ("docx", "安全用电", "李师傅")
    assert "断电、验电、挂牌。" in word.pages[0]
    slides = read(pptx(*(f"第 {n} 张" for n in range(1, 12))))
    assert (slides.form.name, slides.length, slides.pages[9]) == ("pptx", 11, "第 10 张")
    sheet = read(xlsx("点检表", "主轴", "油位"))
    assert (sheet.form.name, sheet.length, sheet.pages) == ("xlsx", 1, ["点检表\n主轴\n油位"])


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        ("# 车刀刃磨\n前角十二度".encode(), "a.md", "前角十二度"),
        ("车刀刃磨：前角".encode("gb18030"), "a.txt", "车刀刃磨：前角"),
        (
            b"<html><title>Turning</title><script>alert('x')</script><p>Chip breaker</p>",
            "a.htm",
            "Chip breaker",
        ),
        ("1\n00:00:01,000 --> 00:00:02,000\n先停机\n".encode(), "a.srt", "先停机"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n再上锁\n".encode(), "a", "再上锁"),
    ],
)
def test_text_of_every_encoding_is_read(content: bytes, name: str, words: str) -> None:
    found = read(content, name)
    assert words in found.pages[0]
    assert "alert" not in found.pages[0]
    assert "-->" not in found.pages[0]


def test_a_long_text_is_kept_to_a_bound_and_without_what_no_database_takes() -> None:
    found = read(("安全 " * 60_000).encode(), "a.txt")
    assert sum(map(len, found.pages)) == MOST_TEXT
    assert "\0" not in read(docx("a", "b"), "a.docx").pages[0]


def test_what_is_not_known_or_hostile_is_refused() -> None:
    assert reason(b"MZ\x90\x00\x03" * 30, "a.exe") == "resources.file_unknown"
    assert reason(b"print('x')", "a.py") == "resources.file_unknown"
    macros = packed({"word/document.xml": "<w/>", "word/vbaProject.bin": b"x"})
    assert reason(macros) == "resources.macros"
    bomb = '<!DOCTYPE a [<!ENTITY b "c">]><w>&b;</w>'
    assert reason(packed({"word/document.xml": bomb})) == "resources.damaged"
    assert reason(packed({"../x": "y"})) == "course.name_leads_out"
    assert reason(b"PK\x03\x04" + b"x" * 200) == "course.damaged"
    assert reason(packed({"word/document.xml": "<w"})) == "resources.damaged"


def test_a_package_is_known_by_what_is_in_it() -> None:
    assert read(packed({"h5p.json": "{}", "content/content.json": "{}"})).form == FORMS["h5p"]
    assert read(packed({"jig.step": "x", "plan.txt": "y"})).form == FORMS["zip"]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/", "ccbyncsa"),
        ("This work is CC BY 4.0", "ccby"),
        ("CC-BY-NC-ND", "ccbyncnd"),
        ("CC0 1.0", "cc0"),
        ("采用署名-非商业性使用 许可", "ccbync"),
        ("版权所有，翻印必究", "reserved"),
        ("© 2026, all rights reserved", "reserved"),
        ("in the public domain", "public"),
        ("CC: the coordinator by mail", ""),
        ("焊接安全", ""),
    ],
)
def test_a_licence_is_known_by_its_words(words: str, key: str) -> None:
    assert guessing.licence_in(words) == key


@pytest.mark.parametrize(
    ("words", "language"),
    [("焊条电弧焊", "zh"), ("Arc welding basics", "en"), ("电弧焊接 arc welding", "both"), ("1 + 2", "")],
)
def test_a_language_is_known_by_its_script(words: str, language: str) -> None:
    assert guessing.language_of(words) == language


@pytest.mark.parametrize(
    ("title", "heading", "name", "value", "sure"),
    [
        ("Microsoft Word - a.doc", "平角焊", "x.doc", {"zh": "平角焊"}, "likely"),
        ("Lathe safety", "x", "x.doc", {"en": "Lathe safety"}, "told"),
        ("untitled", "", "数控编程_最终版(2).docx", {"zh": "数控编程"}, "unsure"),
        ("", "", "20261129.pdf", {"en": "20261129"}, "unsure"),
    ],
)
def test_a_title_is_what_the_file_says_else_its_heading_else_its_name(
    title: str, heading: str, name: str, value: dict[str, str], sure: str
) -> None:
    found = Extracted(FORMS["docx"], title=title, heading=heading)
    assert guessing.title_of(found, name) == {"value": value, "sure": sure}


def row(key: str, zh: str, en: str, **more: Any) -> Any:
    return SimpleNamespace(public_id=key, key=key, name={"zh": zh, "en": en}, words="", hints={}, **more)


def test_an_occupation_and_skills_are_guessed_by_their_words() -> None:
    trades = [row("w", "焊工", "Welder"), row("t", "车工", "Turner")]
    text = "本讲义供焊工学习。焊工上岗前须检查。"
    assert guessing.occupation_of("平角焊", text, trades, []) == {"value": "w", "sure": "unsure"}
    assert guessing.occupation_of("焊工安全", text, trades, []) == {"value": "w", "sure": "likely"}
    assert guessing.occupation_of("急救", "按压", trades, ["t", "t", "w"]) == {"value": "t", "sure": "unsure"}
    assert guessing.occupation_of("急救", "按压", trades, []) == {"value": "", "sure": "none"}
    skills = [
        row("s1", "引弧", "striking"),
        row("s2", "收弧", "crater filling"),
        row("s3", "倒车", "reversing"),
    ]
    found = guessing.skills_of("引弧", "引弧之后运条。引弧要稳。收弧要满。", skills)
    assert found == {"value": ["s1", "s2"], "sure": "likely"}
    assert guessing.skills_of("急救", "按压", skills) == {"value": [], "sure": "none"}
    hinted = [row("s4", "沟通", "communication")]
    hinted[0].hints = {"zh": ["练习", "交接"]}
    assert guessing.skills_of("练习", "练习", hinted)["value"] == []
    assert guessing.skills_of("练习", "交接班", hinted)["value"] == ["s4"]


def test_a_sketch_tells_how_much_two_texts_share() -> None:
    text = " ".join(f"word{n}" for n in range(300))
    near = text.replace("word150 ", "other ")
    far = " ".join(f"else{n}" for n in range(300))
    assert alike(sketch(text), sketch(text)) == 100
    assert 90 <= alike(sketch(text), sketch(near)) < 100
    assert alike(sketch(text), sketch(far)) < 10
    assert set(bands(sketch(text))) & set(bands(sketch(near)))
    assert not set(bands(sketch(text))) & set(bands(sketch(far)))
    assert sketch("too short") == []
    assert bands([]) == []
