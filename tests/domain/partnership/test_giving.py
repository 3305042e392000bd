"""What sides give: valued by an agreed rule, confirmed by another side; duties, letters, costs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D
from typing import Any

import pytest

from craftpath.domain.partnership import actions, queries
from craftpath.domain.partnership.costing import defaults
from craftpath.domain.partnership.models import Contribution, Cooperation, CostStatement, SideDuty
from craftpath.kernel.duties import KINDS, Asked
from craftpath.kernel.organisations import Kind, plant
from craftpath.kernel.signing import may_sign, parties_of, waiting_for
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.partnership.test_cooperation import WORDS, write
from tests.domain.partnership.world import agree_rules, binds, give

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


@pytest.fixture
def row(cast: Cast) -> Cooperation:
    return binds(cast.jinheng, cast.college)


def office(cast: Cast) -> Any:
    return cast.actor("coordinator")


def hr(cast: Cast) -> Any:
    return cast.actor("hr", cast.jinheng)


def test_three_sides_sign_and_the_public_body_by_its_officer(cast: Cast) -> None:
    words = WORDS | {"public_duties": {"zh": "备案"}}
    row = write(cast, sides=[cast.jinheng, cast.college, cast.city], words=words)
    officer, duty = cast.actor("officer", cast.city), row.sides.get(role="public")
    actions.take_duty(
        duty, words={"zh": "拨付补贴"}, due_on=date(2026, 12, 1), repeats="year", by=officer, at=AT
    )
    row = actions.send_cooperation(row, by=hr(cast), at=AT)
    assert row.document is not None
    assert "澜川市人社局：拨付补贴（2026年12月1日前，此后每年）" in row.document.text["zh"]
    parties = parties_of(row.document)
    assert [party.role for party in parties] == ["enterprise", "college", "public"]
    assert not may_sign(cast.actor("trainer"), parties[1])
    assert list(waiting_for(officer)) == parties  # whoever is above may sign for those below
    for party, by in zip(parties, (hr(cast), office(cast), officer), strict=True):
        actions.sign_cooperation(party, seen=row.document.sha256, by=by, at=AT)
    row.refresh_from_db()
    assert row.state == "in_force"
    assert queries.in_force(cast.jinheng, cast.campus, date(2027, 1, 1))
    assert not queries.in_force(cast.qinghe, cast.college, date(2027, 1, 1))


def test_who_can_be_sides(cast: Cast) -> None:
    for sides, reason in (
        ([cast.jinheng], "sides_few"),
        ([cast.college, cast.campus], "same_side"),
        ([cast.city, cast.city], "sides_few"),
    ):
        with pytest.raises(Refused, match=f"partnership.{reason}"):
            write(cast, sides=sides, by=cast.actor("officer", cast.city))
    words = WORDS | {"public_duties": {}}
    row = write(cast, sides=[cast.jinheng, cast.college, cast.city], words=words)
    with pytest.raises(Refused, match="partnership.unfinished"):
        actions.send_cooperation(row, by=hr(cast), at=AT)


def test_institutes_and_training_centres_agree_as_colleges_do(cast: Cast) -> None:
    for n, kind in enumerate((Kind.INSTITUTE, Kind.CENTRE)):
        place = plant(key=f"school{n}", kind=kind, name={"zh": "培训机构"}, parent=cast.city)
        row = write(cast, sides=[cast.jinheng, place])
        assert [side.role for side in row.sides.all()] == ["enterprise", "college"]


def test_a_rule_holds_once_all_sides_agree_and_only_then_is_anything_valued(
    cast: Cast, row: Cooperation
) -> None:
    with pytest.raises(Refused, match="partnership.no_rules"):
        give(row, cast)
    rates = [{"name": {"zh": "师傅"}, "for": "hours", "minor": 8000}]
    book = actions.propose_rules(row, rates=rates, by=hr(cast), at=AT)
    assert queries.book_in_force(row) is None
    with pytest.raises(Refused, match="partnership.agreed_already"):
        actions.agree_rules(book, by=hr(cast), at=AT)
    newer = actions.propose_rules(row, rates=[{**rates[0], "minor": 9000}], by=hr(cast), at=AT)
    with pytest.raises(Refused, match="partnership.older_rules"):
        actions.agree_rules(book, by=office(cast), at=AT)
    actions.agree_rules(newer, by=office(cast), at=AT)
    assert queries.book_in_force(row) == newer
    given = give(row, cast, kind="hours", figures={"hours": D("2.5")}, rate=newer.rates[0]["key"])
    assert (given.minor, given.book, given.unit) == (22500, newer, "hour")
    assert given.steps == [["hours", "2.5"], ["rate", "9000"]]
    for bad in ([{**rates[0], "minor": 0}], [{**rates[0], "name": {}}], rates * 31):
        with pytest.raises(Refused, match="partnership.rates_unclear"):
            actions.propose_rules(row, rates=bad, by=hr(cast), at=AT)


def test_another_side_confirms_and_a_mistake_is_met_by_a_counter_line(cast: Cast, row: Cooperation) -> None:
    agree_rules(row, cast)
    given = give(row, cast)
    with pytest.raises(Refused, match="partnership.own_contribution"):
        actions.confirm_contribution(given, by=hr(cast), at=AT)
    asked = actions.question_contribution(given, words="发票在哪里？", by=office(cast), at=AT)
    with pytest.raises(Refused, match="flow.not_now"):
        actions.confirm_contribution(asked, by=office(cast), at=AT)
    actions.answer_contribution(asked, words="已补。", by=hr(cast), at=AT)
    with pytest.raises(Refused, match="partnership.not_confirmed"):
        actions.counter_contribution(given, words="x", by=hr(cast), at=AT)
    done = actions.confirm_contribution(given, by=office(cast), at=AT)
    assert (done.state, done.looked_side.organisation) == ("confirmed", cast.college)
    with pytest.raises(Refused, match="flow.not_now"):
        actions.withdraw_contribution(done, by=hr(cast), at=AT)
    counter = actions.counter_contribution(done, words="重复登记", by=hr(cast), at=AT)
    with pytest.raises(Refused, match="partnership.countered_already"):
        actions.counter_contribution(done, words="x", by=hr(cast), at=AT)
    [line] = queries.given_by_kind(row, 2026)
    assert (line["given"], line["confirmed"]) == (0, 5000000)
    actions.withdraw_contribution(counter, by=hr(cast), at=AT)
    counter = actions.counter_contribution(done, words="金额登记错误", by=hr(cast), at=AT)
    assert queries.counter_of(done) == counter  # the one that was withdrawn takes nothing back
    actions.confirm_contribution(counter, by=office(cast), at=AT)
    [line] = queries.given_by_kind(row, 2026)
    assert (line["given"], line["confirmed"]) == (0, 0)


def test_what_cannot_be_given(cast: Cast, row: Cooperation) -> None:
    agree_rules(row, cast)
    for instead, reason in (
        ({"given_on": TODAY + timedelta(days=1)}, "too_early"),
        ({"given_on": date(2025, 12, 31)}, "outside_term"),
        ({"kind": "hours", "figures": {"hours": D(1)}, "rate": "no"}, "rate_missing"),
        ({"figures": {"amount": D(-1)}}, "figures_unclear"),
        ({"kind": "hours", "figures": {"hours": D("9999999.99") ** 2}, "rate": "mentor"}, "worth_too_much"),
    ):
        with pytest.raises(Refused, match=f"partnership.{reason}"):
            give(row, cast, **instead)
    with pytest.raises(Refused, match="partnership.of_others"):
        give(row, cast, by=office(cast))
    with pytest.raises(Refused, match="partnership.not_in_force"):
        give(actions.end_cooperation(row, on=TODAY, by=hr(cast), at=AT), cast)
    assert Contribution.objects.count() == 0


def test_pledges_stand_until_they_are_taken_back(cast: Cast, row: Cooperation) -> None:
    side = row.sides.get(role="enterprise")
    same: dict[str, Any] = {"kind": "money", "words": "实训耗材", "minor": 100000, "at": AT}
    made = actions.pledge(side, year=2026, by=hr(cast), **same)
    with pytest.raises(Refused, match="partnership.outside_term"):
        actions.pledge(side, year=2025, by=hr(cast), **same)
    with pytest.raises(Refused, match="partnership.of_others"):
        actions.pledge(side, year=2026, by=office(cast), **same)
    assert queries.pledged_by_kind(row, 2026)[0]["pledged"] == 100000
    actions.withdraw_pledge(made, by=hr(cast), at=AT)
    assert queries.pledged_by_kind(row, 2026) == []
    with pytest.raises(Refused, match="partnership.pledge_gone"):
        actions.withdraw_pledge(made, by=hr(cast), at=AT)


def test_a_repeated_duty_is_due_again_while_the_agreement_lasts(cast: Cast, row: Cooperation) -> None:
    side = row.sides.get(role="enterprise")
    duty = actions.take_duty(
        side, words={"zh": "提供岗位清单"}, due_on=date(2028, 8, 31), repeats="year", by=hr(cast), at=AT
    )
    places = [one["duty_place"] for one in KINDS["partnership.side"].find(Asked(AT, TODAY))]
    assert places == [cast.jinheng.pk]
    with pytest.raises(Refused, match="partnership.of_others"):
        actions.do_duty(duty, by=office(cast), at=AT)
    first = SideDuty.objects.get(pk=duty.pk)
    assert actions.do_duty(first, note="已发", by=hr(cast), at=AT).due_on == date(2029, 8, 31)
    with pytest.raises(Refused, match="partnership.duty_done"):
        actions.do_duty(first, by=hr(cast), at=AT)  # pressed twice, for the same day
    assert actions.do_duty(SideDuty.objects.get(pk=duty.pk), by=hr(cast), at=AT).due_on is None
    assert queries.done_in(row, 2028) == {side.pk: 1}
    with pytest.raises(Refused, match="partnership.duty_fixed"):
        actions.drop_duty(duty, by=hr(cast), at=AT)
    other = row.sides.get(role="college")
    with pytest.raises(Refused, match="partnership.duty_fixed"):
        actions.take_duty(other, words={"zh": "x"}, due_on=date(2028, 8, 31), by=hr(cast), at=AT)


def test_each_of_the_others_is_asked_to_confirm_and_to_agree(cast: Cast) -> None:
    row = binds(cast.jinheng, cast.qinghe, cast.college)
    asked = Asked(AT, TODAY)
    found = lambda code, at=asked: sorted(one["duty_place"] for one in KINDS[code].find(at))  # noqa: E731
    rates = [{"name": {"zh": "师傅"}, "for": "hours", "minor": 8000}]
    book = actions.propose_rules(row, rates=rates, by=hr(cast), at=AT)
    assert found("partnership.rules") == sorted([cast.qinghe.pk, cast.college.pk])
    assert found("partnership.rules", Asked(AT, TODAY, within=cast.college)) == [cast.college.pk]
    book.agreed_at = AT
    book.save()
    give(row, cast)
    assert found("partnership.contribution") == sorted([cast.qinghe.pk, cast.college.pk])


def test_what_apprentices_cost_is_seen_by_the_enterprise_alone(cast: Cast, row: Cooperation) -> None:
    side = row.sides.get(role="enterprise")
    saved = actions.save_costs(side, assumptions=defaults(), by=hr(cast), at=AT)
    assert saved.version == 1
    for by in (office(cast), cast.actor("officer", cast.city)):
        with looking_for(by.scope):
            assert not CostStatement.objects.exists()
        with pytest.raises(Refused, match=r"partnership\.(costs_are_own|of_others)"):
            actions.save_costs(side, assumptions=defaults(), by=by, at=AT)
    with looking_for(hr(cast).scope):
        assert CostStatement.objects.count() == 1
    for key, value in (("stay", ["101"]), ("hiring", ["-1"]), ("apprentices", ["many"])):
        wrong = defaults() | {key: {"value": value, "source": "own"}}
        with pytest.raises(Refused, match="partnership.costs_unclear"):
            actions.save_costs(side, assumptions=wrong, by=hr(cast), at=AT)
    assert queries.on_letter(row) == []
    actions.save_costs(side, assumptions=defaults(), on_letter=True, by=hr(cast), at=AT)
    assert [one.version for one in queries.on_letter(row)] == [2]


def test_a_letter_is_numbered_and_the_same_content_is_the_same_letter(cast: Cast, row: Cooperation) -> None:
    first = actions.issue_letter(row, year=2026, content={"a": 1}, by=hr(cast), at=AT)
    assert actions.issue_letter(row, year=2026, content={"a": 1}, by=office(cast), at=AT).pk == first.pk
    second = actions.issue_letter(row, year=2026, content={"a": 2}, by=office(cast), at=AT)
    assert [first.number[-6:], second.number[-6:]] == ["2026-1", "2026-2"]
    with pytest.raises(Refused, match="partnership.of_others"):
        actions.issue_letter(row, year=2026, content={}, by=cast.actor("stranger", cast.neighbour), at=AT)
    actions.end_cooperation(row, on=TODAY, by=hr(cast), at=AT)
    assert actions.issue_letter(row, year=2026, content={"a": 3}, by=hr(cast), at=AT).version == 3


def test_what_was_never_signed_has_no_letter_and_no_filing_number(cast: Cast) -> None:
    row = write(cast)
    with pytest.raises(Refused, match="partnership.not_in_force"):
        actions.issue_letter(row, year=2026, content={}, by=hr(cast), at=AT)
    with pytest.raises(Refused, match="partnership.not_in_force"):
        actions.file_cooperation(row, number="12", by=hr(cast), at=AT)
