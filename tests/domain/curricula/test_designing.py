"""A curriculum begins from a programme; its draft is filled, by one editor at a time; the library holds together."""

from __future__ import annotations

from typing import Any

import pytest

from craftpath.domain.curricula.actions import (
    choose_units,
    draft_version,
    move_unit,
    offer_card,
    pin_card,
    put_in,
    replace_content,
    retire_card,
    save_assessment,
    save_card,
    save_outcome,
    set_links,
    set_minutes,
    set_targets,
    take_in_cards,
    take_out,
)
from craftpath.domain.curricula.linking import AssessmentWanted, OutcomeWanted
from craftpath.domain.curricula.models import CardPin, CurriculumVersion, UnitCard
from craftpath.domain.curricula.planning import Choice
from craftpath.domain.curricula.queries import content_of, pins_of
from craftpath.domain.curricula.replacing import Wanted
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.curricula.world import card, first, keys, refused, started, values

pytestmark = pytest.mark.usefixtures("all_rows")
JUNIOR = "junior_craftsman"


def test_a_curriculum_begins_with_the_programme_s_units_as_cards_and_as_a_first_version(cast: Cast) -> None:
    version = first(cast)
    content = content_of(version)
    assert (len(content.units), UnitCard.objects.count()) == (18, 18)
    assert keys(version, JUNIOR)[:2] == ["safety_first", "house_rules"]
    assert [one.key for one in content.assessments] == ["process", "practical_activity", "final_exam"]
    assert len(content.outcomes) == len(content.teaches) == 36
    assert [one.over for one in content.sums()] == [0] * 9  # the preset's own hours are what it asks for
    assert content.targets[JUNIOR, "taught"] == 107 * 60  # hours online count as taught
    assert card(cast, "tools_materials").stages == [JUNIOR]


def test_the_same_start_twice_is_one_curriculum_and_another_name_is_refused(cast: Cast) -> None:
    curriculum = first(cast).curriculum
    assert started(cast) == curriculum
    with refused("curricula.curriculum_exists"):
        started(cast, name={"zh": "另一个"})
    with refused("curricula.key_unclear"):
        started(cast, key="CNC turner")
    with refused("kernel.role_lacks"):
        started(cast, by=cast.actor("assessor"), key="other")
    with refused("kernel.belongs_to_another"):
        started(cast, by=cast.actor("stranger", cast.neighbour), key="other")


def test_two_curricula_share_the_library(cast: Cast) -> None:
    first(cast)
    started(cast, key="welder", name={"zh": "焊工"})
    assert UnitCard.objects.count() == 18


def test_a_card_is_put_in_once_and_brings_its_outcomes(cast: Cast) -> None:
    version, by = first(cast), cast.actor("trainer")
    made = save_card(cast.college, values("turning_basics", bucket="workplace"), by=by, at=AT)
    unit = put_in(version, made, stage=JUNIOR, revision=1, by=by, at=AT)
    assert (unit.stage, unit.order) == (JUNIOR, 7)
    assert put_in(version, made, stage="craftsman", revision=1, by=by, at=AT) == unit
    content = content_of(version)
    assert ("do_turning_basics", "turning_basics") in content.teaches
    assert content.version.units.count() == 19
    assert CurriculumVersion.objects.get().revision == 2


def test_what_is_taken_out_leaves_its_outcomes_as_a_gap_and_numbers_close_up(cast: Cast) -> None:
    version, by = first(cast), cast.actor("coordinator")
    take_out(version, "house_rules", revision=1, by=by, at=AT)
    take_out(version, "house_rules", revision=1, by=by, at=AT)
    assert list(version.units.filter(stage=JUNIOR).values_list("order", flat=True)) == [1, 2, 3, 4, 5]
    content = content_of(version)
    assert not content.units_of("keep_rules")
    assert "keep_rules" in {one.key for one in content.outcomes}


def test_a_unit_moves_and_a_second_press_of_an_old_page_changes_nothing(cast: Cast) -> None:
    version, by = first(cast), cast.actor("coordinator")
    UnitCard.objects.update(stages=[])
    move_unit(version, "house_rules", stage=JUNIOR, place=4, revision=1, by=by, at=AT)
    move_unit(version, "house_rules", stage=JUNIOR, place=4, revision=1, by=by, at=AT)
    assert keys(version, JUNIOR)[:4] == ["safety_first", "tools_materials", "basic_operations", "house_rules"]
    with refused("curricula.changed_meanwhile"):
        move_unit(version, "house_rules", stage=JUNIOR, place=1, revision=1, by=by, at=AT)
    move_unit(version, "house_rules", stage="craftsman", place=99, revision=2, by=by, at=AT)
    assert keys(version, "craftsman")[-1] == "house_rules"
    assert keys(version, JUNIOR) == [
        "safety_first", "tools_materials", "basic_operations", "read_drawings", "digital_basics",
    ]  # fmt: skip
    assert list(version.units.filter(stage=JUNIOR).values_list("order", flat=True)) == [1, 2, 3, 4, 5]


