"""The form of all four kinds of scheme: shown and sent back it saves the same; it cannot be saved wrong."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from craftpath.delivery.web.programmes.sentences import fault_sentence
from craftpath.domain.programmes.actions import draft_scheme, load_presets, presets, save_scheme
from craftpath.domain.programmes.canonical import canonical
from craftpath.domain.programmes.definition import faults
from craftpath.domain.programmes.models import EvaluationScheme
from craftpath.kernel.access import system
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.web.programmes.form import Fields, fields_of

Browse = Callable[[str], Client]
Draft = Callable[[str], EvaluationScheme]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences that come lazily are read in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def draft(cast: Cast) -> Draft:
    """A draft of the college, copied from a country's preset."""

    def made(preset: str) -> EvaluationScheme:
        with everywhere("a test makes a draft"):
            load_presets(by=system(), at=AT)
            source = EvaluationScheme.objects.get(organisation=None, programme__key=preset)
            return draft_scheme(source, organisation=cast.college, by=cast.actor("coordinator"), at=AT)

    return made


def _at(scheme: EvaluationScheme) -> str:
    return f"/o/lanchuan/schemes/{scheme.public_id}/edit/"


def _stored(scheme: EvaluationScheme) -> dict[str, Any]:
    with everywhere("a test looks at everything"):
        return EvaluationScheme.objects.get(pk=scheme.pk).definition


def _shown(client: Client, scheme: EvaluationScheme) -> Fields:
    return fields_of(client.get(_at(scheme)).content.decode())


@pytest.mark.parametrize("preset", presets())
def test_every_preset_goes_through_the_form_unchanged(browse: Browse, draft: Draft, preset: str) -> None:
    scheme, client = draft(preset), browse("coordinator")
    response = client.post(_at(scheme), _shown(client, scheme))
    assert response.status_code == 302, response.context["editor"].complaints
    assert canonical(_stored(scheme)) == canonical(scheme.definition)


UNSEEN = "There is a character in it that cannot be seen. Type it anew."
NAME = st.sampled_from(["工作任务", "Work order", "Ärger & Söhne", "<b>", "测验 1"])
FIGURE = st.integers(1, 100).map(str)


def _names(draw: st.DrawFn) -> dict[str, str]:
    return draw(
        st.sampled_from([{"zh": draw(NAME)}, {"en": draw(NAME)}, {"zh": draw(NAME), "en": draw(NAME)}])
    )


def _weights(draw: st.DrawFn, count: int) -> list[str]:
    cuts = sorted(draw(st.lists(st.integers(0, 1000), min_size=count - 1, max_size=count - 1)))
    edges = [0, *cuts, 1000]
    return [f"{(high - low) / 10:.1f}" for low, high in zip(edges, edges[1:], strict=False)]


