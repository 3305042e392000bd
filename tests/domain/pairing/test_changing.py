"""Pairs that go on otherwise: ended, renewed, replaced, deputised, taken over; standings and rules of the house."""

from __future__ import annotations

from datetime import timedelta

import pytest

from craftpath.domain.apprenticeships.models import EnrolmentParty
from craftpath.domain.apprenticeships.queries import mentors_of
from craftpath.domain.pairing.actions import (
    appoint_deputy,
    dissolve_pair,
    end_pair,
    renew_pair,
    replace_teacher,
    set_house_rule,
    set_standing,
    take_over_mentors,
    turn_bonds,
)
from craftpath.domain.pairing.models import Bond, Pair, Standing
from craftpath.domain.pairing.queries import house_rule, unpaired
from craftpath.kernel.access import Actor, system
from craftpath.kernel.audit import AuditEntry
from tests.cast import AT, TODAY, Cast
from tests.domain.pairing.world import formed, of, refused, somebody

pytestmark = pytest.mark.usefixtures("all_rows")
SOON, LATER = TODAY + timedelta(days=30), TODAY + timedelta(days=60)


def mentors(cast: Cast, number: str = "26005") -> list[str]:
    row = cast.enrolments[number]
    return [person.name for person in mentors_of([row]).get(row.pk, [])]


def test_an_end_closes_the_record_on_its_day(cast: Cast) -> None:
    by = cast.actor("coordinator")
    pair = formed(cast, of(cast, "26005", somebody("孙师傅")), by=by, on=TODAY - timedelta(days=90))
    ended = end_pair(pair, on=SOON, because="调岗", by=by, at=AT)
    assert (ended.state, ended.ends_on, mentors(cast)) == ("ended", SOON, ["孙师傅"])
    turn_bonds(by=system(), at=AT + timedelta(days=30))
    assert mentors(cast) == []
    turn_bonds(by=system(), at=AT + timedelta(days=30))
    assert AuditEntry.objects.filter(fact="apprenticeships.parties_followed").count() == 2


def test_within_the_days_for_objections_a_pair_is_dissolved(cast: Cast) -> None:
    by = cast.actor("coordinator")
    pair = formed(cast, of(cast, "26005", somebody("孙师傅")), by=by)
    assert end_pair(pair, on=TODAY, because="不合适", by=by, at=AT).state == "dissolved"
    assert mentors(cast) == []
    with refused("flow.not_now"):
        end_pair(pair, on=TODAY, because="again", by=by, at=AT)


@pytest.mark.parametrize(
    ("on", "because", "reason"),
    [
        (TODAY, " ", "pairing.no_reason"),
        (TODAY, "x" * 301, "pairing.no_reason"),
        (TODAY - timedelta(days=1), "x", "pairing.outside"),
        (LATER + timedelta(days=1), "x", "pairing.outside"),
    ],
)
def test_an_end_needs_a_reason_and_a_day_of_the_pair(
    cast: Cast, on: object, because: str, reason: str
) -> None:
    by = cast.actor("coordinator")
    pair = formed(cast, of(cast, "26005", somebody("孙师傅")), by=by, ends_on=LATER)
    with refused(reason):
        end_pair(pair, on=on, because=because, by=by, at=AT)  # type: ignore[arg-type]


def test_who_does_not_run_pairs_ends_none(cast: Cast) -> None:
    pair = formed(cast, of(cast, "26005", somebody("孙师傅")))
    for by in (cast.actor("trainer"), cast.actor("apprentice")):
        with refused("kernel.role_lacks"):
            end_pair(pair, on=TODAY, because="x", by=by, at=AT)


def test_a_pair_is_renewed_if_there_is_room_for_the_new_days(cast: Cast) -> None:
    by, master = cast.actor("coordinator"), somebody("孙师傅")
    set_standing(master, organisation=cast.jinheng, capacity=1, by=system(), at=AT)
    pair = formed(cast, of(cast, "26005", master), by=by, ends_on=SOON)
    with refused("pairing.not_later"):
        renew_pair(pair, until=SOON, by=by, at=AT)
    other = formed(cast, of(cast, "26001", master), by=by, on=LATER)
    with refused("pairing.teacher_full"):
        renew_pair(pair, until=LATER + timedelta(days=1), by=by, at=AT)
    assert renew_pair(pair, until=LATER, by=by, at=AT).ends_on == LATER
    assert pair.bonds.get().ends_on == LATER
    with refused("pairing.no_end"):
        renew_pair(other, until=LATER, by=by, at=AT)


