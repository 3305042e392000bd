"""Sheets of paper: keyed twice by two who do not see each other, settled by a third look, and only then answers."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from craftpath.domain.evaluation.models import Mark
from craftpath.domain.exams.actions import (
    close_sitting,
    enter,
    give_codes,
    plan_sitting,
    put_on_paper,
    save_answer,
    settle_sheet,
)
from craftpath.domain.exams.codes import sheet_code
from craftpath.domain.exams.marking import essays_to_mark, scored
from craftpath.domain.exams.models import Answer, Candidate, Keying, Settlement, Sitting
from craftpath.domain.exams.queries import candidates_of
from craftpath.domain.exams.sheets import find_sheet, keyed, next_sheet
from craftpath.domain.judging.actions import publish_sitting, seen_of
from craftpath.kernel.audit import AuditEntry
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.exams.hall import (
    ESSAY,
    NOBODY,
    OPENS,
    RIGHT,
    answer,
    begin,
    candidate,
    opened,
    paper,
    planned,
)
from tests.domain.exams.sheets import TYPED, key, over

pytestmark = pytest.mark.usefixtures("all_rows")


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^exams.{reason}$")


def sheet(row: Sitting, number: str = "26001") -> Candidate:
    return Candidate.objects.get(sitting=row, enrolment__number=number)


def settle(cast: Cast, one: Candidate, decided: Any = None, who: str = "administrator", **other: Any) -> Any:
    return settle_sheet(one, decided or {}, by=cast.actor(who), at=OPENS, **other)


def facts(code: str) -> int:
    return AuditEntry.objects.filter(fact=code).count()


# ---- planned on paper, or moved to it


def test_on_paper_nobody_has_a_code_and_everybody_the_printed_order(cast: Cast) -> None:
    row = planned(cast, on_paper=True, shuffled=True)
    assert row.on_paper
    assert not row.shuffled
    assert set(Candidate.objects.filter(sitting=row).values_list("on_paper", flat=True)) == {True}
    with refused("no_codes_on_paper"):
        give_codes(row, by=cast.actor("trainer"), at=AT)
    with refused("sitting_on_paper"):
        put_on_paper(sheet(row), False, by=cast.actor("trainer"), at=AT)


def test_a_device_fails_and_what_it_saved_stays(cast: Cast) -> None:
    row, codes = opened(cast)
    held = begin(codes["26001"])
    answer(held, {1: ["a"], 2: ["a"], ESSAY: {"text": "先粗车"}})
    by = cast.actor("trainer")
    for _press in range(2):
        put_on_paper(sheet(row), True, by=by, at=OPENS)
    assert facts("exams.candidate_moved") == 1
    with refused("goes_on_on_paper"):
        save_answer(held, order=3, given=["true"], count=9, by=NOBODY, at=OPENS)
    with refused("goes_on_on_paper"):
        enter(codes["26001"], by=NOBODY, at=OPENS)
    row = close_sitting(row, by=by, at=OPENS)
    one = sheet(row)
    with refused("was_here"):
        key(cast, one, "trainer", absent=True)
    changed = {n: ["."] for n in TYPED} | {1: ["b"], ESSAY: ["y"]}
    key(cast, one, "trainer", changed)
    key(cast, one, "coordinator", changed)
    given = {found.line.order: found.given for found in Answer.objects.select_related("line")}
    assert given == {1: ["b"], 2: ["a"], ESSAY: {"text": "先粗车", "paper": True}}
    one.refresh_from_db()
    assert (one.started_at, one.handed_in_by) == (OPENS, "paper")


def test_back_to_a_device_goes_only_while_it_is_under_way(cast: Cast) -> None:
    row, codes = opened(cast)
    by = cast.actor("trainer")
    put_on_paper(sheet(row), True, by=by, at=OPENS)
    put_on_paper(sheet(row), False, by=by, at=OPENS)
    assert begin(codes["26001"])
    close_sitting(row, by=by, at=OPENS)
    with refused("sitting_not_planned"):
        put_on_paper(sheet(row), True, by=by, at=OPENS)


# ---- keyed twice


def test_two_who_say_the_same_make_the_answers_stand_and_count(cast: Cast) -> None:
    row = over(cast)
    one = sheet(row)
    key(cast, one, "trainer")
    assert not Answer.objects.exists()
    assert scored(row).waits(0)
    key(cast, one, "coordinator", {2: ["a b d"]})  # typed otherwise, the same answer
    assert {found.line.order: found.given for found in Answer.objects.select_related("line")} == RIGHT | {
        ESSAY: {"paper": True}
    }
    one.refresh_from_db()
    assert (one.started_at, one.handed_in_at, one.handed_in_by) == (row.starts_at, row.closed_at, "paper")
    found = Settlement.objects.get()
    assert (found.settled_by, found.given) == (None, {})
    table = scored(row)
    assert (table.unread(0), table.waits(0), sum(p or 0 for p in table.points[0])) == (False, 1, 19)
    assert (facts("exams.sheet_keyed"), facts("exams.sheet_settled")) == (2, 1)


def test_pressed_twice_it_is_keyed_once(cast: Cast) -> None:
    one = sheet(over(cast))
    for _press in range(2):
        key(cast, one, "trainer")
    for _press in range(2):
        key(cast, one, "coordinator", turn=2)
    assert (Keying.objects.count(), facts("exams.sheet_keyed"), facts("exams.sheet_settled")) == (2, 2, 1)


def test_the_same_person_does_not_key_the_second_time(cast: Cast) -> None:
    row = over(cast)
    key(cast, sheet(row), "trainer")
    with refused("key_other_person"):
        key(cast, sheet(row), "trainer", turn=2)


def test_unless_the_plan_says_so_and_everything_was_keyed_once(cast: Cast) -> None:
    row = over(cast, same_keyer=True)
    people = list(Candidate.objects.filter(sitting=row).order_by("pk"))
    for one in people[:-1]:
        key(cast, one, "trainer")
    with refused("key_other_person"):
        key(cast, people[0], "trainer", turn=2)
    key(cast, people[-1], "trainer")
    key(cast, people[0], "trainer", turn=2)
    assert Settlement.objects.count() == 1


def test_two_at_once_are_the_first_and_the_second(cast: Cast) -> None:
    one = sheet(over(cast))
    key(cast, one, "trainer", done=False)
    assert key(cast, one, "coordinator", done=False).round == 2  # both were shown that it is the first
    with refused("keyed_by_others"):
        key(cast, one, "administrator")
    with pytest.raises(IntegrityError), transaction.atomic():
        Keying.objects.create(candidate=one, round=1, keyer=cast.people["administrator"], saved_at=OPENS)


def test_what_was_sent_before_and_came_later_changes_nothing(cast: Cast) -> None:
    one = sheet(over(cast))
    key(cast, one, "trainer", {1: ["a"]}, done=False, count=5)
    key(cast, one, "trainer", {1: ["c"]}, done=False, count=4)
    assert Keying.objects.get().given["1"] == ["a"]


def test_a_sheet_is_whole_when_every_question_is_keyed(cast: Cast) -> None:
    one = sheet(over(cast))
    with refused("sheet_incomplete") as found:
        key(cast, one, "trainer", {4: [""], 5: ["", ""]})
    assert found.value.verdict.facts == {"count": 2, "questions": "4, 5"}
    key(cast, one, "trainer", {4: ["."], 5: ["", "."]})
    assert Keying.objects.get().given["5"] is None


@pytest.mark.parametrize(
    ("typed", "reason"),
    [({9: ["a"]}, "key_no_question"), ({0: ["a"]}, "key_no_question"), ({1: ["d"]}, "key_no_such")],
)
def test_what_does_not_stand_on_the_form_is_refused(cast: Cast, typed: Any, reason: str) -> None:
    with refused(reason):
        key(cast, sheet(over(cast)), "trainer", typed)
    assert not Keying.objects.exists()


@pytest.mark.parametrize("who", ["assessor", "mentor", "apprentice", "stranger"])
def test_others_key_nothing(cast: Cast, who: str) -> None:
    house = {"mentor": cast.jinheng, "stranger": cast.neighbour}.get(who)
    with pytest.raises(Refused) as found:
        key(cast, sheet(over(cast)), who, by=cast.actor(who, house))
    assert found.value.verdict.who


def test_nobody_keys_an_own_sheet(cast: Cast) -> None:
    from craftpath.kernel.access import Actor
    from craftpath.kernel.roles import Role

    both = Actor(organisation=cast.college, person=cast.people["apprentice"], roles=frozenset({Role.TRAINER}))
    with refused("key_own"):
        key(cast, sheet(over(cast)), "trainer", by=both)


def test_keyed_is_after_the_end_and_only_what_is_on_paper(cast: Cast) -> None:
    row, codes = opened(cast)
    begin(codes["26001"])
    put_on_paper(sheet(row, "26002"), True, by=cast.actor("trainer"), at=OPENS)
    with refused("sitting_not_closed"):
        key(cast, sheet(row, "26002"), "trainer")
    close_sitting(row, by=cast.actor("trainer"), at=OPENS)
    with refused("not_on_paper"):
        key(cast, sheet(row), "trainer")


# ---- settled


@pytest.fixture
def disputed(cast: Cast) -> Any:
    """26001: the second keying reads questions 1 and 4 otherwise."""
    row = over(cast)
    key(cast, sheet(row), "trainer")
    key(cast, sheet(row), "coordinator", {1: ["c"], 4: ["."]})
    return row


def test_differences_are_decided_by_a_third_look(cast: Cast, disputed: Any) -> None:
    one = sheet(disputed)
    found = keyed(list(candidates_of(disputed)))
    assert (found.once, found.twice, found.disputed, found.settled) == (1, 1, 1, 0)
    assert (found.unequal, found.compared) == (2, 8)
    with refused("settle_missing"):
        settle(cast, one, {1: ["b"]})
    with refused("sheet_keyed_twice"):
        key(cast, one, "trainer", {1: ["c"]})
    for _press in range(2):
        settle(cast, one, {1: ["b"], 4: ["127"], 2: ["a"]})  # what does not differ is not decided
    stood = Settlement.objects.get()
    assert (stood.settled_by, stood.given) == (cast.people["administrator"], {"1": ["b"], "4": "127"})
    given = {found.line.order: found.given for found in Answer.objects.select_related("line")}
    assert (given[1], given[2], given[4]) == (["b"], ["a", "b", "d"], "127")
    with refused("sheet_stands"):
        settle(cast, one, {1: ["c"], 4: ["127"]})
    with refused("sheet_stands"):
        key(cast, one, "trainer", {1: ["c"]})
    assert facts("exams.sheet_settled") == 1
    assert keyed(list(candidates_of(disputed))).unequal == 2


def test_before_both_are_there_nothing_is_decided(cast: Cast) -> None:
    row = over(cast)
    key(cast, sheet(row), "trainer")
    with refused("sheet_not_twice"):
        settle(cast, sheet(row), {1: ["b"]})


def test_who_did_not_come_never_began(cast: Cast) -> None:
    row = over(cast)
    for who in ("trainer", "coordinator"):
        key(cast, sheet(row), who, absent=True)
    assert Settlement.objects.get().absent
    assert not Answer.objects.exists()
    assert scored(row).absent(0)
    assert not scored(row).absent(1)  # nobody knows yet


def test_one_says_that_nobody_came(cast: Cast) -> None:
    row = over(cast)
    one = sheet(row)
    key(cast, one, "trainer", absent=True)
    key(cast, one, "coordinator")
    with refused("settle_who"):
        settle(cast, one, {1: ["b"]})
    assert settle(cast, one, was_here=True) is None  # the sheet is there after all: keyed a second time
    assert [keying.keyer.name for keying in Keying.objects.select_related("keyer")] == ["何静"]
    key(cast, one, "trainer")
    assert Settlement.objects.count() == 1


def test_the_list_was_right_and_the_sheet_was_another_s(cast: Cast) -> None:
    row = over(cast)
    key(cast, sheet(row), "trainer", absent=True)
    key(cast, sheet(row), "coordinator")
    assert settle(cast, sheet(row), was_here=False).absent
    assert not Answer.objects.exists()


# ---- afterwards


def test_marks_are_recorded_only_when_every_sheet_stands(cast: Cast) -> None:
    row = over(cast)
    by = cast.actor("coordinator")

    def publish() -> Any:
        seen = seen_of(scored(row))
        return publish_sitting(row, cast.evaluation, "final_exam", seen=seen, by=by, at=OPENS)

    people = list(Candidate.objects.filter(sitting=row).order_by("pk"))
    for one in people[:2]:
        key(cast, one, "trainer", {ESSAY: ["."]})
        key(cast, one, "coordinator", {ESSAY: ["."]})
    with refused("sheets_missing") as found:
        publish()
    assert found.value.verdict.facts == {"count": 3}
    assert not Mark.objects.filter(origin=str(row.ref)).exists()
    for one in people[2:]:
        for who in ("trainer", "coordinator"):
            key(cast, one, who, absent=True)
    publish()
    marks = Mark.objects.filter(origin=str(row.ref), is_current=True)
    assert sorted(marks.values_list("status", flat=True)) == ["absent", "absent", "scored", "scored"]
    with refused("sheet_stands"):
        key(cast, people[0], "trainer", {1: ["c"]})


def test_an_essay_on_paper_is_found_by_the_code_of_its_sheet(cast: Cast) -> None:
    row = over(cast)
    for who in ("trainer", "coordinator"):
        key(cast, sheet(row), who)
    (found,) = essays_to_mark(row, cast.actor("trainer"))
    assert (found.code, found.text) == (sheet_code(sheet(row).public_id), "")


def test_the_next_sheet_is_one_that_this_person_can_key(cast: Cast) -> None:
    row = over(cast)
    trainer = cast.actor("trainer")

    def following(after: str = "", by: Any = trainer) -> str:
        found = next_sheet(keyed(list(candidates_of(row))).sheets, by, after)
        return found.candidate.enrolment.number if found else ""

    assert following() == "26001"
    assert following(sheet(row).public_id) == "26002"
    assert following(sheet(row, "26005").public_id) == "26001"
    key(cast, sheet(row), "trainer")
    key(cast, sheet(row, "26002"), "coordinator")
    assert following() == "26003"
    for number in ("26003", "26004", "26005"):
        key(cast, sheet(row, number), "trainer")
    assert following() == "26002"  # keyed by somebody else
    key(cast, sheet(row, "26002"), "trainer", turn=2)
    assert following() == ""


def test_the_list_of_sheets_asks_the_same_for_few_and_for_many(cast: Cast) -> None:
    row = over(cast)
    counts = []
    for number in ("26001", "26002"):
        key(cast, sheet(row, number), "trainer")
        with CaptureQueriesContext(connection) as asked:
            found = keyed(list(candidates_of(row)))
            assert found.unequal == 0
        counts.append(len(asked))
    assert counts == [2, 2]


def test_a_sheet_is_found_by_its_code_its_number_or_its_square(cast: Cast) -> None:
    row = over(cast)
    other = over(cast, paper=row.paper)
    sheets = keyed(list(candidates_of(row))).sheets
    one = sheet(row, "26003")
    code = sheet_code(one.public_id)
    for typed in (code, code.lower().replace("-", " "), one.public_id, "26003", "２６００３"):
        assert [found.candidate.pk for found in find_sheet(sheets, typed)] == [one.pk]
    for typed in ("", "26", sheet_code(sheet(other).public_id), sheet(other).public_id):
        assert find_sheet(sheets, typed) == []


def test_a_code_of_a_sheet_opens_no_examination(cast: Cast) -> None:
    row, _codes = opened(cast)
    with refused("code_unknown"):
        begin(sheet_code(candidate(cast, row).public_id))


def test_planned_once_on_paper_however_often_it_is_pressed(cast: Cast) -> None:
    made, used = uuid.uuid4(), paper(cast)
    rows = {
        plan_sitting(
            cast.cohort,
            used,
            made_id=made,
            starts_at=OPENS,
            minutes=60,
            on_paper=True,
            by=cast.actor("trainer"),
            at=AT,
        ).pk
        for _press in range(2)
    }
    assert len(rows) == 1
