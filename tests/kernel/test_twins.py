"""Doubles: found by what they share, merged by whoever looks after both, taken back whole."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.apprenticeships.models import Enrolment, EnrolmentParty
from craftpath.kernel.access import Membership, actor_in, join, system
from craftpath.kernel.alerts import Alert
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.facts import Told
from craftpath.kernel.people import Person
from craftpath.kernel.points.tables import CarriedRow, Point, PointRow
from craftpath.kernel.reactions import on_records_merged
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import Scope, looking_for
from craftpath.kernel.topics import Mute
from craftpath.kernel.twins import keys, queries, rules
from craftpath.kernel.twins.facts import RecordsMerged
from craftpath.kernel.twins.finding import find_twins
from craftpath.kernel.twins.merging import merge_people, undo_merge
from craftpath.kernel.twins.plans import plan_of
from craftpath.kernel.twins.settling import compare_people, part_twins
from craftpath.kernel.twins.tables import MergedRow, Twins
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.kernel.twins import a_record, merged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def _found(cast: Cast) -> dict[frozenset[str], tuple[int, list[str]]]:
    find_twins(None, by=system(), at=AT)
    rows = Twins.objects.filter(state="open").select_related("first", "second")
    return {frozenset((row.first.username, row.second.username)): (row.strength, row.reasons) for row in rows}


@pytest.mark.parametrize(
    ("one", "other"),
    [("陈雨桐", "陈　雨桐"), ("Ｃｈｅｎ Yutong", "YUTONG, chen"), ("José Álvarez", "Alvarez Jose")],
)
def test_names_that_are_spelled_otherwise_are_the_same(one: str, other: str) -> None:
    assert keys.name_key(one) == keys.name_key(other) != ""


def test_keys_tell_other_things_apart() -> None:
    assert keys.name_key("陈雨桐") != keys.name_key("陈雨彤")
    assert keys.phone_key("+86 138-0013-8000") == keys.phone_key("１３８００１３８０００") == "13800138000"
    assert keys.phone_key("12345") == ""
    assert keys.latin_key("Chen Yu-tong") == keys.latin_key("YUTONG Chen") != keys.latin_key("Chen Yuting")


def test_doubles_are_found_by_what_they_share_and_by_nothing_else(cast: Cast) -> None:
    phone = [
        a_record("郑州", cast.jinheng, phone="138 0013 8000"),
        a_record("郑州", cast.qinghe, phone="+8613800138000"),
    ]
    family = [
        a_record("郑大", cast.jinheng, phone="13900139000"),
        a_record("郑小", cast.jinheng, phone="13900139000"),
    ]
    born = [
        a_record("金 平", cast.jinheng, birth_date=date(1990, 1, 2)),
        a_record("金平", cast.neighbour, birth_date=date(1990, 1, 2)),
    ]
    mail = [a_record("高一", cast.jinheng, email="gao@example.org"), a_record("高二", cast.jinheng)]
    EmailAddress.objects.create(user=mail[1], email="Gao@Example.org")
    named = [a_record("方圆", cast.college), a_record("方圆", cast.campus)]
    a_record("方圆", cast.neighbour)  # of another college
    apart = [
        a_record("白云", cast.college, birth_date=date(1990, 1, 2)),
        a_record("白云", cast.college, birth_date=date(1991, 1, 2)),
    ]
    found = _found(cast)
    pairs = {
        name: frozenset(one.username for one in pair)
        for name, pair in {
            "phone": phone,
            "family": family,
            "born": born,
            "mail": mail,
            "named": named,
            "apart": apart,
        }.items()
    }
    assert found == {
        pairs["phone"]: (3, ["phone"]),
        pairs["family"]: (1, ["phone"]),
        pairs["born"]: (3, ["name_birth"]),
        pairs["mail"]: (2, ["email"]),
        pairs["named"]: (1, ["name"]),
    }


def test_one_number_at_one_college_is_one_person(cast: Cast) -> None:
    first = cast.enrolments["26001"]
    other = a_record("陈雨彤", cast.college, Role.APPRENTICE)
    cohort = first.cohort
    cohort.pk, cohort.public_id = None, "another"
    cohort.save()
    Enrolment.objects.create(cohort=cohort, person=other, number="26001", starts_on=TODAY)
    assert _found(cast)[frozenset((first.person.username, other.username))] == (3, ["number"])


def test_a_telephone_of_very_many_says_nothing(cast: Cast) -> None:
    for n in range(31):
        a_record(f"人{n}", cast.jinheng, phone="0571-88001234")
    assert _found(cast) == {}


def test_what_was_settled_is_not_asked_again_and_what_is_alike_no_more_is_forgotten(cast: Cast) -> None:
    one, other = (a_record("郑州", cast.jinheng, phone="13800138000") for _ in range(2))
    third = a_record("郑州", cast.qinghe, phone="13800138000")
    _found(cast)
    part_twins(Twins.objects.get(first=one, second=other), because="cousins", by=system(), at=AT)
    Person.objects.filter(pk=third.pk).update(phone="")
    assert _found(cast) == {}
    assert [row.state for row in Twins.objects.all()] == ["apart"]
    row = compare_people(other, one, by=system(), at=AT)
    assert (row.state, row.reasons) == ("open", ["phone", "name", "by_hand"])


def test_a_search_in_one_organisation_touches_no_pair_of_others(cast: Cast) -> None:
    for place in (cast.jinheng, cast.neighbour):
        for _ in range(2):
            a_record("郑州", place, phone="13800138000")
    assert find_twins(cast.city, by=system(), at=AT) == 1
    assert queries.queue(cast.city).count() == 1
    assert queries.queue(cast.neighbour).count() == 0
    assert find_twins(None, by=system(), at=AT) == 6


def test_everything_of_one_record_is_of_the_other_and_goes_back(cast: Cast) -> None:
    stays, goes = a_record("周国栋", cast.jinheng), cast.people["mentor"]
    Person.objects.filter(pk=goes.pk).update(phone="13800138000")
    parties = EnrolmentParty.objects.filter(person=goes).count()
    row = merged(stays, goes)
    assert (goes.is_active, goes.merged_into_id, stays.phone) == (False, stays.pk, "13800138000")
    assert EnrolmentParty.objects.filter(person=stays).count() == parties > 0
    assert not EnrolmentParty.objects.filter(person=goes).exists()
    assert actor_in(goes, cast.jinheng, TODAY) is None
    later = Mute.objects.create(person=stays, topic="log")
    undo_merge(row, because="two persons", by=system(), at=AT)
    goes.refresh_from_db()
    stays.refresh_from_db()
    later.refresh_from_db()
    assert (goes.is_active, goes.merged_into_id, stays.phone, later.person_id) == (True, None, "", stays.pk)
    assert EnrolmentParty.objects.filter(person=goes).count() == parties


def test_pressed_twice_it_is_done_once(cast: Cast) -> None:
    stays, goes = a_record("周国栋", cast.jinheng), a_record("周国栋", cast.jinheng)
    row = merged(stays, goes)
    assert merged(stays, goes).pk == row.pk
    done = undo_merge(row, because="two", by=system(), at=AT)
    assert undo_merge(row, because="other", by=system(), at=AT).undone_because == done.undone_because == "two"
    assert AuditEntry.objects.filter(fact="kernel.records_merged").count() == 2  # once of each
    assert merged(goes, stays).pk != row.pk  # the other way round, later


def test_of_two_open_roles_one_ends_and_an_undo_opens_it_again(cast: Cast) -> None:
    stays, goes = a_record("周国栋", cast.jinheng), a_record("周国栋", cast.jinheng)
    before = list(Membership.objects.order_by("pk").values())
    [ended] = plan_of(stays, goes).twice
    assert (ended.how, ended.rows) == ("ended", 1)
    row = merged(stays, goes)
    assert [one.ends_on for one in stays.memberships.order_by("pk")] == [None, TODAY]
    undo_merge(row, because="two", by=system(), at=AT)
    assert list(Membership.objects.order_by("pk").values()) == before


def test_what_may_stand_once_stays_with_the_record_that_goes(cast: Cast) -> None:
    stays, goes = a_record("周国栋", cast.jinheng), a_record("周国栋", cast.jinheng)
    for person in (stays, goes):
        Mute.objects.create(person=person, topic="log")
    Mute.objects.create(person=goes, topic="talk")
    row = merged(stays, goes)
    assert row.left == {"kernel.Mute": 1}
    assert row.moved["kernel.Mute"] == 1
    assert sorted(Mute.objects.filter(person=stays).values_list("topic", flat=True)) == ["log", "talk"]


def test_master_and_apprentice_are_not_one(cast: Cast) -> None:
    mentor, apprentice = cast.people["mentor"], cast.people["apprentice"]
    plan = plan_of(mentor, apprentice)
    assert [one.label for one in plan.meetings] == ["apprenticeships.EnrolmentParty"]
    with pytest.raises(Refused, match="twins.they_meet"):
        merged(mentor, apprentice)
    assert not MergedRow.objects.exists()


def test_two_of_one_cohort_are_parted_there_first(cast: Cast) -> None:
    one, other = cast.people["apprentice"], cast.people["classmate"]
    with pytest.raises(Refused, match="twins.enrolled_twice"):
        merged(one, other)
    Enrolment.objects.filter(person=other).update(state="ended", ended_on=TODAY)
    row = merged(one, other)
    assert row.left["apprenticeships.Enrolment"] == 1


def test_what_a_point_carries_is_not_merged(cast: Cast) -> None:
    stays, goes = a_record("周国栋", cast.jinheng), a_record("周国栋", cast.jinheng)
    point = Point.objects.create(organisation=cast.campus, name="p", made_at=AT, our_keys="")
    known = CarriedRow.objects.create(label="kernel.Person", name="x:1", local=str(goes.pk), version="1")
    PointRow.objects.create(point=point, row=known, version="1")
    with pytest.raises(Refused, match="twins.at_a_point"):
        merged(stays, goes)
    Point.objects.update(revoked_at=AT)
    merged(stays, goes)


def test_merges_are_undone_in_their_order(cast: Cast) -> None:
    first, second, third = (a_record("周国栋", cast.jinheng) for _ in range(3))
    early = merged(second, first)
    late = merged(third, second)
    first.refresh_from_db()
    assert first.merged_into_id == third.pk
    with pytest.raises(Refused, match="twins.merged_on"):
        undo_merge(early, because="two", by=system(), at=AT)
    undo_merge(late, because="two", by=system(), at=AT)
    first.refresh_from_db()
    assert first.merged_into_id == second.pk
    undo_merge(early, because="two", by=system(), at=AT)
    with pytest.raises(Refused, match="twins.gone_already"):
        merged(third, merged(second, first).goes)


def test_who_may_and_who_may_not(cast: Cast) -> None:
    coordinator, administrator = cast.actor("coordinator"), cast.actor("administrator")

    def verdict(by: str, *people: Person) -> str:
        held = rules.memberships_ever(people)
        return rules.may_merge(cast.actor(by), people, held).reason

    inside = a_record("甲", cast.college, Role.TRAINER), a_record("甲", cast.campus, Role.TRAINER)
    elsewhere = a_record("乙", cast.college), a_record("乙", cast.jinheng)
    assert verdict("coordinator", *inside) == ""
    assert verdict("trainer", *inside) == "kernel.role_lacks"
    assert verdict("coordinator", *elsewhere) == "twins.elsewhere"
    assert rules.above_all(rules.memberships_ever(elsewhere)) == cast.city
    # A role that ended long ago is somebody else's to look after too.
    moved = a_record("甲", cast.college, Role.TRAINER)
    join([moved], cast.neighbour, Role.TRAINER, on=date(2020, 1, 1), until=date(2021, 1, 1))
    assert verdict("coordinator", inside[0], moved) == "twins.elsewhere"
    assert verdict("coordinator", inside[0], cast.people["coordinator"]) == "twins.yourself"
    assert verdict("coordinator", inside[0], cast.people["administrator"]) == "kernel.role_above_own"
    assert verdict("administrator", inside[0], cast.people["coordinator"]) == ""
    for by in (coordinator, administrator):
        with pytest.raises(Refused, match="twins.without_reason"):
            merge_people(*inside, because=" ", by=by, at=AT)


def test_the_person_reads_who_and_why_and_history_follows(cast: Cast) -> None:
    stays, goes = a_record("周国栋", cast.college, Role.TRAINER), cast.people["trainer"]
    join([goes], cast.college, Role.ASSESSOR, on=TODAY)
    entry = AuditEntry(at=AT, person=goes, actor_kind="person", fact="kernel.calendar_opened")
    entry.save()
    row = merged(stays, goes, cast.actor("coordinator"))
    for told in AuditEntry.objects.filter(fact=RecordsMerged.code):
        on_records_merged(Told(RecordsMerged(**told.payload), told))
    assert [(one.person_id, one.subject) for one in Alert.objects.all()] == [(stays.pk, str(row.ref))]
    with looking_for(Scope(person_id=stays.pk)):
        assert entry in AuditEntry.objects.all()
        assert [one.because for one in queries.merges()] == ["same person"]


def test_what_somebody_has_changed_since_stays_changed(cast: Cast) -> None:
    stays, goes = a_record("周国栋", cast.jinheng), cast.people["mentor"]
    row = merged(stays, goes)
    party = EnrolmentParty.objects.filter(person=stays).first()
    assert party is not None
    third = a_record("别人", cast.jinheng)
    EnrolmentParty.objects.filter(pk=party.pk).update(person=third)
    undo_merge(row, because="two", by=system(), at=AT + timedelta(days=3))
    party.refresh_from_db()
    assert party.person_id == third.pk
    told = AuditEntry.objects.filter(fact="kernel.merge_undone").first()
    assert told is not None
    assert told.payload["later"] == 1


def test_looking_through_all_tables_asks_as_often_for_much_as_for_little(cast: Cast) -> None:
    stays, goes, rich = (a_record("周国栋", cast.jinheng) for _ in range(3))
    for n in range(40):
        AuditEntry(at=AT, person=rich, actor_kind="person", fact=f"x.{n}").save()
        Alert.objects.create(
            person=rich, entry=AuditEntry.objects.latest("pk"), code="x", subject=str(n), at=AT
        )
    Alert.objects.create(person=goes, entry=AuditEntry.objects.latest("pk"), code="x", subject="1", at=AT)
    asked = []
    for one in (goes, rich):
        with CaptureQueriesContext(connection) as queries_made:
            plan_of(stays, one)
        asked.append(len(queries_made))
    assert asked[0] == asked[1]
