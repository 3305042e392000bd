"""Notices: written once, seen by whom they reach and by nobody else, read, corrected, answered, reminded."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from craftpath.domain.activity.models import Statement
from craftpath.domain.directives import actions, queries
from craftpath.domain.directives.models import Answer, Directive, Reading
from craftpath.kernel.access import join
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.directives.world import draft, officer, published
from tests.domain.hearing import rows

pytestmark = pytest.mark.usefixtures("all_rows")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^{reason}$")


def worker(cast: Cast, place: Any, role: Role = Role.COORDINATOR) -> Person:
    person = Person.objects.create_user(f"w-{uuid.uuid4().hex[:8]}", name="校区员")
    join([person], place, role, on=TODAY - 30 * DAY)
    return person


def reached(row: Directive) -> set[str]:
    seats = queries.receipts(row, TODAY)
    return {one.place.key for one in seats}


def test_a_press_twice_writes_one(cast: Cast) -> None:
    made = uuid.uuid4()
    for _twice in range(2):
        actions.issue_directive(
            draft(cast), organisation=cast.city, made_id=made, shown_from=TODAY, by=officer(cast), at=AT
        )
    assert Directive.objects.count() == 1


def test_a_campus_is_reached_by_default_and_not_without_what_lies_below(cast: Cast) -> None:
    worker(cast, cast.campus)
    assert "lanchuan-east" in reached(published(cast, places=[cast.college]))
    assert "lanchuan-east" not in reached(published(cast, places=[cast.college], below=False))


def test_nobody_sees_it_before_its_day_and_only_those_whose_role_it_names(cast: Cast) -> None:
    later = published(cast, shown_from=TODAY + DAY)
    now = published(cast)
    seen: dict[str, set[int]] = {}
    for who in ("coordinator", "apprentice", "officer"):
        with looking_for(cast.actor(who, cast.city if who == "officer" else None).scope):
            seen[who] = set(Directive.objects.values_list("pk", flat=True))
    assert seen == {"coordinator": {now.pk}, "apprentice": set(), "officer": {now.pk, later.pk}}


def test_one_publishes_for_oneself_and_those_below(cast: Cast) -> None:
    with refused("directives.place_of_others"):
        published(cast, by=cast.actor("coordinator"), places=[cast.jinheng])
    with refused("kernel.role_lacks"):
        published(cast, by=cast.actor("trainer"), places=[cast.college])


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"title": {"zh": " "}}, "directives.untitled"),
        ({"title": {"zh": "长" * 121}}, "directives.too_long"),
        ({"kind": "law"}, "directives.kind_unknown"),
        ({"roles": []}, "directives.nobody_reached"),
        ({"answer": "text"}, "directives.answer_unclear"),
        ({"kind": "quota"}, "directives.quota_missing"),
    ],
)
def test_what_is_not_clear_is_refused(cast: Cast, more: dict[str, Any], reason: str) -> None:
    with refused(reason):
        published(cast, **more)


def test_a_quota_is_for_those_whom_it_is_addressed_to(cast: Cast) -> None:
    line = actions.Quota(cast.jinheng, {"zh": "焊工"}, 2026, 20)
    with refused("directives.quota_unclear"):
        published(cast, kind="quota", places=[cast.college], quotas=[line])
    row = published(cast, kind="quota", quotas=[line])
    assert [one.count for one in queries.quotas_of(row)] == [20]


def test_a_day_that_has_passed_is_refused(cast: Cast) -> None:
    with refused("directives.day_past"):
        published(cast, shown_from=TODAY - DAY)


def test_read_once_with_a_statement_and_then_nothing_waits(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    row, who = published(cast, understood=True), cast.people["coordinator"]
    assert [one.pk for one in queries.waiting_for(who, TODAY)] == [row.pk]
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            actions.open_directive(row, by=cast.actor("coordinator"), at=AT)
    assert [one.pk for one in queries.waiting_for(who, TODAY)] == [row.pk]  # not understood yet
    actions.understand_directive(row, by=cast.actor("coordinator"), at=AT)
    assert queries.waiting_for(who, TODAY) == []
    assert Reading.objects.count() == 1
    verbs = Statement.objects.filter(object_id__contains=row.public_id).values_list("verb", flat=True)
    assert sorted(verb.rpartition("/")[2] for verb in verbs) == ["completed", "experienced"]


def test_others_neither_open_nor_answer(cast: Cast) -> None:
    row = published(cast)
    with refused("directives.not_addressed"):
        actions.open_directive(row, by=cast.actor("apprentice"), at=AT)
    with refused("directives.not_asked"):
        actions.answer_directive(row, cast.college, words="x", by=cast.actor("coordinator"), at=AT)


def test_a_correction_keeps_what_it_said_and_is_read_again(cast: Cast) -> None:
    row, by = published(cast), {"by": officer(cast), "at": AT}
    actions.open_directive(row, by=cast.actor("coordinator"), at=AT)
    words = {"zh": "请今天检查车间。", "en": "Please check today."}
    with refused("directives.unchanged"):
        actions.correct_directive(row, title=row.title, words=row.words, because="错字", again=True, **by)
    row = actions.correct_directive(row, title=row.title, words=words, because="错字", again=False, **by)
    assert queries.waiting_for(cast.people["coordinator"], TODAY) == []
    row = actions.correct_directive(
        row, title=row.title, words={"zh": "请明天检查。"}, because="改期", again=True, **by
    )
    assert len(queries.waiting_for(cast.people["coordinator"], TODAY)) == 1
    assert [(one.number, one.because) for one in queries.versions_of(row)] == [(2, "改期"), (1, "错字")]


def test_withdrawn_waits_for_nobody_and_says_why(cast: Cast) -> None:
    row = published(cast)
    with refused("directives.reason_missing"):
        actions.withdraw_directive(row, because=" ", by=officer(cast), at=AT)
    actions.withdraw_directive(row, because="已改期", by=officer(cast), at=AT)
    assert queries.waiting_for(cast.people["coordinator"], TODAY) == []
    assert len(queries.for_reader(cast.people["coordinator"], TODAY)) == 1


def test_an_answer_is_of_an_organisation_and_can_be_put_right(cast: Cast) -> None:
    row = published(cast, answer="figure", ask="多少人？", answer_by=TODAY + 7 * DAY)
    by = {"by": cast.actor("coordinator"), "at": AT}
    with refused("directives.answer_missing"):
        actions.answer_directive(row, cast.college, words="很多", **by)
    with refused("directives.not_addressed"):
        actions.answer_directive(row, cast.jinheng, figure=Decimal(3), **by)
    for figure in (3, 4):
        actions.answer_directive(row, cast.college, figure=Decimal(figure), **by)
    assert [one.figure for one in Answer.objects.all()] == [Decimal(4)]


def test_an_answer_stays_after_its_last_day_and_what_was_withdrawn_takes_none(cast: Cast) -> None:
    row = published(cast, answer="figure", ask="多少人？", answer_by=TODAY + DAY)
    by, late = cast.actor("coordinator"), AT + 2 * DAY
    actions.answer_directive(row, cast.college, figure=Decimal(3), by=by, at=AT + DAY)
    with refused("directives.answer_stays"):
        actions.answer_directive(row, cast.college, figure=Decimal(9), by=by, at=late)
    hr = cast.actor("hr", cast.jinheng)
    assert actions.answer_directive(row, cast.jinheng, figure=Decimal(2), by=hr, at=late).figure == 2
    actions.withdraw_directive(row, because="不再需要", by=officer(cast), at=late)
    other = published(cast, answer="figure", ask="多少人？", answer_by=TODAY + 9 * DAY)
    actions.withdraw_directive(other, because="不再需要", by=officer(cast), at=AT)
    with refused("directives.no_longer_asked"):
        actions.answer_directive(other, cast.college, figure=Decimal(9), by=by, at=AT)
    assert sorted(one.figure for one in Answer.objects.all()) == [Decimal(2), Decimal(3)]


def test_duties_stand_until_read_and_sooner_after_a_reminder(cast: Cast) -> None:
    row = published(cast, answer="text", ask="情况", answer_by=TODAY + 7 * DAY)
    who = {cast.people[name].pk for name in ("coordinator", "administrator", "hr")}
    assert {person for _id, person, _due, _steps in rows("directives.to_read", TODAY)} == who
    assert {person for _id, person, _due, _steps in rows("directives.answer", TODAY)} == who
    actions.open_directive(row, by=cast.actor("coordinator"), at=AT)
    actions.answer_directive(row, cast.college, words="好", by=cast.actor("coordinator"), at=AT)
    assert actions.remind_readers(row, by=officer(cast), at=AT) == len(who) - 1
    with refused("directives.reminded_today"):
        actions.remind_readers(row, by=officer(cast), at=AT)
    assert rows("directives.to_read", TODAY) == []
    assert len(rows("directives.reminded", TODAY)) == len(who) - 1
    assert {person for _id, person, _due, _steps in rows("directives.answer", TODAY)} == {
        cast.people["hr"].pk
    }


def test_receipts_say_who_was_first_and_count_by_role(cast: Cast) -> None:
    row = published(cast)
    actions.open_directive(row, by=cast.actor("coordinator"), at=AT)
    actions.open_directive(row, by=cast.actor("administrator"), at=AT + DAY)
    college = next(one for one in queries.receipts(row, TODAY) if one.place == cast.college)
    assert college.first == cast.people["coordinator"]
    assert {role: (n.read, n.asked) for role, n in college.roles} == {
        "administrator": (1, 1), "coordinator": (1, 1),
    }  # fmt: skip


def test_files_go_with_a_draft_and_stay_with_what_is_published(cast: Cast) -> None:
    by = {"by": officer(cast), "at": AT}
    row = actions.write_directive(draft(cast), organisation=cast.city, made_id=uuid.uuid4(), **by)
    with refused("kernel.file_not_known"):
        actions.attach_file(row, b"<html>", "a.html", **by)
    one = actions.attach_file(row, b"%PDF-1.7\n%%EOF", "plan.pdf", **by)
    actions.detach_file(row, one.public_id, **by)
    actions.attach_file(row, b"%PDF-1.7\n%%EOF", "plan.pdf", **by)
    actions.publish_directive(row, shown_from=TODAY, **by)
    assert [each.file.name for each in queries.files_of(row)] == ["plan.pdf"]
    with refused("flow.not_now"):
        actions.attach_file(row, b"%PDF-1.7\n%%EOF", "late.pdf", **by)


@pytest.mark.parametrize("many", [1, 20])
def test_counts_cost_the_same_queries(cast: Cast, many: int, django_assert_max_num_queries: Any) -> None:
    for _n in range(many):
        published(cast)
    found = list(queries.directives())
    with django_assert_max_num_queries(2):
        queries.counts(found, TODAY)
