"""Where an item's marks come from: chosen in the form, carried by the file, said on the page, compared in words."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from craftpath.delivery.web.programmes.from_file import read
from craftpath.delivery.web.programmes.sourced import shown_source, source_of_form, steps_typed
from craftpath.domain.programmes.actions import draft_scheme
from craftpath.domain.programmes.canonical import canonical
from craftpath.domain.programmes.models import EvaluationScheme
from craftpath.engines.evaluation import KINDS, source_of
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.evaluation.sourced import definition
from tests.web.programmes.form import fields_of

Browse = Callable[[str], Client]
AREAS = ["professional_consciousness", "general_professional_knowledge", "general_professional_skills"]


@pytest.fixture
def draft(cast: Cast) -> EvaluationScheme:
    with everywhere("a test makes a draft"):
        return draft_scheme(cast.scheme, organisation=cast.college, by=cast.actor("coordinator"), at=AT)


def edit(draft: EvaluationScheme) -> str:
    return f"/o/lanchuan/schemes/{draft.public_id}/edit/"


def item(draft: EvaluationScheme, n: int = 0) -> dict[str, Any]:
    with everywhere("what is stored"):
        found: dict[str, Any] = EvaluationScheme.objects.get(pk=draft.pk).definition["component"][0]["item"][
            n
        ]
    return found


def test_a_chosen_source_shows_its_fields_and_is_saved_with_usual_values(
    draft: EvaluationScheme, browse: Browse
) -> None:
    client = browse("coordinator")
    fields = fields_of(client.get(edit(draft)).content.decode())
    fields["part-0-item-0-source"] = ["weeks_confirmed"]
    shown = client.post(edit(draft), fields | {"do": "mode"}).content.decode()
    assert "part-0-item-0-within_days" in shown
    assert 'type="hidden" name="part-0-item-0-partly"' in shown
    fields = fields_of(shown) | {"do": ["save"], "part-0-item-0-steps": ["90=100，75 = 80"]}
    assert client.post(edit(draft), fields).status_code == 302
    assert item(draft)["source"] == {
        "kind": "weeks_confirmed",
        "late": "0",
        "at_least": 4,
        "within_days": 7,
        "unanswered": 4,
        "steps": [{"share": "90", "points": "100"}, {"share": "75", "points": "80"}],
    }
    again = fields_of(client.get(edit(draft)).content.decode())
    assert again["part-0-item-0-steps"] == ["90=100, 75=80"]
    page = client.get(edit(draft).removesuffix("edit/"), headers={"accept-language": "en"}).content.decode()
    assert "Worked out, or agreed by raters" in page
    assert "from 90 % on 100 %" in page


def test_learning_activities_are_expected_in_a_rhythm(draft: EvaluationScheme, browse: Browse) -> None:
    client = browse("coordinator")
    fields = fields_of(client.get(edit(draft)).content.decode())
    fields["part-0-item-0-source"] = ["activities"]
    shown = client.post(edit(draft), fields | {"do": "mode"}).content.decode()
    fields = fields_of(shown) | {"do": ["save"], "part-0-item-0-every_days": ["30"]}
    assert client.post(edit(draft), fields).status_code == 302
    assert item(draft)["source"] == {"kind": "activities", "at_least": 1, "every_days": 30}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("late", "1.5"), ("late", "half"), ("at_least", "0"), ("at_least", "2.5"), ("within_days", "61"),
        ("unanswered", "-1"), ("steps", "lots"), ("steps", "75=80, 90=100"), ("steps", "101=1"), ("source", "clicks"),
    ],
)  # fmt: skip
def test_a_rule_that_makes_no_sense_is_not_saved_and_nothing_typed_is_lost(
    draft: EvaluationScheme, browse: Browse, field: str, value: str
) -> None:
    client = browse("coordinator")
    fields = fields_of(client.get(edit(draft)).content.decode())
    given = {"part-0-item-1-source": ["weeks_confirmed"], f"part-0-item-1-{field}": [value], "do": ["save"]}
    answer = client.post(edit(draft), fields | given)
    assert answer.status_code == 200  # the form again
    errors = {name for form in answer.context["editor"].every_form for name in form.errors}
    assert field in errors
    if field != "source":
        assert value in answer.content.decode()
    assert "source" not in item(draft, 1)


def test_raters_and_their_rule_are_chosen_read_and_saved(draft: EvaluationScheme, browse: Browse) -> None:
    client = browse("coordinator")
    fields = fields_of(client.get(edit(draft)).content.decode())
    fields["part-0-item-0-source"] = ["raters"]
    shown = client.post(edit(draft), fields | {"do": "mode"}).content.decode()
    assert 'type="hidden" name="part-0-item-0-within_days"' in shown
    given = {"part-0-item-0-raters": ["3"], "part-0-item-0-method": ["median"], "part-0-item-0-gap": ["15"]}
    given["part-0-item-0-beyond"] = ["chair"]
    fields = fields_of(shown) | {"do": ["save"]} | given
    assert client.post(edit(draft), fields).status_code == 302
    assert item(draft)["raters"] == {"method": "median", "raters": 3, "gap": "15", "beyond": "chair"}
    assert "source" not in item(draft)
    page = client.get(edit(draft).removesuffix("edit/"), headers={"accept-language": "en"}).content.decode()
    assert "3 raters judge by the rubric, each alone; the mark is the middle one." in page
    assert "More than 15 points apart: the chair decides." in page
    again = fields_of(client.get(edit(draft)).content.decode())
    assert again["part-0-item-0-gap"] == ["15"]


@pytest.mark.parametrize(
    ("field", "value"), [("raters", "0"), ("raters", "13"), ("gap", "101"), ("method", "max")]
)
def test_raters_that_make_no_sense_are_named_in_their_field(
    draft: EvaluationScheme, browse: Browse, field: str, value: str
) -> None:
    client = browse("coordinator")
    fields = fields_of(client.get(edit(draft)).content.decode())
    given = {"part-0-item-1-source": ["raters"], f"part-0-item-1-{field}": [value], "do": ["save"]}
    answer = client.post(edit(draft), fields | given)
    assert answer.status_code == 200
    errors = {name for form in answer.context["editor"].every_form for name in form.errors}
    assert errors == {field}
    assert "raters" not in item(draft, 1)


@pytest.mark.parametrize("kind", list(KINDS))
def test_what_the_form_shows_is_what_it_saves(kind: str) -> None:
    source = {"source": {"kind": kind, "at_least": 9, "steps": [{"share": "60.5", "points": "70"}]}}
    assert source_of(source_of_form(shown_source(source))) == source_of(source)
    assert source_of_form({"source": "", "late": "0.5"}) == {}
    raters = {"raters": {"method": "median", "raters": 3, "gap": "12.5", "beyond": "chair"}}
    assert source_of_form(shown_source(raters)) == raters


def test_thresholds_are_read_as_people_write_them() -> None:
    assert steps_typed("９０＝１００；75=80") == [
        {"share": "90", "points": "100"},
        {"share": "75", "points": "80"},
    ]
    assert steps_typed("90") is None


def test_the_file_there_and_back_is_the_same_scheme(cast: Cast, browse: Browse) -> None:
    table = definition(cast.scheme.definition)
    table["component"][0]["item"][0]["source"]["late"] = "1"
    with everywhere("a test makes a draft"):
        made = draft_scheme(
            cast.scheme, organisation=cast.college, definition=table, by=cast.actor("coordinator"), at=AT
        )
    answer = browse("coordinator").get(f"/o/lanchuan/schemes/{made.public_id}/scheme.toml")
    content = answer.content.decode()
    assert (
        tomllib.loads(content, parse_float=Decimal)["component"][0]["item"][1]["source"]["within_days"] == 7
    )
    found = read(content, AREAS)
    assert not isinstance(found, list), found
    assert canonical(found.definition) == canonical(table)
    wrong = read(content.replace("within_days = 7", "within_days = 700"), AREAS)
    assert isinstance(wrong, list)
    assert content.split("\n")[wrong[0].line - 1].startswith(
        ("[component.item.source]", "source", "within_days")
    )
