"""Pilots: who runs them, how a step is done, what is carried into the next round, what twice and at once come to."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from craftpath.domain.curricula.models import Curriculum, CurriculumVersion
from craftpath.domain.needs.models import Analysis
from craftpath.domain.pilots import actions, queries
from craftpath.domain.pilots.duties import changes_due, steps_due
from craftpath.domain.pilots.finding import gather, standings
from craftpath.domain.pilots.models import (
    CountryCase,
    Cycle,
    Deliverable,
    Pilot,
    PilotChange,
    PilotRound,
    RoundReport,
    RoundStep,
)
from craftpath.domain.pilots.registry import PROVIDERS
from craftpath.domain.pilots.reporting import content_of
from craftpath.domain.pilots.texts import CHECKS, FINDINGS
from craftpath.kernel.access import Actor, Membership
from craftpath.kernel.duties import Asked as DutiesAsked
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import looking_for
from craftpath.values.ref import Ref
from tests.cast import AT, TODAY, Cast
from tests.domain.pilots.world import (
    DAY,
    NAME,
    accepted,
    all_waived,
    begun,
    case,
    change,
    give,
    officer,
    preset,
    refused,
    started,
    step_of,
    waive,
)

pytestmark = pytest.mark.usefixtures("all_rows")


def versioned(cast: Cast) -> CurriculumVersion:
    """A version of the college that teaches two skills and assesses one of them."""
    made = {"made_by": cast.people["coordinator"], "made_at": AT}
    curriculum = Curriculum.objects.create(
        organisation=cast.college, programme=cast.programme, key="w", **made
    )
    version = CurriculumVersion.objects.create(curriculum=curriculum, number=1, changed_at=AT, **made)
    unit = version.units.create(
        order=1, key="u", stage="junior_craftsman", place="college", bucket="college", minutes=600
    )
    seen = version.assessments.create(order=1, key="a", words="观察")
    for order, (key, skill) in enumerate({"a": "communication", "b": "teamwork"}.items()):
        outcome = version.outcomes.create(order=order, key=key, skills=[skill])
        outcome.units.add(unit)
        if key == "a":
            outcome.assessments.add(seen)
    return version


def analysed(cast: Cast) -> None:
    """The city has published which two skills are needed, by the word of 54 people."""
    people = {"made_by": cast.people["officer"], "published_by": cast.people["officer"]}
    Analysis.objects.create(
        organisation=cast.city, crosshair="means", least=5, definition="d", state="published", people=54,
        computed_at=AT, published_at=AT, made_at=AT, priorities=["communication", "teamwork"], **people,
    )  # fmt: skip


def standing(row: PilotRound, key: str) -> Any:
    return next(one for one in standings(row, queries.steps_of(row), AT) if one.step.key == key)


# ---- Cycles and pilots ---------------------------------------------------------------------------


def test_the_preset_has_six_steps_and_is_loaded_once(cast: Cast) -> None:
    first = preset()
    assert preset().pk == first.pk
    assert [one["key"] for one in first.steps] == [
        "define", "embed", "prepare", "deliver", "assess_recognise", "monitor_improve",
    ]  # fmt: skip
    assert all(one["name"].keys() == {"zh", "en"} == one["done_when"].keys() for one in first.steps)
    asked = {key for one in first.steps for key in (*one["checks"], *one["shows"])}
    assert (
        set(PROVIDERS) == asked
    )  # every provider has a step that asks for it, and none asks for what is not there


def test_every_finding_has_its_sentence_and_its_name() -> None:
    assert set(PROVIDERS) <= set(FINDINGS)
    assert set(FINDINGS) == set(CHECKS)


def test_an_own_version_of_a_cycle_may_have_other_steps_and_a_round_stays_on_its_own(cast: Cast) -> None:
    row = begun(cast)
    steps = [row.cycle.steps[0] | {"name": {"zh": "摸底"}}, row.cycle.steps[5]]
    office: dict[str, Any] = {"name": {"zh": "两步"}, "origin": {}, "by": officer(cast), "at": AT}
    own = actions.write_cycle(row.cycle, organisation=cast.city, steps=steps, **office)
    again = actions.write_cycle(row.cycle, organisation=cast.city, steps=steps, **office)
    assert (own.version, again.pk, len(own.steps)) == (1, own.pk, 2)
    assert RoundStep.objects.filter(round=row).count() == 6
    nxt = begun(cast, all_waived(cast, row).pilot, 2, cycle=own)
    assert [one.key for one in nxt.steps.all()] == ["define", "monitor_improve"]


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        (lambda one: [], "pilots.steps_out_of_range"),
        (lambda one: [one | {"key": f"s{n}"} for n in range(13)], "pilots.steps_out_of_range"),
        (lambda one: [one, one], "pilots.step_twice"),
        (lambda one: [one | {"name": {"zh": " "}}], "pilots.step_without_name"),
        (lambda one: [one | {"deliverables": []}], "pilots.step_lists"),
        (lambda one: [one | {"deliverables": one["deliverables"][:1] * 2}], "pilots.step_keys"),
    ],
)
def test_a_cycle_that_cannot_be_is_refused(cast: Cast, steps: Any, reason: str) -> None:
    source = preset()
    with refused(reason):
        actions.write_cycle(
            source, organisation=cast.city, name={"zh": "x"}, origin={}, steps=steps(source.steps[0]),
            by=officer(cast), at=AT,
        )  # fmt: skip


def test_a_pilot_is_started_once_and_only_by_its_office(cast: Cast) -> None:
    pilot = started(cast)
    assert started(cast).pk == pilot.pk
    with refused("kernel.belongs_to_another"):
        started(cast, made_id=uuid.uuid4(), by=cast.actor("coordinator"))
    with refused("pilots.not_a_member"):
        started(cast, made_id=uuid.uuid4(), members=[cast.neighbour])
    with refused("pilots.nobody"):
        started(cast, made_id=uuid.uuid4(), members=[])


def test_members_and_owners_see_a_pilot_and_neighbours_do_not(cast: Cast) -> None:
    row = begun(cast, started(cast, members=[cast.college]))
    for who, where, sees in (
        ("coordinator", cast.college, True),
        ("officer", cast.city, True),
        ("hr", cast.jinheng, False),
        ("stranger", cast.neighbour, False),
    ):
        with looking_for(cast.actor(who, where).scope):
            assert Pilot.objects.exists() is sees, who
            assert RoundStep.objects.exists() is sees
    change(cast, row)
    told = actions.Told("CN", {"zh": "做法"}, {"zh": "做"}, {"zh": "学"}, ["define"], "本局")
    actions.write_case(told, organisation=cast.city, made_id=NAME, by=officer(cast), at=AT)
    case()
    with looking_for(cast.actor("stranger", cast.neighbour).scope):
        assert not PilotChange.objects.exists()
        assert {one.organisation for one in (*Cycle.objects.all(), *CountryCase.objects.all())} == {None}
    step, mine = step_of(row), {"owner": cast.people["hr"], "place": cast.jinheng}
    for rows in (RoundStep.objects.filter(pk=step.pk), PilotChange.objects.all()):
        rows.update(**mine)
        with looking_for(cast.actor("hr", cast.jinheng).scope):
            assert Pilot.objects.exists()
        rows.update(owner=None)


# ---- How a step is done --------------------------------------------------------------------------


def test_a_step_lacks_what_it_asks_for_and_is_done_when_it_is_there(cast: Cast) -> None:
    step = step_of(begun(cast))
    with refused("pilots.lacks"):
        actions.close_step(step, by=officer(cast), at=AT)
    give(cast, step, key="ranking")
    gone = give(cast, step, key="priorities")
    actions.take_back_deliverable(gone, by=officer(cast), at=AT)
    assert [one.key for one in standing(step.round, "define").lacks if one.what == "deliverable"] == [
        "priorities"
    ]
    give(cast, step, key="priorities", thing=Ref("evaluation", "evaluation", cast.evaluation.public_id))
    assert [(one.what, one.key) for one in standing(step.round, "define").lacks] == [
        ("finding", "needs_published")
    ]
    analysed(cast)
    with refused("pilots.lacks_nothing"):
        waive(cast, step)
    closed = actions.close_step(step, by=officer(cast), at=AT)
    assert (closed.state, closed.lacked) == ("done", [])
    assert {one["key"]: one["met"] for one in closed.found} == {
        "needs_published": True,
        "skills_known": False,
    }
    assert actions.close_step(step, by=officer(cast), at=AT).events.count() == 1


def test_a_step_closed_without_keeps_the_reason_and_what_lacked(cast: Cast) -> None:
    step = step_of(begun(cast), "deliver")
    with refused("pilots.no_reason"):
        waive(cast, step, " ")
    closed = waive(cast, step)
    assert closed.state == "waived"
    assert {"what": "before", "key": "define"} in closed.lacked
    assert {"what": "deliverable", "key": "held"} in closed.lacked
    with refused("pilots.step_closed"):
        give(cast, step, key="held")


def test_closing_twice_is_once_for_the_same_and_refused_for_another(cast: Cast) -> None:
    step = step_of(begun(cast))
    waive(cast, step)
    assert waive(cast, step).events.count() == 1
    other = Actor(cast.city, cast.people["administrator"], frozenset({Role.OFFICER}))
    with refused("flow.not_now"):
        actions.waive_step(step, because="我来关。", by=other, at=AT)


def test_reopening_is_kept_in_history_and_opens_the_round_again(cast: Cast) -> None:
    row = all_waived(cast, begun(cast))
    assert (row.state, row.closed_at) == ("closed", AT)
    step = actions.reopen_step(step_of(row), because="补做调查。", by=officer(cast), at=AT)
    row.refresh_from_db()
    assert (step.state, row.state) == ("open", "open")
    assert [one.move for one in step.events.all()] == ["waive", "reopen"]
    all_waived(cast, row)
    begun(cast, row.pilot, 2)
    with refused("pilots.next_round_begun"):
        actions.reopen_step(step_of(row), because="再补。", by=officer(cast), at=AT)


def test_who_owns_a_step_works_at_it_and_closes_it_and_others_do_not(cast: Cast) -> None:
    step = step_of(begun(cast))
    trainer = cast.actor("trainer")
    with refused("kernel.role_lacks"):
        give(cast, step, by=trainer)
    with refused("pilots.not_an_owner"):
        actions.plan_step(step, owner=cast.people["apprentice"], due_on=TODAY, by=officer(cast), at=AT)
    with refused("kernel.belongs_to_another"):
        actions.plan_step(step, owner=None, due_on=TODAY, by=cast.actor("coordinator"), at=AT)
    planned = actions.plan_step(step, owner=cast.people["trainer"], due_on=TODAY, by=officer(cast), at=AT)
    assert planned.place == cast.college
    give(cast, step, by=trainer, key="ranking")
    assert actions.waive_step(step, because="够了。", by=trainer, at=AT).closed_by == trainer.person
    give(cast, step_of(step.round, "embed"), by=cast.actor("coordinator"))  # a member's office


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"words": " "}, "pilots.no_words"),
        ({"content": b"<svg onload=alert(1)>"}, "kernel.file_not_known"),
        ({"content": b"MZ\x90\x00\x03\x00"}, "kernel.file_not_known"),
        ({"key": "nothing", "words": "x"}, "pilots.deliverable_unknown"),
    ],
)
def test_what_cannot_be_delivered_is_refused_and_leaves_nothing(cast: Cast, given: Any, reason: str) -> None:
    step = step_of(begun(cast))
    with refused(reason):
        give(cast, step, **given)
    assert not Deliverable.objects.exists()


def test_figures_are_those_of_the_office_and_only_of_the_members(cast: Cast) -> None:
    row = begun(cast)
    found = gather(row.pilot, row, list(PROVIDERS), AT)
    assert found["results_decided"].facts == {"done": 0, "of": 4}
    assert not found["results_decided"].met
    with looking_for(cast.actor("hr", cast.jinheng).scope):
        assert gather(row.pilot, row, ["results_decided"], AT)["results_decided"] == found["results_decided"]
    narrow = begun(cast, started(cast, made_id=uuid.uuid4(), organisation=cast.campus, members=[cast.campus],
                                 by=cast.actor("coordinator")), by=cast.actor("coordinator"))  # fmt: skip
    assert gather(narrow.pilot, narrow, ["results_decided"], AT)["results_decided"].facts["of"] == 0


def test_needs_and_curricula_are_found_as_they_stood_on_the_day(cast: Cast) -> None:
    row = begun(cast)
    keys = ["needs_published", "skills_covered", "answers_in"]
    before = gather(row.pilot, row, keys, AT)
    assert not before["needs_published"].met
    assert "answers_in" not in before  # nobody was asked
    analysed(cast)
    version = versioned(cast)
    found = gather(row.pilot, row, keys, AT + DAY)
    assert found["needs_published"].facts == {"on": "2026-09-14", "count": 54}
    assert (found["skills_covered"].facts, found["skills_covered"].met) == ({"done": 1, "of": 2}, False)
    outcome = version.outcomes.get(key="b")
    outcome.assessments.add(version.assessments.get())
    assert gather(row.pilot, row, keys, AT + DAY)["skills_covered"].met
    assert not gather(row.pilot, row, keys, AT - DAY)["needs_published"].met


def test_who_owns_a_step_or_a_change_hears_of_it_by_its_day(cast: Cast) -> None:
    row = begun(cast)
    asked = DutiesAsked(AT, TODAY)
    actions.plan_step(step_of(row), owner=cast.people["trainer"], due_on=TODAY, by=officer(cast), at=AT)
    made = accepted(cast, row)
    trainer, coordinator = cast.people["trainer"].pk, cast.people["coordinator"].pk
    assert [one["duty_who"] for one in steps_due(asked)] == [trainer]
    assert [(one["duty_subject"], one["duty_who"]) for one in changes_due(asked)] == [
        (made.public_id, coordinator)
    ]
    waive(cast, step_of(row))
    actions.finish_change(made, by=officer(cast), at=AT)
    assert [*steps_due(asked), *changes_due(asked)] == []
    # An ended pilot asks nobody any more.
    actions.plan_step(
        step_of(row, "embed"), owner=cast.people["trainer"], due_on=TODAY, by=officer(cast), at=AT
    )
    actions.end_pilot(row.pilot, because="结束。", by=officer(cast), at=AT)
    assert list(steps_due(asked)) == []


# ---- Changes and rounds --------------------------------------------------------------------------


def test_the_next_round_starts_from_decided_changes_and_carries_the_unfinished_on(cast: Cast) -> None:
    row = begun(cast)
    done, late = accepted(cast, row, "一"), accepted(cast, row, "二")
    off = actions.postpone_change(change(cast, row, "三"), because="明年再说。", by=officer(cast), at=AT)
    actions.decline_change(change(cast, row, "四"), because="没有证据。", by=officer(cast), at=AT)
    change(cast, row, "五")
    actions.finish_change(done, by=cast.actor("coordinator"), at=AT)  # whoever owns it
    with refused("pilots.round_open"):
        begun(cast, row.pilot, 2)
    second = begun(cast, all_waived(cast, row).pilot, 2)
    assert begun(cast, row.pilot, 2).pk == second.pk
    assert {one.what for one in queries.carried_into(second)} == {"一", "二", "三"}
    third = begun(cast, all_waived(cast, second).pilot, 3)
    assert {one.pk for one in queries.carried_into(third)} == {late.pk, off.pk}


def test_once_the_next_round_has_begun_changes_are_raised_there(cast: Cast) -> None:
    row = begun(cast)
    first = change(cast, row)
    second = begun(cast, all_waived(cast, row).pilot, 2)
    with refused("pilots.next_round_begun"):
        change(cast, row)
    assert change(cast, row, made_id=first.made_id).pk == first.pk  # sent before, and arriving again
    assert change(cast, second).round == second


def test_a_name_that_stands_elsewhere_makes_nothing(cast: Cast) -> None:
    pilot = started(cast)
    with refused("pilots.form_used"):
        started(cast, organisation=cast.college, members=[cast.college], by=cast.actor("coordinator"))
    row = begun(cast, pilot)
    other = begun(cast, started(cast, made_id=uuid.uuid4()))
    made, raised = give(cast, step_of(row)), change(cast, row)
    with refused("pilots.form_used"):
        give(cast, step_of(row, "embed"), made_id=made.made_id)
    with refused("pilots.form_used"):
        change(cast, other, made_id=raised.made_id)


def test_days_are_those_at_the_office(cast: Cast) -> None:
    """Late in the evening of one day by the clock of the world it is the next morning there."""
    late = AT.replace(hour=20)
    pilot = started(cast, at=late)
    assert [one.since for one in pilot.members.all()] == [TODAY + DAY] * 3
    row = begun(cast, pilot)
    actions.issue_report(row, by=officer(cast), at=late)
    found = gather(pilot, row, ["report_issued"], late)["report_issued"]
    assert found.facts["on"] == (TODAY + DAY).isoformat()
    Membership.objects.filter(person=cast.people["trainer"]).update(ends_on=TODAY + DAY)
    trainer: dict[str, Any] = {
        "owner": cast.people["trainer"],
        "due_on": None,
        "by": officer(cast),
        "at": late,
    }
    with refused("pilots.not_an_owner"):
        actions.plan_step(step_of(row), **trainer)
    with refused("pilots.change_without_owner"):
        actions.accept_change(change(cast, row), **trainer)


def test_a_change_is_decided_with_an_owner_or_a_reason(cast: Cast) -> None:
    found = change(cast, begun(cast))
    with refused("pilots.change_without_owner"):
        actions.accept_change(found, owner=None, due_on=None, by=officer(cast), at=AT)
    with refused("pilots.no_reason"):
        actions.decline_change(found, because="", by=officer(cast), at=AT)
    with refused("kernel.belongs_to_another"):
        actions.decline_change(found, because="x", by=cast.actor("coordinator"), at=AT)
    actions.decline_change(found, because="没有证据。", by=officer(cast), at=AT)
    with refused("flow.not_now"):
        actions.postpone_change(found, because="x", by=officer(cast), at=AT)


# ---- Cases and reports ---------------------------------------------------------------------------


def test_six_cases_come_with_the_program_and_say_how_sure_they_are(cast: Cast) -> None:
    case()
    rows = CountryCase.objects.filter(organisation=None)
    assert {one.place for one in rows} == {"MY", "EU", "SG", "AU", "CL", "CN"}
    assert {one.sure for one in rows} == {"memory"}
    keys = {one["key"] for one in preset().steps}
    for one in rows:
        assert set(one.steps) <= keys
        assert all(each.keys() == {"zh", "en"} for each in (one.title, one.done, one.learnt))


def test_an_own_case_is_published_with_consent_only(cast: Cast) -> None:
    told = actions.Told("CN", {"zh": "一厂一策"}, {"zh": "做了"}, {"zh": "学到"}, ["deliver"], "本厂记录")
    office: dict[str, Any] = {"by": officer(cast), "at": AT}
    row = actions.write_case(told, organisation=cast.city, made_id=NAME, **office)
    assert actions.write_case(told, organisation=cast.city, made_id=NAME, **office).pk == row.pk
    with looking_for(cast.actor("coordinator").scope):
        assert not CountryCase.objects.filter(pk=row.pk).exists()
    with refused("pilots.no_consent"):
        actions.publish_case(row, consent=" ", **office)
    actions.publish_case(row, consent="金恒许文静，书面同意", **office)
    with looking_for(cast.actor("coordinator").scope):
        assert CountryCase.objects.filter(pk=row.pk).exists()
    with looking_for(cast.actor("stranger", cast.neighbour).scope):
        assert not CountryCase.objects.filter(pk=row.pk).exists()
    assert actions.withdraw_case(row, **office).state == "withdrawn"
    with refused("pilots.case_of_the_program"):
        actions.publish_case(case(), consent="x", **office)


def test_a_case_is_kept_at_hand_once(cast: Cast) -> None:
    step = step_of(begun(cast))
    for _ in range(2):
        actions.keep_case(step, case(), by=cast.actor("coordinator"), at=AT)
    assert step.cases.count() == 1
    told = actions.Told("CN", {"zh": "草稿"}, {"zh": "做"}, {"zh": "学"}, ["define"], "本院")
    draft = actions.write_case(told, organisation=cast.city, made_id=NAME, by=officer(cast), at=AT)
    with refused("pilots.case_not_published"):
        actions.keep_case(step, draft, by=officer(cast), at=AT)
    actions.let_go_case(step, case(), by=officer(cast), at=AT)
    assert step.cases.count() == 0


def test_a_report_is_frozen_and_a_later_edit_makes_another_version(cast: Cast) -> None:
    row = begun(cast)
    give(cast, step_of(row), key="ranking", thing=Ref("judging", "rubric", "secretsecret"))
    first = actions.issue_report(row, by=officer(cast), at=AT)
    again = actions.issue_report(row, by=officer(cast), at=AT + DAY)
    assert (first.version, again.pk) == (1, first.pk)
    accepted(cast, row)
    waive(cast, step_of(row))
    second = actions.issue_report(row, by=officer(cast), at=AT + DAY)
    assert second.version == 2
    first.refresh_from_db()
    assert first.content["changes"] == []
    assert second.content["changes"][0]["what"] == "增加沟通训练"
    assert "secretsecret" not in str(second.content)
    kept = case()
    actions.keep_case(step_of(row, "embed"), kept, by=officer(cast), at=AT)
    assert kept.title["zh"] in str(content_of(row, AT))
    CountryCase.objects.filter(pk=kept.pk).update(state="withdrawn")
    assert kept.title["zh"] not in str(content_of(row, AT))
    with refused("kernel.belongs_to_another"):
        actions.issue_report(row, by=cast.actor("coordinator"), at=AT)


def test_an_ended_pilot_stays_as_it_is(cast: Cast) -> None:
    row = begun(cast)
    pilot = actions.end_pilot(row.pilot, because="项目结束。", by=officer(cast), at=AT)
    assert actions.end_pilot(pilot, because="项目结束。", by=officer(cast), at=AT).state == "ended"
    for act in (
        lambda: give(cast, step_of(row)),
        lambda: change(cast, row),
        lambda: waive(cast, step_of(row)),
        lambda: actions.open_round(pilot, 2, cycle=preset(), by=officer(cast), at=AT),
    ):
        with refused("pilots.ended"):
            act()


def test_the_tables_refuse_what_the_actions_never_write(cast: Cast) -> None:
    step = step_of(begun(cast))
    for values in (
        {"state": "waived"},
        {"state": "done"},
        {"owner": cast.people["trainer"]},
        {"state": "odd"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoundStep.objects.filter(pk=step.pk).update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        PilotRound.objects.create(pilot=step.round.pilot, number=2, cycle=step.round.cycle, opened_at=AT)
    assert Cycle.objects.count() == 1
    assert not RoundReport.objects.exists()
