"""Rubrics: what may be saved, versions that never change once used, and what levels come to."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.domain.judging.actions import draft_rubric, retire_rubric, save_rubric, use_rubric
from craftpath.domain.judging.models import Rubric
from craftpath.domain.judging.rubrics import NOT_OBSERVED, faults, score_of
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.judging.world import CRITERIA, DEFINITION, NAME, definition, practical, rubric


def changed(change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    found = definition()
    change(found)
    return found


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (lambda d: d["criteria"][0].update(weight="49.5"), "weights_not_100", "criteria"),
        (lambda d: d["criteria"][0].update(weight="-1"), "not_a_figure", "criteria[0].weight"),
        (lambda d: d["criteria"][0].update(weight=50), "not_a_figure", "criteria[0].weight"),
        (lambda d: d["criteria"][0].update(weight="1e2"), "not_a_figure", "criteria[0].weight"),
        (lambda d: d["criteria"][1].update(key="seam"), "key_faulty", "criteria[1].key"),
        (lambda d: d["criteria"][2].update(name={"zh": "  "}), "no_name", "criteria[2].name"),
        (lambda d: d["criteria"][2]["anchors"].pop(), "anchors_missing", "criteria[2].anchors"),
        (
            lambda d: d["criteria"][2]["anchors"][1].update(zh="", en=""),
            "no_anchor",
            "criteria[2].anchors[1]",
        ),
        (lambda d: d["levels"][1].update(value="1"), "levels_do_not_rise", "levels"),
        (lambda d: d["levels"][1].update(value="x"), "not_a_figure", "levels[1].value"),
        (lambda d: d.update(levels=d["levels"][:1]), "levels_count", "levels"),
        (lambda d: d.update(criteria=[]), "criteria_count", "criteria"),
        (lambda d: d.update(unobserved="zero"), "unobserved_unknown", "unobserved"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(
    change: Callable[[dict[str, Any]], Any], code: str, place: str
) -> None:
    assert (code, place) in {(one.code, one.place) for one in faults(changed(change))}


def test_a_rubric_that_holds_has_no_fault() -> None:
    assert faults(DEFINITION) == ()


@given(st.lists(st.sampled_from(["1", "2", "3", "4", NOT_OBSERVED]), min_size=3, max_size=3))
def test_levels_come_to_the_weighted_share_of_what_was_observed(given_levels: list[str]) -> None:
    """The oracle is the formula of the definition: sum of weight by how far up, over the weights observed."""
    keys = [key for key, *_rest in CRITERIA]
    weights = [Fraction(weight) for *_rest, weight in CRITERIA]
    seen = [(w, Fraction(v)) for w, v in zip(weights, given_levels, strict=True) if v != NOT_OBSERVED]
    found = score_of(DEFINITION, dict(zip(keys, given_levels, strict=True))).value
    if not seen:
        assert found is None
        return
    assert found == 100 * sum(w * (v - 1) / 3 for w, v in seen) / sum(w for w, _v in seen)


def test_a_rubric_may_wait_for_what_was_not_observed() -> None:
    waits = definition() | {"unobserved": "waits"}
    assert score_of(waits, {"seam": "4", "safety": NOT_OBSERVED, "tidy": "4"}).value is None
    assert score_of(waits, {"seam": "4", "safety": "4", "tidy": "4"}).value == 100


@pytest.mark.usefixtures("all_rows")
class TestVersions:
    def test_a_faulty_one_is_not_saved(self, cast: Cast) -> None:
        with pytest.raises(Refused) as refused:
            rubric(cast, definition=definition() | {"criteria": []})
        assert refused.value.verdict.reason == "judging.rubric_faulty"
        assert [one.code for one in refused.value.verdict.facts["faults"]] == ["criteria_count"]
        assert not Rubric.objects.exists()

    def test_a_draft_changes_and_a_used_one_gets_a_next_version(self, cast: Cast) -> None:
        by = cast.actor("trainer")
        row = rubric(cast)
        other = definition() | {"unobserved": "waits"}
        row = save_rubric(row, name=NAME, definition=other, by=by, at=AT)
        assert row.definition["unobserved"] == "waits"
        use_rubric(row, by=by, at=AT)
        with pytest.raises(Refused, match=r"^judging\.rubric_in_use$"):
            save_rubric(row, name=NAME, definition=definition(), by=by, at=AT)
        made = [
            draft_rubric(
                organisation=cast.college, name=NAME, definition=definition(), source=row, by=by, at=AT
            )
            for _pressed in range(2)
        ]
        assert [(one.key, one.version) for one in made] == [(row.key, 2)] * 2
        assert Rubric.objects.count() == 2
        row.refresh_from_db()
        assert row.definition["unobserved"] == "waits"

    def test_what_is_judged_by_it_fixes_it(self, cast: Cast) -> None:
        row = practical(cast)
        row.rubric.refresh_from_db()
        assert row.rubric.state == "in_use"

    def test_a_retired_one_judges_nothing_new(self, cast: Cast) -> None:
        row = retire_rubric(rubric(cast), by=cast.actor("trainer"), at=AT)
        with pytest.raises(Refused, match=r"^judging\.rubric_not_usable$"):
            practical(cast, rubric=row)
        with pytest.raises(Refused, match=r"^judging\.rubric_is_retired$"):
            retire_rubric(row, by=cast.actor("trainer"), at=AT)

    @pytest.mark.parametrize("who", ["mentor", "assessor", "hr", "officer", "apprentice", "stranger"])
    def test_others_write_none(self, cast: Cast, who: str) -> None:
        house = {"mentor": cast.jinheng, "hr": cast.jinheng, "officer": cast.city, "stranger": cast.neighbour}
        with pytest.raises(Refused) as refused:
            draft_rubric(
                organisation=cast.college, name=NAME, definition=definition(),
                by=cast.actor(who, house.get(who)), at=AT,
            )  # fmt: skip
        assert refused.value.verdict.who


def test_figures_are_kept_exactly() -> None:
    assert score_of(DEFINITION, {"seam": "2", "safety": "2", "tidy": "2"}).value == Fraction(100, 3)
    assert Decimal(DEFINITION["criteria"][0]["weight"]) == 50
