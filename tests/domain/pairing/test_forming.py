"""Forming pairs: each rule refuses by its own code, what holds opens the record, and nothing is made twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from craftpath.domain.apprenticeships.actions import end_enrolments
from craftpath.domain.apprenticeships.queries import mentors_of
from craftpath.domain.pairing.actions import (
    Planned,
    accept_pair,
    decline_pair,
    form_pair,
    form_pairs,
    note_result,
    set_house_rule,
    set_standing,
)
from craftpath.domain.pairing.models import Bond, Pair
from craftpath.domain.pairing.queries import without_teacher
from craftpath.kernel.access import Actor, Membership, system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.roles import Role
from tests.cast import AT, TODAY, Cast
from tests.domain.pairing.world import among, formed, of, refused, somebody

pytestmark = pytest.mark.usefixtures("all_rows")
SOON = TODAY + timedelta(days=30)


def test_a_pair_opens_the_record_and_makes_a_mentor(cast: Cast) -> None:
    master = somebody("孙师傅")
    pair = formed(cast, of(cast, "26005", master), by=cast.actor("coordinator"))
    assert (pair.state, pair.formed_at) == ("active", AT)
    row = cast.enrolments["26005"]
    assert [person.name for person in mentors_of([row])[row.pk]] == ["孙师傅"]
    assert Membership.objects.filter(person=master, role=Role.MENTOR, organisation=cast.jinheng).exists()
    entry = AuditEntry.objects.get(fact="pairing.formed")
    assert entry.payload["people"] == sorted([master.public_id, row.person.public_id])


def test_a_pair_that_begins_later_opens_nothing_yet(cast: Cast) -> None:
    formed(cast, of(cast, "26005", somebody("孙师傅")), on=SOON)
    assert mentors_of([cast.enrolments["26005"]]) == {}


def test_two_share_the_work_and_one_is_responsible(cast: Cast) -> None:
    first, second = somebody("孙师傅"), somebody("李师傅")
    pair = formed(
        cast, of(cast, "26005", first, share=600), of(cast, "26005", second, role="second", share=400)
    )
    assert list(pair.bonds.order_by("pk").values_list("role", "share")) == [
        ("responsible", 600),
        ("second", 400),
    ]


def test_the_same_press_again_gives_the_same_pair(cast: Cast) -> None:
    wanted = of(cast, "26005", somebody("孙师傅"))
    first = formed(cast, wanted, made_id="a-b")
    assert formed(cast, wanted, made_id="a-b").pk == first.pk
    assert Pair.objects.count() == 1


@pytest.mark.parametrize(
    ("shares", "roles", "reason"),
    [
        ((600, 300), ("responsible", "second"), "pairing.shares_not_whole"),
        ((600, 400), ("responsible", "responsible"), "pairing.one_responsible"),
        ((600, 400), ("second", "second"), "pairing.one_responsible"),
        ((600, 400), ("responsible", "deputy"), "pairing.role_unknown"),
    ],
)
def test_shares_are_whole_and_one_is_responsible(
    cast: Cast, shares: tuple[int, int], roles: tuple[str, str], reason: str
) -> None:
    people = somebody("孙师傅"), somebody("李师傅")
    with refused(reason):
        formed(
            cast,
            *(
                of(cast, "26005", person, share=share, role=role)
                for person, share, role in zip(people, shares, roles, strict=True)
            ),
        )
    assert not Pair.objects.exists()


def test_what_has_no_shape_is_refused(cast: Cast) -> None:
    master, learner = somebody("孙师傅"), somebody("钱工")
    with refused("pairing.nobody"):
        formed(cast)
    with refused("pairing.kind_unknown"):
        formed(cast, of(cast, "26005", master), kind="friends")
    with refused("pairing.with_oneself"):
        formed(cast, among(cast, master, master), kind="layered")
    with refused("pairing.needs_apprentice"):
        formed(cast, among(cast, master, learner))
    with refused("pairing.ends_before_start"):
        formed(cast, of(cast, "26005", master), ends_on=TODAY)
    with refused("pairing.twice_the_same"):
        formed(
            cast, of(cast, "26005", master, share=500), of(cast, "26005", master, share=500, role="second")
        )
    with refused("pairing.not_mutual"):
        formed(cast, among(cast, master, learner, subject="TIG"), kind="mutual")
    with refused("pairing.says_not_what"):
        formed(cast, among(cast, master, learner, subject="TIG"), among(cast, learner, master), kind="mutual")


def test_nobody_teaches_more_than_the_capacity_on_any_day(cast: Cast) -> None:
    master = somebody("孙师傅")
    set_standing(master, organisation=cast.jinheng, capacity=1, by=system(), at=AT)
    formed(cast, of(cast, "26001", master), on=SOON, ends_on=SOON + timedelta(days=9))
    with refused("pairing.teacher_full"):
        formed(cast, of(cast, "26002", master), ends_on=SOON + timedelta(days=1))
    formed(cast, of(cast, "26002", master), ends_on=SOON)
    formed(cast, of(cast, "26005", master), on=SOON + timedelta(days=9))


def test_the_usual_capacity_is_that_of_the_house(cast: Cast) -> None:
    set_house_rule(cast.city, capacity=1, gap_days=14, objection_days=30, by=system(), at=AT)
    master = somebody("孙师傅")
    formed(cast, of(cast, "26001", master))
    with refused("pairing.teacher_full"):
        formed(cast, of(cast, "26002", master))


def test_a_qualification_holds_for_the_whole_pair(cast: Cast) -> None:
    master = somebody("孙师傅")
    for first, last, reason in [
        (SOON, None, "pairing.not_qualified_yet"),
        (None, TODAY, "pairing.not_qualified"),
        (None, SOON, "pairing.qualified_until"),
    ]:
        set_standing(
            master, organisation=cast.jinheng, capacity=8, qualified_from=first, qualified_until=last,
            by=system(), at=AT,
        )  # fmt: skip
        with refused(reason):
            formed(cast, of(cast, "26005", master))
    formed(cast, of(cast, "26005", master), ends_on=SOON)


def test_a_place_keeps_its_ratio(cast: Cast) -> None:
    set_house_rule(
        cast.jinheng, capacity=8, gap_days=14, objection_days=30, skilled_workers=5, ratio_learners=1,
        ratio_skilled=3, by=system(), at=AT,
    )  # fmt: skip
    formed(cast, of(cast, "26001", somebody("孙师傅")))
    with refused("pairing.ratio_full"):
        formed(cast, of(cast, "26002", somebody("李师傅")))


def test_one_is_responsible_on_a_day_and_nobody_after_the_end(cast: Cast) -> None:
    formed(cast, of(cast, "26005", somebody("孙师傅")), ends_on=SOON)
    with refused("pairing.responsible_already"):
        formed(cast, of(cast, "26005", somebody("李师傅")), on=SOON - timedelta(days=1))
    formed(cast, of(cast, "26005", somebody("李师傅")), on=SOON)
    row = cast.enrolments["26004"]
    end_enrolments([row], because="other", on=SOON, by=cast.actor("coordinator"), at=AT)
    row.refresh_from_db()
    with refused("pairing.has_left"):
        formed(cast, of(cast, "26004", somebody("李师傅")))


def test_a_chain_has_no_circle_on_any_day(cast: Cast) -> None:
    expert, chief, senior = (somebody(name) for name in ("专家", "首席", "高级"))
    formed(cast, among(cast, expert, chief), kind="layered", ends_on=SOON)
    formed(cast, among(cast, chief, senior), kind="layered")
    with refused("pairing.circle"):
        formed(cast, among(cast, senior, expert), kind="layered", on=SOON - timedelta(days=1))
    formed(cast, among(cast, senior, expert), kind="layered", on=SOON)


def test_three_learn_from_one_another_in_a_ring(cast: Cast) -> None:
    one, two, three = (somebody(name) for name in ("甲", "乙", "丙"))
    pair = formed(
        cast,
        among(cast, one, two, subject="TIG"),
        among(cast, two, three, subject="PLC"),
        among(cast, three, one, subject="CAD"),
        kind="mutual",
    )
    assert pair.bonds.count() == 3


def test_a_proposal_holds_nothing_until_everybody_said_yes(cast: Cast) -> None:
    master = somebody("孙师傅")
    row = cast.enrolments["26005"]
    pair = formed(cast, of(cast, "26005", master), ask=True)
    assert (pair.state, mentors_of([row])) == ("proposed", {})
    accept_pair(pair, by=Actor(cast.college, master), at=AT)
    assert accept_pair(pair, by=Actor(cast.college, master), at=AT).state == "proposed"
    assert accept_pair(pair, by=Actor(cast.college, row.person), at=AT).state == "active"
    assert accept_pair(pair, by=Actor(cast.college, row.person), at=AT).state == "active"
    assert AuditEntry.objects.filter(fact="pairing.formed").count() == 1
    assert len(mentors_of([row])[row.pk]) == 1


def test_the_last_yes_finds_no_room_and_says_so(cast: Cast) -> None:
    master = somebody("孙师傅")
    set_standing(master, organisation=cast.jinheng, capacity=1, by=system(), at=AT)
    row = cast.enrolments["26005"]
    pair = formed(cast, of(cast, "26005", master), ask=True)
    accept_pair(pair, by=Actor(cast.college, master), at=AT)
    formed(cast, of(cast, "26001", master))
    with refused("pairing.teacher_full"):
        accept_pair(pair, by=Actor(cast.college, row.person), at=AT)


def test_who_is_not_in_it_answers_nothing(cast: Cast) -> None:
    pair = formed(cast, of(cast, "26005", somebody("孙师傅")), ask=True)
    with refused("pairing.not_in_it"):
        accept_pair(pair, by=cast.actor("trainer"), at=AT)
    with refused("pairing.not_in_it"):
        decline_pair(pair, by=cast.actor("apprentice"), at=AT)
    declined = decline_pair(
        pair, because="夜班", by=Actor(cast.college, cast.enrolments["26005"].person), at=AT
    )
    assert (declined.state, declined.because) == ("declined", "夜班")
    with refused("flow.not_now"):
        accept_pair(pair, by=Actor(cast.college, cast.enrolments["26005"].person), at=AT)


def test_the_office_of_either_side_pairs_and_nobody_else(cast: Cast) -> None:
    master = somebody("孙师傅")
    for name in ("trainer", "mentor", "officer"):
        who = cast.actor(name, cast.city if name == "officer" else cast.jinheng if name == "mentor" else None)
        with refused("kernel.role_lacks"):
            formed(cast, of(cast, "26005", master), by=who)
    with refused("kernel.belongs_to_another"):
        formed(cast, of(cast, "26004", master), by=cast.actor("hr", cast.jinheng))
    formed(cast, of(cast, "26005", master), by=cast.actor("hr", cast.jinheng))


def test_the_database_itself_refuses_what_has_no_sense(cast: Cast) -> None:
    pair = formed(cast, of(cast, "26005", somebody("孙师傅")))
    bond = pair.bonds.get()
    with pytest.raises(IntegrityError):
        Bond.objects.filter(pk=bond.pk).update(learner=bond.teacher)


def test_who_has_nobody_is_seen_with_the_days(cast: Cast) -> None:
    formed(
        cast, of(cast, "26005", somebody("孙师傅")), on=date(2026, 3, 2), ends_on=TODAY - timedelta(days=20)
    )
    rows = [cast.enrolments["26005"]]
    gap = without_teacher(rows, TODAY)[0]
    assert (gap.since, gap.days, gap.late) == (TODAY - timedelta(days=20), 20, True)
    assert without_teacher(rows, date(2026, 8, 1)) == []


def test_a_cohort_is_paired_in_as_many_questions_as_one_apprentice(cast: Cast) -> None:
    people = [somebody(f"师傅{n}") for n in range(4)]
    counts = []
    for numbers in (["26005"], ["26001", "26002"]):
        wanted = [of(cast, number, people.pop()) for number in numbers]
        with CaptureQueriesContext(connection) as asked:
            form_pair(
                "master_apprentice", wanted, organisation=cast.college, starts_on=TODAY,
                by=cast.actor("coordinator"), at=AT,
            )  # fmt: skip
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 2, counts  # that somebody new is a mentor is told for each


def many(cast: Cast, *planned: Planned) -> list[Pair]:
    return form_pairs(
        "master_apprentice",
        planned,
        organisation=cast.college,
        starts_on=TODAY,
        by=system(cast.college),
        at=AT,
    )


def test_several_pairs_are_made_at_once_or_none_of_them(cast: Cast) -> None:
    master = somebody("孙师傅")
    set_standing(master, organisation=cast.jinheng, capacity=1, by=system(cast.jinheng), at=AT)
    planned = [Planned([of(cast, number, master)]) for number in ("26001", "26005")]
    with refused("pairing.teacher_full"):
        many(cast, *planned)
    assert not Pair.objects.exists()
    set_standing(master, organisation=cast.jinheng, capacity=2, by=system(cast.jinheng), at=AT)
    assert [pair.bonds.get().learner for pair in many(cast, *planned)] == [
        cast.enrolments[number].person for number in ("26001", "26005")
    ]


def test_several_pairs_give_one_apprentice_one_responsible_teacher(cast: Cast) -> None:
    with refused("pairing.responsible_already"):
        many(cast, *(Planned([of(cast, "26005", somebody(name))]) for name in ("孙师傅", "李师傅")))


def test_several_pairs_with_presses_of_before_make_only_what_is_new(cast: Cast) -> None:
    [first] = many(cast, Planned([of(cast, "26004", somebody("孙师傅"))], made_id="one"))
    again = many(
        cast,
        Planned([of(cast, "26004", somebody("李师傅"))], made_id="one"),
        Planned([of(cast, "26005", somebody("王师傅"))], made_id="two"),
    )
    assert again[0] == first
    assert Bond.objects.count() == Pair.objects.count() == 2


def test_a_result_is_noted_beside_the_usual_capacity_and_taken_back(cast: Cast) -> None:
    master = somebody("孙师傅")
    row = note_result(master, organisation=cast.jinheng, result=63, on=TODAY, by=system(), at=AT)
    again = note_result(master, organisation=cast.jinheng, result=63, on=SOON, by=system(), at=AT)
    assert (row.capacity, row.result, row.result_on, again.pk) == (8, 63, TODAY, row.pk)
    with refused("pairing.result_out_of_range"):
        note_result(master, organisation=cast.jinheng, result=101, on=TODAY, by=system(), at=AT)
    row = note_result(master, organisation=cast.jinheng, result=None, on=TODAY, by=system(), at=AT)
    assert (row.result, row.result_on) == (None, None)
