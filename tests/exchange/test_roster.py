from __future__ import annotations

from datetime import date

import pytest

from craftpath.delivery.exchange.book import Cell, Remark
from craftpath.delivery.exchange.columns import guess, known_names
from craftpath.delivery.exchange.dry_run import (
    CellError,
    Change,
    Effect,
    KnownPerson,
    Link,
    Named,
    RosterKnowledge,
    RosterPlan,
    check_roster,
)
from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.headers import find_header

from .zoo import ROSTER, sheet

YARD = Named("e-yard", ("江南造船", "Jiangnan Shipyard"), "E1")
LI = Named("m-li", ("李师傅",), "J01")
ZHANG = KnownPerson(
    "p-1",
    "20260001",
    {"name": "张伟", "enterprise": "e-yard", "mentor": "m-li", "starts_on": date(2026, 9, 1)},
)
KNOWN = RosterKnowledge((ZHANG,), (YARD,), (LI,))


def check(*rows: tuple[Cell, ...], known: RosterKnowledge = KNOWN) -> RosterPlan:
    table = sheet(*rows)
    header = find_header(table, known_names(Kind.ROSTER))
    return check_roster(table, header.row, guess(header.names, Kind.ROSTER), known)


def codes(plan: RosterPlan) -> list[tuple[str, str]]:
    return [(error.cell, error.code) for error in plan.errors]


def test_a_roster_adds_the_new_and_leaves_the_known() -> None:
    plan = check(*ROSTER)
    assert plan.errors == ()
    assert [(row.row, row.effect, row.number, row.public_id) for row in plan.rows] == [
        (4, Effect.SAME, "20260001", "p-1"),
        (5, Effect.ADD, "20260002", ""),
    ]
    added = plan.added[0]
    assert added.values == {
        "number": "20260002",
        "name": "王芳",
        "enterprise": Link("e-yard", "江南造船", "E1"),
        "mentor": Link("m-li", "李师傅", "J01"),
        "starts_on": date(2026, 9, 1),
    }
    assert added.cells == {
        "number": "A5",
        "name": "B5",
        "enterprise": "C5",
        "mentor": "D5",
        "starts_on": "F5",
    }


def test_the_same_sheet_again_changes_nothing() -> None:
    wang = KnownPerson(
        "p-2",
        "20260002",
        {"name": "王芳", "enterprise": "e-yard", "mentor": "m-li", "starts_on": date(2026, 9, 1)},
    )
    plan = check(*ROSTER, known=RosterKnowledge((ZHANG, wang), (YARD,), (LI,)))
    assert (len(plan.unchanged), len(plan.rows), plan.errors, plan.remarks) == (2, 2, (), ())


def test_a_change_names_its_cell_and_both_values() -> None:
    plan = check(("学号", "姓名", "企业", "电话"), ("20260001", "张　伟", "沪东造船", 13800001234))
    assert plan.changed[0].changes == (
        Change("enterprise", "C2", "江南造船", "沪东造船"),
        Change("phone", "D2", "", "13800001234"),
    )


def test_a_blank_cell_says_nothing_and_nobody_is_removed() -> None:
    others = tuple(KnownPerson(f"p-{n}", str(n), {"name": "某"}) for n in range(5))
    plan = check(
        ("学号", "姓名", "企业"), (20260001, None, None), known=RosterKnowledge((ZHANG, *others), (YARD,))
    )
    assert plan.unchanged[0].values == {"number": "20260001"}
    assert plan.remarks == (Remark("remark.people_untouched", {"count": 5}, "表1"),)


def test_a_number_that_stands_twice_names_both_cells() -> None:
    plan = check(("学号", "姓名"), ("a1", "甲"), ("2", "乙"), ("A1", "丙"))
    assert plan.errors == (CellError("表1", "A4", "学号", "A1", "cell.number_twice", {"first": "A2"}),)
    assert [row.row for row in plan.rows] == [2, 3]


def test_every_faulty_cell_is_named() -> None:
    plan = check(
        ("学号", "姓名", "入学日期", "邮箱", "师傅工号", "阶段"),
        (None, "甲", None, None, None, None),
        ("3", None, None, None, None, None),
        ("4", "丁", "1/9/2026", "无", "J99", "第九阶段"),
        known=RosterKnowledge(stages=(Named("1", ("第一阶段", "一")),), mentors=(LI,)),
    )
    assert codes(plan) == [
        ("A2", "cell.number_missing"),
        ("B3", "cell.name_missing"),
        ("C4", "cell.not_a_date"),
        ("D4", "cell.not_an_email"),
        ("F4", "cell.unknown_name"),
        ("E4", "cell.mentor_name_missing"),
    ]
    assert plan.errors[4].facts == {"field": "stage", "choices": ["第一阶段"], "near": ["第一阶段"]}
    assert plan.rows == ()


