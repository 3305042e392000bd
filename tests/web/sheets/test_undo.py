"""Undoing an import: what stood before holds again, nothing is deleted of marks, and nobody's later work is lost."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from craftpath.delivery.exchange.undo import undo_import
from craftpath.domain.apprenticeships.actions import RosterEntry, pass_stages, take_roster
from craftpath.domain.apprenticeships.models import Enrolment, EnrolmentParty
from craftpath.domain.evaluation.actions import NewMark, record_marks
from craftpath.domain.evaluation.models import Mark, Result
from craftpath.domain.evaluation.queries import current_marks
from craftpath.kernel.access import Membership, system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.people import Person
from craftpath.kernel.sheets import SheetImport, forget_traces
from craftpath.values.verdict import Refused
from tests.cast import TODAY, Cast
from tests.countries import country
from tests.web.sheets import offices
from tests.web.sheets.conftest import newest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def totals(cast: Cast) -> list[Any]:
    rows = Result.objects.filter(evaluation=cast.evaluation).order_by("enrolment__number")
    return list(rows.values_list("enrolment__number", "complete", "total", "to_date", "open", "missing"))


def known(cast: Cast) -> dict[tuple[str, str], tuple[str, Any]]:
    """Marks that say something: a missing one says as much as none."""
    return {
        (number, item): (status, score)
        for number, item, status, score, _grade in current_marks(cast.evaluation)
        if status != "missing"
    }


@pytest.fixture
def taken(upload: Any, coordinator: Client, at: Any) -> Any:
    """Upload and commit; gives the import."""

    def take(kind: str, content: bytes, name: str = "sheet.xlsx") -> SheetImport:
        upload(kind, content, name)
        row = newest()
        coordinator.post(at("commit", row.public_id))
        row.refresh_from_db()
        assert row.state == "committed", row.reading
        return row

    return take


def words(page: Any) -> str:
    return " ".join(unescape(page.content.decode()).split())


def said(page: Any) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def test_grades_go_back_by_name(browse: Any, cast: Cast) -> None:
    """A graded method: the sheet changed a pass to a distinction and brought a new one; both go back."""
    client = browse("coordinator")
    england = country(cast, "uk_standard", {"71": {"method1": "pass"}})
    content = offices.xlsx([("学号", "method1", "method2"), ("71", "优秀", "合格")], merged="")
    sent = client.post(
        f"/o/lanchuan/imports/new/marks/{england.evaluation.public_id}/", offices.posted(content, "g.xlsx")
    )
    client.post(sent["Location"] + "commit/")
    assert [row[4] for row in current_marks(england.evaluation)] == ["distinction", "pass"]
    client.post(sent["Location"] + "undo/", {"confirmed": "1"})
    assert newest().state == "undone"
    assert [row[1:] for row in current_marks(england.evaluation)] == [
        ("method1", "scored", None, "pass"),
        ("method2", "missing", None, ""),
    ]


# ---- Marks ------------------------------------------------------------------------------------------


def test_marks_go_back_with_their_results_and_nothing_is_deleted(
    taken: Any, coordinator: Client, at: Any, cast: Cast
) -> None:
    before, results = known(cast), totals(cast)
    row = taken("marks", offices.xlsx(offices.MARKS))
    changed = Mark.objects.filter(source=row).exclude(status="missing").count()
    assert known(cast) != before
    assert changed == 5
    rows = Mark.objects.count()
    page = coordinator.get(at("undo", row.public_id))
    assert page.context["marks"] == changed
    assert page.context["stays_count"] == 0
    page = coordinator.post(at("undo", row.public_id), follow=True)
    assert said(page)[-1] == f"Undone: {changed} values put back."
    assert (known(cast), totals(cast)) == (before, results)
    assert Mark.objects.count() == rows + changed
    added = Mark.objects.filter(undoes=row)
    assert set(added.values_list("given", "source", "is_current")) == {("", None, True)}
    row.refresh_from_db()
    assert (row.state, row.undone_by, row.undone_at is not None) == (
        "undone", cast.people["coordinator"], True,
    )  # fmt: skip
    assert AuditEntry.objects.filter(fact="kernel.sheet_undone").count() == 1


def test_where_nothing_stood_before_the_mark_is_missing_again(
    taken: Any, coordinator: Client, at: Any
) -> None:
    row = taken("marks", offices.xlsx([("学号", "出勤"), ("26004", 91)], merged=""))
    page = coordinator.get(at("undo", row.public_id))
    assert page.context["emptied"] == 1
    assert "1 mark goes back to what stood before. For 1 of them nothing stood there" in words(page)
    coordinator.post(at("undo", row.public_id))
    mark = Mark.objects.get(enrolment__number="26004", item="attendance", is_current=True)
    assert (mark.status, mark.score, mark.undoes_id, mark.restores_id) == ("missing", None, row.pk, None)
    page = coordinator.get(f"/o/lanchuan/results/marks/{mark.public_id}/")
    assert "The import of sheet.xlsx was undone; this stood there before." in words(page)


def test_a_mark_changed_since_stays_and_is_announced_before(
    taken: Any, coordinator: Client, at: Any, cast: Cast
) -> None:
    row = taken("marks", offices.xlsx([("学号", "出勤"), ("26001", 50), ("26002", 51)], merged=""))
    by_hand = NewMark(cast.enrolments["26001"].pk, "attendance", "scored", Decimal(77))
    record_marks(cast.evaluation, [by_hand], by=cast.actor("trainer"), at=timezone.now())
    page = coordinator.get(at("undo", row.public_id))
    assert "1 mark goes back to what stood before." in words(page)
    assert "1 mark was changed since by 马建国 and stays." in words(page)
    assert [(one.person, one.what, one.now) for one in page.context["stays"]] == [
        ("26001 陈雨桐", "Attendance", "77")
    ]
    coordinator.post(at("undo", row.public_id))
    now = known(cast)
    assert (now["26001", "attendance"][1], now["26002", "attendance"][1]) == (77, 100)
    row.refresh_from_db()
    assert (row.outcome["restored"], row.outcome["left"]) == (1, 1)


@pytest.mark.parametrize("order", [(1, 0), (0, 1)], ids=["last first", "first first"])
def test_two_imports_undone_one_after_the_other_leave_what_was_there(
    taken: Any, coordinator: Client, at: Any, cast: Cast, order: tuple[int, int]
) -> None:
    before = known(cast)
    both = [
        taken("marks", offices.xlsx([("学号", "出勤"), ("26001", score)], merged="")) for score in (50, 60)
    ]
    for place in order:
        coordinator.post(at("undo", both[place].public_id))
    expected = 90 if order == (1, 0) else 50
    assert known(cast)["26001", "attendance"] == ("scored", expected)
    if order == (1, 0):
        assert known(cast) == before


def test_an_undone_sheet_can_be_taken_in_again_and_undone_again(
    taken: Any, coordinator: Client, at: Any, cast: Cast
) -> None:
    before = known(cast)
    for _ in range(2):
        row = taken("marks", offices.xlsx(offices.MARKS))
        coordinator.post(at("undo", row.public_id))
        assert known(cast) == before


def test_a_second_press_says_that_it_is_done(taken: Any, coordinator: Client, at: Any, cast: Cast) -> None:
    row = taken("marks", offices.xlsx(offices.MARKS))
    coordinator.post(at("undo", row.public_id))
    marks, told = Mark.objects.count(), AuditEntry.objects.count()
    page = coordinator.post(at("undo", row.public_id), follow=True)
    assert said(page)[-1:] == ["This import is undone already; nothing was done twice."]
    assert (Mark.objects.count(), AuditEntry.objects.count()) == (marks, told)


def test_after_a_day_it_is_refused_with_what_to_do_instead(
    taken: Any, coordinator: Client, at: Any, cast: Cast
) -> None:
    row = taken("marks", offices.xlsx(offices.MARKS))
    SheetImport.objects.filter(pk=row.pk).update(ended_at=timezone.now() - timedelta(hours=24))
    before = known(cast)
    sentence = (
        "An import can be undone for 24 hours, and this one is older. Upload a sheet with the right values"
    )
    page = coordinator.get(at("undo", row.public_id))
    assert sentence in words(page)
    assert 'method="post"' not in page.content.decode().split("<main")[1].split("</main")[0]
    assert sentence in said(coordinator.post(at("undo", row.public_id), follow=True))[-1]
    assert known(cast) == before
    reader = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    reader.force_login(cast.people["coordinator"])
    assert "24 小时" in words(reader.get(at("undo", row.public_id)))


def test_what_is_not_committed_is_not_undone(upload: Any, coordinator: Client, at: Any, cast: Cast) -> None:
    upload("marks", offices.xlsx(offices.MARKS))
    row = newest()
    before = known(cast)
    assert coordinator.get(at("undo", row.public_id)).status_code == 302
    coordinator.post(at("undo", row.public_id))
    row.refresh_from_db()
    assert (row.state, known(cast)) == ("uploaded", before)


def test_a_trainer_undoes_marks_and_no_roster(taken: Any, browse: Any, at: Any) -> None:
    marks = taken("marks", offices.xlsx(offices.MARKS))
    roster = taken("roster", offices.xlsx(offices.ROSTER))
    trainer = browse("trainer")
    assert trainer.post(at("undo", roster.public_id)).status_code == 403
    assert trainer.post(at("undo", marks.public_id)).status_code == 302
    assert [SheetImport.objects.get(pk=row.pk).state for row in (marks, roster)] == ["undone", "committed"]


def test_marks_that_may_not_change_any_more_refuse_the_whole_undo(
    taken: Any, cast: Cast, monkeypatch: Any
) -> None:
    from craftpath.domain.evaluation import rules
    from craftpath.values.verdict import not_now

    row = taken("marks", offices.xlsx(offices.MARKS))
    after = known(cast)
    monkeypatch.setattr(rules, "may_record_marks", lambda *_: not_now("evaluation.result_decided"))
    with pytest.raises(Refused) as refused:
        undo_import(row, by=cast.actor("coordinator"), at=timezone.now())
    assert refused.value.verdict.reason == "evaluation.result_decided"
    row.refresh_from_db()
    assert (row.state, known(cast)) == ("committed", after)


def test_the_page_asks_as_many_questions_for_forty_marks_as_for_two(
    taken: Any, coordinator: Client, at: Any, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    people = [RosterEntry(f"27{n:03}", f"学徒{n}") for n in range(40)]
    take_roster(cast.cohort, people, by=cast.actor("coordinator"), at=timezone.now())
    few = taken("marks", offices.xlsx([("学号", "出勤"), ("26001", 50), ("26002", 51)], merged=""))
    many = taken("marks", offices.xlsx([("学号", "出勤"), *((one.number, 60) for one in people)], merged=""))
    for row in (few, many):
        with django_assert_max_num_queries(22):
            coordinator.get(at("undo", row.public_id))


# ---- Rosters ----------------------------------------------------------------------------------------


def register(cast: Cast) -> list[Any]:
    rows = Enrolment.objects.filter(cohort=cast.cohort).order_by("number")
    people = rows.values_list(
        "number", "person__name", "person__phone", "person__email", "enterprise__key", "starts_on"
    )
    parties = EnrolmentParty.objects.filter(ends_on__isnull=True).order_by(
        "enrolment__number", "person__name"
    )
    return [
        list(people),
        list(parties.values_list("enrolment__number", "person__name")),
        sorted(Person.objects.values_list("username", flat=True)),
        sorted(Membership.objects.values_list("person__username", "organisation__key", "role")),
        totals(cast),
    ]


def test_a_roster_goes_back_as_if_it_had_not_come(
    taken: Any, coordinator: Client, at: Any, cast: Cast
) -> None:
    before = register(cast)
    row = taken("roster", offices.xlsx(offices.ROSTER))
    assert register(cast) != before
    page = coordinator.get(at("undo", row.public_id))
    assert (page.context["going_count"], page.context["mentors_going"], page.context["blocked_count"]) == (
        2,
        1,
        0,
    )
    assert [line[:2] for line in page.context["returning"]] == [("26002 林浩然", "Phone")]
    page = coordinator.post(at("undo", row.public_id), follow=True)
    assert said(page)[-1] == "Undone: 2 people taken away, 1 value put back."
    assert register(cast) == before
    assert AuditEntry.objects.filter(fact="apprenticeships.roster_undone").count() == 1
    row.refresh_from_db()
    assert (row.state, row.trace) == ("undone", {})


def _with_marks(cast: Cast, row: Enrolment) -> None:
    mark = NewMark(row.pk, "attendance", "scored", Decimal(80))
    record_marks(cast.evaluation, [mark], by=cast.actor("trainer"), at=timezone.now())


def _stage(cast: Cast, row: Enrolment) -> None:
    stage = cast.programme.stages.get(order=1)
    pass_stages([row], stage=stage, on=TODAY, by=cast.actor("coordinator"), at=timezone.now())


def _signed_in(cast: Cast, row: Enrolment) -> None:
    Person.objects.filter(pk=row.person_id).update(last_login=timezone.now())


def _slip(cast: Cast, row: Enrolment) -> None:
    row.person.set_password("first-password")
    row.person.save()


def _party(cast: Cast, row: Enrolment) -> None:
    EnrolmentParty.objects.create(
        enrolment=row, person=cast.people["assessor"], role="assessor", starts_on=TODAY
    )


def _later(cast: Cast, row: Enrolment) -> None:
    """Another roster, committed since, changed the telephone number."""
    SheetImport.objects.create(
        organisation=cast.college, file=newest().file, kind="roster", target=newest().target, made_at=timezone.now(),
        state="committed", ended_at=timezone.now(), trace={"changes": [[row.pk, "phone", "", "1"]]},
    )  # fmt: skip


BUILT = {
    "has marks": _with_marks,
    "has passed a stage": _stage,
    "has signed in": _signed_in,
    "has a sign-in slip": _slip,
    "has got or lost a mentor, trainer or assessor since": _party,
    "was changed by a later roster": _later,
}


@pytest.mark.parametrize("why", list(BUILT))
def test_somebody_built_upon_stops_the_whole_undo_by_name(
    taken: Any, coordinator: Client, at: Any, cast: Cast, why: str
) -> None:
    row = taken("roster", offices.xlsx(offices.ROSTER))
    BUILT[why](cast, Enrolment.objects.select_related("person").get(number="26011"))
    after = register(cast)
    page = coordinator.get(at("undo", row.public_id))
    assert page.context["blocked"] == [("26011 何静怡", why)]
    assert 'method="post"' not in page.content.decode().split("<main")[1].split("</main")[0]
    page = coordinator.post(at("undo", row.public_id), follow=True)
    assert "others have built on 1 of the people" in said(page)[-1]
    assert page.context["blocked"] == [("26011 何静怡", why)]
    row.refresh_from_db()
    assert (row.state, register(cast)) == ("committed", after)


def test_a_value_changed_since_stays(taken: Any, coordinator: Client, at: Any, cast: Cast) -> None:
    row = taken("roster", offices.xlsx(offices.ROSTER))
    person = cast.enrolments["26002"].person
    Person.objects.filter(pk=person.pk).update(phone="139")
    page = coordinator.get(at("undo", row.public_id))
    assert [(one.person, one.what, one.now) for one in page.context["stays"]] == [
        ("26002 林浩然", "Phone", "139")
    ]
    coordinator.post(at("undo", row.public_id))
    person.refresh_from_db()
    assert (person.phone, Enrolment.objects.filter(number="26011").exists()) == ("139", False)


def test_an_address_that_is_somebody_else_s_by_now_does_not_go_back(
    taken: Any, coordinator: Client, at: Any, cast: Cast
) -> None:
    person = cast.enrolments["26002"].person
    Person.objects.filter(pk=person.pk).update(email="old@example.org")
    row = taken(
        "roster", offices.xlsx([("学号", "姓名", "邮箱"), ("26002", "林浩然", "new@example.org")], merged="")
    )
    Person.objects.filter(pk=cast.enrolments["26003"].person_id).update(email="old@example.org")
    coordinator.post(at("undo", row.public_id))
    person.refresh_from_db()
    assert person.email == "new@example.org"


def test_a_mentor_who_works_with_others_by_now_stays(
    taken: Any, coordinator: Client, at: Any, cast: Cast
) -> None:
    row = taken("roster", offices.xlsx(offices.ROSTER))
    mentor = Person.objects.get(name="郑大成")
    EnrolmentParty.objects.create(
        enrolment=cast.enrolments["26004"], person=mentor, role="mentor", starts_on=TODAY
    )
    page = coordinator.get(at("undo", row.public_id))
    assert (page.context["mentors_going"], page.context["mentors_staying"]) == (0, 1)
    coordinator.post(at("undo", row.public_id))
    assert Person.objects.filter(pk=mentor.pk).exists()
    assert not Enrolment.objects.filter(number="26012").exists()


def test_what_is_kept_for_an_undo_is_forgotten_after_a_day(taken: Any) -> None:
    old, young = (
        taken("roster", offices.xlsx(offices.ROSTER)),
        taken("roster", offices.gbk(offices.ROSTER), "r.csv"),
    )
    SheetImport.objects.filter(pk=young.pk).update(trace={"people": [1]})
    now = timezone.now()
    SheetImport.objects.filter(pk=old.pk).update(ended_at=now - timedelta(hours=25))
    assert forget_traces(by=system(), at=now) == 1
    assert [SheetImport.objects.get(pk=row.pk).trace for row in (old, young)] == [{}, {"people": [1]}]
