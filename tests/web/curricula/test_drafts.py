"""Pages of drafts from needs: asked, shown with every reason, laid side by side, taken; what is refused stays typed."""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from craftpath.delivery.web.curricula import draft_saying
from craftpath.domain.curricula import drafting, drafting_texts
from craftpath.domain.curricula.actions import save_card
from craftpath.domain.curricula.models import CurriculumVersion, Draft, Reviewer
from craftpath.domain.standards.actions import load_frameworks
from craftpath.engines import curriculum as engine
from craftpath.kernel.access import system
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.curricula.world import first, in_review, keys, values
from tests.house.furnishing import weigh_needs

pytestmark = pytest.mark.usefixtures("all_rows")
JUNIOR, CRAFTSMAN = "junior_craftsman", "craftsman"


@pytest.fixture(autouse=True)
def frameworks(cast: Cast) -> None:
    load_frameworks(by=system(), at=AT)


@pytest.fixture
def version(cast: Cast) -> CurriculumVersion:
    own: dict[str, dict[str, Any]] = {
        "talking": {"skills": {"strategic_thinking": 60}, "area": "general_professional_skills"},
        "writing": {"skills": {"strategic_thinking": 50}, "trainer": "trainer"},
        "rescue": {"skills": {"conflict_negotiation": 80}, "prerequisites": ("talking",)},
        "shouting": {"skills": {"strategic_thinking": 10}, "minutes": 30 * 60, "room": "hall"},
    }
    for key, more in own.items():
        save_card(cast.college, values(key, **more), by=cast.actor("coordinator"), at=AT)
    return first(cast)


def client(cast: Cast, who: str = "coordinator", language: str = "en") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE=language)
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: str) -> str:
    return reverse(f"curricula:{page}", args=["lanchuan", *ids])


def typed(**more: str) -> dict[str, str]:
    """A form with two weights and sixty hours."""
    return {
        "made_id": str(uuid.uuid4()),
        "weight-strategic_thinking": "5",
        "weight-conflict_negotiation": "2",
        "total": "60",
        "factor": "1.5",
        **more,
    }


def asked(cast: Cast, version: CurriculumVersion, **more: str) -> Draft:
    """The draft that a form leads to, worked out."""
    answer = client(cast).post(url("new_draft", version.public_id), typed(**more))
    assert answer.status_code == 302, answer.content.decode()
    return Draft.objects.get(public_id=answer["Location"].rstrip("/").rpartition("/")[2])


def page(cast: Cast, *address: str, language: str = "en") -> str:
    answer = client(cast, language=language).get(url(*address))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_draft_is_asked_for_and_shown_with_its_reasons(cast: Cast, version: CurriculumVersion) -> None:
    form = page(cast, "new_draft", version.public_id)
    assert 'name="weight-strategic_thinking"' in form
    assert 'name="cell-junior_craftsman-workplace"' in form
    assert 'name="trainers-0"' in form
    assert 'name="rooms-0"' in form
    row = asked(cast, version)
    shown = page(cast, "shown_draft", row.public_id)
    assert "94.3 %" in shown
    assert "Proved: no plan that keeps your wishes covers more." in shown
    assert "It comes before Unit rescue." in shown
    assert shown.index("Unit talking") < shown.index("Unit rescue")
    assert "would have to leave." in shown
    assert "Strategic thinking +60 %" in shown
    chinese = page(cast, "shown_draft", row.public_id, language="zh-hans")
    assert "已证明" in chinese


def test_what_is_typed_wrong_is_said_in_place_and_nothing_is_lost(
    cast: Cast, version: CurriculumVersion
) -> None:
    for wrong, said in (
        ({"total": "many"}, "Write hours as 40, 7.5 or 7:30."),
        ({"weight-strategic_thinking": "11"}, "less than or equal to 10"),
        ({"weight-strategic_thinking": "0", "weight-conflict_negotiation": ""}, "No skill has a weight yet."),
        ({"total": "99999"}, "Hours go from 0 to 10000."),
        ({"stage-conflict_negotiation": "nowhere"}, "nowhere"),
    ):
        answer = client(cast).post(url("new_draft", version.public_id), typed(**{"rooms-0": "7:30", **wrong}))
        text = answer.content.decode()
        assert answer.status_code in (409, 422)
        assert said in text
        assert 'value="7:30"' in text
    assert Draft.objects.count() == 0