def test_unknown_enterprises_are_added_once_or_refused() -> None:
    rows = (("学号", "姓名", "企业"), ("1", "甲", "江南造船厂"), ("2", "乙", "江南造船厂"))
    plan = check(*rows)
    assert [row.values["enterprise"] for row in plan.added] == [Link("", "江南造船厂")] * 2
    facts = {"field": "enterprise", "name": "江南造船厂", "near": ["江南造船"]}
    assert plan.remarks[0] == Remark("remark.will_be_added", facts, "表1", "C2")
    strict = check(*rows, known=RosterKnowledge(enterprises=(YARD,), may_add=frozenset()))
    assert codes(strict) == [("C2", "cell.unknown_enterprise"), ("C3", "cell.unknown_enterprise")]


def test_an_enterprise_is_found_by_any_of_its_names() -> None:
    for name in ("江南造船", "JIANGNAN shipyard", "e-yard", "E1"):
        plan = check(("学号", "姓名", "企业"), ("1", "甲", name))
        assert plan.added[0].values["enterprise"] == Link("e-yard", "江南造船", "E1")


@pytest.mark.parametrize(
    ("cells", "link"),
    [
        (("J01", "李师傅"), Link("m-li", "李师傅", "J01")),
        (("j01", None), Link("m-li", "李师傅", "J01")),
        ((None, "李师傅"), Link("m-li", "李师傅", "J01")),
        (("J02", "周师傅"), Link("", "周师傅", "J02")),
        ((None, "周师傅"), Link("", "周师傅")),
    ],
)
def test_a_mentor_is_found_by_number_or_name(cells: tuple[Cell, Cell], link: Link) -> None:
    plan = check(("学号", "姓名", "师傅工号", "师傅"), ("1", "甲", *cells))
    assert (plan.errors, plan.added[0].values["mentor"]) == ((), link)


def test_a_name_that_two_mentors_bear_needs_a_number() -> None:
    twins = RosterKnowledge(mentors=(Named("a", ("李师傅",), "1"), Named("b", ("李师傅",), "2")))
    plan = check(("学号", "姓名", "师傅"), ("1", "甲", "李师傅"), known=twins)
    assert plan.errors == (
        CellError("表1", "C2", "师傅", "李师傅", "cell.several_have_this_name", {"count": 2}),
    )


def test_another_name_under_a_known_number_is_remarked() -> None:
    plan = check(("学号", "姓名"), ("20260001", "张薇"))
    facts = {"number": "20260001", "given": "张薇", "known": "张伟"}
    assert plan.remarks == (Remark("remark.name_differs", facts, "表1", "B2"),)
    assert plan.changed[0].changes == (Change("name", "B2", "张伟", "张薇"),)


def test_zeros_that_a_spreadsheet_dropped_are_given_back() -> None:
    known = RosterKnowledge((KnownPerson("p", "0012", {"name": "甲"}),))
    plan = check(("学号", "姓名"), (12, "甲"), known=known)
    assert [(row.number, row.public_id, row.effect) for row in plan.rows] == [("0012", "p", Effect.SAME)]
    assert plan.remarks == (Remark("remark.leading_zeros", {"given": "12", "known": "0012"}, "表1", "A2"),)


def test_totals_and_notes_below_the_table_are_passed_over() -> None:
    plan = check(("学号", "姓名"), ("1", "甲"), (None, None), ("合计", 1), ("制表人：王老师", None))
    assert ([row.row for row in plan.rows], plan.errors) == ([2], ())
    assert [(remark.cell, remark.code) for remark in plan.remarks] == [
        ("A4", "remark.row_passed_over"),
        ("A5", "remark.row_passed_over"),
        ("", "remark.people_untouched"),
    ]


def test_a_mapping_without_numbers_or_with_a_field_twice_stops_the_import() -> None:
    table = sheet(("甲", "乙", "丙"), ("1", "2", "3"))
    mapping = guess(("甲", "乙", "丙"), Kind.ROSTER).with_targets({0: "name", 1: "name", 2: "nonsense"})
    plan = check_roster(table, 1, mapping, KNOWN)
    assert codes(plan) == [
        ("B1", "column.twice"),
        ("C1", "column.no_such_target"),
        ("A1", "column.number_missing"),
    ]
