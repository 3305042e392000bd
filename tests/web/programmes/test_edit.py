"""The form of a draft: it saves what holds, refuses the rest at its field, and loses nothing that was typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from craftpath.delivery.web.programmes.typed import from_definition
from craftpath.domain.programmes.actions import adopt_scheme, draft_scheme
from craftpath.domain.programmes.models import EvaluationScheme
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, DEFINITION, Cast

Browse = Callable[[str], Client]


@pytest.fixture
def draft(cast: Cast) -> EvaluationScheme:
    with everywhere("a test makes a draft"):
        return draft_scheme(cast.scheme, organisation=cast.college, by=cast.actor("coordinator"), at=AT)


def _address(scheme: EvaluationScheme, page: str = "edit/") -> str:
    return f"/o/lanchuan/schemes/{scheme.public_id}/{page}"


def _fields(scheme: EvaluationScheme) -> dict[str, Any]:
    """What a browser would send back of the form as it was shown."""
    shown = from_definition(scheme.name, scheme.definition)
    fields: dict[str, Any] = dict(shown.head)
    for n, part in enumerate(shown.parts):
        fields |= {f"part-{n}-{name}": text for name, text in part.row.items()}
        for m, row in enumerate(part.items):
            fields |= {f"part-{n}-item-{m}-{name}": text for name, text in row.items()}
    for m, rule in enumerate(shown.rules):
        fields |= {f"rule-{m}-{name}": text for name, text in rule.row.items()} | {f"rule-{m}-on": rule.on}
    return fields


def _stored(scheme: EvaluationScheme) -> EvaluationScheme:
    with everywhere("a test looks at everything"):
        return EvaluationScheme.objects.get(pk=scheme.pk)


def _errors(response: Any, language: str = "en") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with override(language):
        for form in response.context["editor"].every_form:
            for name, errors in form.errors.items():
                found[f"{form.prefix}-{name}" if form.prefix else name] = [str(error) for error in errors]
    return found


def test_saving_the_form_as_it_is_shown_changes_no_figure(browse: Browse, draft: EvaluationScheme) -> None:
    response = browse("coordinator").post(_address(draft), _fields(draft))
    assert response.status_code == 302
    saved = _stored(draft)
    assert (saved.name, saved.definition["rule"]) == (draft.name, DEFINITION["rule"])
    without_area = {"key": "final_exam", "name": {"zh": "期末考试", "en": "Final examination"}}
    assert saved.definition["component"] == [
        {**part, "drop_lowest": part.get("drop_lowest", 0)} for part in DEFINITION["component"]
    ]  # fmt: skip
    assert saved.definition["component"][2] == without_area | {
        "weight": "40", "missing": "incomplete", "drop_lowest": 0,
    }  # fmt: skip


def test_it_takes_full_width_figures_a_minimum_and_a_key_from_the_name(
    browse: Browse, draft: EvaluationScheme
) -> None:
    fields = _fields(draft) | {
        "part-0-weight": "２９．５",
        "part-1-weight": "30。5",
        "part-1-minimum": "50",
        "part-1-item-2-name_en": "Workshop task 1",
        "part-1-item-2-weight": "1",
        "part-1-item-2-max": "20",
        "part-1-item-3-name_zh": "总结",
        "decimals": "2",
        "rules_use": "exact",
    }
    assert browse("coordinator").post(_address(draft), fields).status_code == 302
    saved = _stored(draft).definition
    assert [part["weight"] for part in saved["component"]] == ["29.5", "30.5", "40"]
    assert [item["key"] for item in saved["component"][1]["item"]] == [
        "task1",
        "task2",
        "workshop_task_1",
        "item1",
    ]
    assert saved["component"][1]["item"][3] == {
        "key": "item1", "name": {"zh": "总结"}, "weight": "1", "max": "100", "area": "",
    }  # fmt: skip
    assert saved["rule"] == [
        {"kind": "overall_min", "value": "60"},
        {"kind": "component_min", "component": "practical_activity", "value": "50"},
    ]
    assert (saved["decimals"], saved["rules_use"]) == (2, "exact")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("part-0-weight", "NaN", "“NaN” is not a number. Type digits, such as 30 or 12.5."),
        ("part-0-weight", "3e1", "“3e1” is not a number. Type digits, such as 30 or 12.5."),
        ("part-0-item-0-max", "１e2", "“1e2” is not a number. Type digits, such as 30 or 12.5."),
        ("pass_mark", "6E+1", "“6E+1” is not a number. Type digits, such as 30 or 12.5."),
        ("part-0-weight", "1e999", "“1e999” is not a number. Type digits, such as 30 or 12.5."),
        ("part-0-weight", "9999999999999", "9999999999999 is too large."),
        ("part-0-weight", "", "Fill this in."),
        ("part-0-weight", "-30", "A weight is not below 0."),
        ("part-0-item-0-max", "0", "The full mark is above 0."),
        ("part-0-item-0-weight", "a few", "“a few” is not a number. Type digits, such as 30 or 12.5."),
        ("part-0-drop_lowest", "1.5", "1.5 is not a whole number."),
        ("part-0-drop_lowest", "-1", "This number is not below 0."),
        ("part-0-minimum", "101", "101 is not between 0 and 100."),
        ("pass_mark", "-1", "-1 is not between 0 and 100."),
        ("part-0-item-1-key", "attendance", "The key “attendance” is used twice. Each part and each item has its own."),
        ("part-1-key", "process", "The key “process” is used twice. Each part and each item has its own."),
        ("part-0-item-1-key", "<b>", "Use letters a–z, digits and _ only, such as training_log."),
        ("part-0-item-1-name_zh", "日\u202e志", "There is a character in it that cannot be seen. Type it anew."),
        ("decimals", "7", "Select a valid choice. 7 is not one of the available choices."),
        ("part-0-missing", "guess", "Select a valid choice. guess is not one of the available choices."),
        ("part-0-item-0-area", "x", "Select a valid choice. x is not one of the available choices."),
    ],
)  # fmt: skip
def test_each_fault_is_said_at_its_field_and_nothing_typed_is_lost(
    browse: Browse, draft: EvaluationScheme, field: str, typed: str, sentence: str
) -> None:
    fields = _fields(draft) | {field: typed, "name_en": "Typed beside it"}
    response = browse("coordinator").post(_address(draft), fields)
    assert response.status_code == 200
    assert sentence in _errors(response)[field]
    assert _stored(draft).definition == draft.definition
    shown = response.content.decode()
    assert 'value="Typed beside it"' in shown
    assert response.context["editor"].typed.head["name_en"] == "Typed beside it"


def test_faults_are_said_in_chinese_to_a_chinese_reader(browse: Browse, draft: EvaluationScheme) -> None:
    client = browse("coordinator")
    client.cookies["django_language"] = "zh-hans"
    response = client.post(_address(draft), _fields(draft) | {"part-0-weight": "29"})
    assert _errors(response, "zh-hans") == {"__all__": ["各评价项目权重合计 99，应为 100。"]}


def test_weights_that_miss_100_by_a_hair_are_refused(browse: Browse, draft: EvaluationScheme) -> None:
    response = browse("coordinator").post(_address(draft), _fields(draft) | {"part-0-weight": "30.00000001"})
    assert _errors(response) == {
        "__all__": ["The weights of the parts add up to 100.00000001, not to 100."]
    }  # fmt: skip
    assert _stored(draft).definition == draft.definition


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    weights=st.one_of(
        st.lists(st.decimals(0, 60, places=2), min_size=3, max_size=3),
        st.tuples(st.decimals(0, 50, places=3), st.decimals(0, 50, places=3)).map(
            lambda two: [*two, Decimal(100) - sum(two)]
        ),
    )
)
def test_a_scheme_is_stored_exactly_when_it_totals_100(
    browse: Browse, draft: EvaluationScheme, weights: list[Decimal]
) -> None:
    before = _stored(draft).definition
    fields = _fields(draft) | {f"part-{n}-weight": str(weight) for n, weight in enumerate(weights)}
    response = browse("coordinator").post(_address(draft), fields)
    after = _stored(draft).definition
    if sum(weights) == 100:
        assert response.status_code == 302
        assert [Decimal(part["weight"]) for part in after["component"]] == weights
    else:
        assert response.status_code == 200
        assert after == before
    assert sum(Decimal(part["weight"]) for part in after["component"]) == 100


def test_too_many_rows_are_refused_and_come_back(browse: Browse, draft: EvaluationScheme) -> None:
    fields = _fields(draft)
    for m in range(500):
        fields |= {f"part-0-item-{m}-name_en": f"Item {m}", f"part-0-item-{m}-key": f"i{m}"}
    response = browse("coordinator").post(_address(draft), fields)
    assert _errors(response)["__all__"] == ["A scheme has at most 200 items; these are 502."]
    assert len(response.context["editor"].parts[0].items) == 500
    assert _stored(draft).definition == draft.definition


def test_a_script_in_a_name_is_only_text(browse: Browse, draft: EvaluationScheme) -> None:
    script = '"><script>alert(1)</script>'
    client = browse("coordinator")
    assert client.post(_address(draft), _fields(draft) | {"part-0-item-0-name_en": script}).status_code == 302
    for page in ("", "edit/"):
        assert "<script>alert" not in client.get(_address(draft, page)).content.decode()
    assert _stored(draft).definition["component"][0]["item"][0]["name"]["en"] == script


def test_a_scheme_without_parts_is_refused(browse: Browse, draft: EvaluationScheme) -> None:
    response = browse("coordinator").post(
        _address(draft), {"name_en": "Empty", "decimals": "1", "rules_use": "exact"}
    )
    assert _errors(response) == {"__all__": ["The scheme has no part yet. Add one."]}
    assert _stored(draft).definition == draft.definition


def test_rows_are_added_and_removed_without_script_and_without_saving(
    browse: Browse, draft: EvaluationScheme
) -> None:
    client = browse("coordinator")
    typed = _fields(draft) | {"part-0-weight": "abc", "name_zh": ""}
    added = client.post(_address(draft), typed | {"do": "add-item-0"})
    editor = added.context["editor"]
    assert [len(part.items) for part in editor.parts] == [4, 2, 0]
    assert 'name="part-0-weight" value="abc"' in added.content.decode()
    assert re.findall(r'name="([^"]+)"[^>]* autofocus', added.content.decode()) == ["part-0-item-3-name_zh"]
    assert not any(form.errors for form in editor.every_form)
    more = client.post(_address(draft), typed | {"do": "add-part"})
    assert len(more.context["editor"].parts) == 4
    less = client.post(_address(draft), typed | {"do": "remove-item-0-1"})
    assert [row["key"] for row in less.context["editor"].typed.parts[0].items] == ["attendance", "quiz"]
    fewer = client.post(_address(draft), typed | {"do": "remove-part-1"})
    assert [part.row["key"] for part in fewer.context["editor"].typed.parts] == ["process", "final_exam"]
    for nonsense in (
        "add-item-99",
        "remove-part-99",
        "remove-item-0-99",
        "remove-",
        "add-x",
        "remove-item-²-0",
    ):
        same = client.post(_address(draft), typed | {"do": nonsense}).context["editor"]
        assert [len(part.items) for part in same.parts] == [3, 2, 0]
    assert _stored(draft).definition == draft.definition


@pytest.mark.parametrize(
    ("weight", "words"),
    [("20", "<strong>90</strong> of 100 – 10 missing"), ("30", "<strong>100</strong> of 100"),
     ("３０．５", "<strong>100.5</strong> of 100 – 0.5 too many"), ("NaN", "<strong>70</strong> of 100 – 30 missing")],
)  # fmt: skip
def test_the_sum_is_said_while_typing(
    browse: Browse, draft: EvaluationScheme, weight: str, words: str
) -> None:
    response = browse("coordinator").post(
        _address(draft),
        _fields(draft) | {"do": "sum", "part-0-weight": weight},
        headers={"hx-request": "true"},
    )
    content = response.content.decode()
    assert words in content
    assert "<html" not in content
    assert _stored(draft).definition == draft.definition


def test_a_rule_on_several_parts_has_a_row_that_follows_a_renamed_part_and_can_be_removed(
    browse: Browse, cast: Cast
) -> None:
    definition = DEFINITION | {
        "rule": [*DEFINITION["rule"], {"kind": "none_below", "value": "30", "components": ["process"]}]
    }
    with everywhere("a test makes a draft"):
        draft = draft_scheme(
            cast.scheme, organisation=cast.college, definition=definition, by=cast.actor("coordinator"), at=AT
        )
    client = browse("coordinator")
    client.post(_address(draft), _fields(draft))
    assert _stored(draft).definition["rule"] == definition["rule"]
    client.post(_address(draft), _fields(draft) | {"part-0-key": "daily"})
    assert _stored(draft).definition["rule"][-1] == definition["rule"][-1] | {"components": ["daily"]}
    fields = _fields(_stored(draft))
    assert _errors(client.post(_address(draft), fields | {"rule-0-value": "101"})) == {
        "rule-0-value": ["101 is not between 0 and 100."]
    }
    less = client.post(_address(draft), fields | {"do": "remove-rule-0"})
    assert less.context["editor"].rules == []
    for name in [name for name in fields if name.startswith("rule-0")]:
        del fields[name]
    client.post(_address(draft), fields)
    assert _stored(draft).definition["rule"] == DEFINITION["rule"]


def test_two_who_edit_at_once_hear_of_each_other(browse: Browse, draft: EvaluationScheme) -> None:
    mine, theirs = _fields(draft) | {"decimals": "2"}, _fields(draft) | {"decimals": "3"}
    for fields in (mine, theirs):
        fields["seen"] = draft.fingerprint
    assert browse("administrator").post(_address(draft), theirs).status_code == 302
    client = browse("coordinator")
    response = client.post(_address(draft), mine)
    words = "Somebody else has saved this draft since you opened it. Save again to put yours in its place."
    assert _errors(response) == {"__all__": [words]}
    assert _stored(draft).definition["decimals"] == 3
    assert client.post(_address(draft), mine | {"seen": response.context["seen"]}).status_code == 302
    assert _stored(draft).definition["decimals"] == 2


def test_a_scheme_in_use_is_never_edited(browse: Browse, cast: Cast, draft: EvaluationScheme) -> None:
    client = browse("coordinator")
    fields = _fields(draft)
    with everywhere("a test puts the draft in use"):
        adopt_scheme(draft, by=cast.actor("coordinator"), at=AT)
    for response in (
        client.get(_address(draft)),
        client.post(_address(draft), fields | {"name_en": "Other"}),
    ):
        assert response.status_code == 409
        content = response.content.decode()
        assert str(response.context["verdict"].reason) == "programmes.scheme_in_use"
        assert _address(draft, "next/") in content
    stored = _stored(draft)
    assert (stored.definition, stored.name) == (draft.definition, draft.name)


def test_a_preset_is_copied_not_edited(browse: Browse, cast: Cast) -> None:
    response = browse("coordinator").get(_address(cast.preset))
    assert (response.status_code, response.context["verdict"].reason) == (409, "programmes.scheme_is_preset")


@pytest.mark.parametrize(("name", "status"), [("trainer", 403), ("stranger", 404), ("", 302)])
def test_who_may_not_edit(browse: Browse, draft: EvaluationScheme, name: str, status: int) -> None:
    assert browse(name).get(_address(draft)).status_code == status
    assert browse(name).post(_address(draft), _fields(draft)).status_code == status
    assert _stored(draft).definition == draft.definition


def test_a_save_leaves_its_entry_in_the_history(browse: Browse, draft: EvaluationScheme) -> None:
    with everywhere("a test looks at everything"):
        before = AuditEntry.objects.filter(fact="programmes.scheme_saved").count()
        browse("coordinator").post(_address(draft), _fields(draft) | {"name_en": "Renamed"})
        assert AuditEntry.objects.filter(fact="programmes.scheme_saved").count() == before + 1