def test_every_wish_of_the_form_reaches_the_draft(cast: Cast, version: CurriculumVersion) -> None:
    row = asked(
        cast,
        version,
        **{
            "cell-junior_craftsman-workplace": "40",
            "areas-3": "20",
            "trainers-0": "0",
            "rooms-0": "7:30",
            "stage-strategic_thinking": CRAFTSMAN,
            "factor": "2",
        },
    )
    assert row.wanted["cells"] == [[JUNIOR, "workplace", 2400]]
    assert row.wanted["areas"] == {"general_professional_skills": 1200}
    assert (row.wanted["trainers"], row.wanted["rooms"]) == ({"trainer": 0}, {"hall": 450})
    assert (row.wanted["stressed"], row.wanted["factor"]) == ({"strategic_thinking": CRAFTSMAN}, "2")
    again = page(cast, "new_draft", version.public_id)  # a new form starts from the version
    assert 'value="7.5"' not in again
    like = client(cast).get(url("new_draft", version.public_id), {"like": row.public_id}).content.decode()
    assert 'value="7.5"' in like


def test_a_double_click_asks_once(cast: Cast, version: CurriculumVersion) -> None:
    mine = str(uuid.uuid4())
    once = asked(cast, version, made_id=mine)
    assert asked(cast, version, made_id=mine) == once
    assert asked(cast, version, made_id=mine, total="30") != once  # gone back to, and changed


def test_pins_are_kept_and_the_plan_is_worked_out_again(cast: Cast, version: CurriculumVersion) -> None:
    row = asked(cast, version)
    pins = {"pin-shouting": "pin", "pin-writing": "forbid", "pin-nobody": "pin", "pin-talking": "bent"}
    answer = client(cast).post(url("do_draft", row.public_id), {"do": "again", **pins})
    other = Draft.objects.get(number=2)
    assert answer["Location"] == url("shown_draft", other.public_id)
    assert other.wanted["pins"] == {"shouting": "pin", "writing": "forbid"}
    shown = page(cast, "shown_draft", other.public_id)
    assert "It has to be in." in shown
    assert "It has to stay out" in shown
    assert "has to be in" in page(cast, "new_draft", version.public_id)
    assert version.pins.count() == 2


def test_wishes_that_quarrel_are_named_with_a_way_out(cast: Cast, version: CurriculumVersion) -> None:
    row = asked(cast, version, total="10", **{"areas-3": "20"})
    shown = page(cast, "shown_draft", row.public_id)
    assert "These wishes cannot hold together:" in shown
    assert "10 h in all at most" in shown
    assert "20 h in all at most instead of 10 h" in shown or "instead of" in shown


def test_two_drafts_side_by_side(cast: Cast, version: CurriculumVersion) -> None:
    one, other = asked(cast, version), asked(cast, version, total="20")
    assert "There are not two plans yet" not in page(cast, "drafts_compared", version.public_id)
    address = url("drafts_compared", version.public_id)
    both = {"draft": [one.public_id, other.public_id, "bent"]}
    shown = client(cast).get(address, both).content.decode()
    assert "only here" in shown
    assert "1 unit in all of them" in shown
    listed = page(cast, "drafts", version.public_id)
    assert "94.3 % of the need · 60 h · 3 units" in listed


def test_a_draft_is_taken_into_the_version(cast: Cast, version: CurriculumVersion) -> None:
    row = asked(cast, version)
    posted = {"do": "take", "revision": str(version.revision)}
    for _press in (1, 2):
        answer = client(cast).post(url("do_draft", row.public_id), posted)
        assert answer["Location"] == url("version", version.public_id)
    taken = {key for stage in (JUNIOR, CRAFTSMAN, "master_craftsman") for key in keys(version, stage)}
    assert taken == {"talking", "writing", "rescue"}
    assert "Taken into the version" in page(cast, "shown_draft", row.public_id)
    stale = asked(cast, version, total="20")
    assert client(cast).post(url("do_draft", stale.public_id), posted).status_code == 409


def test_a_draft_on_its_way_can_be_watched_and_taken_back(
    cast: Cast, version: CurriculumVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "enqueue", lambda *_: None)
    row = asked(cast, version)
    assert "Waiting for its turn." in page(cast, "shown_draft", row.public_id)
    part = client(cast).get(url("shown_draft", row.public_id), HTTP_HX_REQUEST="true").content.decode()
    assert part.lstrip().startswith("<div")
    client(cast).post(url("do_draft", row.public_id), {"do": "cancel"})
    part = client(cast).get(url("shown_draft", row.public_id), HTTP_HX_REQUEST="true")
    assert (part.status_code, part["HX-Refresh"]) == (204, "true")
    assert "The search was ended; nothing was kept." in page(cast, "shown_draft", row.public_id)


