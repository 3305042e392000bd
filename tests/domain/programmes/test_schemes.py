"""Presets load; a scheme holds or is not saved; what is in use never changes."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.domain.programmes.actions import (
    adopt_scheme,
    draft_scheme,
    load_preset,
    presets,
    retire_scheme,
    save_scheme,
)
from craftpath.domain.programmes.definition import components, faults, fingerprint, items
from craftpath.domain.programmes.models import EvaluationScheme, Programme
from craftpath.domain.programmes.queries import areas_of, stages_of
from craftpath.kernel.access import system
from craftpath.values.verdict import Refused
from tests.cast import AT, DEFINITION, Cast

needs_rows = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def _definition(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(DEFINITION), **changes}


def test_the_chinese_preset_comes_with_the_program() -> None:
    assert "cn_334" in presets()


class TestRows:
    """What needs a database."""

    pytestmark = needs_rows

    def test_the_preset_has_three_stages_four_areas_and_thirty_thirty_forty(self, cast: Cast) -> None:
        assert [stage.title.zh for stage in stages_of(cast.programme.pk)] == ["小工匠", "工匠", "大工匠"]
        assert len(areas_of(cast.programme.pk)) == 4
        weights = [(part.key, part.weight) for part in components(cast.preset.definition)]
        assert weights == [("process", 30), ("practical_activity", 30), ("final_exam", 40)]
        assert cast.preset.organisation is None

    def test_loading_again_changes_nothing(self, cast: Cast) -> None:
        assert load_preset("cn_334", by=system(), at=AT) == cast.programme
        assert (Programme.objects.count(), EvaluationScheme.objects.filter(organisation=None).count()) == (
            1,
            1,
        )

    def test_an_unknown_preset_is_refused(self, cast: Cast) -> None:
        with pytest.raises(Refused) as caught:
            load_preset("../../etc/passwd", by=system(), at=AT)
        assert caught.value.verdict.reason == "programmes.preset_unknown"

    def test_a_copy_is_a_draft_and_the_next_copy_a_next_version(self, cast: Cast) -> None:
        by = cast.actor("coordinator")
        following = draft_scheme(cast.scheme, organisation=cast.college, by=by, at=AT)
        assert (following.version, following.state, following.definition) == (
            2,
            "draft",
            cast.scheme.definition,
        )

    def test_a_definition_that_does_not_total_100_is_never_stored(self, cast: Cast) -> None:
        by = cast.actor("coordinator")
        draft = draft_scheme(cast.scheme, organisation=cast.college, by=by, at=AT)
        wrong = _definition()
        wrong["component"][0]["weight"] = "29.99"
        with pytest.raises(Refused) as caught:
            save_scheme(draft, name=draft.name, definition=wrong, by=by, at=AT)
        assert [fault.code for fault in caught.value.verdict.facts["faults"]] == [
            "evaluation.weights_not_100"
        ]
        draft.refresh_from_db()
        assert draft.definition == DEFINITION

    def test_what_is_in_use_never_changes(self, cast: Cast) -> None:
        by = cast.actor("coordinator")
        with pytest.raises(Refused) as caught:
            save_scheme(cast.scheme, name={"zh": "x"}, definition=_definition(decimals=2), by=by, at=AT)
        assert caught.value.verdict.reason == "programmes.scheme_in_use"

    def test_a_preset_is_copied_not_changed(self, cast: Cast) -> None:
        with pytest.raises(Refused) as caught:
            save_scheme(
                cast.preset, name={"zh": "x"}, definition=_definition(), by=cast.actor("coordinator"), at=AT
            )
        assert caught.value.verdict.reason == "programmes.scheme_is_preset"

    def test_a_neighbour_s_scheme_is_not_there(self, cast: Cast) -> None:
        from craftpath.domain.programmes.queries import schemes
        from craftpath.kernel.tenancy import looking_for

        with looking_for(cast.actor("stranger", cast.neighbour).scope):
            assert list(schemes()) == [cast.preset]
        with looking_for(cast.actor("coordinator", cast.campus).scope):
            assert set(schemes()) == {cast.preset, cast.scheme}

    def test_adopting_twice_tells_it_once_and_a_retired_one_is_not_adopted(self, cast: Cast) -> None:
        by = cast.actor("coordinator")
        draft = draft_scheme(cast.scheme, organisation=cast.college, by=by, at=AT)
        assert adopt_scheme(draft, by=by, at=AT).state == "in_use"
        assert adopt_scheme(draft, by=by, at=AT).state == "in_use"
        assert retire_scheme(draft, by=by, at=AT).state == "retired"
        with pytest.raises(Refused):
            adopt_scheme(draft, by=by, at=AT)


def test_items_are_the_columns_in_scheme_order() -> None:
    assert [item.key for item in items(DEFINITION)] == [
        "attendance", "log", "quiz", "task1", "task2", "final_exam",
    ]  # fmt: skip
    assert items(DEFINITION)[5].name.zh == "期末考试"


def test_the_fingerprint_tells_any_change_and_no_order_of_keys() -> None:
    reordered = dict(reversed(list(DEFINITION.items())))
    assert fingerprint(reordered) == fingerprint(DEFINITION)
    assert fingerprint(_definition(decimals=2)) != fingerprint(DEFINITION)


@given(st.lists(st.decimals(min_value=0, max_value=100, places=2), min_size=3, max_size=3))
def test_weights_hold_exactly_when_they_total_100(weights: list[Decimal]) -> None:
    definition = _definition(rule=[])
    for part, weight in zip(definition["component"], weights, strict=True):
        part["weight"] = str(weight)
    codes = {fault.code for fault in faults(definition, "x")}
    assert ("evaluation.weights_not_100" in codes) == (sum(weights) != 100)