def test_a_unit_goes_only_where_its_card_suits(cast: Cast) -> None:
    version, by = first(cast), cast.actor("coordinator")
    with refused("curricula.stage_not_suited"):
        move_unit(version, "house_rules", stage="craftsman", place=1, revision=1, by=by, at=AT)
    with refused("curricula.stage_unknown"):
        move_unit(version, "house_rules", stage="year9", place=1, revision=1, by=by, at=AT)


def test_hours_change_together_and_two_editors_do_not_overwrite_each_other(cast: Cast) -> None:
    version, by = first(cast), cast.actor("coordinator")
    set_minutes(version, {"house_rules": 50 * 60, "safety_first": 24 * 60}, revision=1, by=by, at=AT)
    with pytest.raises(Refused) as wrong:
        set_minutes(version, {"house_rules": 30 * 60}, revision=1, by=cast.actor("trainer"), at=AT)
    assert wrong.value.verdict.facts == {"who": "何静"}
    assert version.units.get(key="house_rules").minutes == 3000
    with refused("curricula.hours_out_of_range"):
        set_minutes(version, {"house_rules": 0}, revision=2, by=by, at=AT)
    assert {one.bucket: one.over for one in content_of(version).sums() if one.over} == {"workplace": 600}


def test_targets_are_said_anew(cast: Cast) -> None:
    version, by = first(cast), cast.actor("coordinator")
    wanted = content_of(version).targets | {(JUNIOR, "workplace"): 300 * 60}  # type: ignore[operator]
    set_targets(version, wanted, revision=1, by=by, at=AT)
    set_targets(version, wanted, revision=1, by=by, at=AT)
    assert content_of(version).targets == wanted
    with refused("curricula.stage_unknown"):
        set_targets(version, {(JUNIOR, "moon"): 60}, revision=2, by=by, at=AT)


def test_a_plan_is_taken_over_in_one_step_and_keeps_what_stays(cast: Cast) -> None:
    version, by = first(cast), cast.actor("coordinator")
    save_card(cast.college, values("turning_basics"), by=by, at=AT)
    choices = [
        Choice(card(cast, "tools_materials"), JUNIOR), Choice(card(cast, "turning_basics"), JUNIOR, 600),
        Choice(card(cast, "quality"), "craftsman"),
    ]  # fmt: skip
    for _press in range(2):
        choose_units(version, choices, revision=1, by=by, at=AT)
    assert keys(version, JUNIOR) == ["tools_materials", "turning_basics"]
    assert version.units.get(key="turning_basics").minutes == 600
    assert CurriculumVersion.objects.get().revision == 2
    assert ("choose_tools", "tools_materials") in content_of(version).teaches


def test_pins_are_kept_and_taken_back(cast: Cast) -> None:
    version, by = first(cast), cast.actor("coordinator")
    pin_card(version, card(cast, "quality"), kind="pin", by=by, at=AT)
    pin_card(version, card(cast, "machine_care"), kind="forbid", by=by, at=AT)
    assert {key: one.kind for key, one in pins_of(version).items()} == {
        "quality": "pin", "machine_care": "forbid",
    }  # fmt: skip
    pin_card(version, card(cast, "quality"), kind="", by=by, at=AT)
    assert CardPin.objects.count() == 1


def test_outcomes_and_assessments_are_linked(cast: Cast) -> None:
    version, by = first(cast), cast.actor("coordinator")
    wanted = OutcomeWanted("sets_tools", {"zh": "会对刀"}, units=["quality"], skills=["communication"])
    save_outcome(version, wanted, revision=1, by=by, at=AT)
    save_outcome(version, wanted, revision=1, by=by, at=AT)
    save_assessment(version, AssessmentWanted("work_sample", {"zh": "工件"}, "practical_activity"), revision=2,
                    by=by, at=AT)  # fmt: skip
    links = {"teaches": [("sets_tools", "machine_care")], "sees": [("sets_tools", "work_sample")]}
    set_links(version, **links, among=["sets_tools"], revision=3, by=by, at=AT)
    content = content_of(version)
    assert [unit.key for unit in content.units_of("sets_tools")] == ["machine_care"]
    assert [one.key for one in content.assessments_of("sets_tools")] == ["work_sample"]
    assert len(content.teaches) == 37
    with refused("curricula.outcome_unknown"):
        set_links(version, teaches=[("moon", "quality")], sees=[], among=["moon"], revision=4, by=by, at=AT)


