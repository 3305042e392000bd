"""The life of a chart: versions, panel, verification, adoption; who may, and what is refused on the way."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils.timezone import localdate

from craftpath.domain.occupations import actions, queries, rules
from craftpath.domain.occupations.answering import answer_of, figures_of, mark_of
from craftpath.domain.occupations.comparing import difference
from craftpath.domain.occupations.models import Answer, Asked, Chart, Occupation, Panellist
from craftpath.domain.occupations.pad import id_of
from craftpath.kernel.access import Actor, Membership, system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import Scope, looking_for
from tests.cast import AT, TODAY, Cast
from tests.domain.occupations.world import DAY, answered, asked, begun, card, cards, drawn, office, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
USUAL: list[int | None] = [1, 4, 3, 2, 1]


def test_an_occupation_is_kept_once_and_found_by_names_codes_and_words(cast: Cast) -> None:
    name, codes = {"zh": "数控车工", "en": "CNC turner"}, {"code_cn": "6-18-01-01", "code_isco": "7223"}
    row = actions.keep_occupation(cast.college, name=name, codes=codes, words=["数车班"], **office(cast))
    assert (
        actions.keep_occupation(cast.college, name=name, codes=codes, words=["数车班"], **office(cast)) == row
    )
    assert Occupation.objects.count() == 1
    for word in ("数控", "turner", "6-18", "7223", "数车班", "cnc 7223"):
        assert list(queries.occupations(word)) == [row], word
    assert not queries.occupations("welder")
    with refused("occupations.code"):
        actions.keep_occupation(cast.college, name=name, codes={"code_cn": "六之一"}, **office(cast))
    with refused("kernel.role_lacks"):
        actions.keep_occupation(cast.college, name=name, codes={}, by=cast.actor("trainer"), at=AT)
    with refused("kernel.belongs_to_another"):
        actions.keep_occupation(cast.city, name=name, codes={}, **office(cast))


def test_an_occupation_that_is_added_again_by_its_name_keeps_its_codes_and_words(cast: Cast) -> None:
    name, codes = {"zh": "数控车工"}, {"code_isco": "7223"}
    actions.keep_occupation(cast.college, name=name, codes=codes, words=["数车班"], **office(cast))
    row = actions.keep_occupation(cast.college, name=name, codes={"code_cn": "6-18-01-01"}, **office(cast))
    row.refresh_from_db()
    assert (row.code_isco, row.code_cn, row.words) == ("7223", "6-18-01-01", "数车班")
    actions.keep_occupation(cast.college, name=name, codes={}, occupation=row, **office(cast))
    row.refresh_from_db()
    assert (row.code_isco, row.words) == ("", "")  # changed on its own page, it is as the page says


def test_shared_occupations_come_with_the_program_and_stay_as_they_are(cast: Cast) -> None:
    for _time in range(2):
        actions.load_occupations(by=system(), at=AT)
    shared = queries.occupations("数控车工").get()
    assert shared.organisation is None
    assert Occupation.objects.count() == 4
    with refused("occupations.shared"):
        actions.keep_occupation(None, name={"zh": "x"}, codes={}, occupation=shared, **office(cast))
    assert actions.begin_chart(shared, cast.college, **office(cast)).version == 1


def test_one_version_is_on_its_way_at_a_time(cast: Cast) -> None:
    chart = begun(cast)
    with refused("occupations.under_way"):
        actions.begin_chart(chart.occupation, cast.college, **office(cast))
    actions.retire_chart(chart, **office(cast))
    assert actions.begin_chart(chart.occupation, cast.college, **office(cast)).version == 2


def test_a_panel_is_told_first_and_nobody_sits_there_twice(cast: Cast) -> None:
    chart = drawn(cast)
    seat: dict[str, Any] = {"name": "刘师傅", "employer": "清河电气", "years": 20, "on": TODAY}
    with refused("occupations.not_told"):
        actions.seat_panellist(chart, told=False, **seat, **office(cast))
    for _time in range(2):
        actions.seat_panellist(chart, told=True, **seat, **office(cast))
    actions.seat_panellist(chart, told=True, person=cast.people["mentor"], name="", on=TODAY, **office(cast))
    assert [row.name for row in Panellist.objects.filter(chart=chart)] == ["周国栋", "刘师傅"]
    with refused("occupations.nobody_named"):
        actions.seat_panellist(chart, told=True, name=" ", on=TODAY, **office(cast))
    with refused("occupations.years"):
        actions.seat_panellist(chart, told=True, name="x", years=99, on=TODAY, **office(cast))
    assert not AuditEntry.objects.filter(payload__icontains="刘师傅").exists()


def test_the_frame_of_a_chart_keeps_to_its_scales(cast: Cast) -> None:
    chart = drawn(cast)
    days = {"starts_on": TODAY, "ends_on": TODAY + DAY}
    chart = actions.set_chart(chart, facilitator="唐老师", cut=Decimal("3.5"), **days, **office(cast))
    assert rules.criteria(chart).cut == Fraction(7, 2)
    bad: list[tuple[str, dict[str, Any]]] = [
        ("occupations.days", {"ends_on": TODAY - DAY}),
        ("occupations.criteria", {"cut": Decimal("5.01")}),
        ("occupations.criteria", {"limits": {"difficulty": "0.5"}}),
        ("occupations.weights", {"weights": {"importance": "0", "frequency": "0", "difficulty": "0"}}),
        ("occupations.weights", {"weights": {"importance": "11"}}),
    ]
    for reason, frame in bad:
        with refused(reason):
            actions.set_chart(chart, **frame, **office(cast))
    mine = {"by": cast.actor("mentor", cast.jinheng), "at": AT}
    actions.set_chart(chart, lists={"tools": [{"zh": "游标卡尺"}]}, **mine)  # the panel fills the lists
    with refused("kernel.role_lacks"):
        actions.set_chart(chart, cut=Decimal(1), **mine)


def test_a_verification_asks_people_by_role_and_place_until_a_day(cast: Cast) -> None:
    chart = asked(cast)
    mentor = cast.actor("mentor", cast.jinheng)
    mark = mark_of(chart, cast.people["mentor"].public_id)
    one = card(chart, "对刀")
    say: dict[str, Any] = {"mark": mark, "today": TODAY, "by": mentor, "at": AT}
    actions.keep_answer(chart, ratings={one: [1, 5, 5, 3, 1]}, group="worker", **say)
    actions.keep_answer(chart, ratings={one: [1, 4, 5, 3, 1], "none": USUAL}, done=True, **say)
    answer = answer_of(chart, mark)
    assert answer is not None
    assert answer.ratings == {one: [1, 4, 5, 3, 1]}
    assert answer.done
    assert answer.person is None
    assert answer.name == ""
    assert Answer.objects.count() == 1
    with refused("occupations.not_asked"):
        actions.keep_answer(chart, ratings={}, mark="x", today=TODAY, by=cast.actor("apprentice"), at=AT)
    for rating in ([1, 6, 1, 1, 1], [2, 1, 1, 1, 1], [1, 1, 1], [1, 0, 1, 1, 1]):
        with refused("occupations.off_scale"):
            actions.keep_answer(chart, ratings={one: rating}, **say)
    with refused("occupations.verification_over"):
        late = say | {"today": TODAY + 15 * DAY}
        actions.keep_answer(chart, ratings={}, **late)
    with refused("occupations.not_a_draft"):
        actions.add_task(chart, id_of(chart, "d车"), {"zh": "去毛刺"}, **office(cast))
    with refused("occupations.answered"):
        actions.return_chart(chart, **office(cast))


def test_an_office_ends_the_answers_before_the_last_day(cast: Cast) -> None:
    with refused("occupations.verification_over"):
        actions.end_answers(begun(cast), **office(cast))
    Chart.objects.all().delete()
    chart = asked(cast)
    with refused("kernel.role_lacks"):
        actions.end_answers(chart, by=cast.actor("trainer"), at=AT)
    assert list(queries.asking(cast.people["mentor"], TODAY)) == [chart]
    actions.end_answers(chart, **office(cast))
    assert list(queries.asking(cast.people["mentor"], TODAY)) == []
    with refused("occupations.verification_over"):
        answered(chart, "late", USUAL)


def test_names_are_kept_only_where_it_was_said(cast: Cast) -> None:
    chart = asked(cast, named=True)
    answered(chart, "a", USUAL, name="刘师傅")
    answer = Answer.objects.get()
    assert answer.name == "刘师傅"
    mark = answer.mark
    actions.adopt_chart(chart, **office(cast))
    answer.refresh_from_db()
    assert answer.mark == mark


def test_adoption_marks_what_is_not_kept_forgets_whose_answers_they_are_and_retires_the_version_before(
    cast: Cast,
) -> None:
    chart = asked(cast)
    for n in range(5):
        answered(chart, f"w{n}", USUAL)
    marks = set(Answer.objects.values_list("mark", flat=True))
    out = card(chart, "识读零件图")
    chart = actions.adopt_chart(chart, leave_out=[out], **office(cast))
    assert marks.isdisjoint(Answer.objects.values_list("mark", flat=True))
    rows = {task.public_id: task for task in queries.tasks_of(chart)}
    assert rows[out].left_out
    assert rows[out].code == ""
    assert rows[card(chart, "选择刀具")].code == "A1"
    assert queries.adopted(cast.campus) == queries.adopted(cast.college) == [chart]
    assert queries.adopted(cast.jinheng) == []
    for refusal in (
        lambda: actions.add_duty(chart, {"zh": "x"}, **office(cast)),
        lambda: actions.set_chart(chart, facilitator="x", **office(cast)),
        lambda: actions.adopt_chart(chart, **office(cast)),
    ):
        with pytest.raises(Exception, match=r"occupations\.|flow\."):
            refusal()

    after = actions.begin_chart(chart.occupation, cast.college, follows=chart, **office(cast))
    assert cards(after) == [["选择刀具", "安装三爪卡盘"], ["对刀", "车削外圆", "车削螺纹"]]
    same = card(after, "对刀")
    assert same == card(chart, "对刀")
    actions.reword(after, same, {"zh": "试切对刀"}, **office(cast))
    actions.move_task(after, card(after, "选择刀具"), duty=id_of(chart, "d车"), index=0, **office(cast))
    actions.take_out(after, card(after, "车削螺纹"), **office(cast))
    actions.add_task(after, id_of(chart, "d准"), {"zh": "点检机床"}, **office(cast))
    actions.add_duty(after, {"zh": "检验零件"}, **office(cast))
    found = difference(queries.board_of(chart), queries.board_of(after))
    told = {one.kinds: (one.after or one.before).statement.zh for one in found.tasks}  # type: ignore[union-attr]
    assert told == {
        ("added",): "点检机床", ("moved",): "选择刀具", ("reworded",): "试切对刀", ("gone",): "车削螺纹",
    }  # fmt: skip
    assert found.same == 2
    assert [one.after.zh for one in found.duties if one.after] == ["检验零件"]
    actions.verify_chart(after, closes_on=TODAY, today=TODAY, places=[cast.college], **office(cast))
    actions.adopt_chart(after, **office(cast))
    chart.refresh_from_db()
    assert chart.state == "retired"
    assert queries.adopted(cast.college)[0].version == 2


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"closes_on": TODAY - DAY}, "occupations.closes"),
        ({"closes_on": date(2030, 1, 1)}, "occupations.closes"),
        ({"places": []}, "occupations.nobody_asked"),
    ],
)
def test_what_a_verification_needs(cast: Cast, more: dict[str, Any], reason: str) -> None:
    with refused(reason):
        asked(cast, **more)


def test_a_chart_that_nobody_answered_goes_back_to_the_board(cast: Cast) -> None:
    chart = actions.return_chart(asked(cast), **office(cast))
    actions.add_task(chart, id_of(chart, "d车"), {"zh": "去毛刺"}, **office(cast))
    assert chart.state == "draft"
    assert "去毛刺" in cards(chart)[1]


def test_figures_are_given_from_five_people_on(cast: Cast) -> None:
    chart = asked(cast)
    for n in range(4):
        answered(chart, f"w{n}", USUAL)
    one = card(chart, "对刀")
    few = figures_of(chart)[one]
    assert few.n == 4
    assert few.means["importance"] is None
    assert few.kept is None
    assert few.priority == ""
    answered(chart, "w5", [0, 1, 1, 1, 0])
    enough = figures_of(chart)[one]
    assert enough.means["importance"] == Fraction(17, 5)
    assert enough.share == Fraction(4, 5)
    assert enough.kept is True
    assert enough.priority == "train"


def test_who_sees_a_chart(cast: Cast) -> None:
    chart = asked(cast)

    def sees(name: str, at: Any = None) -> bool:
        with looking_for(cast.actor(name, at).scope):
            return Chart.objects.filter(pk=chart.pk).exists()

    assert sees("coordinator")
    assert sees("mentor", cast.jinheng)
    assert sees("officer", cast.city)
    assert not sees("apprentice")
    assert not sees("stranger", cast.neighbour)
    actions.adopt_chart(chart, **office(cast))
    assert sees("apprentice")
    assert not sees("stranger", cast.neighbour)
    with looking_for(cast.actor("stranger", cast.neighbour).scope):
        assert not Occupation.objects.exists()


@pytest.mark.parametrize(
    ("days", "sees"), [((-9, None), True), ((-9, 9), True), ((-9, 0), False), ((9, None), False)]
)
def test_a_role_opens_a_chart_on_its_days_only(cast: Cast, days: tuple[int, int | None], sees: bool) -> None:
    """Also one that will end; neither one that has ended nor one that is to begin."""
    today, (first, last) = localdate(), days
    chart = asked(cast)
    Membership.objects.filter(person=cast.people["apprentice"]).update(
        starts_on=today + first * DAY, ends_on=None if last is None else today + last * DAY
    )
    with looking_for(Scope(person_id=cast.people["apprentice"].pk, path="")):
        assert not Chart.objects.exists()
    Asked.objects.create(verification=chart.verification, place=cast.college, role=Role.APPRENTICE.value)
    with looking_for(Scope(person_id=cast.people["apprentice"].pk, path="")):
        assert Chart.objects.exists() is sees
    actions.adopt_chart(chart, **office(cast))
    with looking_for(Scope(person_id=cast.people["apprentice"].pk, path="")):
        assert Chart.objects.exists() is sees


def test_two_of_a_kind_are_kept_apart_by_the_database(cast: Cast) -> None:
    chart = drawn(cast)
    with pytest.raises(IntegrityError):
        Chart.objects.create(occupation=chart.occupation, organisation=cast.college, version=9, made_at=AT)


def test_nobody_answers_without_a_verification(cast: Cast) -> None:
    with refused("occupations.verification_over"):
        actions.keep_answer(
            drawn(cast), mark="m", ratings={}, today=TODAY, invited=True, by=Actor(organisation=None), at=AT
        )


def test_rooms_above_say_what_serves_a_task(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_PROVIDERS", [])
    one = card(drawn(cast), "对刀")
    assert queries.served([one]) == {}
    outcome = queries.Served(queries.Text(zh="能对刀"), "curricula/outcome/abc")
    queries.provides_service(lambda tasks: {task: [outcome] for task in tasks})
    assert queries.served([one]) == {one: [outcome]}
