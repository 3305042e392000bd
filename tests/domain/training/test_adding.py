"""Single stays outside of a pattern: looked at, written as seen, held against the same clashes, taken back together."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.training.actions import Wanted, add_stays, undo_pattern
from craftpath.domain.training.adding import offer_stays
from craftpath.domain.training.models import Department, RotationPattern, Stay, TrainingPlan
from craftpath.kernel.audit import AuditEntry
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.training.world import MONDAY, planned, publish

pytestmark = pytest.mark.usefixtures("all_rows")
LATER = AT + timedelta(minutes=5)
FRIDAY = MONDAY + timedelta(days=4)
CARE = Wanted("machine_care", MONDAY, FRIDAY)


def refused(reason: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{reason}$")


@pytest.fixture
def plan(cast: Cast) -> TrainingPlan:
    return planned(cast)


def add(
    cast: Cast, plan: TrainingPlan, wanted: Wanted, *numbers: str, seen: str | None = None
) -> RotationPattern:
    people = [cast.enrolments[number] for number in numbers]
    seen = offer_stays(plan, wanted, people).fingerprint if seen is None else seen
    return add_stays(plan, wanted, people, seen=seen, by=cast.actor("coordinator"), at=LATER)


def test_one_stay_is_where_and_with_whom_the_plan_says(cast: Cast, plan: TrainingPlan) -> None:
    pattern = add(cast, plan, CARE, "26001")
    [stay] = pattern.stays.all()
    assert (stay.starts_on, stay.ends_on, stay.kind, stay.state) == (MONDAY, FRIDAY, "workplace", "planned")
    assert (stay.host, stay.responsible) == (cast.jinheng, cast.people["mentor"])
    assert stay.department == Department.objects.get(host=cast.jinheng, name__en="Maintenance")
    told = AuditEntry.objects.get(fact="training.stays_added").payload
    assert (told["unit"], told["people"]) == ("machine_care", 1)


def test_a_few_at_once_each_at_the_own_enterprise_and_a_second_press_adds_none(
    cast: Cast, plan: TrainingPlan
) -> None:
    people = [cast.enrolments[number] for number in ("26001", "26003")]
    seen = offer_stays(plan, CARE, people).fingerprint
    first, again = (add(cast, plan, CARE, "26001", "26003", seen=seen) for _ in range(2))
    assert first == again
    assert {stay.host for stay in Stay.objects.all()} == {cast.jinheng, cast.qinghe}
    assert Stay.objects.count() == 2


def test_another_department_and_person_can_be_chosen(cast: Cast, plan: TrainingPlan) -> None:
    tools = Department.objects.get(host=cast.jinheng, name__en="Tool room")
    wanted = Wanted("machine_care", MONDAY, FRIDAY, tools, cast.people["trainer"])
    [stay] = add(cast, plan, wanted, "26002").stays.all()
    assert (stay.department, stay.responsible) == (tools, cast.people["trainer"])
    with refused("training.department_elsewhere"):
        offer_stays(plan, wanted, [cast.enrolments["26003"]])  # learns at the other enterprise
    with refused("training.department_elsewhere"):
        offer_stays(plan, Wanted("read_drawings", MONDAY, FRIDAY, tools), [cast.enrolments["26001"]])


def test_what_blocks_is_not_written_and_what_warns_is(cast: Cast, plan: TrainingPlan) -> None:
    publish(cast, plan)
    people = [cast.enrolments["26001"]]
    seen = offer_stays(plan, CARE, people)
    assert [clash.reason for clash in seen.blocking] == ["training.clash_overlap"]
    with refused("training.pattern_blocked"):
        add(cast, plan, CARE, "26001")
    after = max(Stay.objects.values_list("ends_on", flat=True)) + timedelta(days=1)
    Department.objects.update(capacity=1)
    free = Wanted("machine_care", after, after + timedelta(days=4))
    pattern = add(cast, plan, free, "26001", "26002")
    assert pattern.stays.count() == 2
    told = AuditEntry.objects.get(fact="training.stays_added").payload
    assert told["clashes"] == 1  # the department has one place


def test_what_has_changed_since_is_looked_at_again(cast: Cast, plan: TrainingPlan) -> None:
    seen = offer_stays(plan, CARE, [cast.enrolments["26001"]]).fingerprint
    Department.objects.filter(host=cast.jinheng).update(responsible=cast.people["trainer"])
    with refused("training.offer_changed"):
        add(cast, plan, CARE, "26001", seen=seen)
    assert not Stay.objects.exists()


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (Wanted("sailing", MONDAY, FRIDAY), "training.unit_unknown"),
        (Wanted("machine_care", FRIDAY, MONDAY), "training.ends_before_start"),
        (Wanted("machine_care", MONDAY, MONDAY + timedelta(weeks=161)), "training.stay_too_long"),
    ],
)
def test_what_is_no_stay_is_refused(cast: Cast, plan: TrainingPlan, wanted: Wanted, reason: str) -> None:
    with refused(reason):
        offer_stays(plan, wanted, [cast.enrolments["26001"]])


def test_only_for_people_of_the_cohort_and_by_those_who_plan(cast: Cast, plan: TrainingPlan) -> None:
    with refused("training.choose_somebody"):
        offer_stays(plan, CARE, [])
    gone = cast.enrolments["26001"]
    gone.state = "ended"
    with refused("training.not_in_cohort"):
        offer_stays(plan, CARE, [gone])
    for who, where in (("trainer", cast.college), ("hr", cast.jinheng), ("stranger", cast.neighbour)):
        with pytest.raises(Refused) as caught:
            add_stays(plan, CARE, [cast.enrolments["26002"]], seen="x", by=cast.actor(who, where), at=LATER)
        assert caught.value.verdict.who
    assert not Stay.objects.exists()


def test_they_are_taken_back_together_while_nobody_has_changed_them(cast: Cast, plan: TrainingPlan) -> None:
    by, pattern = cast.actor("coordinator"), add(cast, plan, CARE, "26001", "26002")
    assert pattern.steps == []
    assert undo_pattern(pattern, by=by, at=LATER) == 2
    assert set(Stay.objects.values_list("state", flat=True)) == {"cancelled"}
    assert add(cast, plan, CARE, "26001", "26002") != pattern  # and can be added anew


def test_the_queries_do_not_grow_with_the_people(cast: Cast, plan: TrainingPlan) -> None:
    def count(*numbers: str) -> int:
        people = list(enrolments().filter(number__in=numbers))
        with CaptureQueriesContext(connection) as asked:
            offer_stays(plan, CARE, people)
        return len(asked)

    assert count("26001") == count("26001", "26002", "26003", "26004", "26005")
