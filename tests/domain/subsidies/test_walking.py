"""The way of a file: published numbers to the yuan, every move and way back, who may, and on which day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from craftpath.domain.subsidies import actions
from craftpath.domain.subsidies.models import ClaimedYear, FileEvent, FilePerson, SubsidyFile
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import looking_for
from tests.cast import AT, TODAY, Cast
from tests.domain.subsidies.world import (
    BEGAN,
    advanced,
    claimed,
    completed,
    hr,
    many,
    officer,
    opened,
    outcomes,
    refused,
    registered,
    scheme,
    settled,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("planned", "finished", "level", "months", "advance", "balance"),
    [(45, 33, "l3", 24, 112_500, 217_500), (33, 32, "l4", 12, 66_000, 62_000)],
)
def test_two_published_classes_to_the_yuan(
    cast: Cast, planned: int, finished: int, level: str, months: int, advance: int, balance: int
) -> None:
    file = settled(cast, "qidong", many(cast, planned), finished=finished, level=level, months=months)
    assert (file.heads, file.advance, file.balance) == (planned, advance * 100, balance * 100)
    assert (file.due, file.refund, file.state) == ((advance + balance) * 100, 0, "settled")
    kept = FileEvent.objects.get(file=file, move="settle").figures
    assert [(one["code"], one["heads"], one["amount"]) for one in kept["steps"]] == [
        ("certified", finished, (advance + balance) * 100),
        ("left", planned - finished, 0),
        ("advance_paid", planned, -advance * 100),
    ]
    assert FileEvent.objects.get(file=file, move="advance").figures["steps"][0]["share"] == "1/2"
    assert ClaimedYear.objects.filter(file=file).count() == finished * (months // 12)


def test_a_file_walks_to_its_end_and_each_step_has_a_person_and_a_day(cast: Cast) -> None:
    file = settled(cast)
    file = actions.pay_balance(file, on=TODAY + 31 * DAY, by=officer(cast), at=AT + 31 * DAY)
    assert file.state == "closed"
    events = list(FileEvent.objects.filter(file=file).order_by("pk"))
    assert [event.move for event in events] == [
        "open", "file", "register", "advance", "complete", "claim", "notice", "settle", "pay",
    ]  # fmt: skip
    people = {"hr": cast.people["hr"], "officer": cast.people["officer"]}
    filed = ("open", "file", "complete", "claim")
    assert all(event.person == people["hr" if event.move in filed else "officer"] for event in events)
    assert events[-1].on == TODAY + 31 * DAY
    again = actions.pay_balance(file, on=TODAY + 31 * DAY, by=officer(cast), at=AT + 31 * DAY)
    assert again.state == "closed"
    assert FileEvent.objects.filter(file=file).count() == 9


def test_once_more_changes_nothing(cast: Cast) -> None:
    file = opened(cast, made_id="m")
    assert opened(cast, made_id="m") == file
    by, office = {"by": hr(cast), "at": AT}, {"by": officer(cast), "at": AT}
    for act, more in (
        (actions.file_plan, by),
        (actions.register_file, office),
        (lambda row, **who: actions.advance_money(row, on=TODAY, **who), office),
        (lambda row, **who: actions.complete_training(row, outcomes(row, 2), on=TODAY, **who), by),
        (actions.claim_subsidy, by),
        (lambda row, **who: actions.notice_claim(row, on=TODAY, **who), office),
    ):
        file = act(file, **more)
        count = FileEvent.objects.count()
        assert act(file, **more).state == file.state
        assert FileEvent.objects.count() == count


def test_a_plan_is_returned_with_a_reason_and_filed_again(cast: Cast) -> None:
    file = actions.file_plan(opened(cast), by=hr(cast), at=AT)
    with refused("subsidies.no_reason"):
        actions.return_file(file, because=" ", by=officer(cast), at=AT)
    file = actions.return_file(file, because="花名册缺身份信息", by=officer(cast), at=AT)
    assert file.state == "returned"
    assert actions.return_file(file, because="花名册缺身份信息", by=officer(cast), at=AT).state == "returned"
    assert FileEvent.objects.get(move="return").words == "花名册缺身份信息"
    assert actions.file_plan(file, by=hr(cast), at=AT).state == "filed"


def test_a_returned_claim_keeps_its_years_and_is_claimed_anew(cast: Cast) -> None:
    file = claimed(cast)
    file = actions.return_file(file, because="缺视频", by=officer(cast), at=AT)
    assert (file.state, ClaimedYear.objects.filter(file=file, freed_at=None).count()) == ("claim_returned", 4)
    file = actions.claim_subsidy(file, by=hr(cast), at=AT)
    assert (file.state, ClaimedYear.objects.filter(file=file, freed_at=None).count()) == ("claimed", 4)


def test_who_filed_does_not_decide(cast: Cast) -> None:
    both = Actor(cast.city, cast.people["hr"], frozenset({Role.HR, Role.OFFICER}))
    file = actions.file_plan(opened(cast), by=hr(cast), at=AT)
    with refused("subsidies.own_file"):
        actions.register_file(file, by=both, at=AT)
    with refused("subsidies.own_file"):
        actions.return_file(file, because="x", by=both, at=AT)
    file = actions.register_file(file, by=officer(cast), at=AT)
    with refused("subsidies.own_file"):
        actions.advance_money(file, on=TODAY, by=both, at=AT)
    with refused("kernel.role_lacks"):
        actions.advance_money(file, on=TODAY, by=hr(cast), at=AT)
    with refused("kernel.role_lacks"):
        actions.complete_training(file, {}, on=TODAY, by=officer(cast), at=AT)


def test_days_are_in_order_and_not_in_the_future(cast: Cast) -> None:
    file = registered(cast)
    with refused("subsidies.day_in_future"):
        actions.advance_money(file, on=TODAY + DAY, by=officer(cast), at=AT)
    with refused("subsidies.day_before"):
        actions.advance_money(file, on=TODAY - DAY, by=officer(cast), at=AT)


def test_a_notice_runs_its_days_before_anything_is_settled(cast: Cast) -> None:
    file = actions.notice_claim(claimed(cast), on=TODAY, by=officer(cast), at=AT)
    assert file.notice_ends_on == date(2026, 9, 21)  # seven days
    with refused("subsidies.notice_runs"):
        actions.settle_claim(file, on=TODAY + 7 * DAY, by=officer(cast), at=AT + 7 * DAY)
    assert (
        actions.settle_claim(file, on=TODAY + 8 * DAY, by=officer(cast), at=AT + 8 * DAY).state == "settled"
    )


def test_a_notice_of_workdays_passes_the_weekend(cast: Cast) -> None:
    file = actions.notice_claim(
        claimed(cast, "shenzhen", level="l4", months=12), on=TODAY, by=officer(cast), at=AT
    )
    assert file.notice_ends_on == date(2026, 9, 21)  # from Monday: Tuesday to Friday, and Monday


def test_too_much_advanced_is_demanded_by_a_day_and_comes_back(cast: Cast) -> None:
    file = settled(cast, "shenzhen", many(cast, 40), finished=15, level="l4", months=12)
    assert (file.balance, file.refund) == (-27_500_00, 27_500_00)
    with refused("subsidies.is_refund"):
        actions.pay_balance(file, on=file.since, by=officer(cast), at=AT + 30 * DAY)
    file = actions.demand_refund(file, on=file.since, by=officer(cast), at=AT + 30 * DAY)
    assert (file.state, file.refund_by) == ("refund_due", date(2027, 1, 14))
    file = actions.refund_money(file, on=file.since + DAY, by=officer(cast), at=AT + 31 * DAY)
    assert file.state == "closed"


def test_a_refund_without_the_scheme_s_day_needs_one(cast: Cast) -> None:
    file = settled(cast, "qidong", many(cast, 10), finished=1, level="l4", months=12)
    late = AT + 30 * DAY
    with refused("subsidies.refund_without_day"):
        actions.demand_refund(file, on=file.since, by=officer(cast), at=late)
    file = actions.demand_refund(file, on=file.since, by_day=date(2026, 12, 31), by=officer(cast), at=late)
    assert (file.refund, file.refund_by) == (16_000_00, date(2026, 12, 31))


def test_an_advance_is_asked_back_before_any_claim(cast: Cast) -> None:
    file = advanced(cast)
    with refused("subsidies.advance_paid"):
        actions.withdraw_file(file, because="停办", by=hr(cast), at=AT)
    with refused("subsidies.no_reason"):
        actions.demand_refund(file, on=TODAY, by_day=TODAY + DAY, by=officer(cast), at=AT)
    file = actions.demand_refund(file, on=TODAY, by_day=TODAY + DAY, because="停办", by=officer(cast), at=AT)
    assert (file.state, file.refund) == ("refund_due", file.advance)


def test_a_plan_is_withdrawn_and_a_claim_goes_back_to_its_training(cast: Cast) -> None:
    file = claimed(cast)
    file = actions.withdraw_file(file, because="材料有误", by=hr(cast), at=AT)
    assert file.state == "completed"
    assert not ClaimedYear.objects.filter(file=file, freed_at=None).exists()
    other = opened(cast, "qidong", many(cast, 2))
    assert actions.withdraw_file(other, because="不办了", by=hr(cast), at=AT).state == "withdrawn"


def test_without_an_advance_in_the_scheme_none_is_paid(cast: Cast) -> None:
    file = registered(cast, "zhejiang", kind="employee_apprentice")
    with refused("subsidies.no_advance"):
        actions.advance_money(file, on=TODAY, by=officer(cast), at=AT)
    file = actions.claim_subsidy(completed(file, hr(cast), 3), by=hr(cast), at=AT)
    file = actions.notice_claim(file, on=TODAY, by=officer(cast), at=AT)
    late = AT + DAY
    file = actions.settle_claim(file, on=TODAY + DAY, by=officer(cast), at=late)
    assert (file.advance, file.balance) == (0, 3 * 2 * 400_000)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"level": "l9"}, "subsidies.level_unknown"),
        ({"months": 0}, "subsidies.months_out_of_range"),
        ({"months": 61}, "subsidies.months_out_of_range"),
        ({"starts_on": date(2018, 1, 1)}, "subsidies.scheme_not_valid"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused(cast: Cast, more: dict, reason: str) -> None:
    with refused(reason):
        opened(cast, **more)
    assert not SubsidyFile.objects.exists()


def test_only_the_enterprise_s_own_people_and_a_body_above(cast: Cast) -> None:
    with refused("kernel.belongs_to_another"):
        opened(cast, "qidong", [cast.enrolments["26003"]])
    with refused("subsidies.authority_not_above"):
        opened(cast, authority=cast.college)
    with refused("kernel.belongs_to_another"):
        opened(cast, by=cast.actor("coordinator"))


def test_who_is_on_another_plan_or_was_paid_is_marked(cast: Cast) -> None:
    first = opened(cast, "shenzhen", [cast.enrolments["26001"]])
    second = opened(cast, "shenzhen")
    marked = dict(second.people.values_list("enrolment__number", "excluded"))
    assert marked == {"26001": "on_another_plan", "26002": "", "26005": ""}
    actions.withdraw_file(first, because="x", by=hr(cast), at=AT)
    assert set(opened(cast, "qidong").people.values_list("excluded", flat=True)) == {
        ""
    }  # qidong does not ask


def test_excluding_is_for_the_claimant_first_and_the_authority_while_it_checks(cast: Cast) -> None:
    file = opened(cast)
    row = FilePerson.objects.filter(file=file).order_by("pk")[0]
    with refused("subsidies.no_reason"):
        actions.exclude_person(row, reason="other", by=hr(cast), at=AT)
    with refused("subsidies.exclusion_unknown"):
        actions.exclude_person(row, reason="x", by=hr(cast), at=AT)
    row = actions.exclude_person(row, reason="full_time_student", by=hr(cast), at=AT)
    file = actions.file_plan(file, by=hr(cast), at=AT)
    with refused("subsidies.people_fixed"):
        actions.exclude_person(row, reason="", by=hr(cast), at=AT)
    actions.exclude_person(row, reason="", by=officer(cast), at=AT)
    actions.exclude_person(row, reason="no_contract", words="合同不足一年", by=officer(cast), at=AT)
    assert actions.register_file(file, by=officer(cast), at=AT).heads == 2


def test_who_is_taken_out_of_a_claim_frees_the_years_and_comes_back_by_a_new_one(cast: Cast) -> None:
    file = claimed(cast, finished=3)
    row = FilePerson.objects.filter(file=file).order_by("pk")[0]
    row = actions.exclude_person(row, reason="no_contract", words="合同不足一年", by=officer(cast), at=AT)
    assert ClaimedYear.objects.filter(file=file, freed_at=None).count() == 4
    with refused("subsidies.return_first"):
        actions.exclude_person(row, reason="", by=officer(cast), at=AT)
    actions.return_file(file, because="更正人员", by=officer(cast), at=AT)
    actions.exclude_person(row, reason="", by=officer(cast), at=AT)
    actions.claim_subsidy(file, by=hr(cast), at=AT)
    assert ClaimedYear.objects.filter(file=file, freed_at=None).count() == 6


def test_everybody_is_accounted_for_when_training_ends(cast: Cast) -> None:
    file = advanced(cast)
    said = dict(outcomes(file, 2))
    with refused("subsidies.outcome_missing"):
        actions.complete_training(file, dict(list(said.items())[:2]), on=TODAY, by=hr(cast), at=AT)
    said[next(iter(said))] = actions.Outcome("left", 25)
    with refused("subsidies.outcome_unknown"):
        actions.complete_training(file, said, on=TODAY, by=hr(cast), at=AT)


def test_the_authority_sees_a_file_from_its_filing_on(cast: Cast) -> None:
    file = opened(cast)
    assert (file.starts_on, file.scheme) == (BEGAN, scheme("qidong"))

    def seen(who: str, place: str) -> bool:
        with looking_for(cast.actor(who, getattr(cast, place)).scope):
            return SubsidyFile.objects.filter(pk=file.pk).exists()

    assert seen("hr", "jinheng")
    assert not seen("officer", "city")
    assert not seen("coordinator", "college")
    actions.file_plan(file, by=hr(cast), at=AT)
    assert seen("officer", "city")
    assert not seen("coordinator", "college")