def test_another_teacher_goes_on_with_role_and_share(cast: Cast) -> None:
    by = cast.actor("coordinator")
    before, after, second = somebody("孙师傅"), somebody("李师傅"), somebody("钱师傅")
    pair = formed(
        cast, of(cast, "26005", before, share=600), of(cast, "26005", second, role="second", share=400), by=by
    )
    bond = pair.bonds.get(teacher=before)
    new = replace_teacher(bond, teacher=after, place=cast.jinheng, on=TODAY, because="退休", by=by, at=AT)
    assert (new.role, new.share, new.ends_on) == ("responsible", 600, None)
    assert sorted(mentors(cast)) == sorted(["李师傅", "钱师傅"])
    bond.refresh_from_db()
    assert bond.ends_on == TODAY
    with refused("pairing.outside"):
        replace_teacher(bond, teacher=somebody("赵"), place=cast.jinheng, on=TODAY, because="x", by=by, at=AT)


def test_who_was_replaced_and_who_deputises_do_not_object(cast: Cast) -> None:
    by, before, deputy = cast.actor("coordinator"), somebody("孙师傅"), somebody("钱师傅")
    pair = formed(cast, of(cast, "26005", before), by=by)
    bond = replace_teacher(
        pair.bonds.get(), teacher=somebody("李师傅"), place=cast.jinheng, on=TODAY, because="x", by=by, at=AT
    )
    appoint_deputy(bond, deputy=deputy, place=cast.jinheng, starts_on=TODAY, ends_on=SOON, by=by, at=AT)
    for person in (before, deputy):
        with refused("pairing.not_in_it"):
            dissolve_pair(pair, because="x", by=Actor(cast.college, person), at=AT)
    assert dissolve_pair(pair, because="x", by=Actor(cast.college, bond.teacher), at=AT).state == "dissolved"


def test_a_full_teacher_takes_nobody_over(cast: Cast) -> None:
    by, full = cast.actor("coordinator"), somebody("李师傅")
    set_standing(full, organisation=cast.jinheng, capacity=0, by=system(), at=AT)
    bond = formed(cast, of(cast, "26005", somebody("孙师傅")), by=by).bonds.get()
    with refused("pairing.teacher_full"):
        replace_teacher(bond, teacher=full, place=cast.jinheng, on=TODAY, because="x", by=by, at=AT)
    bond.refresh_from_db()
    assert (bond.ends_on, mentors(cast)) == (None, ["孙师傅"])


def test_a_deputy_stands_in_between_two_days(cast: Cast) -> None:
    master, deputy = somebody("孙师傅"), somebody("李师傅")
    bond = formed(cast, of(cast, "26005", master)).bonds.get()
    days = {"starts_on": TODAY + timedelta(days=2), "ends_on": TODAY + timedelta(days=5)}
    own = Actor(cast.jinheng, master)
    new = appoint_deputy(bond, deputy=deputy, place=cast.jinheng, **days, by=system(cast.college), at=AT)
    assert (new.role, new.share, new.instead_of_id) == ("deputy", 0, bond.pk)
    same = appoint_deputy(bond, deputy=deputy, place=cast.jinheng, **days, by=system(cast.college), at=AT)
    assert same.pk == new.pk
    assert mentors(cast) == ["孙师傅"]
    for day, expected in [(2, ["孙师傅", "李师傅"]), (5, ["孙师傅"])]:
        turn_bonds(by=system(), at=AT + timedelta(days=day))
        assert mentors(cast) == expected
    with refused("pairing.deputy_already"):
        appoint_deputy(
            bond, deputy=somebody("赵"), place=cast.jinheng, **days, by=system(cast.college), at=AT
        )
    with refused("pairing.with_oneself"):
        appoint_deputy(bond, deputy=master, place=cast.jinheng, **days, by=own, at=AT)


