"""Opening gates: nobody passes by itself, nothing changes unseen, two who press make one passage."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from craftpath.domain.apprenticeships.models import EnrolmentParty, StageProgress
from craftpath.domain.curricula.actions import start_curriculum
from craftpath.domain.evaluation.models import Evaluation
from craftpath.domain.programmes.models import EvaluationScheme, Programme, Stage
from craftpath.domain.progression.actions import (
    admit,
    give_evidence,
    open_gate,
    repeat_stage,
    save_gate,
    waive_condition,
    withdraw_evidence,
    withdraw_waiver,
)
from craftpath.domain.progression.models import Passage
from craftpath.domain.progression.queries import conditions_of, gate_of, passages_of
from craftpath.kernel.audit import AuditEntry
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.curricula.world import in_force
from tests.domain.progression.world import asks, finding, report, seen, stage

pytestmark = pytest.mark.usefixtures("all_rows")
MENTOR = {"kind": "mentor", "by": "enterprise"}
FORM = {"kind": "document", "key": "form", "by": "apprentice", "name": {"zh": "申报表", "en": "Form"}}
FIXED = {"kind": "agreement", "by": "enterprise", "waivable": False}


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


@pytest.fixture
def on_paper(cast: Cast) -> Cast:
    """No scheme judges the first stage, so that gates are looked at by themselves."""
    Evaluation.objects.filter(pk=cast.evaluation.pk).update(stage=cast.programme.stages.get(order=3))
    return cast


def through(cast: Cast, *numbers: str, **instead: dict[str, str]) -> list[Passage]:
    people = [cast.enrolments[one] for one in numbers]
    read = instead.get("seen") or seen(cast, *numbers)
    return open_gate(people, stage(cast), seen=read, on=TODAY, by=cast.actor("coordinator"), at=AT)


def test_who_is_ready_is_let_through_by_a_person_and_the_next_stage_begins(on_paper: Cast) -> None:
    cast = on_paper
    asks(cast, MENTOR)
    assert report(cast).ready
    assert not Passage.objects.exists()
    [row] = through(cast, "26001")
    assert (row.outcome, row.decided_by.name) == ("passed", "何静")
    assert [one["met"] for one in row.findings] == [True]
    states = dict(
        StageProgress.objects.filter(enrolment=cast.enrolments["26001"]).values_list("stage__key", "state")
    )
    assert states == {"junior_craftsman": "passed", "craftsman": "open"}


def test_all_or_nobody(on_paper: Cast) -> None:
    cast = on_paper
    asks(cast, MENTOR, FORM)
    give_evidence(cast.enrolments["26001"], stage(cast), "stage", "form", by=cast.actor("coordinator"), at=AT)
    with refused("progression.not_ready"):
        through(cast, "26001", "26002")
    assert not Passage.objects.exists()
    people = [cast.enrolments["26001"], cast.enrolments["26002"]]
    assert not StageProgress.objects.filter(enrolment__in=people, state="passed").exists()


def test_a_condition_that_changed_while_the_page_was_open_is_shown_anew(on_paper: Cast) -> None:
    cast = on_paper
    asks(cast, MENTOR)
    read = seen(cast, "26001")
    EnrolmentParty.objects.filter(enrolment=cast.enrolments["26001"]).update(ends_on=TODAY)
    with refused("progression.changed_meanwhile"):
        through(cast, "26001", seen=read)


def test_a_gate_that_asks_something_new_meanwhile_is_shown_anew(on_paper: Cast) -> None:
    cast = on_paper
    asks(cast, MENTOR)
    read = seen(cast, "26001")
    asks(cast, MENTOR, FORM)
    with refused("progression.changed_meanwhile"):
        through(cast, "26001", seen=read)


def test_the_second_who_opens_is_told_who_was_first(on_paper: Cast) -> None:
    cast = on_paper
    asks(cast, MENTOR)
    read = seen(cast, "26001")
    through(cast, "26001", seen=read)
    with refused("progression.opened_already") as caught:
        open_gate(
            [cast.enrolments["26001"]],
            stage(cast),
            seen=read,
            on=TODAY,
            by=cast.actor("administrator"),
            at=AT,
        )
    assert caught.value.verdict.facts["name"] == "何静"
    assert Passage.objects.count() == 1


def test_a_result_that_is_not_decided_holds_back_whatever_the_gate_asks(cast: Cast) -> None:
    asks(cast, MENTOR)
    with refused("evaluation.held_back"):
        through(cast, "26001")
    assert not Passage.objects.exists()


@pytest.mark.parametrize("who", ["trainer", "assessor", "hr", "mentor", "apprentice"])
def test_a_gate_is_opened_by_whoever_runs_the_cohort(who: str, on_paper: Cast) -> None:
    cast = on_paper
    asks(cast, MENTOR)
    by = cast.actor(who, cast.jinheng if who in {"hr", "mentor"} else None)
    with pytest.raises(Refused):
        open_gate([cast.enrolments["26001"]], stage(cast), seen=seen(cast, "26001"), on=TODAY, by=by, at=AT)


def test_a_waiver_has_a_name_and_a_reason_and_stands_in_the_passage(on_paper: Cast) -> None:
    cast = on_paper
    asks(cast, MENTOR, FORM)
    by, row = cast.actor("coordinator"), cast.enrolments["26001"]
    with refused("progression.no_reason"):
        waive_condition(row, stage(cast), "stage", "form", because=" ", by=by, at=AT)
    with refused("progression.nothing_to_waive"):
        waive_condition(row, stage(cast), "stage", "mentor", because="x", by=by, at=AT)
    with refused("progression.condition_unknown"):
        waive_condition(row, stage(cast), "stage", "weather", because="x", by=by, at=AT)
    waiver = waive_condition(row, stage(cast), "stage", "form", because="已在他处登记", by=by, at=AT)
    assert waive_condition(row, stage(cast), "stage", "form", because="x", by=by, at=AT).pk == waiver.pk
    [passage] = through(cast, "26001")
    assert [(one["key"], one["waived"], one["because"]) for one in passage.findings if one["waived"]] == [
        ("form", True, "已在他处登记")
    ]
    with refused("flow.not_now"):
        withdraw_waiver(waiver, by=by, at=AT)


def test_a_waiver_is_taken_back_and_holds_no_more(on_paper: Cast) -> None:
    cast = on_paper
    asks(cast, FORM)
    by, row = cast.actor("coordinator"), cast.enrolments["26001"]
    waiver = waive_condition(row, stage(cast), "stage", "form", because="x", by=by, at=AT)
    withdraw_waiver(waiver, by=by, at=AT)
    assert not report(cast).ready
    assert AuditEntry.objects.filter(fact="progression.waiver_withdrawn").count() == 1


def test_what_the_law_fixes_nobody_waives(on_paper: Cast) -> None:
    cast = on_paper
    asks(cast, FIXED)
    with refused("progression.not_waivable"):
        waive_condition(
            cast.enrolments["26001"],
            stage(cast),
            "stage",
            "agreement",
            because="x",
            by=cast.actor("coordinator"),
            at=AT,
        )


def test_papers_are_noted_by_college_and_enterprise_and_not_by_the_apprentice(on_paper: Cast) -> None:
    cast = on_paper
    asks(cast, FORM)
    row = cast.enrolments["26001"]
    for who, organisation in (("apprentice", None), ("trainer", None), ("hr", cast.qinghe)):
        if who == "hr":
            continue
        with pytest.raises(Refused):
            give_evidence(row, stage(cast), "stage", "form", by=cast.actor(who, organisation), at=AT)
    evidence = give_evidence(row, stage(cast), "stage", "form", by=cast.actor("hr", cast.jinheng), at=AT)
    with refused("progression.not_yours_to_note"):
        give_evidence(
            cast.enrolments["26003"], stage(cast), "stage", "form", by=cast.actor("hr", cast.jinheng), at=AT
        )
    withdraw_evidence(evidence, by=cast.actor("coordinator"), at=AT)
    assert not finding(cast, "form").met


def test_only_papers_are_noted(on_paper: Cast) -> None:
    cast = on_paper
    asks(cast, MENTOR)
    with refused("progression.condition_unknown"):
        give_evidence(
            cast.enrolments["26001"], stage(cast), "stage", "mentor", by=cast.actor("coordinator"), at=AT
        )


def test_a_decision_in_the_small_hours_is_of_that_day(on_paper: Cast) -> None:
    cast = on_paper
    asks(cast, MENTOR)
    by, people = cast.actor("coordinator"), [cast.enrolments["26001"]]
    one_in_the_morning = datetime(2026, 9, 14, 17, tzinfo=UTC)  # of the fifteenth in Shanghai
    day = date(2026, 9, 15)
    with refused("progression.until_is_past"):
        repeat_stage(people, stage(cast), because="x", until=day, by=by, at=one_in_the_morning)
    [row] = repeat_stage(
        people, stage(cast), because="x", until=day + timedelta(days=1), by=by, at=one_in_the_morning
    )
    assert row.decided_on == day


def test_to_repeat_is_a_decision_with_a_reason_and_an_end_and_the_gate_stays(on_paper: Cast) -> None:
    cast = on_paper
    asks(cast, MENTOR)
    by, people = cast.actor("coordinator"), [cast.enrolments["26001"]]
    with refused("progression.until_is_past"):
        repeat_stage(people, stage(cast), because="x", until=TODAY, by=by, at=AT)
    with refused("progression.no_reason"):
        repeat_stage(people, stage(cast), because="", until=TODAY + timedelta(days=60), by=by, at=AT)
    [row] = repeat_stage(
        people, stage(cast), because="实操尚不稳定", until=TODAY + timedelta(days=60), by=by, at=AT
    )
    assert row.outcome == "repeat"
    [passage] = through(cast, "26001")
    assert [one.outcome for one in passages_of([people[0].pk])[people[0].pk]] == ["passed", "repeat"]
    assert passage.outcome == "passed"


def test_admission_to_the_examination_is_a_gate_of_its_own(on_paper: Cast) -> None:
    cast = on_paper
    asks(cast, MENTOR, gate="exam")
    people, by = [cast.enrolments["26001"]], cast.actor("coordinator")
    [row] = admit(people, stage(cast), seen=seen(cast, "26001", gate="exam"), on=TODAY, by=by, at=AT)
    assert (row.gate, row.outcome) == ("exam", "admitted")
    assert StageProgress.objects.get(enrolment=people[0], stage=stage(cast)).state == "open"
    with refused("progression.opened_already"):
        admit(people, stage(cast), seen=seen(cast, "26001", gate="exam"), on=TODAY, by=by, at=AT)


def test_a_programme_written_from_a_curriculum_keeps_the_gates_of_the_first_of_its_line(cast: Cast) -> None:
    asked = [one.key for one in conditions_of(cast.cohort, master(cast.programme), "stage")]
    assert "skill_level_form" in asked
    version = in_force(cast)
    for key in ("cnc-turner", "cnc-miller"):
        programme = version.programme
        assert programme is not None
        assert (programme.key, programme.root_key) == (key, "cn_334")
        cast.cohort.programme = programme
        assert [one.key for one in conditions_of(cast.cohort, master(programme), "stage")] == asked
        scheme = EvaluationScheme.objects.get(programme=programme)
        if key == "cnc-turner":
            again = start_curriculum(
                cast.college, programme=programme, key="cnc-miller", name=programme.name, occupation={},
                scheme=scheme, by=cast.actor("coordinator"), at=AT,
            )  # fmt: skip
            version = in_force(cast, again.versions.get())


def master(programme: Programme) -> Stage:
    return programme.stages.get(key="master_craftsman")


def test_what_a_gate_asks_is_written_in_versions(cast: Cast) -> None:
    assert len(conditions_of(cast.cohort, stage(cast), "stage")) == 8
    asks(cast, MENTOR)
    asks(cast, MENTOR, FORM)
    row = gate_of(cast.college, stage(cast), "stage")
    assert row is not None
    assert row.version == 2
    assert [one.key for one in conditions_of(cast.cohort, stage(cast), "stage")] == ["mentor", "form"]
    with refused("progression.version_changed"):
        save_gate(
            cast.college, stage(cast), "stage", [MENTOR], version=1, by=cast.actor("coordinator"), at=AT
        )
    with refused("progression.condition_twice"):
        save_gate(
            cast.college,
            stage(cast),
            "stage",
            [MENTOR, MENTOR],
            version=2,
            by=cast.actor("coordinator"),
            at=AT,
        )


def test_a_campus_asks_what_its_college_asks(cast: Cast) -> None:
    asks(cast, MENTOR)
    assert gate_of(cast.campus, stage(cast), "stage") is not None
    assert gate_of(cast.jinheng, stage(cast), "stage") is None


@pytest.mark.parametrize("who", ["trainer", "hr"])
def test_a_gate_is_shaped_by_whoever_writes_schemes(who: str, cast: Cast) -> None:
    by = cast.actor(who, cast.jinheng if who == "hr" else None)
    with pytest.raises(Refused):
        save_gate(cast.college, stage(cast), "stage", [MENTOR], version=0, by=by, at=AT)


def test_a_passage_is_never_altered(on_paper: Cast) -> None:
    asks(on_paper, MENTOR)
    [row] = through(on_paper, "26001")
    with pytest.raises(TypeError):
        Passage.objects.get(pk=row.pk).save()
