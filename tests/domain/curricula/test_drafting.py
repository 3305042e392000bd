"""Plans drafted from needs: asked once, worked out, looked at, taken; what has changed meanwhile is told."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from craftpath.domain.curricula import drafting, drafting_answers
from craftpath.domain.curricula.actions import Asked, open_review, pin_card, save_card, take_out
from craftpath.domain.curricula.drafting import ask_draft, cancel_draft, carry_out, take_draft
from craftpath.domain.curricula.drafting_answers import told_plan
from craftpath.domain.curricula.drafting_problem import fingerprint, inputs_of, problem_of
from craftpath.domain.curricula.drafting_queries import drafts
from craftpath.domain.curricula.drafting_wishes import DraftWish
from craftpath.domain.curricula.models import CurriculumVersion, Draft
from craftpath.domain.curricula.queries import versions
from craftpath.engines.curriculum import TimeRanOut, planning
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.tenancy import looking_for
from tests.cast import AT, TODAY, Cast
from tests.domain.curricula.world import asked as reviewers
from tests.domain.curricula.world import card, complete, cooperating, first, keys, refused, values

pytestmark = pytest.mark.usefixtures("all_rows")
JUNIOR, CRAFTSMAN = "junior_craftsman", "craftsman"
WISH = DraftWish(
    {"strategic_thinking": Decimal(5), "conflict_negotiation": Decimal(2)}, total=60 * 60, fill=False
)


@pytest.fixture(autouse=True)
def waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker: a test carries out what it asks for."""
    monkeypatch.setattr(drafting, "enqueue", lambda *_: None)


def library(cast: Cast) -> CurriculumVersion:
    """A version in whose library five units practise skills, of 20 hours each."""
    version = first(cast)
    own = {
        "talking": {"skills": {"strategic_thinking": 60}, "area": "general_professional_skills"},
        "writing": {"skills": {"strategic_thinking": 50}},
        "rescue": {
            "skills": {"conflict_negotiation": 80},
            "stages": (CRAFTSMAN,),
            "prerequisites": ("talking",),
        },
        "choir": {"skills": {"conflict_negotiation": 10}, "room": "hall"},
        "shouting": {"skills": {"strategic_thinking": 10}, "minutes": 30 * 60},
    }
    for key, more in own.items():
        save_card(cast.college, values(key, **more), by=cast.actor("coordinator"), at=AT)
    return version


def asked(cast: Cast, version: CurriculumVersion, wish: DraftWish = WISH, **more: Any) -> Draft:
    own = {"made_id": uuid.uuid4(), "by": cast.actor("coordinator"), "at": AT} | more
    return ask_draft(version, wish, **own)


def made(cast: Cast, version: CurriculumVersion, wish: DraftWish = WISH) -> Draft:
    row = asked(cast, version, wish)
    carry_out(row, by=cast.actor("coordinator"), at=AT)
    return drafts().get(pk=row.pk)


def test_a_plan_with_its_reasons(cast: Cast) -> None:
    row = made(cast, library(cast))
    found = row.found
    assert (row.state, row.number) == ("done", 1)
    assert [(one["key"], one["stage"]) for one in found["units"]] == [
        ("talking", JUNIOR),
        ("writing", JUNIOR),
        ("rescue", CRAFTSMAN),
    ]
    assert (found["objective"], found["proven"], found["whole"]) == (6.6, True, 7)
    assert found["covered"] == {"strategic_thinking": 1.0, "conflict_negotiation": 0.8}
    out = {one["key"]: one for one in found["out"]}
    assert (out["choir"]["code"], out["choir"]["leaves"]) == ("costs", ["rescue"])
    assert out["safety_first"]["code"] in ("costs", "adds_nothing")
    assert {(one["wish"]["kind"], one["more"]) for one in found["gains"]} == {("hours", 60), ("hours", 600)}
    assert AuditEntry.objects.filter(fact="curricula.draft_made").count() == 1


def test_hours_of_a_stage_and_a_kind_and_all_other_wishes_reach_the_engine(cast: Cast) -> None:
    wish = replace(
        WISH,
        total=20 * 60,
        cells={(JUNIOR, "workplace"): 20 * 60, (CRAFTSMAN, "workplace"): 40 * 60},
        rooms={"hall": 0},
        stressed={"strategic_thinking": CRAFTSMAN},
        factor=Decimal(2),
        pins={"writing": "pin", "talking": "forbid"},
    )
    found = made(cast, library(cast), wish).found
    assert [(one["key"], one["stage"], one["code"]) for one in found["units"]] == [
        ("writing", CRAFTSMAN, "pinned")
    ]
    out = {one["key"]: one["code"] for one in found["out"]}
    assert (out["talking"], out["rescue"]) == ("forbidden", "before_forbidden")
    assert out["choir"] == "cannot_fit"  # its room has no hours, and the pin takes all