def _rules(draw: st.DrawFn, keys: list[str], plain: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for kind in draw(
        st.lists(st.sampled_from(["component_min", "count_min", "none_below", "all_complete"]), max_size=4)
    ):
        if not plain:
            break
        some = draw(st.lists(st.sampled_from(plain), unique=True, min_size=1))
        rule: dict[str, Any] = {"kind": kind}
        if kind == "component_min":
            rule |= {"component": some[0], "value": draw(FIGURE)}
        else:
            rule["components"] = some
            if kind != "all_complete":
                rule["value"] = draw(FIGURE)
            if kind == "count_min":
                rule["at_least"] = draw(st.integers(1, len(some)))
        found.append(rule)
    return found


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, Any]:
    """Valid definitions of all four modes, with one of everything now and then."""
    mode = draw(st.sampled_from(["weighted", "weighted_conditions", "gateway_grade", "all_required"]))
    keys = draw(st.lists(st.sampled_from(["a", "b2", "part_3", "d-4"]), unique=True, min_size=1, max_size=4))
    weights = _weights(draw, len(keys))
    table: dict[str, Any] = {
        "mode": mode,
        "decimals": draw(st.integers(0, 6)),
        "rules_use": draw(st.sampled_from(["rounded", "exact"])),
        "contest": {"within_days": draw(st.integers(1, 365)), "answer_days": draw(st.integers(1, 365))},
    }
    parts = []
    for n, (key, weight) in enumerate(zip(keys, weights, strict=True)):
        part: dict[str, Any] = {
            "key": key,
            "name": _names(draw),
            "missing": draw(st.sampled_from(["incomplete", "zero", "exclude"])),
            "drop_lowest": draw(st.integers(0, 2)),
        }
        graded = mode == "gateway_grade" and (n == 0 or draw(st.booleans()))
        if not mode.startswith(("gateway", "all")):
            part["weight"] = weight
        if graded:
            part["grades"] = draw(st.lists(st.sampled_from(["f", "p", "m", "d"]), unique=True, min_size=2))
            part["grade_names"] = {grade: _names(draw) for grade in part["grades"]}
        elif mode == "all_required" and draw(st.booleans()):
            part |= {
                "target": draw(FIGURE),
                "unit": draw(st.sampled_from(["", "hour", "percent", "confirmation"])),
            }
        elif draw(st.booleans()):
            part["item"] = [
                {
                    "key": f"{key}-{m}",
                    "name": _names(draw),
                    "weight": draw(FIGURE),
                    "max": draw(FIGURE),
                    "area": "",
                }
                for m in range(draw(st.integers(1, 3)))
            ]
        parts.append(part)
    plain = [part["key"] for part in parts if not part.get("grades")]
    rules = _rules(draw, keys, plain)
    if mode in ("weighted", "weighted_conditions"):
        rules.insert(0, {"kind": "overall_min", "value": draw(FIGURE)})
        alone = [part["key"] for part in parts if len(part.get("item", [1])) == 1 and not part["drop_lowest"]]
        if alone and draw(st.booleans()):
            table["supplement"] = {
                "components": alone,
                "existing": draw(st.integers(1, 9)),
                "oral": draw(st.integers(1, 9)),
                "most": draw(st.integers(1, len(alone))),
            }
        if draw(st.booleans()):
            table["assumed"] = draw(st.lists(st.sampled_from(["decimals", "overall_min"]), unique=True))
    else:
        table["levels"] = ["low", "high"] if mode == "all_required" else ["low", "mid", "high"]
        table["level_names"] = {level: _names(draw) for level in table["levels"]}
    if mode == "gateway_grade":
        methods = [part for part in parts if part.get("grades")]
        rules.append(
            {
                "kind": "grade_table",
                "table": [
                    {part["key"]: grade for part, grade in zip(methods, grades, strict=True)}
                    | {"result": draw(st.sampled_from(table["levels"]))}
                    for grades in product(*(part["grades"] for part in methods))
                ],
            }
        )
    return table | {"component": parts, "rule": rules}


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
@given(definition=definitions())
def test_whatever_holds_goes_through_the_form_unchanged(
    browse: Browse, draft: Draft, cast: Cast, definition: dict[str, Any]
) -> None:
    assert faults(definition, "x") == ()
    scheme = draft("cn_334")
    with everywhere("a test saves a draft"):
        save_scheme(scheme, name=scheme.name, definition=definition, by=cast.actor("coordinator"), at=AT)
    client = browse("coordinator")
    response = client.post(_at(scheme), _shown(client, scheme))
    assert response.status_code == 302, response.context["editor"].complaints
    assert canonical(_stored(scheme)) == canonical(definition)


def test_the_grid_shows_each_combination_once_and_a_gap_stands_at_its_cell(
    browse: Browse, draft: Draft
) -> None:
    scheme, client = draft("uk_standard"), browse("coordinator")
    page = client.get(_at(scheme))
    cells = page.context["editor"].cells
    assert sorted(cell.grades for cell in cells) == sorted(product(["fail", "pass", "distinction"], repeat=2))
    fields = fields_of(page.content.decode())
    refused = client.post(_at(scheme), fields | {"grid-4-result": [""], "name_en": ["Kept"]})
    assert refused.status_code == 200
    assert [(cell.number, cell.error) for cell in refused.context["editor"].cells if cell.error] == [
        (4, "Choose a level.")
    ]
    assert refused.context["editor"].complaints == [
        {"target": "id_grid-4-result", "where": "Pass · Pass", "what": "Choose a level."}
    ]
    assert 'value="Kept"' in refused.content.decode()
    assert _stored(scheme) == scheme.definition
    forged = client.post(_at(scheme), fields | {"grid-4-result": ["president"]})
    assert forged.status_code == 200
    assert client.post(_at(scheme), fields | {"grid-4-result": ["merit"]}).status_code == 302
    table = canonical(_stored(scheme))["rule"][-1]["table"]
    assert (table["pass", "pass"], table["fail", "pass"]) == ("merit", "fail")
    assert "assumed" not in _stored(scheme)  # a table that was changed is no assumption any more


