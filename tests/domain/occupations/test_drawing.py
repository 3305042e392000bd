"""The board: cards come, go and move in steps; each step is undone whole or not at all; nothing twice."""

from __future__ import annotations

import pytest

from craftpath.domain.occupations import actions
from craftpath.domain.occupations.models import Step, Task
from craftpath.domain.occupations.pad import id_of
from craftpath.domain.occupations.queries import board_of, tasks_of
from tests.cast import AT, Cast
from tests.domain.occupations.world import DUTIES, begun, card, cards, drawn, office, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
FIRST, SECOND = DUTIES.values()


def test_a_chart_is_drawn_in_order_and_cards_have_codes(cast: Cast) -> None:
    chart = drawn(cast)
    assert cards(chart) == [FIRST, SECOND]
    assert [task.code for task in tasks_of(chart)] == ["A1", "A2", "A3", "B1", "B2", "B3"]
    assert chart.revision == 8


def test_a_card_that_is_sent_twice_stands_once(cast: Cast) -> None:
    chart = drawn(cast)
    for _time in range(2):
        actions.add_task(
            chart, id_of(chart, "d车"), {"zh": "去毛刺", "en": "Deburr edges"}, new="once23", **office(cast)
        )
    assert cards(chart)[1] == [*SECOND, "去毛刺"]
    assert chart.steps.count() == 9


@pytest.mark.parametrize(
    ("words", "duty", "index", "expected"),
    [
        ("识读零件图", "d准", 2, [["选择刀具", "安装三爪卡盘", "识读零件图"], SECOND]),
        ("安装三爪卡盘", "d准", 0, [["安装三爪卡盘", "识读零件图", "选择刀具"], SECOND]),
        (
            "选择刀具",
            "d车",
            1,
            [["识读零件图", "安装三爪卡盘"], ["对刀", "选择刀具", "车削外圆", "车削螺纹"]],
        ),
        ("选择刀具", "d车", 99, [["识读零件图", "安装三爪卡盘"], [*SECOND, "选择刀具"]]),
    ],
)
def test_a_card_moves_and_comes_back(
    cast: Cast, words: str, duty: str, index: int, expected: list[list[str]]
) -> None:
    chart = drawn(cast)
    before = [task.public_id for task in tasks_of(chart)]
    moved = actions.move_task(chart, card(chart, words), duty=id_of(chart, duty), index=index, **office(cast))
    assert cards(chart) == expected
    again = actions.move_task(chart, card(chart, words), duty=id_of(chart, duty), index=index, **office(cast))
    assert again.revision == moved.revision  # where it stands already nothing is done
    actions.undo_step(chart, revision=moved.revision, **office(cast))
    assert cards(chart) == [FIRST, SECOND]
    assert [task.public_id for task in tasks_of(chart)] == before


def test_a_place_between_two_cards_is_never_used_up(cast: Cast) -> None:
    chart = drawn(cast)
    for turn in range(70):  # halves the space between the first and second place again and again
        actions.move_task(
            chart, card(chart, FIRST[1 + turn % 2]), duty=id_of(chart, "d准"), index=1, **office(cast)
        )
    assert cards(chart)[0] == ["识读零件图", FIRST[2], FIRST[1]]
    assert (
        len({row.place for row in Task.objects.filter(chart=chart, duty__public_id=id_of(chart, "d准"))}) == 3
    )


def test_duties_move_with_their_cards(cast: Cast) -> None:
    chart = drawn(cast)
    actions.move_duty(chart, id_of(chart, "d车"), index=0, **office(cast))
    assert cards(chart) == [SECOND, FIRST]
    assert board_of(chart)[0].tasks[0].code == "A1"


def test_splitting_and_merging_keep_ids_and_skills(cast: Cast) -> None:
    chart = drawn(cast)
    one = card(chart, "对刀")
    actions.link_skills(chart, one, ["digital_literacy"], **office(cast))
    actions.split_task(chart, one, {"zh": "试切对刀"}, {"zh": "输入刀补"}, new="two234", **office(cast))
    assert cards(chart)[1][:3] == ["试切对刀", "输入刀补", "车削外圆"]
    assert {task.public_id: task.skills for task in tasks_of(chart)}[id_of(chart, "two234")] == (
        "digital_literacy",
    )
    actions.link_skills(chart, id_of(chart, "two234"), ["safety"], **office(cast))
    merged = actions.merge_tasks(chart, one, id_of(chart, "two234"), {"zh": "对刀并输入刀补"}, **office(cast))
    found = {task.public_id: task for task in tasks_of(chart)}
    assert found[one].skills == ("digital_literacy", "safety")
    assert id_of(chart, "two234") not in found
    actions.undo_step(chart, revision=merged.revision, **office(cast))
    assert cards(chart)[1][:2] == ["试切对刀", "输入刀补"]
    assert {task.public_id: task.skills for task in tasks_of(chart)}[id_of(chart, "two234")] == ("safety",)