def test_the_same_press_asks_once_and_another_wish_ends_the_one_before(cast: Cast) -> None:
    version, mine = library(cast), uuid.uuid4()
    row = asked(cast, version, made_id=mine)
    assert asked(cast, version, made_id=mine) == row
    assert asked(cast, version) == row  # the same wish, while it is worked on
    with refused("curricula.draft_made_otherwise"):
        asked(cast, version, replace(WISH, total=600), made_id=mine)
    other = asked(cast, version, replace(WISH, total=600))
    states = dict(drafts().values_list("number", "state"))
    assert (other.number, states) == (2, {1: "cancelled", 2: "asked"})
    carry_out(drafts().get(pk=row.pk), by=cast.actor("coordinator"), at=AT)
    assert drafts().get(pk=row.pk).found == {}


def test_a_wish_that_cannot_be_meant(cast: Cast) -> None:
    version = library(cast)
    for wish, reason in (
        (DraftWish({}), "without_needs"),
        (DraftWish({"conflict_negotiation": Decimal(11)}), "weight"),
        (replace(WISH, factor=Decimal(9)), "factor"),
        (replace(WISH, total=-1), "hours"),
        (replace(WISH, stressed={"conflict_negotiation": "nowhere"}), "stage_unknown"),
    ):
        with refused(f"curricula.draft_{reason}"):
            asked(cast, version, wish)
    with refused("curricula.card_unknown"):
        asked(cast, version, replace(WISH, pins={"nothing": "pin"}))
    with refused("kernel.role_lacks"):
        asked(cast, version, by=cast.actor("assessor"))


def test_wishes_that_quarrel_come_back_with_a_way_that_works(cast: Cast) -> None:
    wish = replace(WISH, total=19 * 60, pins={"talking": "pin"})
    row = made(cast, library(cast), wish)
    assert row.state == "impossible"
    assert {one["kind"] for one in row.found["conflict"]} == {"hours", "pinned"}
    assert row.found["way"] == [
        {"wish": {"kind": "hours", "key": "", "value": 19 * 60}, "value": 20 * 60},
    ]