def test_a_new_grade_asks_only_for_what_is_not_clear(browse: Browse, draft: Draft) -> None:
    scheme, client = draft("uk_standard"), browse("coordinator")
    fields = _shown(client, scheme)
    more = client.post(_at(scheme), fields | {"do": ["add-grade-0"]})
    assert len(more.context["editor"].cells) == 12
    again = fields_of(more.content.decode()) | {
        "part-0-grade-3-name_en": ["Outstanding"],
        "part-0-grade-3-name_zh": ["卓越"],
    }
    asked = client.post(_at(scheme), again)
    assert [cell.words for cell in asked.context["editor"].cells if cell.error] == [
        ("Outstanding", "Pass"),
        ("Outstanding", "Distinction"),
    ]  # with a fail beside it, everything fails anyhow
    last = fields_of(asked.content.decode())
    for cell in asked.context["editor"].cells:
        if cell.error:
            last[f"{cell.name}-result"] = ["distinction"]
    assert client.post(_at(scheme), last).status_code == 302
    part = _stored(scheme)["component"][0]
    assert part["grades"] == ["fail", "pass", "distinction", "outstanding"]
    assert part["grade_names"]["outstanding"] == {"zh": "卓越", "en": "Outstanding"}
    assert canonical(_stored(scheme))["rule"][-1]["table"]["outstanding", "pass"] == "distinction"


def test_removing_a_method_keeps_what_is_left_without_doubt(browse: Browse, draft: Draft) -> None:
    scheme, client = draft("uk_standard"), browse("coordinator")
    less = client.post(_at(scheme), _shown(client, scheme) | {"do": ["remove-part-1"]})
    assert [(cell.grades, cell.result) for cell in less.context["editor"].cells] == [
        (("fail",), "fail"),
        (("pass",), ""),
        (("distinction",), ""),
    ]


def test_changing_the_kind_shows_its_fields_and_a_change_of_mind_loses_nothing(
    browse: Browse, draft: Draft
) -> None:
    scheme, client = draft("uk_standard"), browse("coordinator")
    fields = _shown(client, scheme)
    assert "pass_mark" in fields  # carried hidden
    added_up = client.post(_at(scheme), fields | {"do": ["mode"], "mode": ["weighted"]})
    html = added_up.content.decode()
    assert added_up.context["editor"].cells == []
    assert 'id="scheme-sum"' in html
    back = fields_of(html) | {"do": ["mode"], "mode": ["gateway_grade"]}
    again = client.post(_at(scheme), back)
    assert [len(part.grades) for part in again.context["editor"].parts] == [3, 3]
    assert _stored(scheme) == scheme.definition


def test_a_kind_that_adds_up_asks_for_weights_that_make_100(browse: Browse, draft: Draft) -> None:
    scheme, client = draft("us_registered"), browse("coordinator")
    html = client.post(
        _at(scheme), _shown(client, scheme) | {"do": ["mode"], "mode": ["weighted"]}
    ).content.decode()
    fields = fields_of(html)
    refused = client.post(_at(scheme), fields)
    assert {complaint["what"] for complaint in refused.context["editor"].complaints} >= {"Fill this in."}
    weights = {f"part-{n}-weight": [weight] for n, weight in enumerate(("50", "30", "20"))}
    last = fields | weights
    for name in [name for name in last if name.startswith("rule-")]:
        del last[name]
    assert client.post(_at(scheme), last | {"pass_mark": ["60"]}).status_code == 302
    saved = _stored(scheme)
    assert (saved["mode"], [part["weight"] for part in saved["component"]]) == (
        "weighted",
        ["50", "30", "20"],
    )
    assert "levels" not in saved
    assert "target" not in saved["component"][0]