def test_whoever_goes_on_leave_names_the_own_deputy(cast: Cast) -> None:
    master, deputy = somebody("孙师傅"), somebody("李师傅")
    bond = formed(cast, of(cast, "26005", master)).bonds.get()
    days = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=5)}
    with refused("kernel.role_lacks"):
        appoint_deputy(bond, deputy=deputy, place=cast.jinheng, **days, by=cast.actor("apprentice"), at=AT)
    appoint_deputy(bond, deputy=deputy, place=cast.jinheng, **days, by=Actor(cast.jinheng, master), at=AT)
    assert mentors(cast) == ["孙师傅", "李师傅"]


def test_mentors_of_a_roster_become_pairs_once(cast: Cast) -> None:
    by = cast.actor("coordinator")
    made = take_over_mentors(cast.cohort, by=by, at=AT)
    assert len(made) == 4  # 26005 has nobody
    assert take_over_mentors(cast.cohort, by=by, at=AT) == []
    assert [row.number for row in unpaired(cast.cohort)] == ["26005"]
    assert {bond.teacher.name for bond in Bond.objects.select_related("teacher")} == {"周国栋", "吴海燕"}
    assert EnrolmentParty.objects.filter(ends_on__isnull=True, role="mentor").count() == 4
    assert not take_over_mentors(cast.cohort, by=by, at=AT)
    assert Pair.objects.count() == 4


def test_a_roster_s_mentor_is_left_alone_by_the_pairs_of_others(cast: Cast) -> None:
    formed(cast, of(cast, "26001", somebody("孙师傅"), role="responsible"))
    assert sorted(mentors(cast, "26001")) == sorted(["周国栋", "孙师傅"])


def test_a_standing_is_written_once_and_in_range(cast: Cast) -> None:
    master, by = somebody("孙师傅"), cast.actor("hr", cast.jinheng)
    for _ in range(2):
        set_standing(master, organisation=cast.jinheng, capacity=3, qualification="高级技师", by=by, at=AT)
    assert Standing.objects.get().capacity == 3
    assert AuditEntry.objects.filter(fact="pairing.standing_set").count() == 1
    for capacity in (-1, 41):
        with refused("pairing.capacity_out_of_range"):
            set_standing(master, organisation=cast.jinheng, capacity=capacity, by=by, at=AT)
    with refused("pairing.ends_before_start"):
        set_standing(
            master,
            organisation=cast.jinheng,
            capacity=3,
            qualified_from=SOON,
            qualified_until=TODAY,
            by=by,
            at=AT,
        )
    with refused("kernel.belongs_to_another"):
        set_standing(master, organisation=cast.qinghe, capacity=3, by=by, at=AT)
    # A college says so for the enterprises of its apprentices, and a stranger for nobody.
    set_standing(master, organisation=cast.qinghe, capacity=3, by=cast.actor("coordinator"), at=AT)
    with refused("kernel.belongs_to_another"):
        set_standing(
            master, organisation=cast.qinghe, capacity=3, by=cast.actor("stranger", cast.neighbour), at=AT
        )


def test_the_nearest_rule_of_the_house_counts(cast: Cast) -> None:
    set_house_rule(cast.city, capacity=5, gap_days=7, objection_days=10, by=system(), at=AT)
    assert house_rule(cast.campus).capacity == 5
    set_house_rule(cast.college, capacity=6, gap_days=7, objection_days=10, by=system(), at=AT)
    assert (house_rule(cast.campus).capacity, house_rule(cast.jinheng).capacity) == (6, 5)
    assert house_rule(cast.neighbour).capacity == 8
    with refused("pairing.rule_below_zero"):
        set_house_rule(cast.college, capacity=6, gap_days=-7, objection_days=10, by=system(), at=AT)
    with refused("pairing.capacity_out_of_range"):
        set_house_rule(cast.college, capacity=0, gap_days=7, objection_days=10, by=system(), at=AT)