def test_too_many_hours_of_an_area_and_too_little_time_are_said(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = library(cast)
    row = made(cast, version, replace(WISH, areas={"general_professional_skills": 9000 * 60}))
    assert (row.state, row.reason) == ("refused", "curricula.draft_area_unreachable")

    def late(*_: object) -> None:
        raise TimeRanOut

    monkeypatch.setattr(drafting, "choose", late)
    assert made(cast, version).reason == "curricula.draft_no_time"


def test_what_breaks_is_no_page_that_waits_for_ever(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    row = asked(cast, library(cast))
    monkeypatch.setattr(drafting, "choose", broken)
    with pytest.raises(ZeroDivisionError):
        carry_out(row, by=cast.actor("coordinator"), at=AT)
    assert drafts().get(pk=row.pk).reason == "curricula.draft_failed"


def test_a_wish_taken_back_ends_the_search(cast: Cast) -> None:
    row = asked(cast, library(cast))
    stale = drafts().get(pk=row.pk)
    cancel_draft(row, by=cast.actor("coordinator"), at=AT)
    cancel_draft(row, by=cast.actor("coordinator"), at=AT)
    carry_out(stale, by=cast.actor("coordinator"), at=AT)
    assert drafts().get(pk=row.pk).state == "cancelled"
    with refused("kernel.role_lacks"):
        cancel_draft(row, by=cast.actor("assessor"), at=AT)
    with refused("curricula.draft_not_open"):
        take_draft(row, revision=row.version.revision, by=cast.actor("coordinator"), at=AT)


def test_a_plan_is_taken_once_and_another_one_after_it(cast: Cast) -> None:
    version = library(cast)
    one, other = made(cast, version), made(cast, version, replace(WISH, total=20 * 60))
    who: dict[str, Any] = {"by": cast.actor("coordinator"), "at": AT}
    after = take_draft(one, revision=version.revision, **who)
    assert keys(after, JUNIOR) == ["talking", "writing"]
    assert take_draft(one, revision=1, **who).revision == after.revision  # pressed twice
    with refused("curricula.changed_meanwhile"):
        take_draft(other, revision=version.revision, **who)
    last = take_draft(other, revision=after.revision, **who)
    assert keys(last, JUNIOR) == ["talking"]
    assert drafts().get(pk=one.pk).state == "taken"


def test_a_plan_whose_units_have_changed_is_not_taken(cast: Cast) -> None:
    version = library(cast)
    row = made(cast, version)
    who: dict[str, Any] = {"by": cast.actor("coordinator"), "at": AT}
    save_card(cast.college, values("writing", skills={"strategic_thinking": 40}), revision=1, **who)
    with pytest.raises(drafting.Refused) as moved:
        take_draft(row, revision=version.revision, **who)
    assert moved.value.verdict.facts["units"] == "writing"
    as_before = values("writing", skills={"strategic_thinking": 50}, name={"en": "Writes"})
    save_card(cast.college, as_before, revision=2, **who)
    after = take_draft(row, revision=version.revision, **who)  # another name is no other unit
    save_card(cast.college, values("writing", skills={"strategic_thinking": 40}), revision=3, **who)
    assert (
        take_draft(made_again(cast, row), revision=after.revision, **who) == after
    )  # the version has its own


def test_what_a_version_has_is_chosen_as_it_stands_there(cast: Cast) -> None:
    version, by = first(cast), cast.actor("coordinator")
    unit, before = version.units.get(key="quality"), inputs_of(version)
    other = values(
        "quality", skills={"conflict_negotiation": 10}, area="", minutes=60, trainer="trainer", room="hall",
        stages=card(cast, "quality").stages,
    )  # fmt: skip
    save_card(cast.college, other, revision=1, by=by, at=AT)
    (told,) = [one for one in inputs_of(version)["units"] if one["key"] == "quality"]
    assert (told["skills"], told["area"], told["minutes"]) == (unit.skills, unit.area, unit.minutes)
    assert (told["trainer"], told["room"], told["before"]) == (unit.trainer, unit.room, unit.prerequisites)
    assert fingerprint(inputs_of(version)) == fingerprint(before)
    take_out(version, "quality", revision=version.revision, by=by, at=AT)
    (told,) = [one for one in inputs_of(version)["units"] if one["key"] == "quality"]
    assert told["skills"] == {"conflict_negotiation": 10}


def test_units_that_no_draft_can_choose_are_not_lost(cast: Cast) -> None:
    version = library(cast)
    version.units.filter(key="quality").update(card=None, key="own_unit", name={"en": "Our own"})
    row = made(cast, version)
    assert "own_unit" not in {one["key"] for one in row.found["units"] + row.found["out"]}
    with pytest.raises(drafting.Refused) as refusal:
        take_draft(row, revision=version.revision, by=cast.actor("coordinator"), at=AT)
    assert (refusal.value.verdict.reason, refusal.value.verdict.facts["units"]) == (
        "curricula.draft_own_units",
        "Our own",
    )
    assert version.units.filter(key="own_unit").exists()
    save_card(cast.college, values("own_unit"), by=cast.actor("coordinator"), at=AT)
    take_draft(made(cast, version), revision=version.revision, by=cast.actor("coordinator"), at=AT)


def test_who_only_reviews_a_version_sees_no_draft_of_it(cast: Cast) -> None:
    version = library(cast)
    made(cast, version)
    cooperating(cast)
    version, hr = complete(version, cast.actor("coordinator")), cast.actor("hr", cast.jinheng)
    people = [*reviewers(cast), Asked(cast.people["hr"], "enterprise", cast.jinheng)]
    due: dict[str, Any] = {"due_on": TODAY + timedelta(days=9), "revision": version.revision}
    open_review(version, people, **due, by=cast.actor("coordinator"), at=AT)
    with looking_for(hr.scope):
        assert versions().count() == 1
        assert drafts().count() == 0
    with looking_for(cast.actor("coordinator").scope):
        assert drafts().count() == 1


def test_a_bound_that_a_better_plan_refutes_is_raised(cast: Cast) -> None:
    inputs = inputs_of(library(cast))
    problem = problem_of(inputs, WISH)
    plan = planning.plan_of(problem, {"writing": 1}, Fraction(0))
    found = told_plan(plan, inputs, {}, lambda *_: None)
    assert plan.proven_optimal
    assert (found["objective"], found["bound"], found["proven"]) == (2.5, 6.6, False)
    out = {one["key"]: one for one in found["out"]}
    assert (out["rescue"]["code"], out["rescue"]["loss"]) == ("better", -4.1)


def test_a_habit_that_breaks_the_wishes_has_no_figure(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    version = library(cast)
    assert made(cast, version).found["habit"] == 6.6
    monkeypatch.setattr(drafting_answers, "picked", lambda _: {})
    assert made(cast, version, replace(WISH, pins={"choir": "pin"})).found["habit"] is None


def made_again(cast: Cast, row: Draft) -> Draft:
    """The same plan, as if it had not been taken."""
    Draft.objects.filter(pk=row.pk).update(state="done")
    return drafts().get(pk=row.pk)


def test_pins_of_a_version_are_kept_for_the_next_draft(cast: Cast) -> None:
    version = library(cast)
    pin_card(version, card(cast, "choir"), kind="pin", by=cast.actor("coordinator"), at=AT)
    take_out(version, "safety_first", revision=version.revision, by=cast.actor("coordinator"), at=AT)
    assert version.pins.count() == 1
