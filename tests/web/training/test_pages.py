"""The pages of plans and rotation: who sees what, what is pressed, and what a wrong press says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.training.models import Department, PlanUnit, RotationPattern, Stay, TrainingPlan
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, TODAY, Cast
from tests.domain.training.world import MONDAY, STEPS, planned, publish, shift

Browse = Callable[[str], Client]


def address(cast: Cast, page: str = "", organisation: str = "lanchuan") -> str:
    return f"/o/{organisation}/plan/{cast.cohort.public_id}/{page}"


@pytest.fixture
def rotation(cast: Cast) -> RotationPattern:
    with everywhere("a test plans a rotation"):
        return publish(cast, planned(cast))


def asked(**more: str) -> dict[str, str]:
    form = {"starts_on": MONDAY.isoformat()} | {f"weeks-{step.unit}": str(step.weeks) for step in STEPS}
    return form | {f"together-{step.unit}": "1" for step in STEPS if step.together} | more


class TestPlan:
    def test_it_is_drafted_and_shows_sums_and_outcomes(self, cast: Cast, browse: Browse) -> None:
        client = browse("coordinator")
        assert b"No plan yet" in client.get(address(cast)).content
        assert client.post(address(cast, "draft/")).status_code == 302
        page = client.get(address(cast))
        assert page.context["coverage"].covers
        said = page.content.decode()
        for words in ("Junior craftsman", "880 h", "reads part and assembly drawings", "hazardous"):
            assert words in said

    def test_what_is_left_out_is_said(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test leaves a unit out"):
            planned(cast)
            PlanUnit.objects.filter(key="quality").update(minutes=0)
        said = browse("coordinator").get(address(cast)).content.decode()
        assert "inspects by the rule and decides" in said
        assert "60 h missing" in said

    def _form(self, client: Client, cast: Cast) -> dict[str, str]:
        page = client.get(address(cast, "units/"))
        form = {"version": str(page.context["plan"].version)}
        for _, fields in page.context["groups"]:
            for one in fields:
                key = one.unit.key
                form |= {
                    f"order-{key}": one.order,
                    f"name_zh-{key}": one.name_zh,
                    f"name_en-{key}": one.name_en,
                }
                form[f"hours-{key}"] = one.hours
                form |= {f"place-{host.key}-{key}": chosen for host, chosen in one.places}
        return form

    def test_units_are_changed_together(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test plans"):
            planned(cast)
        client = browse("coordinator")
        form = self._form(client, cast)
        form |= {"hours-quality": "61.5", "name_en-quality": "Inspection"}
        assert client.post(address(cast, "units/"), form).status_code == 302
        with everywhere("a test looks"):
            unit = PlanUnit.objects.get(key="quality")
            assert (unit.minutes, unit.name["en"]) == (61 * 60 + 30, "Inspection")
            assert PlanUnit.objects.get(key="machine_care").departments.count() == 2
            assert TrainingPlan.objects.get().version == 3
        again = client.post(address(cast, "units/"), form)
        assert again.status_code == 409
        assert b"Somebody else has changed the plan" in again.content

    @pytest.mark.parametrize(
        ("field", "value"),
        [("hours-quality", "many"), ("hours-quality", "-1"), ("hours-quality", "NaN"), ("hours-quality", "1e99"),
         ("order-quality", "x"), ("name_zh-quality", "")],
    )  # fmt: skip
    def test_a_wrong_unit_is_marked_and_nothing_is_kept(
        self, cast: Cast, browse: Browse, field: str, value: str
    ) -> None:
        with everywhere("a test plans"):
            planned(cast)
        client = browse("coordinator")
        form = self._form(client, cast) | {
            "name_en-quality": "" if "name" in field else "Other",
            field: value,
        }
        page = client.post(address(cast, "units/"), form)
        assert page.status_code == 422
        marked = [one.unit.key for _, fields in page.context["groups"] for one in fields if one.wrong]
        assert marked == ["quality"]
        with everywhere("a test looks"):
            assert PlanUnit.objects.get(key="quality").name["en"] == "Quality inspection"


class TestDepartments:
    def test_a_coordinator_keeps_them_and_hr_reads_the_own(self, cast: Cast, browse: Browse) -> None:
        client = browse("coordinator")
        page = "/o/lanchuan/plan/departments/"
        form = {"host": "jinheng", "name_zh-new": "钳工", "name_en-new": "Fitting", "capacity-new": "4"}
        assert client.post(page, form).status_code == 302
        again = client.post(page, form)
        assert again.status_code == 422
        assert b"A department of this name is there already" in again.content
        with everywhere("a test looks"):
            row = Department.objects.get()
            planned(cast)
        assert (row.host, row.capacity) == (cast.jinheng, 4)
        seen = browse("hr").get("/o/jinheng/plan/departments/").content.decode()
        assert "Fitting" in seen
        assert "Qinghe" not in seen
        assert 'name="capacity-new"' not in seen

    @pytest.mark.parametrize("capacity", ["many", "-1", "0", "99999", "1.5"])
    def test_a_wrong_capacity_keeps_nothing(self, cast: Cast, browse: Browse, capacity: str) -> None:
        form = {"host": "jinheng", "name_zh-new": "钳工", "capacity-new": capacity}
        page = browse("coordinator").post("/o/lanchuan/plan/departments/", form)
        assert page.status_code == 422
        assert "钳工" in page.content.decode()
        with everywhere("a test looks"):
            assert not Department.objects.exists()

    def test_a_strange_enterprise_is_404(self, cast: Cast, browse: Browse) -> None:
        form = {"host": "dongling", "name_zh-new": "x"}
        assert browse("coordinator").post("/o/lanchuan/plan/departments/", form).status_code == 404


class TestPattern:
    def test_from_the_suggestion_over_the_preview_to_the_rotation(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test plans"):
            planned(cast)
        client = browse("coordinator")
        first = client.get(address(cast, "pattern/"))
        suggested = {
            one.unit.key: one.weeks for _, _, fields in first.context["groups"] for one in fields if one.weeks
        }
        assert suggested == {
            "safety_first": "1", "house_rules": "1", "tools_materials": "3", "basic_operations": "4",
            "read_drawings": "1",
        }  # fmt: skip
        preview = client.get(address(cast, "pattern/"), asked())
        assert b"No clash" in preview.content
        with everywhere("a test looks"):
            assert not Stay.objects.exists()
        form = dict(preview.context["hidden"]) | {"seen": preview.context["seen"].fingerprint}
        assert client.post(address(cast, "pattern/publish/"), form).status_code == 302
        assert client.post(address(cast, "pattern/publish/"), form).status_code == 302  # a second press
        with everywhere("a test looks"):
            assert RotationPattern.objects.count() == 1
            assert Stay.objects.values("enrolment").distinct().count() == 5
        chart = client.get(address(cast, f"rotation/?from={MONDAY}")).context["chart"]
        assert len(chart.rows) == 5
        assert {sum(bar.days for bar in lane) for row in chart.rows for lane in row.lanes} == {18 * 7}

    def test_a_changed_world_leads_to_a_fresh_look(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test plans"):
            planned(cast)
        client = browse("coordinator")
        answer = client.post(address(cast, "pattern/publish/"), asked(seen="0123456789abcdef"), follow=True)
        assert b"Something has changed since this preview" in answer.content
        assert answer.context["seen"].fingerprint
        with everywhere("a test looks"):
            assert not Stay.objects.exists()

    def test_who_is_there_already_can_be_left_out(
        self, cast: Cast, browse: Browse, rotation: RotationPattern
    ) -> None:
        with everywhere("a newcomer joins"):
            newcomer = RosterEntry("26006", "周子墨", enterprise=cast.jinheng, mentor="周国栋")
            take_roster(cast.cohort, [newcomer], by=cast.actor("coordinator"), at=AT)
        client = browse("coordinator")
        page = client.get(address(cast, "pattern/"), asked())
        assert b"cannot be published yet" in page.content
        assert b"Publish for everybody" not in page.content
        page = client.get(address(cast, "pattern/") + page.context["without"])
        assert [row.number for row in page.context["seen"].people] == ["26006"]
        form = dict(page.context["hidden"]) | {"seen": page.context["seen"].fingerprint}
        client.post(address(cast, "pattern/publish/"), form)
        with everywhere("a test looks"):
            assert Stay.objects.filter(enrolment__number="26006").exists()

    @pytest.mark.parametrize(
        "wrong",
        [{"starts_on": ""}, {"starts_on": "tomorrow"}, {"starts_on": "9999-12-31"}, {"weeks-quality": "-3"},
         {"weeks-quality": "9" * 50}, {"weeks-quality": "159"}, {"weeks-quality": "½"}],
    )  # fmt: skip
    def test_a_pattern_that_is_none_says_why(self, cast: Cast, browse: Browse, wrong: dict[str, str]) -> None:
        with everywhere("a test plans"):
            planned(cast)
        client = browse("coordinator")
        page = client.get(address(cast, "pattern/"), asked() | wrong)
        assert page.status_code == 200
        assert page.context["said"]
        assert "seen" not in page.context
        assert client.post(address(cast, "pattern/publish/"), asked() | wrong).status_code == 302
        with everywhere("a test looks"):
            assert not Stay.objects.exists()

    def test_it_is_taken_back_from_the_rotation_s_page(
        self, cast: Cast, browse: Browse, rotation: RotationPattern
    ) -> None:
        client = browse("coordinator")
        assert b"Take the newest one back" in client.get(address(cast, "rotation/")).content
        client.post(address(cast, f"pattern/{rotation.public_id}/undo/"))
        with everywhere("a test looks"):
            assert set(Stay.objects.values_list("state", flat=True)) == {"cancelled"}
        assert client.post(address(cast, f"pattern/{rotation.public_id}/undo/")).status_code == 409


class TestRotation:
    def test_each_sees_the_own_rows(self, cast: Cast, browse: Browse, rotation: RotationPattern) -> None:
        for who, where, people in (
            ("coordinator", "lanchuan", 5), ("trainer", "lanchuan", 5), ("hr", "jinheng", 3),
            ("mentor", "jinheng", 2), ("apprentice", "lanchuan", 1),
        ):  # fmt: skip
            page = browse(who).get(address(cast, f"rotation/?from={MONDAY}", where))
            assert len(page.context["chart"].rows) == people, who
            assert (b"Plan from a pattern" in page.content) is (who == "coordinator")
        assert browse("officer").get(address(cast, "rotation/", "lanchuan-bureau")).status_code == 403

    def test_clashes_are_marked_in_the_bar_and_said_below(
        self, cast: Cast, browse: Browse, rotation: RotationPattern
    ) -> None:
        with everywhere("a department shrinks"):
            Department.objects.filter(host=cast.jinheng).update(capacity=1)
            mine = Stay.objects.filter(enrolment=cast.enrolments["26001"], unit__key="basic_operations")
            mine.update(starts_on=MONDAY + timedelta(weeks=1), ends_on=MONDAY + timedelta(weeks=2))
        page = browse("coordinator").get(address(cast, f"rotation/?from={MONDAY}"))
        levels = [one.level for one in page.context["clashes"]]
        assert levels == sorted(levels)  # what blocks stands first
        assert set(levels) == {"block", "warn"}
        own = next(row for row in page.context["chart"].rows if row.name == "陈雨桐")
        assert len(own.lanes) == 2
        assert {bar.level for lane in own.lanes for bar in lane} >= {"block"}
        assert b"Two stays at one time" in page.content

    def test_the_queries_do_not_grow_with_the_people(
        self, cast: Cast, browse: Browse, rotation: RotationPattern
    ) -> None:
        client = browse("coordinator")
        page = address(cast, f"rotation/?from={MONDAY}")
        client.get("/account/settings/")

        def count() -> int:
            with CaptureQueriesContext(connection) as asked_:
                assert client.get(page).status_code == 200
            return len(asked_)

        few = count()
        with everywhere("sixty more join"):
            rows = [RosterEntry(f"27{n:03}", f"学徒{n}", enterprise=cast.jinheng) for n in range(60)]
            take_roster(cast.cohort, rows, by=cast.actor("coordinator"), at=AT)
            pattern = RotationPattern.objects.get()
            unit = PlanUnit.objects.get(key="quality")
            Stay.objects.bulk_create(
                Stay(enrolment=row, unit=unit, kind="workplace", host=cast.jinheng, starts_on=MONDAY,
                     ends_on=MONDAY + timedelta(days=6), pattern=pattern, changed_at=AT)
                for row in cast.cohort.enrolments.filter(number__startswith="27")
            )  # fmt: skip
        assert count() == few <= 22


class TestStay:
    @pytest.fixture
    def rotation(self, rotation: RotationPattern) -> RotationPattern:
        """It begins next week, whatever day it is."""
        with everywhere("a test moves a rotation"):
            shift(rotation, localdate() + timedelta(days=7))
        return rotation

    def _stay(self, cast: Cast, unit: str = "basic_operations") -> Stay:
        with everywhere("a test looks"):
            return Stay.objects.get(enrolment=cast.enrolments["26001"], unit__key=unit)

    def test_it_is_moved_and_its_apprentice_sees_that(
        self, cast: Cast, browse: Browse, rotation: RotationPattern
    ) -> None:
        stay = self._stay(cast)
        page = f"/o/lanchuan/plan/stays/{stay.public_id}/"
        room = Department.objects
        with everywhere("a test looks"):
            other = room.get(host=cast.jinheng, name__en="Maintenance").public_id
        form = {"do": "move", "starts_on": str(stay.starts_on + timedelta(days=2)), "ends_on": str(stay.ends_on),
                "department": other, "responsible": ""}  # fmt: skip
        assert browse("coordinator").post(page, form).status_code == 302
        seen = browse("apprentice").get(page).content.decode()
        assert "Maintenance" in seen
        assert "changed since it was published" in seen
        assert "Move the stay" not in seen

    def test_a_move_into_another_stay_says_which(
        self, cast: Cast, browse: Browse, rotation: RotationPattern
    ) -> None:
        stay = self._stay(cast, "tools_materials")
        form = {
            "do": "move",
            "starts_on": str(stay.starts_on),
            "ends_on": str(stay.ends_on + timedelta(days=9)),
        }
        page = browse("coordinator").post(f"/o/lanchuan/plan/stays/{stay.public_id}/", form)
        assert page.status_code == 409
        assert b"Two stays at one time" in page.content
        assert self._stay(cast, "tools_materials").ends_on == stay.ends_on

    def test_it_is_cancelled_with_a_reason(
        self, cast: Cast, browse: Browse, rotation: RotationPattern
    ) -> None:
        stay = self._stay(cast)
        page, client = f"/o/lanchuan/plan/stays/{stay.public_id}/", browse("coordinator")
        assert client.post(page, {"do": "cancel", "because": " "}).status_code == 422
        assert client.post(page, {"do": "cancel", "because": "The shop is rebuilt."}).status_code == 302
        assert self._stay(cast).state == "cancelled"
        assert b"The shop is rebuilt." in browse("apprentice").get(page).content

    @pytest.mark.parametrize(
        "form",
        [{"do": "move"}, {"do": "move", "starts_on": "x", "ends_on": "y"}, {"do": "end", "on": "31.12.2026"}],
    )
    def test_nonsense_changes_nothing(
        self, cast: Cast, browse: Browse, rotation: RotationPattern, form: dict[str, str]
    ) -> None:
        stay = self._stay(cast)
        page = browse("coordinator").post(f"/o/lanchuan/plan/stays/{stay.public_id}/", form)
        assert page.status_code == 422
        assert self._stay(cast).state == "planned"


class TestOwn:
    def test_an_apprentice_finds_the_next_three(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a rotation around today"):
            shift(publish(cast, planned(cast)), localdate())
        page = browse("apprentice").get("/o/lanchuan/plan/mine/")
        [(_, lines)] = page.context["own"]
        assert [line.unit for line in lines] == [
            "The enterprise and its rules", "Tools, gauges and materials", "Basic operations of the post",
        ]  # fmt: skip
        assert [line.now for line in lines] == [True, False, False]
        coming = browse("mentor").get("/o/jinheng/plan/coming/")
        assert {line.stay.enrolment.number for line in coming.context["now"]} == {"26001", "26002"}
        assert len(coming.context["weeks"]) == 3

    def test_nothing_planned_is_said(self, cast: Cast, browse: Browse) -> None:
        assert b"Nothing is planned for you yet" in browse("apprentice").get("/o/lanchuan/plan/mine/").content
        assert b"Nobody comes to you" in browse("mentor").get("/o/jinheng/plan/coming/").content

    def test_plan_leads_each_to_the_own_page(self, cast: Cast, browse: Browse) -> None:
        for who, where, page in (
            ("apprentice", "lanchuan", "mine/"), ("mentor", "jinheng", "coming/"),
        ):  # fmt: skip
            assert browse(who).get(f"/o/{where}/plan/").url == f"/o/{where}/plan/{page}"
        assert TODAY < MONDAY


class TestOwnUnits:
    def _form(self, cast: Cast, client: Client, **more: object) -> dict[str, object]:
        page = client.get(address(cast, "units/add/"))
        form = {"version": page.context["plan"].version, "key": page.context["key"]}
        return form | {
            "name_zh": "机器人焊接", "name_en": "Robot welding", "stage": "craftsman", "bucket": "workplace",
            "hours": "37.5", "hazardous": "on", "outcomes": ["quality/inspect_parts"],
        } | more  # fmt: skip

    def test_one_is_added_shown_and_taken_out(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test plans"):
            planned(cast)
            room = Department.objects.get(host=cast.jinheng, name__en="Maintenance").public_id
        client = browse("coordinator")
        form = self._form(cast, client, **{"place-jinheng": room})
        for _ in range(2):  # a second press
            assert client.post(address(cast, "units/add/"), form).status_code == 302
        with everywhere("a test looks"):
            unit = PlanUnit.objects.get(own=True)
            assert (unit.minutes, unit.hazardous) == (37 * 60 + 30, True)
            assert [one.public_id for one in unit.departments.all()] == [room]
        page = client.get(address(cast))
        said = page.content.decode()
        assert "Robot welding" in said
        assert "own unit" in said
        take_out = address(cast, f"units/{unit.key}/take-out/")
        assert take_out in said
        assert take_out not in browse("trainer").get(address(cast)).content.decode()
        assert client.post(take_out, {"version": page.context["plan"].version}).status_code == 302
        with everywhere("a test looks"):
            assert not PlanUnit.objects.filter(own=True).exists()

    def test_what_was_typed_stays_when_somebody_was_faster(self, cast: Cast, browse: Browse) -> None:
        with everywhere("a test plans"):
            planned(cast)
        client = browse("coordinator")
        page = client.post(address(cast, "units/add/"), self._form(cast, client, version="1"))
        assert page.status_code == 409
        assert "Robot welding" in page.content.decode()
        assert b"Somebody else has changed the plan" in page.content

    @pytest.mark.parametrize(
        "wrong",
        [
            {"hours": "many"}, {"hours": "0"}, {"hours": "1e9"}, {"hours": "NaN"}, {"stage": "captain"},
            {"bucket": "sailing"}, {"name_zh": "", "name_en": " "}, {"outcomes": ["quality/fly"]},
            {"name_zh": "x" * 81}, {"place-jinheng": "not-a-room"},
        ],
    )  # fmt: skip
    def test_a_wrong_one_says_why_and_adds_nothing(
        self, cast: Cast, browse: Browse, wrong: dict[str, object]
    ) -> None:
        with everywhere("a test plans"):
            planned(cast)
        client = browse("coordinator")
        page = client.post(address(cast, "units/add/"), self._form(cast, client, **wrong))
        assert page.status_code == 422
        assert page.context["form"].errors
        with everywhere("a test looks"):
            assert not PlanUnit.objects.filter(own=True).exists()


class TestAddStays:
    def _form(self, cast: Cast, *numbers: str, **more: object) -> dict[str, object]:
        form = {
            "who": [cast.enrolments[number].public_id for number in numbers], "unit": "machine_care",
            "starts_on": str(MONDAY), "ends_on": str(MONDAY + timedelta(days=4)), "department": "",
            "responsible": "",
        }  # fmt: skip
        return form | more

    def test_from_the_form_over_the_preview_to_the_rotation_and_back(
        self, cast: Cast, browse: Browse
    ) -> None:
        with everywhere("a test plans"):
            planned(cast)
        client, page = browse("coordinator"), address(cast, "rotation/add/")
        assert page in client.get(address(cast, "rotation/")).content.decode()
        preview = client.get(page, self._form(cast, "26001", "26003"))
        assert b"No clash" in preview.content
        bars = [bar for row in preview.context["chart"].rows for lane in row.lanes for bar in lane]
        assert [bar.new for bar in bars if bar.label] == [True, True]
        with everywhere("a test looks"):
            assert not Stay.objects.exists()
        form = self._form(cast, "26001", "26003", seen=preview.context["seen"].fingerprint)
        for _ in range(2):  # a second press
            answer = client.post(page, form)
            assert answer.status_code == 302
        with everywhere("a test looks"):
            assert Stay.objects.count() == 2
            pattern = RotationPattern.objects.get()
        shown = client.get(answer.url)
        assert b"Single stays from" in shown.content
        client.post(address(cast, f"pattern/{pattern.public_id}/undo/"))
        with everywhere("a test looks"):
            assert set(Stay.objects.values_list("state", flat=True)) == {"cancelled"}

    def test_what_blocks_has_no_button_and_a_forged_press_shows_the_clash(
        self, cast: Cast, browse: Browse, rotation: RotationPattern
    ) -> None:
        client, page = browse("coordinator"), address(cast, "rotation/add/")
        preview = client.get(page, self._form(cast, "26001"))
        assert b"cannot be added like this" in preview.content
        assert b"Two stays at one time" in preview.content
        assert b'name="seen"' not in preview.content
        form = self._form(cast, "26001", seen=preview.context["seen"].fingerprint)
        forged = client.post(page, form)
        assert forged.status_code == 409
        assert b"Two stays at one time" in forged.content
        with everywhere("a test looks"):
            assert Stay.objects.filter(pattern=rotation).count() == Stay.objects.count()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"who": []}, {"who": ["nobody"]}, {"unit": "sailing"}, {"starts_on": "x"}, {"ends_on": "9999-12-31"},
            {"ends_on": "2026-01-01"}, {"department": "cellar"}, {"responsible": "somebody"},
        ],
    )  # fmt: skip
    def test_a_wrong_stay_says_why(self, cast: Cast, browse: Browse, wrong: dict[str, object]) -> None:
        with everywhere("a test plans"):
            planned(cast)
        client, page = browse("coordinator"), address(cast, "rotation/add/")
        seen = client.get(page, self._form(cast, "26001", **wrong))
        assert seen.status_code == 200
        assert seen.context["form"].errors
        assert client.post(page, self._form(cast, "26001", **wrong)).status_code == 422
        with everywhere("a test looks"):
            assert not Stay.objects.exists()
