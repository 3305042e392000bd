"""Pages of allowances: the same queries for few and many, who finds which button, what is refused stays."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from craftpath.domain.allowances import actions
from craftpath.domain.allowances.actions import Column
from craftpath.domain.allowances.models import (
    Calculation,
    Correction,
    Line,
    PayReference,
    PayTemplate,
    Question,
    Rule,
    RuleBook,
    Run,
)
from craftpath.domain.pairing.actions import form_pair
from craftpath.kernel.access import Actor, join, system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.values.period import later
from tests.cast import AT, Cast
from tests.domain.allowances.world import hr, other
from tests.domain.pairing.world import of, somebody

pytestmark = pytest.mark.usefixtures("all_rows")
COLUMNS = (
    Column("姓名", "name"),
    Column("卡号", "reference"),
    Column("金额", "amount"),
    Column("用途", "fixed", "津贴"),
)


def month() -> Any:
    return later(timezone.localdate().replace(day=1), -1)


def now() -> dict[str, Any]:
    return {"at": timezone.now()}


def client(person: Person, **more: Any) -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en", **more)
    made.force_login(person)
    return made


def url(page: str, *ids: str, at: str = "jinheng") -> str:
    return reverse(f"allowances:{page}", args=[at, *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def pair(cast: Cast, number: str = "26001", teacher: Person | None = None) -> Person:
    teacher = teacher or cast.people["mentor"]
    form_pair(
        "master_apprentice", [of(cast, number, teacher)], organisation=cast.college, starts_on=later(month(), -2),
        by=system(cast.college), at=AT,
    )  # fmt: skip
    return teacher


def rules(cast: Cast) -> RuleBook:
    by = {"by": hr(cast), **now()}
    row = actions.draft_book(cast.jinheng, valid_from=later(month(), -3), preset="flat", **by)
    return actions.adopt_book(row, **by)


def computed(cast: Cast, of_month: Any = None) -> Run:
    asked = actions.ask_run(
        cast.jinheng, month=of_month or month(), made_id=str(uuid.uuid4()), by=hr(cast), **now()
    )
    actions.carry_out(asked, by=hr(cast), **now())
    return Run.objects.get(pk=asked.run_id)


def approved(cast: Cast, of_month: Any = None) -> Run:
    run = actions.check_run(computed(cast, of_month), by=hr(cast), **now())
    return actions.approve_run(run, by=hr(cast, 2), **now())


@pytest.mark.parametrize("page", ["board", "run", "mine", "questions", "files", "references", "rules"])
def test_a_page_asks_the_same_of_few_and_of_many(cast: Cast, page: str) -> None:
    rules(cast)
    teacher = pair(cast)
    actions.keep_template(cast.jinheng, name="x", columns=COLUMNS, by=hr(cast), **now())
    run = approved(cast, later(month(), -1))
    actions.ask_about(run.lines.get(), words="?", by=_mentor(cast), **now())
    asks = client(teacher if page == "mine" else cast.people["hr"])
    address = url(page, run.public_id) if page == "run" else url(page)
    counts = []
    for more in (0, 45):
        rows = [
            Line(
                run=run, month=run.month, about=later(run.month, -n - 1), kind="renewed", bond_id=1, rule_id=1,
                payee=teacher if n % 2 else somebody(f"新 {n}"), learner=cast.enrolments["26001"].person,
                payer=cast.jinheng, rounded=1, amount=1, correction=_correction(cast, run, n),
                detail=run.lines.first().detail,
            )
            for n in range(more)
        ]  # fmt: skip
        for row in rows:
            row.bond_id, row.rule_id = run.lines.earliest("pk").bond_id, run.lines.earliest("pk").rule_id
        Line.objects.bulk_create(rows)
        asks.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert asks.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] < 45


def _correction(cast: Cast, run: Run, n: int) -> Correction:
    return Correction.objects.create(
        organisation=cast.jinheng, month=later(run.month, -n - 1), because="x", made_at=AT, run=run
    )


def _mentor(cast: Cast) -> Actor:
    return Actor(cast.jinheng, cast.people["mentor"], frozenset({Role.MENTOR}))


def test_a_month_is_begun_checked_approved_by_another_and_paid_by_buttons(cast: Cast) -> None:
    rules(cast)
    pair(cast)
    office, second = client(cast.people["hr"]), client(other(cast))
    press = {"month": f"{month():%Y-%m}", "made_id": str(uuid.uuid4())}
    for _ in range(2):
        assert office.post(url("start"), press).status_code == 302
    run = Run.objects.get()
    assert Calculation.objects.count() == 1
    page = office.get(url("run", run.public_id))
    assert page.context["may"]["check"]
    assert page.context["total"] == "CNY 200.00"
    assert "200.00 × " in text(page)
    office.post(url("do", run.public_id), {"do": "check"})
    assert not office.get(url("run", run.public_id)).context["may"]["approve"]
    assert office.post(url("do", run.public_id), {"do": "approve"}).status_code == 403
    second.post(url("do", run.public_id), {"do": "back", "because": "请核对"})
    assert "请核对" in text(office.get(url("run", run.public_id)))
    office.post(url("do", run.public_id), {"do": "check"})
    for _ in range(2):
        second.post(url("do", run.public_id), {"do": "approve"})
    assert AuditEntry.objects.filter(fact="allowances.approved").count() == 1
    wrong = office.post(url("do", run.public_id), {"do": "pay", "paid_on": "2999-01-01", "reference": "A7"})
    assert wrong.status_code == 422
    assert "A7" in text(wrong)
    today = timezone.localdate().isoformat()
    office.post(url("do", run.public_id), {"do": "pay", "paid_on": today, "reference": "A7"})
    run.refresh_from_db()
    assert (run.state, run.reference) == ("paid", "A7")
    assert office.post(url("do", run.public_id), {"do": "compute"}).status_code == 409


@pytest.mark.parametrize("given", ["", "2999-01", "2026-13", "x", "0000-00", "2026-1\0"])
def test_a_month_that_is_none_stays_on_the_board_with_a_sentence(cast: Cast, given: str) -> None:
    page = client(cast.people["hr"]).post(url("start"), {"month": given})
    assert page.status_code == 409
    assert page.context["fault"]
    assert not Run.objects.exists()


def test_a_run_that_a_worker_still_computes_shows_how_far_and_is_taken_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules(cast)
    pair(cast)
    monkeypatch.setattr("craftpath.domain.allowances.running.enqueue", lambda _name, _pk: None)
    office = client(cast.people["hr"])
    office.post(url("start"), {"month": f"{month():%Y-%m}"})
    run = Run.objects.get()
    part = office.get(url("run", run.public_id), headers={"HX-Request": "true"})
    assert "progress" in text(part)
    assert "<html" not in text(part)
    assert office.post(url("do", run.public_id), {"do": "check"}).status_code == 409
    for _ in range(2):
        office.post(url("do", run.public_id), {"do": "cancel"})
    assert Calculation.objects.get().state == "cancelled"
    assert office.get(url("run", run.public_id), headers={"HX-Request": "true"}).status_code == 204


def test_without_rules_the_month_says_why(cast: Cast) -> None:
    office = client(cast.people["hr"])
    office.post(url("start"), {"month": f"{month():%Y-%m}"})
    assert "No rules are in force" in text(office.get(url("run", Run.objects.get().public_id)))


def test_names_only_for_who_reads_names(cast: Cast) -> None:
    rules(cast)
    teacher = pair(cast)
    run = approved(cast)
    officer = client(cast.people["officer"])
    page = officer.get(url("run", run.public_id, at="lanchuan-bureau"))
    assert page.status_code == 200
    assert page.context["total"] == "CNY 200.00"
    assert teacher.name not in text(page)
    assert cast.enrolments["26001"].person.name not in text(page)
    auditor = client(cast.people["auditor"]).get(url("run", run.public_id, at="lanchuan-bureau"))
    assert teacher.name in text(auditor)
    assert not any(auditor.context["may"].values())
    assert client(cast.people["trainer"]).get(url("board", at="lanchuan")).status_code == 403
    assert client(cast.people["mentor"]).get(url("run", run.public_id)).status_code == 403
    assert client(cast.people["coordinator"]).get(url("run", run.public_id, at="lanchuan")).status_code == 404


def test_a_trainer_reads_the_own_lines_and_nobody_else_s(cast: Cast) -> None:
    rules(cast)
    teacher, stranger = pair(cast), pair(cast, "26002", somebody("孙师傅"))
    computed(cast)
    assert "No allowance yet" in text(client(teacher).get(url("mine")))
    approved(cast)
    page = text(client(teacher).get(url("mine")))
    assert cast.enrolments["26001"].person.name in page
    assert cast.enrolments["26002"].person.name not in page
    assert "days × 100 % = 200.00" in page
    assert stranger.name not in page
    assert client(cast.people["apprentice"]).get(url("mine", at="lanchuan")).status_code == 404


def test_a_question_is_asked_once_answered_and_read(cast: Cast) -> None:
    rules(cast)
    teacher = pair(cast)
    run = approved(cast)
    line = run.lines.get()
    asks, office = client(teacher), client(cast.people["hr"])
    empty = asks.post(url("ask", line.public_id), {"words": " "})
    assert empty.status_code == 409
    for _ in range(2):
        asks.post(url("ask", line.public_id), {"words": "为什么少了？"})
    question = Question.objects.get()
    again = asks.post(url("ask", line.public_id), {"words": "另一个"})
    assert (again.status_code, "另一个" in text(again)) == (409, True)
    wrong = office.post(url("answer", question.public_id), {"answer": ""})
    assert wrong.status_code == 409
    office.post(url("answer", question.public_id), {"answer": "按天折算。"})
    assert "按天折算。" in text(asks.get(url("mine")))
    second = actions.ask_about(line, words="还有", by=_mentor(cast), **now())
    asks.post(url("withdraw", second.public_id))
    second.refresh_from_db()
    assert second.state == "withdrawn"
    assert (
        client(cast.people["apprentice"])
        .post(url("ask", line.public_id, at="lanchuan"), {"words": "x"})
        .status_code
        == 404
    )


RULE = {
    "name": "带徒津贴", "component": "teaching", "amount": "200", "basis": "pair_month", "payer": "enterprise",
    "kinds": ["master_apprentice"], "by_day": "on",
}  # fmt: skip


def test_rules_are_written_with_a_live_example_and_adopted(cast: Cast) -> None:
    office = client(cast.people["hr"])
    begun = later(month(), -1).isoformat()
    office.post(url("rules"), {"valid_from": begun, "preset": ""})
    book = RuleBook.objects.get()
    address = url("rule_new", book.public_id)
    assert office.get(address).context["said"]["amount"]
    looked = office.post(
        address,
        RULE | {"do": "example", "example-share": "60", "example-days": "17"},
        headers={"HX-Request": "true"},
    )
    days = (later(month(), 1) - month()).days
    assert f"200.00 × 17/{days} days × 60 % = " in text(looked)
    assert "<html" not in text(looked)
    assert not Rule.objects.exists()
    wrong = office.post(address, RULE | {"amount": "1.005"})
    assert wrong.status_code == 422
    for _ in range(2):
        assert office.post(address, RULE).status_code == 302
    rule = Rule.objects.get()
    assert (rule.amount, rule.kinds, rule.by_day) == (200_00, ["master_apprentice"], True)
    meets = office.post(address, RULE | {"name": "第二条", "kinds": []})
    assert meets.status_code == 409
    assert "“带徒津贴”" in text(meets)
    assert "第二条" in text(meets)
    edit = url("rule_edit", book.public_id, rule.key)
    assert office.get(edit).context["form"].initial["amount"] == 200
    office.post(
        edit, RULE | {"amount": "210.5", "ratio_most_1": "2", "ratio_factor_1": "100", "ratio_factor_2": "50"}
    )
    rule.refresh_from_db()
    assert (rule.amount, rule.ratio) == (210_50, [[2, 1000], [None, 500]])
    do = url("book_do", book.public_id)
    office.post(do, {"do": "cap", "scope": "trainer_month", "most": "1,000"})
    office.post(do, {"do": "date", "valid_from": begun})
    bad = office.post(do, {"do": "cap", "scope": "trainer_month", "most": "x"})
    assert (bad.status_code, "is no amount" in text(bad)) == (409, True)
    assert "CNY 1,000.00" in text(office.get(url("rules")))
    for _ in range(2):
        office.post(do, {"do": "adopt"})
    book.refresh_from_db()
    assert book.state == "in_force"
    assert office.get(edit).status_code == 404
    assert office.post(do, {"do": "remove", "rule": rule.key}).status_code == 409
    assert Rule.objects.count() == 1


def test_a_draft_is_thrown_away_and_a_rule_taken_out(cast: Cast) -> None:
    office = client(cast.people["hr"])
    office.post(url("rules"), {"valid_from": month().isoformat(), "preset": "results"})
    book = RuleBook.objects.get()
    office.post(url("book_do", book.public_id), {"do": "remove", "rule": "results"})
    assert [rule.key for rule in book.rules.all()] == ["flat"]
    office.post(url("book_do", book.public_id), {"do": "drop"})
    book.refresh_from_db()
    assert book.state == "dropped"
    wrong = office.post(url("rules"), {"valid_from": "x", "preset": ""})
    assert wrong.status_code == 422


def test_a_correction_is_asked_for_one_pair_or_refused_in_one_sentence(cast: Cast) -> None:
    rules(cast)
    pair(cast)
    run = approved(cast)
    office, address = client(cast.people["hr"]), url("correct", run.public_id)
    nobody = office.post(address, {"because": "请假", "apprentice": "没有这个人"})
    assert nobody.status_code == 409
    assert "请假" in text(nobody)
    for _ in range(2):
        office.post(address, {"because": "请假", "apprentice": cast.enrolments["26001"].person.name})
    row = Correction.objects.get()
    assert (row.month, row.because) == (run.month, "请假")
    assert "请假" in text(office.get(url("board")))


def test_templates_and_references_are_kept_by_forms(cast: Cast) -> None:
    rules(cast)
    teacher = pair(cast)
    approved(cast)
    office = client(cast.people["hr"])
    form = {
        "name": "工行代发", "form": "csv", "encoding": "gb18030", "amounts": "minor", "field_1": "name",
        "heading_1": "姓名", "field_2": "amount", "heading_2": "金额",
    }  # fmt: skip
    assert office.post(url("template_new"), form | {"field_2": ""}).status_code == 409
    office.post(url("template_new"), form)
    row = PayTemplate.objects.get()
    office.post(url("template_edit", row.public_id), form | {"field_3": "reference"})
    assert [one.field for one in row.columns.all()] == ["name", "amount", "reference"]
    key = f"reference-{teacher.public_id}"
    wrong = office.post(url("references"), {key: "=1+1"})
    assert (wrong.status_code, "=1+1" in text(wrong)) == (409, True)
    office.post(url("references"), {key: "6222020000001234"})
    assert PayReference.objects.get().tail == "1234"
    page = text(office.get(url("references")))
    assert "…1234" in page
    assert "6222" not in page
    assert "…1234" in text(client(teacher).get(url("mine")))
    office.post(url("references"), {key: ""})
    assert PayReference.objects.exists()
    office.post(url("references"), {f"remove-{teacher.public_id}": "1"})
    assert not PayReference.objects.exists()
    office.post(url("template_remove", row.public_id))
    assert office.get(url("template_edit", row.public_id)).status_code == 404


def test_a_payment_file_is_of_an_approved_month_the_same_bytes_and_told(cast: Cast) -> None:
    rules(cast)
    pair(cast, teacher=cast.people["mentor"])
    template = actions.keep_template(cast.jinheng, name="x", columns=COLUMNS, by=hr(cast), **now())
    office = client(cast.people["hr"])
    run = computed(cast)
    assert office.post(url("take", run.public_id), {"template": template.public_id}).status_code == 409
    run = approved(cast)
    first, again = (
        office.post(url("take", run.public_id), {"template": template.public_id}) for _ in range(2)
    )
    assert first.content == again.content
    assert "200.00" in first.headers["Content-Disposition"]
    assert AuditEntry.objects.filter(fact="allowances.file_taken").count() == 2
    assert office.post(url("take", run.public_id), {"template": "x"}).status_code == 409
    join([cast.people["auditor"]], cast.jinheng, Role.AUDITOR, on=AT.date())
    looks = client(cast.people["auditor"])
    assert looks.post(url("take", run.public_id), {"template": template.public_id}).status_code == 403
