"""A file over a list that is there: what it does not mention stays, whatever form the file has."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from craftpath.delivery.exchange.frameworks.case_in import read_case
from craftpath.delivery.exchange.frameworks.case_out import write_case
from craftpath.delivery.exchange.frameworks.columns import ABOUT_ROWS
from craftpath.delivery.exchange.frameworks.table_in import read_table
from craftpath.delivery.exchange.frameworks.table_out import write_book, write_table
from craftpath.delivery.exchange.writing import CELL, OutSheet, write_xlsx
from craftpath.domain.standards.checking import check
from craftpath.domain.standards.comparing import compare
from craftpath.domain.standards.content import Content, Level, Node
from craftpath.domain.standards.fitting import fit
from craftpath.values.verdict import Refused
from tests.exchange.frameworks.made import bare
from tests.exchange.frameworks.test_any_shape import RICH
from tests.exchange.frameworks.test_reading import number, package

HOME = replace(
    RICH, pairs=(), wording="source", levels_by="source",
    levels=tuple(Level(f"l{n}", {"zh": f"{n} 级", "en": f"Level {n}"}, {"zh": "含义"}) for n in (1, 2, 3)),
)  # fmt: skip
TOP, A = HOME.nodes


def over(table: str, home: Content = HOME, *, remove: bool = False) -> Content:
    read = read_table(table.encode(), "t.csv")
    assert read.faults == []
    return fit(read.content, home, remove=remove)


def test_columns_that_a_table_lacks_keep_what_is_there() -> None:
    found = over("key,name_en\nmade-a,Anew\n")
    assert check(found) == []
    assert found.nodes == (TOP, replace(A, name={"zh": "甲", "en": "Anew"}))
    assert replace(found, nodes=HOME.nodes) == HOME
    assert {line.key: line.state for line in compare(HOME, found).lines} == {
        "made-top": "same",
        "made-a": "changed",
    }


def test_an_empty_cell_of_a_column_empties_and_never_an_identifier() -> None:
    found = over("key,name_en,parent,code,meaning_en,level:l1:en,identifier,stamp,carried\nmade-a,A,,,,,,,\n")
    emptied = replace(A, parent="", code="", meaning={}, levels={})
    assert [bare(found).nodes] == [(emptied,)]


def test_one_language_of_a_line_stays_beside_the_other() -> None:
    found = over("key,name_en,indicators_en,hints_zh\nmade-a,A,Seen clearly,图纸\n")
    assert found.nodes[1].indicators == ({"zh": "看得见", "en": "Seen clearly"},)
    assert found.nodes[1].hints == {"zh": ["图纸"], "en": ["a", "b"]}


def test_heads_name_levels_and_change_no_scale() -> None:
    found = over("key,name_en,别的 level:l2:zh,level:l9:en\nmade-a,A,二,nine\n")
    assert found.levels == (*HOME.levels[:2], Level("l9", {"en": "l9"}), HOME.levels[2])
    assert found.nodes[1].levels == {"l1": {"en": "some"}, "l2": {"zh": "二"}, "l9": {"en": "nine"}}
    assert found.levels_by == "source"
    assert check(found) == []


def test_another_scale_joins_the_one_that_is_there_and_takes_its_place_when_asked() -> None:
    """Otherwise skills that the file does not mention would stand on levels that are gone."""
    book = write_book(
        replace(HOME, levels=(Level("l2", {"en": "Two"}), Level("l5", {"en": "Five"})), nodes=(TOP,))
    )
    read = read_table(book, "t.xlsx")
    joined, alone = fit(read.content, HOME), fit(read.content, HOME, remove=True)
    assert [one.key for one in joined.levels] == ["l1", "l2", "l3", "l5"]
    assert joined.levels[1] == Level("l2", {"zh": "2 级", "en": "Two"}, {"zh": "含义"})
    assert [one.key for one in alone.levels] == ["l2", "l5"]


def test_texts_on_levels_that_go_with_their_scale_go_along() -> None:
    book = write_xlsx(
        [
            OutSheet("levels", ["key", "name_en"], [("l2", "Two")]),
            OutSheet("skills", ["key", "name_en", "level:l2:en"], [("made-a", "A", "second")]),
        ]
    )
    found = fit(read_table(book, "t.xlsx").content, HOME, remove=True)
    assert found.nodes[1].levels == {"l2": {"en": "second"}}
    assert check(found) == []


def test_a_package_of_another_hand_takes_nothing_away_that_it_does_not_know() -> None:
    given = package({}, {"fullStatement": "Anew", "educationLevel": ["09"]}, hangs=[(1, 0), (2, 1)])
    found = fit(read_case(json.dumps(given).encode()).content, HOME)
    kept = replace(A, name={"zh": "甲", "en": "Anew"}, uri="http://s/i/2", stamp=found.nodes[1].stamp)
    hang = found.nodes[1].carried["CFAssociation"]
    assert bare(found).nodes[1] == replace(
        kept, carried={**A.carried, "educationLevel": ["09"], "CFAssociation": hang}
    )
    assert found.levels == HOME.levels
    assert (found.carried["package"], found.year, found.publisher) == ({"others": {"a": 1}}, 2021, "Somebody")


def test_a_package_of_ours_says_all_and_may_take_a_word_away() -> None:
    shorter = replace(A, code="", indicators=(), meaning={}, levels={}, name={"en": "A"})
    given = replace(HOME, nodes=(TOP, shorter))
    found = fit(read_case(write_case(given, {})).content, HOME)
    assert bare(found).nodes == given.nodes


def test_what_is_longer_than_its_column_is_told_and_not_cut() -> None:
    read = read_table(f"key,name_en,code,uri\na,A,{'1' * 61},https://{'x' * 500}\n".encode(), "t.csv")
    assert [(one.place, one.code) for one in read.faults] == [
        ("t!C2", "standards.too_long"), ("t!D2", "standards.too_long"),
    ]  # fmt: skip
    about = OutSheet("framework", ["", ""], [(ABOUT_ROWS["uri"], "x" * 501)])
    book = write_xlsx([about, OutSheet("skills", ["key", "name_en"], [("a", "A")])])
    assert [one.code for one in read_table(book, "t.xlsx").faults] == ["standards.too_long"]


def test_a_text_table_is_never_the_head_of_its_own_framework() -> None:
    read = read_table(b"key,name_en\nyear,Year of the shop\n", "framework.csv")
    assert (read.faults, read.content.year) == ([], None)


def test_a_text_that_no_cell_holds_is_refused_and_never_cut() -> None:
    long = Content(
        name={"en": "L"}, nodes=(Node("made-a", name={"en": "A"}, carried={"strange": {"x": "y" * CELL}}),)
    )
    with pytest.raises(Refused, match=r"^framework\.cell_too_long$"):
        write_book(long)
    read = read_table(
        write_table(replace(long, nodes=(replace(long.nodes[0], identifier=number(1)),))), "l.csv"
    )
    assert read.content.nodes[0].carried == long.nodes[0].carried
