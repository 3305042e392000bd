"""References, templates, who took a file; questions about a line."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from craftpath.domain.allowances import actions
from craftpath.domain.allowances.actions import Column
from craftpath.domain.allowances.models import Line, PayReference, Question
from craftpath.kernel.access import Actor
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.allowances.world import MONTH, approved, bond, book, computed, hr, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
COLUMNS = (Column("姓名", "name"), Column("卡号", "reference"), Column("金额", "amount"))


def who(cast: Cast) -> dict[str, Any]:
    return {"by": hr(cast), "at": AT}


def of_payee(row: Any, cast: Cast) -> Actor:
    return Actor(cast.jinheng, row.teacher, frozenset({Role.MENTOR}))


def test_a_reference_is_sealed_told_by_number_and_set_once(cast: Cast) -> None:
    person = cast.people["mentor"]
    assert actions.keep_references(cast.jinheng, {person.public_id: "6222 0200 1234"}, **who(cast)) == 1
    assert actions.keep_references(cast.jinheng, {person.public_id: "6222 0200 1234 "}, **who(cast)) == 0
    row = PayReference.objects.get()
    assert "1234" not in row.sealed
    assert row.tail == "1234"
    told = AuditEntry.objects.get(fact="allowances.references_kept")
    assert told.payload == {"people": 1}
    assert "6222" not in str(vars(told))
    for wrong in ("12", "=cmd()", "一二三四五"):
        with refused("reference_unclear"):
            actions.keep_references(cast.jinheng, {person.public_id: wrong}, **who(cast))
    actions.keep_references(cast.jinheng, {person.public_id: ""}, **who(cast))
    assert not PayReference.objects.exists()


def test_payments_come_to_the_run_s_total(cast: Cast) -> None:
    book(cast)
    bond(cast, "26001")
    bond(cast, "26002")
    run = computed(cast)
    found = actions.payments_of(run)
    assert sum(one.amount for one in found) == run.total
    assert len(found) == 2


def test_a_template_says_whom_and_how_much(cast: Cast) -> None:
    with refused("template_incomplete"):
        actions.keep_template(cast.jinheng, name="x", columns=COLUMNS[:2], **who(cast))
    with refused("template_unknown"):
        actions.keep_template(cast.jinheng, name="x", columns=COLUMNS, encoding="latin-1", **who(cast))
    with refused("no_words"):
        actions.keep_template(cast.jinheng, name=" ", columns=COLUMNS, **who(cast))
    with refused("too_many_columns"):
        actions.keep_template(cast.jinheng, name="x", columns=COLUMNS * 9, **who(cast))
    one = actions.keep_template(cast.jinheng, name="工行代发", columns=COLUMNS, **who(cast))
    two = actions.keep_template(cast.jinheng, name="工行代发", columns=COLUMNS, **who(cast))
    assert one.pk == two.pk
    assert actions.columns_of(one) == list(COLUMNS)
    assert AuditEntry.objects.filter(fact="allowances.template_kept").count() == 1
    other = actions.keep_template(cast.jinheng, name="x", columns=COLUMNS, **who(cast))
    with refused("template_twice"):
        actions.keep_template(cast.jinheng, name="工行代发", columns=COLUMNS, template=other, **who(cast))
    for _ in range(2):
        actions.remove_template(one, **who(cast))
    assert AuditEntry.objects.filter(fact="allowances.template_removed").count() == 1


def test_a_file_is_of_an_approved_run_and_every_taking_is_told(cast: Cast) -> None:
    book(cast)
    bond(cast)
    template = actions.keep_template(cast.jinheng, name="x", columns=COLUMNS, **who(cast))
    with refused("not_approved"):
        actions.take_file(computed(cast), template, b"x", 1, **who(cast))
    run = approved(cast)
    for _ in range(2):
        actions.take_file(run, template, b"x", 1, **who(cast))
    assert AuditEntry.objects.filter(fact="allowances.file_taken").count() == 2


def test_a_question_goes_to_the_office_and_comes_back_answered(cast: Cast) -> None:
    book(cast)
    row = bond(cast)
    run = computed(cast)
    line = run.lines.select_related("run").get()
    with refused("not_settled"):
        actions.ask_about(line, words="为什么？", by=of_payee(row, cast), at=AT)
    approved(cast)
    line = Line.objects.select_related("run").get()
    with refused("not_your_line"):
        actions.ask_about(line, words="为什么？", by=hr(cast), at=AT)
    for _ in range(2):
        question = actions.ask_about(line, words="为什么？", by=of_payee(row, cast), at=AT)
    with refused("question_waits"):
        actions.ask_about(line, words="还有", by=of_payee(row, cast), at=AT)
    with pytest.raises(Refused, match="allowances.not_your_answer|kernel.role_lacks"):
        actions.answer_question(question, answer="x", by=of_payee(row, cast), at=AT)
    with refused("no_words"):
        actions.answer_question(question, answer=" ", **who(cast))
    for _ in range(2):
        question = actions.answer_question(question, answer="按天数折算。", **who(cast))
    assert (question.state, question.answer) == ("answered", "按天数折算。")
    with pytest.raises(Refused, match="flow.not_now"):
        actions.withdraw_question(question, by=of_payee(row, cast), at=AT)
    second = actions.ask_about(line, words="还有", by=of_payee(row, cast), at=AT + timedelta(hours=1))
    with refused("not_your_line"):
        actions.withdraw_question(second, **who(cast))
    for _ in range(2):
        assert actions.withdraw_question(second, by=of_payee(row, cast), at=AT).state == "withdrawn"
    assert Question.objects.count() == 2


def test_nobody_sees_lines_of_others_and_the_own_only_once_approved(cast: Cast) -> None:
    book(cast)
    mine, theirs = bond(cast, "26001", on=MONTH), bond(cast, "26002", on=MONTH)
    computed(cast)
    with looking_for(of_payee(mine, cast).scope):
        assert not Line.objects.exists()
    approved(cast)
    with looking_for(of_payee(mine, cast).scope):
        assert {line.payee_id for line in Line.objects.all()} == {mine.teacher_id} != {theirs.teacher_id}
    with looking_for(cast.actor("apprentice").scope):
        assert not Line.objects.exists()
