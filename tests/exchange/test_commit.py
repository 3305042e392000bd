"""Taking a tried-out sheet in, without pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from craftpath.delivery.exchange.commit import commit_marks, commit_roster
from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.knowledge import enterprise_home, marks_knowledge, roster_register
from craftpath.delivery.exchange.plans import KnownMark, Named
from craftpath.delivery.exchange.reading import read_book
from craftpath.delivery.exchange.trial import Target, first_reading, place, try_out
from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.sheets import SheetImport, take_sheet
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.exchange import zoo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]

ROSTER = (
    ("学号", "姓名", "企业", "师傅"),
    ("26001", "陈雨桐", "清河电气", "吴海燕"),
    ("26011", "何静怡", None, None),
)


def taken(cast: Cast, target: Target, content: bytes, name: str = "sheet.xlsx") -> SheetImport:
    return take_sheet(
        content=content,
        name=name,
        kind=target.kind,
        target=target.ref,
        reading=first_reading(read_book(content, name), target).as_json(),
        organisation=cast.college,
        by=cast.actor("coordinator"),
        at=AT,
    )


@pytest.fixture
def roster(cast: Cast) -> SheetImport:
    return taken(cast, Target(Kind.ROSTER, cast.cohort), zoo.xlsx(ROSTER))


@pytest.fixture
def marks(cast: Cast) -> SheetImport:
    sheet = (
        ("学号", "考核项目", "成绩", "状态"),
        ("26001", "测验", 41, ""),
        ("26002", "期末考试", None, "缓考"),
    )
    return taken(cast, Target(Kind.MARKS, cast.cohort, cast.evaluation), zoo.xlsx(sheet))


def test_a_roster_is_taken_in_and_told_once(cast: Cast, roster: SheetImport) -> None:
    done = commit_roster(roster, by=cast.actor("coordinator"), at=AT)
    assert (done.state, done.outcome) == ("committed", {"added": 1, "changed": 1, "unchanged": 0})
    assert (done.ended_by, done.ended_at) == (cast.people["coordinator"], AT)
    row = Enrolment.objects.get(number="26001")
    assert row.enterprise == cast.qinghe
    parties = row.parties.order_by("pk")
    assert [party.person.name for party in parties] == ["周国栋", "吴海燕"]
    told = AuditEntry.objects.filter(fact="kernel.sheet_committed")
    assert [entry.payload["counts"] for entry in told] == [{"added": 1, "changed": 1, "unchanged": 0}]


def test_a_long_sheet_keeps_the_word_of_the_status_column(cast: Cast, marks: SheetImport) -> None:
    commit_marks(marks, by=cast.actor("coordinator"), at=AT)
    rows = cast.evaluation.marks.filter(source=marks).order_by("pk")
    assert [(row.item, row.status, row.score, row.cell, row.given) for row in rows] == [
        ("quiz", "scored", Decimal("41.0000"), "C2", "41"),
        ("final_exam", "deferred", None, "C3", "缓考"),
    ]


def test_a_committed_import_is_not_committed_again(cast: Cast, marks: SheetImport) -> None:
    commit_marks(marks, by=cast.actor("coordinator"), at=AT)
    with pytest.raises(Refused) as refused:
        commit_marks(marks, by=cast.actor("coordinator"), at=AT)
    assert refused.value.verdict.reason == "flow.not_now"


def test_a_trainer_may_not_commit_a_roster(cast: Cast, roster: SheetImport) -> None:
    with pytest.raises(Refused) as refused:
        commit_roster(roster, by=cast.actor("trainer"), at=AT)
    assert refused.value.verdict.who is True
    assert Enrolment.objects.filter(number="26011").count() == 0


def test_a_roster_is_no_mark_sheet(cast: Cast, roster: SheetImport) -> None:
    with pytest.raises(ValueError, match="no marks sheet"):
        commit_marks(roster, by=cast.actor("coordinator"), at=AT)


def test_a_failure_in_the_middle_leaves_nothing_behind(cast: Cast, roster: SheetImport) -> None:
    cast.cohort.state = "completed"
    cast.cohort.save()
    people = Enrolment.objects.count()
    with pytest.raises(Refused) as refused:
        commit_roster(roster, by=cast.actor("coordinator"), at=AT)
    assert refused.value.verdict.reason == "apprenticeships.cohort_completed"
    roster.refresh_from_db()
    assert (roster.state, Enrolment.objects.count()) == ("uploaded", people)


def test_errors_refuse_the_commit_with_their_number(cast: Cast) -> None:
    sheet = (("学号", "出勤"), ("26001", 105), ("26002", -1), ("26003", 50))
    row = taken(cast, Target(Kind.MARKS, cast.cohort, cast.evaluation), zoo.xlsx(sheet))
    with pytest.raises(Refused) as refused:
        commit_marks(row, by=cast.actor("coordinator"), at=AT)
    assert (refused.value.verdict.reason, refused.value.verdict.facts) == (
        "exchange.sheet_has_errors",
        {"count": 2},
    )


def test_what_the_register_knows_of_a_cohort(cast: Cast) -> None:
    register = roster_register(cast.cohort, add_enterprises=False, on=TODAY)
    first = next(person for person in register.known.people if person.number == "26001")
    assert dict(first.values) == {
        "name": "陈雨桐",
        "name_en": "Chen Yutong",
        "enterprise": "jinheng",
        "mentor": "jinheng-周国栋",
        "cohort": cast.cohort.public_id,
        "stage": "junior_craftsman",
        "starts_on": date(2026, 3, 2),
        "email": None,
        "phone": "",
    }
    assert sorted(named.key for named in register.known.enterprises) == ["jinheng", "qinghe"]
    assert sorted(named.names for named in register.known.mentors) == [("吴海燕",), ("周国栋",)]
    assert [named.number for named in register.known.mentors] == ["", ""]
    assert [named.key for named in register.known.stages] == [
        "junior_craftsman",
        "craftsman",
        "master_craftsman",
    ]
    assert register.known.cohorts == (Named(cast.cohort.public_id, ("焊工 2026 级 1 班", "Welders 2026/1")),)
    assert register.known.may_add == {"mentor"}


def test_what_the_register_knows_of_marks(cast: Cast) -> None:
    known = marks_knowledge(cast.evaluation)
    assert [item.key for item in known.items] == ["attendance", "log", "quiz", "task1", "task2", "final_exam"]
    assert len(known.marks) == 16
    assert known.marks["26003", "quiz"] == KnownMark(None, "exempt")
    assert known.marks["26001", "quiz"] == KnownMark(Decimal(40), "scored")


def test_enterprises_stand_under_the_city_or_the_root(cast: Cast) -> None:
    assert enterprise_home(cast.campus) == cast.city
    assert enterprise_home(cast.neighbour) == cast.neighbour


def test_a_trial_is_the_same_until_something_changes(cast: Cast, roster: SheetImport) -> None:
    assert try_out(roster, on=TODAY).plan == try_out(roster, on=TODAY).plan


@pytest.mark.parametrize(
    ("name", "found"), [("A1", (1, 0)), ("C7", (7, 2)), ("AA10", (10, 26)), ("ZZ1", (1, 701))]
)
def test_a_cell_is_found_by_its_name(name: str, found: tuple[int, int]) -> None:
    assert place(name) == found


@pytest.mark.parametrize("name", ["", "7C", "A0", "a1", "C7 ", "ABCD1", "C-1"])
def test_what_is_no_name_of_a_cell_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"^.*$"):
        place(name)


def test_the_token_is_of_what_each_row_would_do(cast: Cast, marks: SheetImport, roster: SheetImport) -> None:
    """The same check gives the same token; another value, cell or effect gives another."""
    token = try_out(marks, on=TODAY).token
    assert token == try_out(marks, on=TODAY).token != try_out(roster, on=TODAY).token
    trial = try_out(marks, on=TODAY)
    first, second = trial.plan.rows
    others = [
        (replace(first, score=Decimal(42)), second),
        (replace(first, cell="C9"), second),
        (replace(first, before=None if first.before else KnownMark(Decimal(41))), second),
        (replace(first, effect="same" if first.effect == "change" else "change"), second),
        (second, first),
        (first,),
        (),
    ]
    tokens = {replace(trial, plan=replace(trial.plan, rows=rows)).token for rows in others}
    assert len(tokens) == len(others)
    assert token not in tokens
    trial = try_out(roster, on=TODAY)
    moved = replace(trial.plan.rows[0], values={**trial.plan.rows[0].values, "name": "别人"})
    assert replace(trial, plan=replace(trial.plan, rows=(moved, *trial.plan.rows[1:]))).token != trial.token
