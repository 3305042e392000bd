"""A month as it is computed: days, deputies, stages, results, hours, caps; the same again is the same bytes."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta

import pytest

from craftpath.domain.allowances import actions, gathering
from craftpath.domain.allowances.actions import NewRule
from craftpath.domain.allowances.explaining import explanation
from craftpath.domain.allowances.inputs import canonical, deflated, digest, stored, worked_out
from craftpath.domain.allowances.models import Calculation, Line, Run
from craftpath.domain.appraisals.models import Appraisal, AppraisalRound
from craftpath.domain.pairing.actions import appoint_deputy, end_pair
from craftpath.kernel.access import system
from craftpath.kernel.tenancy import everywhere
from craftpath.values.period import later
from tests.cast import AT, TODAY, Cast
from tests.domain.allowances.world import FLAT, MONTH, amounts, asked, bond, book, computed, hr, refused
from tests.domain.appraisals.world import decide, opened
from tests.domain.pairing.world import formed, of, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
DAYS = calendar.monthrange(MONTH.year, MONTH.month)[1]


def half_up(amount: int, over: int, under: int) -> int:
    return (2 * amount * over + under) // (2 * under)


def test_a_whole_month_and_a_part_of_one(cast: Cast) -> None:
    book(cast)
    bond(cast, "26001")
    bond(cast, "26002", on=MONTH + timedelta(days=10))
    run = computed(cast)
    names = sorted(cast.enrolments[n].person.name for n in ("26001", "26002"))
    assert sorted(amounts(run)) == sorted(
        [
            ("original", cast.enrolments["26001"].person.name, 200_00),
            ("original", cast.enrolments["26002"].person.name, half_up(200_00, DAYS - 10, DAYS)),
        ]
    )
    assert run.total == sum(line.amount for line in run.lines.all())
    assert run.currency == "CNY"
    assert [line.learner.name for line in run.lines.order_by("learner__name")] == names


def test_shares_of_one_apprentice_come_to_the_whole(cast: Cast) -> None:
    book(cast, NewRule(name="x", amount=100_01, kinds=("master_apprentice",)))
    wanted = [
        of(cast, "26001", somebody("甲"), share=333),
        of(cast, "26001", somebody("乙"), role="second", share=333),
        of(cast, "26001", somebody("丙"), role="second", share=334),
    ]
    formed(cast, *wanted, on=MONTH)
    assert sum(amount for _, _, amount in amounts(computed(cast))) == 100_01


def test_a_deputy_is_paid_for_the_days_and_the_share_of_whom_the_deputy_stands_in_for(cast: Cast) -> None:
    book(cast)
    row = bond(cast, on=MONTH)
    appoint_deputy(
        row, deputy=somebody("代"), place=cast.jinheng, starts_on=MONTH + timedelta(days=5),
        ends_on=MONTH + timedelta(days=15), by=system(cast.college), at=AT,
    )  # fmt: skip
    run = computed(cast)
    assert run.total == 200_00
    by_name = {line.payee.name: line.amount for line in run.lines.all()}
    assert by_name["代"] in {half_up(200_00, 10, DAYS), 200_00 * 10 // DAYS}
    assert len(run.lines.get(payee__name="孙师傅").detail["parts"]) == 2


def test_a_pair_that_ended_gets_nothing_beyond_its_days_and_nothing_in_later_months(cast: Cast) -> None:
    book(cast)
    before = later(MONTH, -1)
    row = bond(cast, on=before)
    end_pair(row.pair, on=MONTH + timedelta(days=3), because="调动", by=system(cast.college), at=AT)
    assert computed(cast).total == half_up(200_00, 3, DAYS)
    end = later(MONTH, -1) + timedelta(days=20)
    other = bond(cast, "26002", on=before)
    end_pair(other.pair, on=end, because="调动", by=system(cast.college), at=AT)
    run = computed(cast)
    assert {line.bond_id for line in run.lines.all()} == {row.pk}


def test_the_same_inputs_are_the_same_bytes_and_change_no_line(cast: Cast) -> None:
    book(cast)
    bond(cast)
    run = computed(cast)
    first, line = run.calculation, run.lines.get()
    again = computed(cast)
    assert again.pk == run.pk
    assert again.calculation_id != first.pk
    assert bytes(again.calculation.inputs) == bytes(first.inputs)  # type: ignore[union-attr]
    assert again.calculation.digest == first.digest
    assert again.calculation.difference == {}
    assert again.lines.get().pk == line.pk


def test_lines_come_again_from_what_is_stored(cast: Cast) -> None:
    book(cast)
    bond(cast)
    run = computed(cast)
    kept = run.calculation
    assert kept is not None
    [inputs] = stored(bytes(kept.inputs))
    assert digest(canonical([inputs])) == kept.digest
    assert deflated(canonical([inputs])) == bytes(kept.inputs)
    assert [line.amount for line in worked_out(inputs)] == [line.amount for line in run.lines.all()]
    said = explanation(run.lines.select_related("rule__book", "payer").get())
    assert said is not None
    assert said.amount == 200_00
    assert [step.code for step in said.products[0].steps] == ["amount", "days", "share"]


def test_what_changed_is_shown_before_anybody_checks(cast: Cast) -> None:
    book(cast)
    row = bond(cast)
    run = computed(cast)
    end_pair(row.pair, on=MONTH + timedelta(days=3), because="调动", by=system(cast.college), at=AT)
    with refused("inputs_changed"):
        actions.check_run(run, by=hr(cast), at=AT)
    again = computed(cast)
    found = again.calculation.difference  # type: ignore[union-attr]
    assert (found["before"], found["after"], found["other"]) == (200_00, half_up(200_00, 3, DAYS), 1)
    assert found["rows"][0][2:] == ["带徒津贴", 200_00, half_up(200_00, 3, DAYS)]
    assert actions.check_run(again, by=hr(cast), at=AT).state == "checked"


def test_only_decided_results_count(cast: Cast) -> None:
    book(cast, NewRule(name="r", component="results", amount=100_00, results=((60_00, 500), (80_00, 1000))))
    bond(cast, "26001")
    bond(cast, "26002", teacher=somebody("李师傅"))
    run = computed(cast)
    assert run.total == 0
    assert run.calculation.warnings["undecided"] == 2
    decide(
        cast, {cast.enrolments["26001"]: 79.99, cast.enrolments["26002"]: 80.0}, at=AT - timedelta(days=60)
    )
    run = computed(cast)
    assert sorted(amount for _, _, amount in amounts(run)) == [50_00, 100_00]


def test_a_version_may_look_at_the_published_appraisal_of_who_teaches(cast: Cast) -> None:
    bands = NewRule(name="r", component="results", amount=100_00, results=((0, 500), (50_00, 1000)))
    book(cast, bands, results_from="appraisal")
    good, other = somebody("孙师傅"), somebody("李师傅")
    for number, teacher in (("26001", good), ("26002", other)):
        bond(cast, number, teacher=teacher)
    assert computed(cast).total == 0
    first = datetime.combine(MONTH, time(12), UTC)
    later = first + timedelta(days=40)
    for at, year, results in ((first, 2026, {good: 63}), (later, 2025, {good: 20, other: 90})):
        round_ = opened(cast, starts_on=date(year, 1, 1))
        AppraisalRound.objects.filter(pk=round_.pk).update(
            state="published", computed_at=at, hearing_until=at.date(), published_at=at,
            inputs_digest="x", results_digest="x",
        )  # fmt: skip
        for person, result in results.items():
            Appraisal.objects.create(round=round_, person=person, result=result, band=1, score=result)
    paid = {name: amount for _, name, amount in amounts(computed(cast))}
    assert paid == {cast.enrolments["26001"].person.name: 100_00, cast.enrolments["26002"].person.name: 0}


def test_a_negative_capacity_is_one_sentence_and_the_run_stays(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    book(cast, NewRule(name="r", amount=100_00, over_capacity=0))
    row = bond(cast)
    run = computed(cast)
    monkeypatch.setattr(
        gathering, "capacities_at", lambda _places: ({(row.place_id, row.teacher_id): -5}, {})
    )
    again = asked(cast)
    actions.carry_out(again, by=hr(cast), at=AT)
    again.refresh_from_db()
    assert (again.state, again.reason) == ("refused", "allowances.capacity_negative")
    after = Run.objects.get(pk=run.pk)
    assert (after.state, after.total, after.calculation_id) == (run.state, run.total, run.calculation_id)


def test_a_stage_cuts_the_month(cast: Cast) -> None:
    stage = cast.evaluation.stage.key
    book(cast, NewRule(name="初", amount=100_00, stages=(stage,)))
    bond(cast)
    progress = cast.enrolments["26001"].progress.get(stage__key=stage)
    progress.opened_on = MONTH - timedelta(days=40)
    progress.state, progress.passed_on = "passed", MONTH + timedelta(days=4)
    progress.save()
    assert computed(cast).total == half_up(100_00, 4, DAYS)


def test_caps_cut_in_proportion(cast: Cast) -> None:
    book(cast, trainer_month=300_00)
    master = somebody("孙师傅")
    bond(cast, "26001", teacher=master)
    bond(cast, "26002", teacher=master)
    run = computed(cast)
    assert [amount for _, _, amount in amounts(run)] == [150_00, 150_00]
    assert run.lines.first().detail["cuts"] == [["trainer_month", 300_00, 200_00, 150_00]]  # type: ignore[union-attr]


def test_without_rules_and_for_months_to_come_there_is_one_sentence(cast: Cast) -> None:
    row = asked(cast)
    actions.carry_out(row, by=hr(cast), at=AT)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("refused", "allowances.no_rules")
    with refused("month_to_come"):
        asked(cast, later(MONTH, 1))
    with refused("no_month"):
        asked(cast, date(2026, 1, 2))


def test_the_same_press_and_a_second_wish_are_one_calculation(cast: Cast) -> None:
    book(cast)
    one = actions.ask_run(cast.jinheng, month=MONTH, made_id="press", by=hr(cast), at=AT)
    two = actions.ask_run(cast.jinheng, month=MONTH, made_id="press", by=hr(cast), at=AT)
    three = asked(cast)
    assert one.pk == two.pk == three.pk
    assert Run.objects.count() == 1


def test_what_was_taken_back_or_killed_writes_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    book(cast)
    bond(cast)
    row = asked(cast)
    actions.cancel_run(row, by=hr(cast), at=AT)
    assert actions.cancel_run(row, by=hr(cast), at=AT).state == "cancelled"
    row.state = "asked"  # a worker that read it before
    actions.carry_out(row, by=hr(cast), at=AT)
    assert not Line.objects.exists()
    assert Calculation.objects.get().state == "cancelled"
    again = asked(cast)
    with monkeypatch.context() as patch:
        patch.setattr("craftpath.domain.allowances.running.tell", lambda *_a, **_k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            actions.carry_out(again, by=hr(cast), at=AT)
    assert not Line.objects.exists()
    assert Run.objects.get().state == "open"
    again.refresh_from_db()
    assert (again.state, again.reason) == ("refused", "allowances.run_failed")


def test_gathering_asks_the_same_of_few_and_of_many(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    book(cast, FLAT, NewRule(name="h", component="hours", basis="apprentice_hour", amount=5_00),
         NewRule(name="r", component="results", amount=1_00, results=((0, 1000),), over_capacity=0),
         pair_total=9_00)  # fmt: skip
    for number in ("26001", "26002"):
        bond(cast, number)
    with everywhere("a test"), django_assert_max_num_queries(16):
        found = gathering.gathered(cast.jinheng, TODAY)
    assert len(found.pairs["pair"]) >= 2
