"""Two people change one draft at once: whoever comes second is told, and what either did stays."""

from __future__ import annotations

from typing import Any

import pytest

from craftpath.domain.curricula.actions import set_links, set_minutes, set_targets
from craftpath.domain.curricula.models import CurriculumVersion
from craftpath.domain.curricula.queries import content_of
from tests.cast import AT, Cast
from tests.domain.curricula.world import first
from tests.web.curricula.test_pages import JUNIOR, client, text, version_page
from tests.web.programmes.form import fields_of

pytestmark = pytest.mark.usefixtures("all_rows")
FORMS = {"version": "board", "coverage": "coverage-form", "targets": "targets-form"}


def shown(answer: Any, page: str) -> dict[str, list[str]]:
    return fields_of(text(answer), FORMS[page])


def minutes(version: CurriculumVersion) -> tuple[int, int]:
    found = dict(version.units.values_list("key", "minutes"))
    return found["quality"], found["house_rules"]


def test_hours_that_another_has_changed_stay_when_the_press_is_repeated(cast: Cast) -> None:
    version, asks = first(cast), client(cast)
    form = shown(asks.get(version_page(version)), "version") | {"hours-house_rules": ["41"]}
    set_minutes(version, {"quality": 50 * 60}, revision=1, by=cast.actor("trainer"), at=AT)
    answer = asks.post(version_page(version), form)
    assert answer.status_code == 409
    again = shown(answer, "version")
    assert (again["hours-quality"], again["hours-house_rules"]) == (["50"], ["41"])
    assert minutes(version) == (3000, 2400)
    assert asks.post(version_page(version), again).status_code == 302
    assert minutes(version) == (3000, 2460)


def test_a_move_does_not_give_units_the_hours_of_an_old_page(cast: Cast) -> None:
    version, asks = first(cast), client(cast)
    form = shown(asks.get(version_page(version)), "version") | {"do": [f"move:house_rules/{JUNIOR}/1"]}
    set_minutes(version, {"quality": 50 * 60}, revision=1, by=cast.actor("trainer"), at=AT)
    answer = asks.post(version_page(version), form)
    assert answer.status_code == 409
    asks.post(version_page(version), shown(answer, "version") | {"do": form["do"]})
    assert version.units.get(key="house_rules").order == 1
    assert minutes(version)[0] == 3000


def test_ticks_of_another_stay_when_the_press_is_repeated(cast: Cast) -> None:
    version, asks = first(cast), client(cast)
    page = version_page(version, "coverage")
    outcomes = [one.key for one in content_of(version).outcomes]
    mine, others = "measure", next(key for key in outcomes if key != "measure")
    form = shown(asks.get(page + "?ticks=1"), "coverage")
    form |= {f"assessment|{mine}|final_exam": ["1"]}
    del form[f"unit|{mine}|tools_materials"]
    set_links(
        version, teaches=[], sees=[(others, "final_exam")], among=[others], revision=1,
        by=cast.actor("trainer"), at=AT,
    )  # fmt: skip
    answer = asks.post(page, form)
    assert answer.status_code == 409
    assert asks.post(page, shown(answer, "coverage")).status_code == 302
    content = content_of(version)
    assert content.sees == {(mine, "final_exam"), (others, "final_exam")}
    assert {one for one, _unit in content.teaches} == set(outcomes) - {mine, others}


def test_hours_of_stages_of_another_stay_when_the_press_is_repeated(cast: Cast) -> None:
    version, asks = first(cast), client(cast)
    page = version_page(version, "targets")
    before = dict(content_of(version).targets)
    form = shown(asks.get(page), "targets") | {f"{JUNIOR}/workplace": ["300"]}
    theirs = ("craftsman", "workplace")
    set_targets(version, before | {theirs: 60}, revision=1, by=cast.actor("trainer"), at=AT)
    answer = asks.post(page, form)
    assert answer.status_code == 409
    assert asks.post(page, shown(answer, "targets")).status_code == 302
    assert content_of(version).targets == before | {theirs: 60, (JUNIOR, "workplace"): 300 * 60}