def test_weights_come_from_a_published_analysis_or_by_hand(cast: Cast, version: CurriculumVersion) -> None:
    with everywhere("a test weighs needs"):
        made = weigh_needs(cast)["analysis"]
    shown = client(cast).get(url("new_draft", version.public_id), {"from": made}).content.decode()
    assert f'value="{made}"' in shown
    assert re.search(r'name="weight-communication" value="10\.0"', shown)
    by_hand = client(cast).get(url("new_draft", version.public_id), {"from": ""}).content.decode()
    assert re.search(r'name="weight-communication" value="5"', by_hand)
    row = asked(cast, version, **{"from": made})
    assert row.wanted["source"] == made


def test_few_and_many_drafts_cost_the_same_queries(cast: Cast, version: CurriculumVersion) -> None:
    row = asked(cast, version)
    reader, counts = client(cast), []
    reader.get(url("drafts", version.public_id))
    for number in (2, 9):
        for at in range(Draft.objects.count() + 1, number + 1):
            fields = {
                name: getattr(row, name) for name in ("wanted", "inputs", "found", "asked_by", "asked_in")
            }
            Draft.objects.create(
                made_id=uuid.uuid4(), version=version, number=at, state="done", asked_at=AT, ended_at=AT,
                fingerprint="", **fields,
            )  # fmt: skip
        for address in ("drafts", "drafts_compared"):
            with CaptureQueriesContext(
                connection,
            ) as seen:
                assert reader.get(url(address, version.public_id)).status_code == 200
            counts.append(len(seen))
    assert counts[:2] == counts[2:]


def test_who_designs_drafts_and_others_find_nothing(cast: Cast, version: CurriculumVersion) -> None:
    row = asked(cast, version)
    assert client(cast, "apprentice").get(url("drafts", version.public_id)).status_code == 403
    assert client(cast, "apprentice").post(url("do_draft", row.public_id), {"do": "take"}).status_code == 403
    stranger = client(cast, "stranger")
    away = reverse("curricula:shown_draft", args=[cast.neighbour.key, row.public_id])
    assert stranger.get(away).status_code == 404


def test_who_only_reviews_finds_no_draft_and_no_way_to_one(cast: Cast, version: CurriculumVersion) -> None:
    row = asked(cast, version)
    review = in_review(cast, version)
    Reviewer.objects.create(
        review=review, person=cast.people["hr"], organisation=cast.jinheng, side="enterprise"
    )
    reader, there = client(cast, "hr"), cast.jinheng.key
    shown = reader.get(reverse("curricula:version", args=[there, version.public_id]))
    assert shown.status_code == 200
    assert "Draft from needs" not in shown.content.decode()
    for name, one in (("drafts", version), ("drafts_compared", version), ("shown_draft", row)):
        assert reader.get(reverse(f"curricula:{name}", args=[there, one.public_id])).status_code == 404
    assert "Draft from needs" in page(cast, "version", version.public_id)


def found(row: Draft, **more: Any) -> None:
    """The draft, as if that had come of it."""
    Draft.objects.filter(pk=row.pk).update(found={**row.found, **more})


def test_what_was_not_proved_is_no_fact(cast: Cast, version: CurriculumVersion) -> None:
    row = asked(cast, version)
    nothing, no_proof = "would cover nothing more.", "Not all of this was proved in the time"
    gains = [{**one, "gain": 0.0, "most": 0.0} for one in row.found["gains"]]
    found(row, gains=gains)
    shown = page(cast, "shown_draft", row.public_id)
    assert nothing in shown
    assert no_proof not in shown
    found(row, gains=[{**gains[0], "most": 0.7}, *gains[1:]])
    shown = page(cast, "shown_draft", row.public_id)
    assert nothing not in shown
    assert no_proof in shown
    (dear,) = [one for one in row.found["out"] if one["key"] == "shouting"]
    out = {**dear, "code": "costs", "loss": 0.7, "least": 0.0}
    found(row, gains=[{**gains[0], "gain": 0.7, "most": 1.4}], out=[out], proven=False, bound=6.7)
    shown = page(cast, "shown_draft", row.public_id)
    assert "<strong>at least +10.0 %</strong>" in shown
    assert "some of it may be had without more." in shown
    assert "at most −10.0 %</span>" in shown
    assert "It would cost at most 10.0 % of the need" in shown
    assert "No plan covers more than 95.7 %; whether" in shown
    found(
        row,
        out=[{**out, "code": "better", "loss": -0.07, "least": -0.07}],
        proven=False,
        bound=6.7,
        habit=None,
    )
    shown = page(cast, "shown_draft", row.public_id)
    assert "This is not the best plan" in shown
    assert "a plan was found that covers 1.0 % more" in shown
    assert "Always taking what brings most an hour would not keep your wishes." in shown