def test_a_duty_is_taken_out_with_its_cards_and_comes_back_whole(cast: Cast) -> None:
    chart = drawn(cast)
    before = board_of(chart)
    gone = actions.take_out(chart, id_of(chart, "d准"), **office(cast))
    assert cards(chart) == [SECOND]
    actions.undo_step(chart, revision=gone.revision, **office(cast))
    assert board_of(chart) == before
    actions.undo_step(chart, revision=gone.revision, **office(cast))  # a second press changes nothing
    assert board_of(chart) == before


def test_a_step_is_not_undone_under_somebody_s_hands(cast: Cast) -> None:
    chart = drawn(cast)
    added = actions.add_duty(chart, {"zh": "检验零件"}, new="d检", **office(cast))
    mine = {"by": cast.actor("mentor", cast.jinheng), "at": AT}
    actions.add_task(chart, id_of(chart, "d检"), {"zh": "测量外径"}, **mine)
    with refused("occupations.undo_late"):
        actions.undo_step(chart, revision=added.revision, **office(cast))
    worded = actions.reword(chart, card(chart, "对刀"), {"zh": "试切对刀"}, **office(cast))
    actions.reword(chart, card(chart, "试切对刀"), {"zh": "试切法对刀"}, **mine)
    with refused("occupations.undo_late"):
        actions.undo_step(chart, revision=worded.revision, **office(cast))
    assert cards(chart)[1][0] == "试切法对刀"


def test_two_who_reword_one_card_are_told_of_each_other(cast: Cast) -> None:
    chart = drawn(cast)
    one = card(chart, "对刀")
    actions.reword(chart, one, {"zh": "试切对刀"}, was={"zh": "对刀"}, **office(cast))
    with refused("occupations.reworded"):
        actions.reword(chart, one, {"zh": "自动对刀"}, was={"zh": "对刀"}, **office(cast))
    actions.reword(chart, one, {"zh": "试切对刀"}, was={"zh": "对刀"}, **office(cast))  # both meant the same


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"zh": " \n"}, "occupations.empty"),
        ({}, "occupations.empty"),
        ({"en": "x" * 301}, "occupations.too_long"),
    ],
)
def test_a_card_has_words(cast: Cast, words: dict[str, str], reason: str) -> None:
    chart = drawn(cast)
    with refused(reason):
        actions.add_task(chart, id_of(chart, "d车"), words, **office(cast))
    with refused(reason):
        actions.reword(chart, card(chart, "对刀"), words, **office(cast))
    assert cards(chart) == [FIRST, SECOND]


def test_a_card_of_another_chart_or_one_that_is_gone_is_refused(cast: Cast) -> None:
    chart = drawn(cast)
    for act in (
        lambda: actions.move_task(chart, "none", duty=id_of(chart, "d车"), index=0, **office(cast)),
        lambda: actions.add_task(chart, "none", {"zh": "对刀"}, **office(cast)),
        lambda: actions.merge_tasks(chart, card(chart, "对刀"), "none", {"zh": "对刀"}, **office(cast)),
        lambda: actions.merge_tasks(
            chart, card(chart, "对刀"), card(chart, "对刀"), {"zh": "x"}, **office(cast)
        ),
        lambda: actions.undo_step(chart, revision=999, **office(cast)),
    ):
        with refused("occupations.gone"):
            act()
    actions.take_out(chart, "none", **office(cast))  # gone already: nothing to do, nothing said
    assert Step.objects.filter(chart=chart).count() == 8


def test_who_draws(cast: Cast) -> None:
    chart = drawn(cast)
    mine = {"by": cast.actor("mentor", cast.jinheng), "at": AT}
    actions.add_task(chart, id_of(chart, "d车"), {"zh": "去毛刺"}, **mine)
    for who, at in (("trainer", cast.college), ("hr", cast.jinheng), ("apprentice", cast.college)):
        with refused("kernel.role_lacks"):
            actions.add_task(chart, id_of(chart, "d车"), {"zh": "x"}, by=cast.actor(who, at), at=AT)
    actions.unseat_panellist(chart, chart.panel.get().public_id, **office(cast))
    with refused("kernel.role_lacks"):
        actions.add_task(chart, id_of(chart, "d车"), {"zh": "x"}, **mine)


def test_an_empty_chart_is_an_empty_board(cast: Cast) -> None:
    assert board_of(begun(cast)) == []
