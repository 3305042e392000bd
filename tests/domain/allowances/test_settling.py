"""Checked, approved by somebody else, paid: who may, what stays, and counter-lines for what was wrong."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from craftpath.domain.allowances import actions
from craftpath.domain.allowances.actions import NewRule
from craftpath.domain.allowances.models import Correction, Line, Run
from craftpath.domain.pairing.actions import end_pair
from craftpath.kernel.access import Actor, system
from craftpath.kernel.roles import Role
from craftpath.values.period import later
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.allowances.world import MONTH, amounts, approved, bond, book, computed, hr, other, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
BEFORE = later(MONTH, -1)


def test_nobody_approves_what_oneself_computed_or_checked(cast: Cast) -> None:
    book(cast)
    bond(cast)
    run = actions.check_run(computed(cast), by=hr(cast, 2), at=AT)
    for by in (hr(cast), hr(cast, 2)):
        with refused("approved_by_another"):
            actions.approve_run(run, by=by, at=AT)
    with pytest.raises(Refused, match="kernel.role_lacks"):
        actions.approve_run(
            run, by=Actor(cast.jinheng, cast.people["mentor"], frozenset({Role.MENTOR})), at=AT
        )
    with pytest.raises(IntegrityError, match="run_approved_by_another|CHECK"), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(state="approved", approved_by=run.computed_by, approved_at=AT)


def test_nobody_approves_the_own_allowance(cast: Cast) -> None:
    book(cast)
    bond(cast, teacher=other(cast))
    run = actions.check_run(computed(cast), by=hr(cast), at=AT)
    with refused("own_allowance"):
        actions.approve_run(run, by=hr(cast, 2), at=AT)


def test_pressed_twice_it_is_done_once(cast: Cast) -> None:
    book(cast)
    bond(cast)
    run = approved(cast)
    first = Run.objects.get(pk=run.pk)
    assert (
        actions.approve_run(run, by=hr(cast, 2), at=AT + timedelta(hours=1)).approved_at == first.approved_at
    )
    for _ in range(2):
        run = actions.pay_run(run, paid_on=TODAY, reference="2026-11/7", by=hr(cast), at=AT)
    assert (run.state, run.reference) == ("paid", "2026-11/7")
    with pytest.raises(Refused, match="flow.not_now"):
        actions.pay_run(run, paid_on=TODAY, reference="another", by=hr(cast), at=AT)


@pytest.mark.parametrize("state", ["approved", "paid"])
def test_an_approved_run_never_changes_by_any_action(cast: Cast, state: str) -> None:
    book(cast)
    row = bond(cast)
    run = approved(cast)
    if state == "paid":
        run = actions.pay_run(run, paid_on=TODAY, reference="7", by=hr(cast), at=AT)
    late = run.calculations.get()
    end_pair(row.pair, on=MONTH + timedelta(days=3), because="x", by=system(cast.college), at=AT)
    kept = list(Line.objects.values()), Run.objects.values().get()
    who = {"by": hr(cast), "at": AT}
    deeds = [
        lambda: actions.ask_run(cast.jinheng, month=MONTH, made_id=str(uuid.uuid4()), **who),
        lambda: actions.check_run(run, **who),
        lambda: actions.send_back(run, because="x", **who),
        lambda: actions.compute_lines(run, late, [], "CNY", **who),
        lambda: actions.cancel_run(late, **who),
        lambda: actions.carry_out(late, **who),
        lambda: actions.refuse_run(late, Refused, **who),  # type: ignore[arg-type]
        lambda: actions.ask_correction(cast.jinheng, month=MONTH, because="x", **who),
    ]
    for deed in deeds:
        with suppress(Refused):
            deed()
    assert (list(Line.objects.values()), Run.objects.values().get()) == kept


def test_a_month_sent_back_says_why_and_is_checked_again(cast: Cast) -> None:
    book(cast)
    bond(cast)
    run = actions.check_run(computed(cast), by=hr(cast), at=AT)
    with refused("no_words"):
        actions.send_back(run, because=" ", by=hr(cast, 2), at=AT)
    for _ in range(2):
        run = actions.send_back(run, because="请核对", by=hr(cast, 2), at=AT)
    assert (run.state, run.because, run.checked_by) == ("computed", "请核对", None)
    assert actions.check_run(run, by=hr(cast), at=AT).because == ""


def test_a_correction_is_counter_lines_of_the_next_run(cast: Cast) -> None:
    book(cast)
    row = bond(cast, on=BEFORE)
    approved(cast, BEFORE)
    end_pair(row.pair, on=BEFORE + timedelta(days=10), because="调动", by=system(cast.college), at=AT)
    for _ in range(2):
        actions.ask_correction(cast.jinheng, month=BEFORE, because="师傅已调走", by=hr(cast), at=AT)
    assert Correction.objects.count() == 1
    run = computed(cast)
    days = (MONTH - BEFORE).days
    part = (2 * 200_00 * 10 + days) // (2 * days)
    assert [(kind, amount) for kind, _, amount in amounts(run)] == [("renewed", part), ("reversal", -200_00)]
    assert {line.correction.because for line in run.lines.all() if line.correction} == {"师傅已调走"}
    assert run.total == part - 200_00
    again = computed(cast)
    assert sorted(amounts(again)) == sorted(amounts(run))
    assert again.calculation.difference == {}
    run = actions.approve_run(actions.check_run(again, by=hr(cast), at=AT), by=hr(cast, 2), at=AT)
    books = sum(line.amount for line in Line.objects.filter(about=BEFORE))
    assert books == part


def test_an_allowance_for_a_pair_that_ended_before_is_refused_in_one_sentence(cast: Cast) -> None:
    book(cast)
    row = bond(cast, on=later(BEFORE, -1))
    end_pair(row.pair, on=BEFORE, because="x", by=system(cast.college), at=AT)
    row.refresh_from_db()
    bond(cast, "26002", on=BEFORE)
    approved(cast, BEFORE)
    with refused("pair_ended"):
        actions.ask_correction(cast.jinheng, month=BEFORE, because="x", bond=row, by=hr(cast), at=AT)
    with refused("month_not_settled"):
        actions.ask_correction(cast.jinheng, month=MONTH, because="x", bond=row, by=hr(cast), at=AT)
    with refused("nobody_named"):
        actions.bond_named(cast.jinheng, "没有")
    assert actions.bond_named(cast.jinheng, row.learner.name).pk == row.pk


def test_a_line_stands_once_for_a_pair_a_month_and_a_rule(cast: Cast) -> None:
    book(cast)
    bond(cast)
    line = computed(cast).lines.get()
    line.pk, line.public_id = None, "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save(force_insert=True)


def test_a_new_version_holds_from_its_day(cast: Cast) -> None:
    book(cast)
    bond(cast)
    half = MONTH + timedelta(days=15)
    dearer = NewRule(name="带徒津贴", amount=300_00, kinds=("master_apprentice",), key="rule")
    second = book(cast, dearer, valid_from=half)
    assert second.number == 2
    run = computed(cast)
    days = (later(MONTH, 1) - MONTH).days
    assert run.total in {(200_00 * 15 + 300_00 * (days - 15)) // days + extra for extra in (0, 1)}
    assert sorted(line.rule.book.number for line in run.lines.all()) == [1, 2]