def test_units_that_no_draft_can_choose_are_named_before_one_is_asked_for(
    cast: Cast, version: CurriculumVersion
) -> None:
    assert "No draft can be taken yet" not in page(cast, "new_draft", version.public_id)
    version.units.filter(key="quality").update(card=None, key="own_unit", name={"en": "Our own"})
    form = page(cast, "new_draft", version.public_id)
    assert "No draft can be taken yet" in form
    assert "Our own" in form
    row = asked(cast, version)
    answer = client(cast).post(
        url("do_draft", row.public_id), {"do": "take", "revision": str(version.revision)}
    )
    assert answer.status_code == 409
    assert "they would be lost: Our own" in answer.content.decode()


def test_every_code_of_the_engine_has_its_sentence_in_both_languages() -> None:
    whys_in = {one.value for one in engine.WhyIn}
    whys_out = {one.value for one in engine.WhyOut}
    kinds = {one.value for one in engine.Kind}
    assert set(drafting_texts.WHY_IN) == whys_in
    assert set(drafting_texts.WHY_OUT) >= whys_out
    assert set(drafting_texts.WISHES) == kinds
    assert set(drafting_texts.GAINS) == kinds - {"pinned", "forbidden"}
    tables = (
        drafting_texts.WHY_IN, drafting_texts.WHY_OUT, drafting_texts.WISHES, drafting_texts.GAINS,
        drafting_texts.GIVEN_UP, drafting_texts.DRAFT_REASONS, drafting_texts.DRAFT_STATES,
    )  # fmt: skip
    for table in tables:
        for code, sentence in table.items():
            with translation.override("en"):
                english = str(sentence)
            with translation.override("zh-hans"):
                assert str(sentence) != english, code
    source = (Path(engine.__file__).parent / "checking.py").read_text("utf-8")
    asked_for = {"ring", "area_unreachable", "pin_before_later"}
    assert asked_for <= set(re.findall(r'"curriculum\.(\w+)"', source))


def test_every_reason_can_be_said() -> None:
    names = draft_saying.Names({"a": "A", "b": "B"}, {"one": "Stage one"}, {"work": "Work"}, {"area": "Area"})
    wish = {"kind": "stage_place", "stage": "one", "key": "work", "value": 120}
    out = {"loss": 0.5, "least": 0.2, "leaves": ["a"], "comes": ["b"], "units": ["a", "b"], "wishes": [wish]}
    for code in engine.WhyOut:
        said = draft_saying.why_out({"code": code.value, **out}, names, 10)
        assert "%(" not in said
    with translation.override("en"):
        assert "at most 5.0 %" in draft_saying.why_out({"code": "costs", **out}, names, 10)
        assert "at most 5.0 %" in draft_saying.why_out({"code": "costs", **out, "comes": []}, names, 10)
        moved = draft_saying.why_out({"code": "costs", **out, "leaves": []}, names, 10)
        assert moved.endswith("for other units would have to move to other stages.")
        ban = {"code": "forbidden", **out, "loss": -0.2, "least": -0.5}
        assert draft_saying.why_out(ban, names, 10).endswith("the plan would cover at least 2.0 % more.")
        proved = {"code": "adds_nothing", **out, "loss": 0.0, "least": 0.0}
        assert draft_saying.why_out(proved, names, 10) == "With it, no more of the need would be covered."
        for code in ("adds_nothing", "forbidden"):
            unsure = draft_saying.why_out({**proved, "code": code, "least": -0.5}, names, 10)
            assert unsure.endswith("That was not proved in the time.")
    for kind in engine.Kind:
        one = {**wish, "kind": kind.value}
        assert "%(" not in draft_saying.wish(one, names)
        assert "%(" not in draft_saying.way(
            {"wish": one, "value": None if kind in ("pinned", "forbidden") else 60}, names
        )
        if kind not in ("pinned", "forbidden"):
            assert (
                "%("
                not in draft_saying.gain({"wish": one, "more": 60, "comes": ["a"], "leaves": []}, names)[0]
            )
