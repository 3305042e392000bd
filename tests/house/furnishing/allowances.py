"""A month of allowances."""

from __future__ import annotations

from datetime import date
from typing import Any

from craftpath.domain.allowances import actions as allowances
from craftpath.domain.allowances.models import PayTemplate, RuleBook, Run
from tests.cast import AT, TODAY, Cast
from tests.house.furnishing.pairing import pair_up


def pay_up(cast: Cast) -> dict[str, str]:
    """A settled month of the college with a question, a correction that waits, a draft of rules, a template. Once."""
    made = "furnished"
    run = Run.objects.filter(calculation__made_id=made).first()
    if run is None:
        pair_up(cast)
        by = {"by": cast.actor("coordinator"), "at": AT}
        run = _paid(cast, made, by)
        me = cast.actor("mentor", cast.jinheng)
        allowances.ask_about(run.lines.select_related("run").get(), words="为什么？", by=me, at=AT)
        allowances.ask_correction(cast.college, month=run.month, because="天数有误", **by)
        allowances.draft_book(cast.college, valid_from=date(2027, 1, 1), **by)
        allowances.keep_references(cast.college, {cast.people["mentor"].public_id: "6222 0000 1234"}, **by)
        columns = [allowances.Column("姓名", "name"), allowances.Column("金额", "amount")]
        allowances.keep_template(cast.college, name="代发", columns=columns, **by)
    line, draft = run.lines.get(), RuleBook.objects.get(organisation=cast.college, state="draft")
    return {
        "run": run.public_id,
        "line": line.public_id,
        "question": line.questions.order_by("pk")[0].public_id,
        "book": draft.public_id,
        "rule": draft.rules.get().key,
        "template": PayTemplate.objects.get().public_id,
    }


def _paid(cast: Cast, made: str, by: dict[str, Any]) -> Run:
    """The month of today, computed and checked by one and approved by another."""
    book = allowances.draft_book(cast.college, valid_from=date(2026, 1, 1), **by)
    rule = allowances.NewRule(name="津贴", amount=200_00, payer="college", kinds=("master_apprentice",))
    allowances.write_rule(book, rule, **by)
    allowances.set_cap(book, scope="run", most=900_00, **by)
    allowances.adopt_book(book, **by)
    asked = allowances.ask_run(cast.college, month=TODAY.replace(day=1), made_id=made, **by)
    allowances.carry_out(asked, **by)
    run = allowances.check_run(asked.run, **by)
    return allowances.approve_run(run, by=cast.actor("administrator"), at=AT)
