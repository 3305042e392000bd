"""The index: it finds what a look at every text would find, for whom it may be, in an order that one expects."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.kernel.search import finding, marks
from craftpath.kernel.search.entries import Doc, SearchEntry, forget, index
from craftpath.kernel.search.finding import about, find
from craftpath.kernel.search.latin import latin_words
from craftpath.kernel.search.shown import marked
from craftpath.kernel.search.words import runs_of, wanted, words_of
from craftpath.values.ref import Ref

pytestmark = pytest.mark.django_db
KIND = ("pilots", "case")
EVERYBODY = frozenset({marks.ALL})


def _doc(
    key: str, *titles: Any, texts: Any = (), for_whom: frozenset[str] = EVERYBODY, people: Any = ()
) -> Doc:
    return Doc(Ref(*KIND, key), titles, for_whom, people, texts)


def _found(text: str, brought: tuple[str, ...] = (), kinds: Any = (KIND,)) -> list[str]:
    return [one.ref.public_id for one in find(text, brought=brought, kinds=kinds)]


# ---- Cutting -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("数控车工", ["数", "控", "车", "工"]),
        ("CNC数控-2026级", ["cnc", "数", "控", "2026", "级"]),
        ("Ｃafé ÉCOLE", ["cafe", "ecole"]),
        ("𠮷野家", ["𠮷", "野", "家"]),
        ("\x00\u202e\"NEAR('", ["near"]),
        ("snake_case", ["snake", "case"]),
        ("——“”*:^()", []),
        ("x" * 100, ["x" * 60]),
    ],
)
def test_a_text_is_cut_into_single_characters_and_whole_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def _holds(text: str, phrase: tuple[str, ...], begun: bool) -> bool:
    words = words_of(text)
    for start in range(len(words) - len(phrase) + 1):
        here = words[start : start + len(phrase)]
        if here[:-1] == list(phrase[:-1]) and (
            here[-1].startswith(phrase[-1]) if begun else here[-1] == phrase[-1]
        ):
            return True
    return False


TEXTS = st.lists(st.text("数控车工学徒ab12 -é\"'*", max_size=12), min_size=1, max_size=8)


@given(texts=TEXTS, asked=st.text('数控车工ab1é "*', min_size=1, max_size=6))
@settings(max_examples=80)
def test_what_is_found_is_what_a_look_at_every_text_finds(texts: list[str], asked: str) -> None:
    SearchEntry.objects.all().delete()
    index(_doc(str(n), text) for n, text in enumerate(texts))
    sought = wanted(asked)
    last = len(sought.phrases) - 1
    expected = {
        str(n)
        for n, text in enumerate(texts)
        if sought.phrases
        and all(_holds(text, phrase, sought.begun and at == last) for at, phrase in enumerate(sought.phrases))
    }
    found = set(_found(asked))
    assert found >= expected
    if expected:  # else characters are looked for one by one
        assert found == expected


@given(st.text(max_size=60))
def test_any_text_can_be_asked_for(text: str) -> None:
    _found(text)


@pytest.mark.parametrize(
    "hostile",
    ['"', "a OR", "NEAR(a b)", "title:x", "x* y^", "'; DROP TABLE x; --", "\x00", "\u202e\u200f",
     "a" * 10_000, "a & | !b:*"],
)  # fmt: skip
def test_signs_mean_nothing(hostile: str) -> None:
    index([_doc("1", "something else")])
    assert _found(hostile) == []


def test_chinese_characters_that_stand_nowhere_side_by_side_are_looked_for_one_by_one() -> None:
    index([_doc("1", "数控车工学徒班"), _doc("2", "数学")])
    assert _found("数控学徒") == ["1"]


def test_no_phrase_reaches_from_one_language_into_the_other() -> None:
    index([_doc("1", {"zh": "电焊", "en": "工人"})])
    assert _found("焊 工") == ["1"]
    assert _found("电焊") == ["1"]
    index([_doc("2", {"zh": "甲乙", "en": "丙丁"}), _doc("3", "乙丙")])
    assert _found("乙丙") == ["3"]


# ---- Order -------------------------------------------------------------------------------------------


def test_whole_names_come_first_then_beginnings_then_names_then_texts() -> None:
    index(
        [
            _doc("text", "别的", texts=["讲的是数控"]),
            _doc("inside", "高级数控"),
            _doc("long", "数控车工实训"),
            _doc("short", "数控车工"),
            _doc("whole", {"zh": "数控", "en": "CNC"}),
        ]
    )
    assert _found("数控") == ["whole", "short", "long", "inside", "text"]


def test_of_equals_the_kind_that_is_named_first_and_then_the_latest_come_first() -> None:
    pilot = ("pilots", "pilot")
    for kind, key in ((KIND, "a"), (pilot, "b"), (KIND, "c")):
        index([Doc(Ref(*kind, key), ["焊工班"], EVERYBODY)])
    assert _found("焊工", kinds=(KIND, pilot)) == ["c", "a", "b"]
    assert _found("焊工", kinds=(pilot, KIND)) == ["b", "c", "a"]
    assert _found("焊工", kinds=(pilot,)) == ["b"]
    assert _found("焊工", kinds=()) == []
    for kinds, others in (((KIND,), [pilot]), ((KIND, pilot), [("needs", "analysis")]), ((KIND, pilot), [])):
        asked = find("焊工", brought=(), kinds=kinds, others=others)
        assert [one.ref.public_id for one in asked] == _found("焊工", kinds=kinds)


def test_kinds_that_are_left_out_are_left_out_however_it_is_asked() -> None:
    kinds = [("pilots", "pilot"), ("needs", "analysis"), KIND]
    index(Doc(Ref(*kind, "1"), ["焊工班"], EVERYBODY) for kind in kinds)
    for others in (None, [KIND]):
        asked = find("焊工", brought=["all"], kinds=kinds[:2], others=others)
        assert {(one.ref.noun, one.ref.kind) for one in asked} == set(kinds[:2])


def test_names_come_before_texts_where_there_are_few_and_where_there_are_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index([_doc("name", "高级数控班"), *(_doc(f"text{n}", "别的", texts=["数控"]) for n in range(6))])
    assert _found("数控")[0] == "name"
    monkeypatch.setattr(finding, "MOST", 7)
    assert _found("数控")[0] == "name"
    assert len(_found("数控")) == 7


def test_the_last_latin_word_may_be_half_typed_and_no_other() -> None:
    index([_doc("1", "Welding workshop")])
    assert _found("weld") == _found("welding work") == ["1"]
    assert _found("weld ") == _found("weld workshop") == []


# ---- For whom ----------------------------------------------------------------------------------------


def test_an_entry_is_looked_up_by_those_whose_mark_it_has() -> None:
    index(
        [
            _doc("own", "焊工", for_whom=frozenset(marks.below("00010002"))),
            _doc("served", "焊工", for_whom=frozenset(marks.serving("0001"))),
            _doc("named", "焊工", for_whom=frozenset({marks.party(7)})),
            _doc("shared", "焊工", for_whom=frozenset(marks.serving(None))),
        ]
    )
    assert set(_found("焊工", ("o0001",))) == {"own"}
    assert set(_found("焊工", ("o00010002", "b0001", "b00010002"))) == {"own", "served"}
    assert set(_found("焊工", ("o00010003", "p7", "all"))) == {"named", "shared"}
    assert _found("焊工", ("o00010003", "p77")) == []
    assert len(_found("焊工")) == 4


def test_marks_are_no_words() -> None:
    index([_doc("1", "焊工")])
    assert _found("all") == _found("kpilotscase") == []


# ---- Keeping -----------------------------------------------------------------------------------------


def test_only_what_is_otherwise_than_before_is_written_and_what_was_is_found_no_more() -> None:
    docs = [_doc("1", "焊工"), _doc("2", "钳工")]
    assert index(docs) == 2
    assert index(docs) == 0
    assert index([_doc("1", "车工"), docs[1]]) == 1
    assert (_found("焊工"), _found("车工"), _found("钳工")) == ([], ["1"], ["2"])
    assert forget(*KIND, ["1", "2", "3"]) == 2
    assert _found("车工") == _found("钳工") == []


def test_entries_are_known_by_the_person_whom_they_name() -> None:
    index(
        [
            _doc("1", "26001", people=[("曾志强", "", "ab2")]),
            _doc("2", "26002", people=[("曾志强", "", "ab3")]),
        ]
    )
    assert [str(ref) for ref in about("ab2")] == ["pilots/case/1"]


# ---- Names in Latin letters --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("陈雨桐", "chen"),
        ("陈雨桐", "chenyutong"),
        ("陈雨桐", "chen yutong"),
        ("陈雨桐", "yutong chen"),
        ("陈雨桐", "Chen Yu Tong"),
        ("陈雨桐", "chenyut"),
        ("陈雨桐", "cyt"),
        ("曾志强", "zeng"),
        ("单田芳", "shan"),
        ("仇英", "qiu"),
        ("解缙", "xiejin"),
        ("区大相", "ou"),
        ("查良镛", "zha"),
        ("翟志刚", "zhaizhigang"),
        ("尉迟恭", "yuchigong"),
        ("尉迟恭", "yg"),
        ("尉迟恭", "ycg"),
        ("欧阳思远", "ouyang siyuan"),
        ("吕思远", "lv"),
        ("吕思远", "lyusiyuan"),
        ("吕思远", "lü"),
        ("张乐", "zhangle"),
        ("王", "wang"),
        ("买买提·阿不都", "maimaiti"),
    ],
)
def test_a_person_is_found_by_pinyin(name: str, asked: str) -> None:
    index([_doc("1", people=[(name, "", "ab2")])])
    assert _found(asked) == ["1"]
    assert _found(name) == ["1"]


def test_no_other_reading_of_a_surname_finds_it_and_names_without_chinese_need_none() -> None:
    assert "ceng" not in latin_words("曾志强")
    assert "dan" not in latin_words("单田芳")
    assert latin_words("Anna Müller") == []


# ---- Marking -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "asked", "shown"),
    [
        ("数控车工", "数控", "<mark>数控</mark>车工"),
        ("<b>数控</b>", "数控 b", "&lt;<mark>b</mark>&gt;<mark>数控</mark>&lt;/<mark>b</mark>&gt;"),
        ("Welding class", "WELD", "<mark>Weld</mark>ing class"),
        ("rewelding", "weld", "rewelding"),
        ("École", "ecole", "<mark>École</mark>"),
        ("a & b", "<script>", "a &amp; b"),
        ("aa", "a aa", "<mark>aa</mark>"),
        ("", "x", ""),
    ],
)
def test_what_was_looked_for_is_marked_and_everything_is_escaped(text: str, asked: str, shown: str) -> None:
    assert marked(text, asked) == shown


def test_a_long_text_is_cut_around_what_was_found() -> None:
    said = marked("一" * 200 + "焊工" + "二" * 200, "焊工", 60)
    assert said.startswith("…一")
    assert "<mark>焊工</mark>" in said
    assert said.endswith("二…")
    assert len(said) == 62 + len("<mark></mark>")


@given(st.text("<>&\"'ab数控 é", max_size=30), st.text("<>&ab数控", max_size=6), st.integers(0, 20))
def test_without_its_marks_a_text_is_itself(text: str, asked: str, most: int) -> None:
    import html

    said = html.unescape(marked(text, asked, most).replace("<mark>", "").replace("</mark>", ""))
    assert said.strip("…") in text
    if not most:
        assert said == text


def test_runs_keep_scripts_apart() -> None:
    assert runs_of("CNC数控 车") == ["cnc", "数控", "车"]
