"""What a course would be made of a file: the four kinds of files, and those of which none is made."""

from __future__ import annotations

import io

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from craftpath.delivery.exchange.courses.drafting import Drafted, draft_of
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.exchange.courses.made import cartridge, h5p, packed
from tests.exchange.courses.test_kinds import FILES, ITEMS, listed
from tests.exchange.courses.test_word import dot, saved


def drafted(content: bytes, name: str = "a.zip") -> Drafted:
    return draft_of(io.BytesIO(content), name)


def told(found: Drafted) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (unit.title.both(), [(one.kind, one.title.both()) for one in unit.activities]) for unit in found.units
    ]


def test_folders_are_units_in_the_order_of_their_numbers() -> None:
    files = {"焊工/2 气体/1 氩.md": "# 氩气\n字", "焊工/1 安全/10 乙.md": "乙", "焊工/1 安全/2 甲.md": "甲"}
    found = drafted(packed(files))
    assert told(found) == [("安全", [("page", "甲"), ("page", "乙")]), ("气体", [("page", "氩气")])]


def test_one_page_is_a_course_of_one_unit() -> None:
    found = drafted(b"# Safety\n\nMask on.", "safety.md")
    assert told(found) == [("Safety", [("page", "Safety")])]
    assert found.units[0].activities[0].content.text == Text(en="Mask on.")


def test_each_first_heading_of_a_word_file_begins_a_page_and_pictures_come_along() -> None:
    document = Document()
    document.add_heading("焊接安全", 0)
    document.add_paragraph("先读这一段。")
    document.add_heading("电弧", 1)
    document.add_paragraph("弧光伤眼。")
    document.add_picture(dot())
    document.add_heading("小标题", 2)
    document.add_heading("气体", 1)
    document.add_paragraph("通风。")
    found = drafted(saved(document), "a.docx")
    assert told(found) == [("焊接安全", [("page", "焊接安全"), ("page", "电弧"), ("page", "气体")])]
    _first, arc, _gas = found.units[0].activities
    (mark,) = found.files
    assert f"media:{mark}" in arc.content.text.zh
    assert "## 小标题" in arc.content.text.zh


def test_a_cartridge_gives_pages_files_links_and_topics_and_no_script() -> None:
    script = '<html><body><h1>Hi</h1><script>alert(1)</script><p onclick="x()">Words</p></body></html>'
    content = packed({"imsmanifest.xml": cartridge(ITEMS, listed(1)), **FILES, "a.html": script})
    found = drafted(content, "a.imscc")
    (unit,) = found.units
    assert [one.kind for one in unit.activities] == ["page", "file", "page", "page"]
    page, file, link, topic = unit.activities
    assert "Words" in page.content.text.en
    assert "script" not in page.content.text.en
    assert "onclick" not in page.content.text.en
    assert list(found.files) == [file.content.file]
    assert "(https://example.org/x)" in link.content.text.en
    assert topic.content.text.en.strip() == "Why?"
    assert "course.quiz_not_taken" in {one.code for one in found.notes.remarks}


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"\x00\x01\x02", "a.bin", "course.not_a_package"),
        (b"\xff\xd8\xff\xe0", "a.md", "course.not_a_package"),
        (packed(h5p()), "a.h5p", "course.played_not_made"),
        (packed({"a.txt": "x"}), "a.zip", "course.other_kind"),
    ],
)
def test_what_no_course_is_made_of_is_refused_by_name(content: bytes, name: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        drafted(content, name)
    assert caught.value.verdict.reason == code


@given(st.binary(max_size=300), st.sampled_from(["a.md", "a.zip", "a.docx"]))
def test_whatever_comes_is_refused_or_read(content: bytes, name: str) -> None:
    try:
        found = drafted(content, name)
    except Refused:
        return
    assert all(one.kind in {"page", "file"} for unit in found.units for one in unit.activities)