@pytest.mark.parametrize(
    ("preset", "field", "typed", "where", "said"),
    [
        ("de_mechatronics", "rule-0-value", "", "rule-0-value", "Fill this in."),
        ("de_mechatronics", "rule-0-at_least", "4", "rule-0-at_least", "The number of parts is between 1 and 3."),
        ("de_mechatronics", "existing", "0", "existing", "0 is not between 1 and 100."),
        ("de_mechatronics", "most", "9", "most", "The number of oral supplements is between 1 and 3, not 9."),
        ("de_mechatronics", "within_days", "400", "within_days", "400 is not a whole number between 1 and 365."),
        ("de_mechatronics", "answer_days", "soon", "answer_days", "soon is not a whole number between 1 and 365."),
        ("us_registered", "part-0-target", "-1", "part-0-target", "The target is above 0 and at most 100."),
        ("uk_standard", "level-1-name_en", "日\u202e志", "level-1-name_en", UNSEEN),
    ],
)  # fmt: skip
def test_each_fault_stands_at_its_field(
    browse: Browse, draft: Draft, preset: str, field: str, typed: str, where: str, said: str
) -> None:
    scheme, client = draft(preset), browse("coordinator")
    response = client.post(_at(scheme), _shown(client, scheme) | {field: [typed]})
    found = {
        (f"{form.prefix}-{name}" if form.prefix else name): [str(error) for error in errors]
        for form in response.context["editor"].every_form
        for name, errors in form.errors.items()
    }
    if field != "part-0-target":
        assert found[where] == [said]
    assert where in found
    assert _stored(scheme) == scheme.definition


def test_what_is_confirmed_or_changed_is_assumed_no_more(browse: Browse, draft: Draft) -> None:
    scheme, client = draft("cn_334"), browse("coordinator")
    fields = _shown(client, scheme)
    assert fields["unsure"] == ["decimals", "overall_min"]
    assert client.post(_at(scheme), fields | {"unsure": ["overall_min"]}).status_code == 302
    assert _stored(scheme)["assumed"] == ["overall_min"]
    again = _shown(client, scheme) | {"pass_mark": ["65"]}
    assert client.post(_at(scheme), again).status_code == 302
    assert "assumed" not in _stored(scheme)


def test_hostile_fields_break_nothing(browse: Browse, draft: Draft) -> None:
    scheme, client = draft("uk_standard"), browse("coordinator")
    fields = _shown(client, scheme)
    hostile = {
        "grid-0-when": ["[1,2"],
        "grid-1-when": ['["a"]'],
        "grid-999999-when": ['{"x": {}}'],
        "level-999999-key": ["<b>"],
        "rule-5-on": ["nothing", "method1"],
        "rule-5-kind": ["drop table"],
        "part-0-grade-7-key": ["a" * 300],
        "mode": ["president"],
    }
    for name, value in hostile.items():
        assert client.post(_at(scheme), copy.deepcopy(fields) | {name: value}).status_code == 200
    assert client.post(_at(scheme), fields | hostile).status_code == 200
    assert _stored(scheme) == scheme.definition


@pytest.mark.parametrize(
    ("line", "code", "english", "chinese"),
    [
        (
            None,
            "evaluation.table_gap",
            "No row of the table of grades covers method1: distinction, method2: distinction.",
            "等级对照表没有涵盖 method1: distinction、method2: distinction。",
        ),
        (
            {"method1": "*", "method2": "distinction", "result": "pass"},
            "evaluation.table_contradicts",
            "The table of grades leads from method1: distinction, method2: distinction to different results: "
            "distinction, pass.",
            "等级对照表对 method1: distinction、method2: distinction 给出不同结果：distinction、pass。",
        ),
    ],
)
def test_a_table_with_a_gap_or_two_answers_is_never_stored(
    cast: Cast, draft: Draft, line: Any, code: str, english: str, chinese: str
) -> None:
    scheme = draft("uk_standard")
    wrong = copy.deepcopy(scheme.definition)
    table = wrong["rule"][-1]["table"]
    if line is None:
        table.remove({"method1": "distinction", "method2": "distinction", "result": "distinction"})
    else:
        table.append(line)
    by = cast.actor("coordinator")
    with everywhere("a test tries to save"):
        before = EvaluationScheme.objects.count()
        for save in (
            lambda: save_scheme(scheme, name=scheme.name, definition=wrong, by=by, at=AT),
            lambda: draft_scheme(scheme, organisation=cast.college, definition=wrong, by=by, at=AT),
        ):
            with pytest.raises(Refused) as caught:
                save()
            found = [fault for fault in caught.value.verdict.facts["faults"] if fault.code == code]
            for language, sentence in (("en", english), ("zh-hans", chinese)):
                with translation.override(language):
                    assert sentence in [fault_sentence(fault) for fault in found]
        assert EvaluationScheme.objects.count() == before
    assert _stored(scheme) == scheme.definition
