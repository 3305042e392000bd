"""Charts as sheets: out and in again unchanged; faults with their cells; nothing is taken away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from craftpath.delivery.exchange.chart_sheets import Plan, read_chart, rows_of, text_table, workbook
from craftpath.domain.occupations.queries import DutyRow, TaskRow
from craftpath.values.text import Text

SKILLS = ["safety", "teamwork"]


def board() -> list[DutyRow]:
    """Two duties, three cards; one has skills, one begins like a formula, one was left out."""
    found = []
    for key, sign, name, tasks in [
        ("d1", "A", Text("装夹", "Clamp"), [("t1", Text("对刀", "Set tools"), ("safety", "teamwork"))]),
        ("d2", "B", Text("车削"), [("t2", Text("=车外圆"), ()), ("t3", Text("", "Cut threads"), ())]),
    ]:
        rows = tuple(
            TaskRow(task, f"{sign}{n}", words, skills, False, key, name)
            for n, (task, words, skills) in enumerate(tasks, start=1)
        )
        found.append(DutyRow(key, sign, name, rows))
    return found


LISTS = {"tools": [{"zh": "卡尺", "en": "calliper"}], "trends": [{"zh": "在机测量"}]}


def read(content: bytes, name: str = "a.csv", to: list[DutyRow] | None = None) -> Plan:
    return read_chart(content, name, board() if to is None else to, LISTS if to is None else {}, SKILLS)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_goes_out_comes_in_unchanged(form: str) -> None:
    rows = rows_of(board(), LISTS)
    content = workbook("数控车工", rows) if form == "xlsx" else text_table(rows)
    again = read(content, f"a.{form}")
    assert (again.added, again.changed, again.same, again.faults) == (0, 0, 7, [])
    empty = read(content, f"a.{form}", to=[])
    assert (empty.added, empty.changed, empty.faults) == (7, 0, [])
    assert [(line.words, line.duty, line.skills) for line in empty.lines] == [
        ({"zh": "装夹", "en": "Clamp"}, "", ()),
        ({"zh": "对刀", "en": "Set tools"}, "d1", ("safety", "teamwork")),
        ({"zh": "车削"}, "", ()),
        ({"zh": "=车外圆"}, "d2", ()),
        ({"en": "Cut threads"}, "d2", ()),
    ]
    assert empty.lists == LISTS


def test_what_was_left_out_at_adoption_is_not_on_the_sheet() -> None:
    first, second = board()
    out = replace(first, tasks=(replace(first.tasks[0], left_out=True),))
    assert len(rows_of([out, second], {})) == 4


def sheet(*rows: str) -> bytes:
    return "\n".join(["编号,类别,所属职责,zh,en,技能", *rows]).encode()


@pytest.mark.parametrize(
    ("rows", "cell", "code"),
    [
        (["t1,task,d1,对刀,,", "t1,task,d1,试切,,"], "A3", "chart.twice"),
        ([",duty,,检验,,", ",duty,,检验,,"], "B3", "chart.twice"),
        ([",task,nowhere,对刀,,"], "C2", "chart.under"),
        ([",task,,对刀,,"], "C2", "chart.under"),
        (["t1,task,d1, ,,"], "D2", "chart.empty"),
        (["t1,task,d1," + "长" * 301 + ",,"], "D2", "chart.long"),
        (["t1,task,d1,对刀," + "x" * 301 + ","], "E2", "chart.long"),
        (["t1,Aufgabe,d1,对刀,,"], "B2", "chart.kind"),
        (["t 1!,task,d1,对刀,,"], "A2", "chart.key"),
        (["t1,duty,,对刀,,"], "A2", "chart.other_kind"),
        (["t1,task,d1,对刀,,magic"], "F2", "chart.skill"),
    ],
)
def test_a_fault_names_its_cell(rows: list[str], cell: str, code: str) -> None:
    found = read(sheet(*rows, "t2,任务,d2,车端面,,"))
    assert [(one.cell, one.code) for one in found.faults] == [(cell, code)]
    assert found.lines[-1].words == {"zh": "车端面"}  # the other rows were read all the same


def test_heads_that_nobody_knows_are_told() -> None:
    assert [one.code for one in read(b"a,b\n1,2").faults] == ["chart.heads"]


def test_a_sheet_of_the_office_needs_neither_keys_nor_skills() -> None:
    plan = read("kind,zh\n职责,检验\n任务,量外径\n任务,量孔\nduty,装夹\n".encode(), to=board())
    assert plan.faults == []
    assert (plan.added, plan.changed) == (4, 0)  # 装夹 alone is not 装夹 Clamp
    assert plan.lines[1].duty == plan.lines[2].duty == plan.lines[0].key


def test_words_that_stand_there_are_the_same_card_and_skills_without_a_column_stay() -> None:
    plan = read("kind,under,zh,en\ntask,d1,对刀,Set tools\n".encode())
    assert (plan.added, plan.changed, plan.same) == (0, 0, 1)
    assert plan.lines[0].skills == ("safety", "teamwork")


def test_keys_of_the_sheets_own_find_the_rows_that_they_made_before() -> None:
    rows = sheet(
        "A,duty,,装夹,Clamp,",
        "A1,task,A,对刀,Set tools,safety teamwork",
        "A2,task,A,装刀,,",
        "B,duty,,检验,,",
        "B1,task,B,量孔,,",
    )
    plan = read(rows)
    assert (plan.added, plan.changed, plan.same, plan.faults) == (3, 0, 2, [])
    assert [(line.key, line.duty) for line in plan.lines] == [
        ("d1", ""), ("t1", "d1"), ("A2", "d1"), ("B", ""), ("B1", "B"),
    ]  # fmt: skip
    twice = read(sheet("A,duty,,装夹,Clamp,", "d1,duty,,装夹,Clamp,"))
    assert [(one.cell, one.code) for one in twice.faults] == [("A3", "chart.twice")]


def test_a_skill_that_no_framework_knows_any_more_stays_where_the_card_has_it() -> None:
    old = [
        replace(one, tasks=tuple(replace(task, skills=("retired",)) for task in one.tasks)) for one in board()
    ]
    again = read(text_table(rows_of(old, {})), to=old)
    assert (again.same, again.faults) == (5, [])
    elsewhere = read(text_table(rows_of(old, {})), to=[])
    assert {one.code for one in elsewhere.faults} == {"chart.skill"}
