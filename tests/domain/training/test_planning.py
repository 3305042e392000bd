"""Plans and rotation by their actions: drafted, changed, published, taken back, moved, ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.programmes.queries import buckets_by_programme, stages_of, units_of
from craftpath.domain.training.actions import (
    Move,
    Posting,
    UnitChange,
    cancel_stay,
    change_plan,
    draft_plan,
    end_stay,
    move_stay,
    post_hours,
    publish_pattern,
    save_department,
    undo_pattern,
)
from craftpath.domain.training.coverage import coverage
from craftpath.domain.training.models import Department, Stay, TrainingPlan
from craftpath.domain.training.patterns import Step, length
from craftpath.domain.training.publishing import offer
from craftpath.domain.training.queries import cells_on, units_of_plan
from craftpath.domain.training.rotation import next_stays, planned_minutes
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.training.world import MONDAY, STEPS, planned, publish

pytestmark = pytest.mark.usefixtures("all_rows")
LATER = AT + timedelta(minutes=5)


def refused(reason: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{reason}$")


class TestPlan:
    def test_it_is_drafted_once_from_the_programme_s_units(self, cast: Cast) -> None:
        plan, again = (draft_plan(cast.cohort, by=cast.actor("coordinator"), at=AT) for _ in range(2))
        assert plan == again
        copied = [(u.key, u.minutes, u.stage, u.skills, u.hazardous) for u in units_of_plan(plan)]
        assert copied == [
            (u.key, u.minutes, u.stage.key, u.skills, u.hazardous) for u in units_of(cast.programme.pk)
        ]
        assert AuditEntry.objects.filter(fact="training.plan_drafted").count() == 1

    def test_only_those_who_plan_may(self, cast: Cast) -> None:
        for who, where in (("trainer", cast.college), ("hr", cast.jinheng), ("stranger", cast.neighbour)):
            with pytest.raises(Refused):
                draft_plan(cast.cohort, by=cast.actor(who, where), at=AT)
        assert not TrainingPlan.objects.exists()

    def test_a_change_counts_the_version_and_tells_what_was(self, cast: Cast) -> None:
        by = cast.actor("coordinator")
        plan = draft_plan(cast.cohort, by=by, at=AT)
        change = UnitChange(1, {"zh": "安全第一课", "en": "Safety"}, 30 * 60)
        changed = change_plan(plan, {"safety_first": change}, version=1, by=by, at=LATER)
        assert (changed.version, units_of_plan(plan)[0].title.zh) == (2, "安全第一课")
        told = AuditEntry.objects.get(fact="training.plan_changed").payload
        assert told["before"]["safety_first"]["minutes"] == 24 * 60
        assert change_plan(plan, {"safety_first": change}, version=2, by=by, at=LATER).version == 2
        with refused("training.plan_changed_meanwhile"):
            change_plan(plan, {"safety_first": change}, version=1, by=by, at=LATER)

    @pytest.mark.parametrize(
        ("key", "change", "reason"),
        [
            ("nothing", {}, "training.unit_unknown"),
            ("safety_first", {"name": {"zh": ""}}, "training.without_name"),
            ("safety_first", {"minutes": -1}, "training.hours_out_of_range"),
            ("safety_first", {"minutes": 10**9}, "training.hours_out_of_range"),
        ],
    )
    def test_a_wrong_change_changes_nothing(
        self, cast: Cast, key: str, change: dict[str, object], reason: str
    ) -> None:
        by = cast.actor("coordinator")
        plan = draft_plan(cast.cohort, by=by, at=AT)
        wanted = replace(UnitChange(1, {"zh": "x"}, 60), **change)  # type: ignore[arg-type]
        with refused(reason):
            change_plan(
                plan, {"house_rules": UnitChange(1, {"zh": "y"}, 60), key: wanted}, version=1, by=by, at=AT
            )
        assert TrainingPlan.objects.get().version == 1
        assert {u.title.zh for u in units_of_plan(plan)}.isdisjoint({"x", "y"})

    def test_departments_belong_to_hosts_of_one_s_own_apprentices(self, cast: Cast) -> None:
        by, name = cast.actor("coordinator"), {"zh": "车工车间"}
        save_department(host=cast.jinheng, name=name, capacity=3, by=by, at=AT)
        with refused("training.department_exists"):
            save_department(host=cast.jinheng, name=name, capacity=4, by=by, at=AT)
        with refused("training.capacity_out_of_range"):
            save_department(host=cast.jinheng, name={"zh": "b"}, capacity=0, by=by, at=AT)
        with refused("kernel.belongs_to_another"):
            save_department(host=cast.neighbour, name=name, capacity=3, by=by, at=AT)
        with refused("kernel.role_lacks"):
            save_department(
                host=cast.jinheng, name={"zh": "c"}, capacity=3, by=cast.actor("hr", cast.jinheng), at=AT
            )
        assert Department.objects.count() == 1

    def test_a_unit_has_one_department_of_each_host(self, cast: Cast) -> None:
        plan = planned(cast)
        here = list(Department.objects.filter(host=cast.jinheng))[:2]
        with refused("training.two_departments"):
            change_plan(
                plan,
                {"tools_materials": UnitChange(1, {"zh": "x"}, 60, here)},
                version=plan.version,
                by=cast.actor("coordinator"),
                at=AT,
            )
        assert TrainingPlan.objects.get().version == plan.version
        assert "x" not in {unit.title.zh for unit in units_of_plan(plan)}


class TestCoverage:
    def _cover(self, cast: Cast, plan: TrainingPlan):
        programme = cast.programme.pk
        buckets = buckets_by_programme([programme])[programme]
        return coverage(units_of_plan(plan), units_of(programme), stages_of(programme), buckets)

    def test_the_general_set_covers_its_programme_and_sums_agree(self, cast: Cast) -> None:
        plan = draft_plan(cast.cohort, by=cast.actor("coordinator"), at=AT)
        found = self._cover(cast, plan)
        assert found.covers
        assert sum(stage.minutes for stage in found.stages) == found.whole.minutes == 1200 * 60
        assert {one.bucket.key: one.minutes for one in found.whole.sums} == {
            "workplace": 880 * 60, "taught": 320 * 60, "online": 120 * 60,
        }  # fmt: skip
        assert {one.verdict for stage in found.stages for one in stage.sums} == {"even"}

    def test_a_unit_left_out_is_missed_in_hours_and_outcomes(self, cast: Cast) -> None:
        by = cast.actor("coordinator")
        plan = draft_plan(cast.cohort, by=by, at=AT)
        name = {"zh": "岗位基本操作"}
        change_plan(plan, {"basic_operations": UnitChange(4, name, 0)}, version=1, by=by, at=AT)
        found = self._cover(cast, plan)
        assert not found.covers
        assert [outcome.key for outcome in found.missing] == ["follow_card", "tidy_post"]
        assert [(one.bucket.key, one.off) for one in found.whole.sums if one.off] == [
            ("workplace", -160 * 60)
        ]

    def test_too_much_online_is_over_the_cap(self, cast: Cast) -> None:
        by = cast.actor("coordinator")
        plan = draft_plan(cast.cohort, by=by, at=AT)
        change = UnitChange(6, {"zh": "x"}, 81 * 60)
        change_plan(plan, {"digital_basics": change}, version=1, by=by, at=AT)
        online = next(one for one in self._cover(cast, plan).whole.sums if one.bucket.key == "online")
        assert (online.verdict, online.off) == ("over", 60)


class TestPublishing:
    def test_a_look_writes_nothing_and_publishing_writes_what_was_seen(self, cast: Cast) -> None:
        plan = planned(cast)
        seen = offer(plan, STEPS, MONDAY)
        assert not Stay.objects.exists()
        assert not seen.blocking
        pattern = publish(cast, plan)
        wanted = [(s.enrolment_id, s.unit_id, s.starts_on, s.ends_on, s.department_id) for s in seen.stays]
        rows = Stay.objects.order_by("pk")
        assert [(s.enrolment_id, s.unit_id, s.starts_on, s.ends_on, s.department_id) for s in rows] == wanted
        assert {row.pattern_id for row in rows} == {pattern.pk}
        days: dict[int, int] = {}
        for row in rows:
            days[row.enrolment_id] = days.get(row.enrolment_id, 0) + (row.ends_on - row.starts_on).days + 1
        assert set(days) == {row.pk for row in cast.enrolments.values()}
        assert set(days.values()) == {7 * length(STEPS)}

    def test_everybody_is_at_the_own_enterprise_and_blocks_are_at_the_college(self, cast: Cast) -> None:
        publish(cast, planned(cast))
        for row in Stay.objects.select_related("enrolment", "department"):
            if row.kind == "college":
                assert (row.host_id, row.department) == (cast.college.pk, None)
            else:
                assert row.host_id == row.enrolment.enterprise_id
                assert row.department is None or row.department.host_id == row.host_id

    def test_the_same_press_twice_is_one_pattern(self, cast: Cast) -> None:
        plan = planned(cast)
        seen, by = offer(plan, STEPS, MONDAY).fingerprint, cast.actor("coordinator")
        first, second = (publish_pattern(plan, STEPS, MONDAY, seen=seen, by=by, at=AT) for _ in range(2))
        assert first == second
        count = Stay.objects.count()
        with refused("training.pattern_blocked"):  # another look finds that all of them are there
            publish(cast, plan)
        assert Stay.objects.count() == count

    def test_what_changed_since_the_look_is_not_published(self, cast: Cast) -> None:
        plan, by = planned(cast), cast.actor("coordinator")
        seen = offer(plan, STEPS, MONDAY).fingerprint
        room = Department.objects.filter(host=cast.jinheng).first()
        assert room is not None
        save_department(host=cast.jinheng, department=room, name=room.name, capacity=1, by=by, at=AT)
        room.responsible = cast.people["mentor"]
        room.save()
        with refused("training.offer_changed"):
            publish_pattern(plan, STEPS, MONDAY, seen=seen, by=by, at=AT)
        assert not Stay.objects.exists()

    def test_a_full_department_warns_and_is_published_by_whoever_has_seen_it(self, cast: Cast) -> None:
        plan = planned(cast, capacity=1)
        steps = [Step("tools_materials", 2), Step("basic_operations", 2)]
        seen = offer(plan, steps, MONDAY)  # three people of one enterprise in two departments of one place
        assert {(one.reason, one.level) for one in seen.clashes} == {("training.clash_full", "warn")}
        assert {one.facts["people"] for one in seen.clashes} == {2}
        publish(cast, plan, steps)
        told = AuditEntry.objects.get(fact="training.pattern_published").payload
        assert told["clashes"] == len(seen.clashes) > 0

    def test_places_that_another_cohort_takes_are_counted_without_being_seen(self, cast: Cast) -> None:
        plan = planned(cast, capacity=1)
        publish(cast, plan, [Step("tools_materials", 2)])
        Stay.objects.exclude(enrolment=cast.enrolments["26001"]).delete()
        who = cast.enrolments["26002"].pk
        seen = offer(plan, [Step("tools_materials", 2)], MONDAY, leave_out=True)
        [full] = [one for one in seen.clashes if one.enrolment_ids and who in one.enrolment_ids]
        assert full.facts["people"] == 3  # 26002, 26005 and the one who is there
        assert [row.number for row in seen.left_out] == ["26001"]

    def test_minors_are_kept_from_hazardous_units_where_the_age_is_known(self, cast: Cast) -> None:
        plan, steps = planned(cast), [Step("hazardous_work", 2), Step("quality", 2)]
        young = cast.enrolments["26003"].pk
        seen = offer(plan, steps, MONDAY, born={young: date(2009, 5, 1)})
        assert [(one.reason, one.enrolment_ids) for one in seen.blocking] == [
            ("training.clash_minor", (young,))
        ]
        assert seen.ages_unknown == 4
        with refused("training.pattern_blocked"):
            publish(cast, plan, steps, born={young: date(2009, 5, 1)})
        assert not Stay.objects.exists()
        publish(cast, plan, steps, born={young: date(2009, 5, 1)}, leave_out=True)
        assert not Stay.objects.filter(enrolment=young).exists()
        assert Stay.objects.exists()

    def test_nobody_is_sent_outside_the_apprenticeship(self, cast: Cast) -> None:
        plan = planned(cast)
        seen = offer(plan, STEPS, date(2026, 2, 23))
        assert {one.reason for one in seen.blocking} == {"training.clash_before"}
        assert len(seen.blocking) == 5

    def test_a_mentor_s_load_is_held_against_the_provision(self, cast: Cast) -> None:
        cast.programme.provisions.filter(key="mentor_max_apprentices").update(value=1)
        seen = offer(planned(cast), STEPS, MONDAY)
        people = {one.facts["person"] for one in seen.clashes if one.reason == "training.clash_mentor"}
        assert people == set(
            Person.objects.filter(name__in=["周国栋", "吴海燕"]).values_list("pk", flat=True)
        )

    @pytest.mark.parametrize(
        ("steps", "reason"),
        [
            ([], "training.no_steps"),
            ([Step("nothing", 1)], "training.unit_unknown"),
            ([Step("quality", 0)], "training.too_long"),
            ([Step("quality", 999)], "training.too_long"),
            ([Step("quality", 1)] * 41, "training.too_long"),
        ],
    )
    def test_a_pattern_that_is_none_is_refused(self, cast: Cast, steps: list[Step], reason: str) -> None:
        plan, by = planned(cast), cast.actor("coordinator")
        with refused(reason):
            offer(plan, steps, MONDAY)
        with refused(reason):
            publish_pattern(plan, steps, MONDAY, seen="", by=by, at=AT)
        assert not Stay.objects.exists()

    def test_a_look_asks_as_often_for_more_people(self, cast: Cast) -> None:
        plan, by = planned(cast), cast.actor("coordinator")
        with CaptureQueriesContext(connection) as few:
            assert len({stay.enrolment_id for stay in offer(plan, STEPS, MONDAY).stays}) == 5
        newcomers = [RosterEntry(f"27{n:03}", f"学徒{n}", enterprise=cast.jinheng) for n in range(10)]
        take_roster(cast.cohort, newcomers, by=by, at=AT)
        with CaptureQueriesContext(connection) as many:
            assert len({stay.enrolment_id for stay in offer(plan, STEPS, MONDAY).stays}) == 15
        assert len(many) == len(few) <= 9


class TestUndo:
    def test_it_is_taken_back_and_can_be_published_anew(self, cast: Cast) -> None:
        plan, by = planned(cast), cast.actor("coordinator")
        pattern = publish(cast, plan)
        count = Stay.objects.count()
        assert undo_pattern(pattern, by=by, at=LATER) == count
        assert set(Stay.objects.values_list("state", flat=True)) == {"cancelled"}
        with refused("training.undone_already"):
            undo_pattern(pattern, by=by, at=LATER)
        publish(cast, plan)
        assert Stay.objects.filter(state="planned").count() == count

    def test_not_once_a_stay_was_changed(self, cast: Cast) -> None:
        pattern, by = publish(cast, planned(cast)), cast.actor("coordinator")
        row = Stay.objects.order_by("-ends_on", "pk").select_related("enrolment__cohort__organisation")[0]
        cancel_stay(row, because="The workshop is closed.", by=by, at=LATER)
        with refused("training.stays_changed"):
            undo_pattern(pattern, by=by, at=LATER)
        assert list(Stay.objects.filter(state="cancelled")) == [row]

    def test_not_once_hours_were_recorded_for_it(self, cast: Cast) -> None:
        pattern = publish(cast, planned(cast))
        who = cast.enrolments["26001"].pk
        hours = Posting(who, "workplace", MONDAY, 60, Ref("tests", "source", "a"), "tests/a")
        post_hours([hours], by=system(), at=LATER)
        with refused("training.hours_posted"):
            undo_pattern(pattern, by=cast.actor("coordinator"), at=LATER)
        assert set(Stay.objects.values_list("state", flat=True)) == {"planned"}


class TestMoving:
    def _first(self, cast: Cast, unit: str = "basic_operations") -> Stay:
        rows = Stay.objects.filter(enrolment=cast.enrolments["26001"], unit__key=unit)
        return rows.select_related("enrolment__cohort__organisation", "department").order_by("starts_on")[0]

    def test_to_another_department_and_person(self, cast: Cast) -> None:
        publish(cast, planned(cast))
        row, by = self._first(cast), cast.actor("coordinator")
        other = Department.objects.get(host=cast.jinheng, name__en="Maintenance")
        move_stay(row, Move(row.starts_on, row.ends_on, other, None), by=by, at=LATER)
        row.refresh_from_db()
        assert (row.department, row.responsible, row.moved, row.state) == (other, None, True, "planned")
        told = AuditEntry.objects.get(fact="training.stay_moved").payload
        assert told["before"]["department"] != other.public_id

    def test_not_into_another_stay_nor_to_another_enterprise(self, cast: Cast) -> None:
        publish(cast, planned(cast))
        row, by = self._first(cast), cast.actor("coordinator")
        with refused("training.stay_blocked"):
            move_stay(
                row, Move(row.starts_on, row.ends_on + timedelta(days=1), row.department, None), by=by, at=AT
            )
        elsewhere = Department.objects.filter(host=cast.qinghe)[0]
        with refused("training.department_elsewhere"):
            move_stay(row, Move(row.starts_on, row.ends_on, elsewhere, None), by=by, at=AT)
        with refused("training.stay_begun_keeps_day"):
            move_stay(row, Move(AT.date() - timedelta(days=1), row.ends_on, None, None), by=by, at=AT)
        with refused("training.ends_before_start"):
            move_stay(row, Move(row.ends_on, row.starts_on, None, None), by=by, at=AT)
        with pytest.raises(Refused):
            move_stay(row, Move(row.starts_on, row.ends_on, None, None), by=cast.actor("trainer"), at=AT)
        assert not Stay.objects.filter(moved=True).exists()

    def test_ending_frees_the_days_and_says_why(self, cast: Cast) -> None:
        publish(cast, planned(cast))
        row, by = self._first(cast), cast.actor("coordinator")
        on = row.starts_on + timedelta(days=3)
        with refused("training.say_why"):
            end_stay(row, on=on, because="  ", by=by, at=LATER)
        end_stay(row, on=on, because="The machine is down.", by=by, at=LATER)
        who = [row.enrolment_id]
        assert cells_on(who, on)[row.enrolment_id].unit_key == "basic_operations"
        assert cells_on(who, on + timedelta(days=1)) == {}
        with refused("training.stay_over"):
            end_stay(row, on=on, because="again", by=by, at=LATER)

    def test_what_has_begun_is_ended_and_not_cancelled(self, cast: Cast) -> None:
        publish(cast, planned(cast))
        row, by = self._first(cast), cast.actor("coordinator")
        begun = AT + (row.starts_on - AT.date()) + timedelta(days=1)
        with refused("training.stay_begun"):
            cancel_stay(row, because="x", by=by, at=begun)
        with refused("training.ends_outside"):
            end_stay(row, on=row.ends_on, because="x", by=by, at=begun)
        stands = Stay.objects.get(pk=row.pk)
        assert (stands.state, stands.ends_on) == ("planned", row.ends_on)
        assert not AuditEntry.objects.filter(
            fact__in=["training.stay_cancelled", "training.stay_ended"]
        ).exists()


class TestReading:
    def test_where_somebody_is_on_a_day_in_one_query(self, cast: Cast) -> None:
        publish(cast, planned(cast))
        ids = [row.pk for row in cast.enrolments.values()]
        with CaptureQueriesContext(connection) as asked:
            found = cells_on(ids, MONDAY + timedelta(days=8))
        assert len(asked) == 1
        cell = found[cast.enrolments["26001"].pk]
        assert (cell.unit_key, cell.bucket) == ("tools_materials", "workplace")
        assert (cell.department.en, cell.host.en) == ("Tool room", "Jinheng Machinery")
        assert cell.skills == ("planning_organising", "foundational_literacies")
        assert cells_on(ids, MONDAY - timedelta(days=1)) == {}
        block = cells_on(ids, MONDAY + timedelta(weeks=7))[ids[0]]
        assert (block.unit_key, block.department) == ("read_drawings", block.host)

    def test_planned_hours_are_spread_and_their_parts_make_the_whole(self, cast: Cast) -> None:
        publish(cast, planned(cast))
        who, last = cast.enrolments["26001"].pk, MONDAY + timedelta(weeks=length(STEPS))
        whole = planned_minutes([who], None, last)[who]
        units = {unit.key: unit for unit in units_of(cast.programme.pk)}
        wanted = {"workplace": 0, "taught": 0}
        for step in STEPS:
            wanted[units[step.unit].bucket] += units[step.unit].minutes
        assert whole == wanted
        parts = {"workplace": 0, "taught": 0}
        day = MONDAY
        while day <= last:
            for bucket, minutes in planned_minutes([who], day, day + timedelta(days=4))[who].items():
                parts[bucket] += minutes
            day += timedelta(days=5)
        assert parts == whole
        assert planned_minutes([who], None, MONDAY - timedelta(days=1))[who] == {"workplace": 0, "taught": 0}

    def test_the_next_three(self, cast: Cast) -> None:
        publish(cast, planned(cast))
        who = cast.enrolments["26001"].pk
        rows = next_stays([who], MONDAY + timedelta(days=10))[who]
        assert [row.unit.key for row in rows] == ["tools_materials", "basic_operations", "read_drawings"]
