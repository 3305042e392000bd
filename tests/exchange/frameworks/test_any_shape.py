"""Files of any form: whatever stands anywhere in a package or in a cell, it is refused in words or taken and kept."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from craftpath.delivery.exchange.frameworks.case_in import read_case
from craftpath.delivery.exchange.frameworks.case_out import Outside, write_case
from craftpath.delivery.exchange.frameworks.reading import Read
from craftpath.delivery.exchange.frameworks.table_in import read_table
from craftpath.delivery.exchange.frameworks.texts import sentence
from craftpath.domain.standards.checking import check
from craftpath.domain.standards.content import Content, Level, Node, Pair
from craftpath.domain.standards.fitting import fit
from tests.exchange.frameworks.shape import wrong
from tests.exchange.frameworks.test_reading import DOCUMENT, WHEN, number, package

LINK = {"title": "CC BY", "identifier": number(50), "uri": "https://example.org/by"}
RICH = Content(
    key="made", prefix="made", name={"zh": "表", "en": "List"}, about={"en": "About"}, publisher="We", year=2021,
    source="p. 3", licence="CC BY", levels=(Level("l1", {"en": "Low"}, {"zh": "低"}),), levels_by="own",
    identifier=DOCUMENT, stamp=WHEN,
    carried={
        "licenseURI": LINK, "CFDefinitions": {"CFLicenses": [{"identifier": number(51)}], "CFConcepts": []},
        "CFRubrics": [{"identifier": number(52)}], "package": {"others": {"a": 1}}, "strange": {"b": [1]},
        "version": "2.1-beta", "subject": ["x"],
    },
    nodes=(
        Node("made-top", "domain", name={"en": "Top"}, identifier=number(1), stamp=WHEN),
        Node(
            "made-a", parent="made-top", name={"zh": "甲", "en": "A"}, meaning={"en": "What A is"},
            indicators=({"zh": "看得见", "en": "Seen"},), levels={"l1": {"en": "some"}}, hints={"en": ["a", "b"]},
            code="1.2", identifier=number(2), stamp=WHEN,
            carried={"strange": {"foo": 1}, "CFAssociation": {"identifier": number(60)}},
        ),
    ),
    pairs=(Pair("made-a", "far", "narrower", 2, identifier=number(70), stamp=WHEN),),
)  # fmt: skip
WHOLE: Any = json.loads(write_case(RICH, {"far": Outside(number(80), "", "Far")}))
LONELY = st.sampled_from(
    [
        "",
        "\0",
        "\ud800",
        "x" * 600,
        None,
        True,
        0,
        -1,
        1.5,
        10**30,
        10**400,
        float("nan"),
        float("inf"),
        number(1),
    ]
)
NAMES = st.sampled_from(["zh", "key", "title", "\0"])
ANYTHING = st.recursive(
    LONELY,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(found for name, one in inner for found in places(one, (*way, name)))]


def put(value: Any, way: tuple[Any, ...], new: Any) -> Any:
    """The same with something else at a place, if the place is still there."""
    if not way:
        return new
    try:
        inner = value[way[0]]
    except (KeyError, IndexError, TypeError):
        return value
    some = dict(value) if isinstance(value, dict) else list(value)
    some[way[0]] = put(inner, way[1:], new)
    return some


def told_or_kept(read: Read) -> None:
    """Either each fault has its sentence, or what was read goes out, comes back and is as the standard has it."""
    fitted = fit(read.content, Content(key="made", prefix="made", name={"en": "Made"}))
    faults = read.faults or check(fitted)
    assert all(sentence(one).encode() for one in faults)
    if not faults:
        fitted = replace(fitted, identifier=fitted.identifier or DOCUMENT)
        out = write_case(fitted, {})
        assert out.decode()
        again = read_case(out)
        assert again.faults == []
        assert write_case(fit(again.content, Content(key="made", prefix="made")), {}) == out


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(places(WHOLE)), ANYTHING), min_size=1, max_size=3))
def test_anything_anywhere_in_a_package_is_told_or_kept(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    given_to_us = WHOLE
    for way, new in changes:
        given_to_us = put(given_to_us, way, new)
    told_or_kept(read_case(json.dumps(given_to_us).encode()))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from(
            ["licenseURI", "creator", "CFAssociation", "CFAssociations", "CFDefinitions", "CFRubrics", "package",
             "notes", "strange", "extensions", "subject", "subjectURI", "version", "other"]
        ),
        ANYTHING, min_size=1, max_size=2,
    )
)  # fmt: skip
def test_anything_in_a_cell_of_what_is_carried_is_told_or_kept(kept: dict[str, Any]) -> None:
    cell = '"' + json.dumps(kept).replace('"', '""') + '"'
    told_or_kept(read_table(f"key,name_en,identifier,carried\na,A,{number(1)},{cell}\n".encode(), "a.csv"))


@pytest.mark.parametrize(
    ("item", "place", "code"),
    [
        ({"x": float("nan")}, "CFItems[0].x", "framework.number_unfit"),
        ({"x": 10**30}, "CFItems[0].x", "framework.number_unfit"),
        ({"x": "a\0b"}, "CFItems[0].x", "framework.text_unfit"),
        ({"x": {"\ud800": 1}}, "CFItems[0].x", "framework.text_unfit"),
        ({"extensions": {"craftpath": {"hints": {"en": 5}}}}, "CFItems[0].extensions.craftpath.hints",
         "framework.other_form"),
        ({"extensions": 5}, "CFItems[0].extensions", "framework.not_an_object"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_with_its_path(item: dict[str, Any], place: str, code: str) -> None:
    found = read_case(json.dumps(package(item)).encode())
    assert [(one.place, one.code) for one in found.faults] == [(place, code)]


def test_what_is_nested_deeper_than_anybody_reads_is_refused() -> None:
    deep: Any = 1
    for _ in range(200):
        deep = [deep]
    found = read_case(json.dumps(package({"x": deep})).encode())
    assert [one.code for one in found.faults] == ["framework.json_deep"]


def test_keys_that_stand_twice_on_every_step_are_told_at_once() -> None:
    """Such a tree has two to the thirtieth branches for whoever walks it by its keys."""
    items = [{"extensions": {"craftpath": {"key": f"k{n // 2}"}}} for n in range(60)]
    hangs = [(n + 1, n - 1 if n > 1 else 0) for n in range(60)]
    given_to_us = package(*items)
    given_to_us["CFAssociations"] = [
        {
            "identifier": number(500 + n), "associationType": "isChildOf",
            "originNodeURI": {"identifier": number(child)},
            "destinationNodeURI": {"identifier": number(above) if above else DOCUMENT},
        }
        for n, (child, above) in enumerate(hangs)
    ]  # fmt: skip
    found = read_case(json.dumps(given_to_us).encode())
    assert {one.code for one in check(found.content)} >= {"standards.key_twice"}


def test_a_long_licence_goes_out_the_same_however_often() -> None:
    link = {"title": "Words " * 60, "identifier": number(40), "uri": "https://example.org/licence"}
    given_to_us = package({}, licenseURI=link)
    home = Content(key="made", prefix="made")
    first = write_case(fit(read_case(json.dumps(given_to_us).encode()).content, home), {})
    assert json.loads(first)["CFDocument"]["licenseURI"] == link
    assert "CFDefinitions" not in json.loads(first) or "CFLicenses" not in json.loads(first)["CFDefinitions"]
    assert write_case(fit(read_case(first).content, home), {}) == first
    assert wrong(json.loads(first)) == []