def test_a_new_version_is_a_whole_copy_and_its_source_stays(cast: Cast) -> None:
    version, by = first(cast), cast.actor("coordinator")
    pin_card(version, card(cast, "quality"), kind="pin", by=by, at=AT)
    set_links(version, teaches=[("measure", "tools_materials")], sees=[("measure", "final_exam")],
              among=["measure"], revision=1, by=by, at=AT)  # fmt: skip
    copy = draft_version(version, why="第二轮", by=by, at=AT)
    assert draft_version(version, why="第二轮", by=by, at=AT) == copy
    before, after = content_of(version), content_of(copy)
    assert (after.teaches, after.sees, after.targets) == (before.teaches, before.sees, before.targets)
    assert [unit.key for unit in after.units] == [unit.key for unit in before.units]
    assert pins_of(copy).keys() == pins_of(version).keys()
    take_out(copy, "quality", revision=1, by=by, at=AT)
    assert version.units.filter(key="quality").exists()
    assert copy.number == 2


# ---- The library ---------------------------------------------------------------------------------


def test_a_card_is_changed_by_one_editor_at_a_time(cast: Cast) -> None:
    by = cast.actor("coordinator")
    made = save_card(cast.college, values(), by=by, at=AT)
    assert save_card(cast.college, values(), by=by, at=AT) == made
    with refused("curricula.card_exists"):
        save_card(cast.college, values(minutes=60), by=by, at=AT)
    save_card(cast.college, values(minutes=60), revision=1, by=by, at=AT)
    with refused("curricula.card_changed_meanwhile"):
        save_card(cast.college, values(minutes=90), revision=1, by=by, at=AT)
    assert UnitCard.objects.get().minutes == 60


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"prerequisites": ("moon",)}, "prerequisite_unknown"),
        ({"prerequisites": ("measuring",)}, "prerequisites_circle"),
        ({"skills": {"communication": 101}}, "strength_out_of_range"),
        ({"minutes": 0}, "hours_out_of_range"),
        ({"name": {"zh": " "}}, "without_name"),
        ({"place": "moon"}, "not_one_of"),
        ({"resources": ({"words": "图册", "link": "javascript:alert(1)"},)}, "link_unclear"),
    ],
)
def test_a_card_that_does_not_hold_is_refused(cast: Cast, more: dict[str, object], reason: str) -> None:
    with refused(f"curricula.{reason}"):
        save_card(cast.college, values(**more), by=cast.actor("coordinator"), at=AT)


def test_a_sheet_of_cards_is_taken_in_whole_or_not_at_all_and_twice_changes_nothing(cast: Cast) -> None:
    by = cast.actor("coordinator")
    wanted = [values("drawing"), values("measuring", prerequisites=("drawing",))]
    assert take_in_cards(cast.college, wanted, by=by, at=AT) == (["drawing", "measuring"], [])
    assert take_in_cards(cast.college, wanted, by=by, at=AT) == ([], [])
    circle = [values("milling"), values("drawing", prerequisites=("measuring",))]
    with pytest.raises(Refused) as wrong:
        take_in_cards(cast.college, circle, by=by, at=AT)
    assert wrong.value.verdict.reason == "curricula.prerequisites_circle"
    assert wrong.value.verdict.facts["circle"] == "drawing → measuring → drawing"
    assert UnitCard.objects.count() == 2


def test_a_retired_card_is_not_chosen_and_comes_back(cast: Cast) -> None:
    version, by = first(cast), cast.actor("coordinator")
    made = save_card(cast.college, values(), by=by, at=AT)
    for _press in range(2):
        retire_card(made, by=by, at=AT)
    with refused("curricula.card_unknown"):
        put_in(version, card(cast, "measuring"), stage=JUNIOR, revision=1, by=by, at=AT)
    offer_card(made, by=by, at=AT)
    assert card(cast, "measuring").state == "offered"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"key": "attend ance"}, "key_unclear"),
        ({"key": "attendance\n"}, "key_unclear"),
        ({"key": "k" * 61}, "key_unclear"),
        ({"name": {}}, "no_words"),
        ({"component": "moon"}, "not_one_of"),
        ({"component": "process", "item": "moon"}, "not_one_of"),
        ({"words": "x" * 301}, "words_too_long"),
        ({"source": "moon/paper/1"}, "source_unclear"),
    ],
)
def test_an_assessment_is_kept_by_hand_and_from_a_sheet_only_as_it_can_be(
    cast: Cast, values: dict[str, Any], reason: str
) -> None:
    version, by = first(cast), {"by": cast.actor("coordinator"), "at": AT}
    wanted = AssessmentWanted(**({"key": "attendance", "name": {"en": "Attendance"}} | values))
    with refused(f"curricula.{reason}"):
        save_assessment(version, wanted, revision=1, **by)
    with refused(f"curricula.{reason}"):
        replace_content(version, Wanted([], [], [wanted], ()), revision=1, **by)
    with refused("curricula.key_unclear"):
        replace_content(version, Wanted([], [OutcomeWanted("a b", {"en": "x"})], [], ()), revision=1, **by)
