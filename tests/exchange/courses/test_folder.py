"""Folders of Markdown files: folders are units, numbers give the order, two languages are one page."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.delivery.exchange.courses.folder import Course, read_folder, read_pages
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.exchange.courses.made import answered, codes, opened, remarks


def read(files: dict[str, bytes | str]) -> Course:
    with opened(files) as archive:
        return read_folder(archive)


def told(course: Course) -> list[tuple[str, list[str]]]:
    return [
        (unit.title.zh or unit.title.en, [one.title.zh or one.title.en for one in unit.pages])
        for unit in course.units
    ]


def test_numbers_in_names_give_the_order_and_not_the_title() -> None:
    names = [
        "10 Last/1 a.md", "2 Next/02-b_b.md", "2 Next/10 c.md", "2 Next/1. a.md", "第十一章 末/x.md", "第二章 中/x.md",
        "1 First/3.2 z.md", "1 First/3.10 y.md",
    ]  # fmt: skip
    assert told(read(dict.fromkeys(names, "words"))) == [
        ("First", ["z", "y"]),
        ("Next", ["a", "b b", "c"]),
        ("第二章 中", ["x"]),
        ("Last", ["a"]),
        ("第十一章 末", ["x"]),
    ]


def test_a_folder_around_everything_is_the_course() -> None:
    course = read(
        {"Turning/01 A/1.md": "# One\n\nwords", "Turning/02 B/1.md": "# Two\n\nwords", "readme.txt": "x"}
    )
    assert course.title.en == "Turning"
    assert told(course) == [("A", ["One"]), ("B", ["Two"])]
    assert course.units[0].pages[0].text == Text("", "words")


def test_one_folder_is_a_course_of_one_unit() -> None:
    course = read({"Turning/1 one.md": "x", "Turning/2 two.md": "x"})
    assert (course.title.en, told(course)) == ("Turning", [("Turning", ["one", "two"])])


def test_two_languages_are_one_page() -> None:
    course = read(
        {
            "a/1 lathe.zh.md": "# 车床\n\n字",
            "a/1 lathe.en.md": "# Lathe\n\nwords",
            "a/2.zh-CN.md": "# 铣床\n\n字",
        }
    )
    first, second = course.units[0].pages
    assert (first.title, first.text) == (Text("车床", "Lathe"), Text("字", "words"))
    assert (second.title.zh, second.text) == ("铣床", Text("字", ""))
    assert first.places == ("a/1 lathe.en.md", "a/1 lathe.zh.md")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("---\ntitle: 车床\n---\n", "车床"),
        ("---\ntitle_zh: 车床\ntitle_en: Lathe\n---\n", "车床/Lathe"),
        ("---\ntitle:\n  zh: \"车床\"\n  en: 'Lathe'\nother: [1, 2]\n---\n", "车床/Lathe"),
        ("---\r\ntitle: Lathe\r\nlang: en\r\n---\r\n", "Lathe"),
        ("\ufeff---\ntitle: Lathe: a machine\n...\n", "Lathe: a machine"),
        ("# Lathe #\n", "Lathe"),
        ("", "x"),
    ],
)
def test_what_a_head_says(head: str, title: str) -> None:
    (unit,) = read({"u/01 x.md": f"{head}words\n\n# Later"}).units
    (page,) = unit.pages
    assert "/".join(dict.fromkeys(one for one in (page.title.zh, page.title.en) if one)) == title
    assert page.text.en == "words\n\n# Later"


def test_a_head_without_end_is_text() -> None:
    course = read({"u/1.md": "---\ntitle: x\nwords"})
    assert course.units[0].pages[0].text.en == "---\ntitle: x\nwords"


def test_the_own_page_of_a_folder_comes_first_and_names_it() -> None:
    course = read(
        {"c/1 u/a.md": "x", "c/1 u/README.md": "# Turning\n\nwelcome", "c/index.md": "---\ntitle: All\n---\n"}
    )
    assert (course.title.en, told(course)) == ("All", [("Turning", ["Turning", "a"])])


def test_pictures_files_and_pages_are_found_from_where_they_are_named() -> None:
    text = (
        '![dot](../img/a%20b.png "title") [plan](plan.pdf) [next](2.md#part) ![again](<../img/a b.png>)\n'
        '<img src="../img/a b.png" width="40" alt="small"> a<br/>b\n[web](https://example.org) [no](x.md) '
        "![far](https://example.org/y.png) ![out](../../../etc/passwd) [js](javascript:alert)\n"
        "```\n![code](../img/a b.png)\n```"
    )
    course = read(
        {"u/1.md": text, "u/2.md": "x", "u/plan.pdf": "x", "img/a b.png": "x", "img/unused.png": "x"}
    )
    assert course.units[0].pages[0].text.en == (
        "![dot](media:new-1) [plan](media:new-2) [next](page:p2) ![again](media:new-1)\n"
        "![small](media:new-1) a b\n[web](https://example.org) no far out js\n"
        "```\n![code](../img/a b.png)\n```"
    )
    assert course.media == {"new-1": "img/a b.png", "new-2": "u/plan.pdf"}
    assert [page.key for page in course.units[0].pages] == ["p1", "p2"]
    assert remarks(course) == {"file_missing", "picture_elsewhere"}


def test_files_that_are_no_text_or_say_the_same_twice_are_told() -> None:
    course = read(
        {"u/1.md": b"\x00\x01", "u/2.md": "one", "u/2.markdown": "two", "u/3.md": "车床".encode("gbk")}
    )
    assert codes(course) == {"no_text", "page_twice"}
    assert [page.text.zh or page.text.en for page in course.units[0].pages] == ["two", "车床"]


def test_a_folder_without_pages_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        read({"a.txt": "x"})
    assert caught.value.verdict.reason == "course.no_pages"


PIECES = st.lists(
    st.sampled_from(
        ["[", "]", "(", ")", "![", "<", ">", "img ", "src=", '"', "../", "a.png", "1.md", "---\n", "title:", "# ", "\n",
         "```", "\\", " ", "x", "车", "#", "\x00", "<br>", "http://", "%2e", "media:new-1", "page:p9"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["1.md", "u/1.md", "u/2.zh.md", "u/index.md", "v/w/1.en.md"]), PIECES, min_size=1
    )
)
def test_any_pages_are_read(files: dict[str, str]) -> None:
    held: dict[str, Any] = {name: text.encode for name, text in files.items()} | {"u/a.png": lambda: b"x"}
    course, refusal = answered(lambda: read_pages(held))
    assert refusal is None
    assert set(course.media.values()) <= {"u/a.png"}
