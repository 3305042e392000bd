"""Packages of other hands and files that go wrong: what is tolerated, and what is refused with its path."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any

import pytest

from craftpath.delivery.exchange.frameworks.case_in import read_case
from craftpath.delivery.exchange.frameworks.case_out import write_case
from craftpath.delivery.exchange.frameworks.table_in import read_table
from craftpath.delivery.exchange.frameworks.trial import read_file
from craftpath.domain.standards.checking import MOST_NODES, check
from craftpath.domain.standards.content import Content, Fault, Node
from craftpath.domain.standards.fitting import fit
from tests.exchange.frameworks.shape import wrong

DOCUMENT = "d0000000-0000-0000-0000-000000000000"
WHEN = "2017-11-03T23:02:07+00:00"


def number(n: int) -> str:
    return f"00000000-0000-0000-0000-{n:012d}"


def package(*items: dict[str, Any], hangs: Sequence[tuple[int, int]] = (), **document: Any) -> dict[str, Any]:
    """A package as programs of version 1.0 write it; `hangs` are (child, parent), 0 for the document."""
    home = {"title": "Old", "identifier": DOCUMENT, "uri": f"http://s/d/{DOCUMENT}"}
    ends = [
        home,
        *({"title": str(n), "identifier": number(n), "uri": f"http://s/i/{n}"} for n in range(1, 20)),
    ]
    return {
        "CFDocument": {
            "identifier": DOCUMENT, "uri": f"http://s/d/{DOCUMENT}", "lastChangeDateTime": WHEN, "creator": "Somebody",
            "title": "Old", "CFPackageURI": home, **document,
        },
        "CFItems": [
            {
                "identifier": number(n), "uri": f"http://s/i/{n}", "lastChangeDateTime": WHEN, "CFDocumentURI": home,
                "fullStatement": f"Item {n}", **item,
            }
            for n, item in enumerate(items, start=1)
        ],
        "CFAssociations": [
            {
                "identifier": f"a{number(n)[1:]}", "uri": f"http://s/a/{n}", "lastChangeDateTime": WHEN,
                "associationType": "isChildOf", "CFDocumentURI": home, "originNodeURI": ends[child],
                "destinationNodeURI": ends[parent], "sequenceNumber": 10 - n,
            }
            for n, (child, parent) in enumerate(hangs, start=1)
        ],
        "CFDefinitions": {"CFConcepts": [], "CFItemTypes": []},
    }  # fmt: skip


def read(given: Any) -> Any:
    return read_case(json.dumps(given).encode())


def faults(given: Any) -> list[Fault]:
    found = read(given)
    return found.faults or check(found.content)


def test_habits_of_version_1_0_are_read_and_never_written() -> None:
    old = package(
        {"educationLevel": ["09"], "fooBar": {"a": 1}}, {"CFItemType": "Standard"}, {"humanCodingScheme": "A.1"},
        hangs=[(1, 0), (2, 1), (3, 1)], adoptionStatus="Adopted", version="2.1-beta",
    )  # fmt: skip
    found = read({"CFPackage": old})
    assert found.faults == []
    # Siblings by their numbers; what stands at the top with something under it is a domain.
    assert [(node.name["en"], node.kind) for node in found.content.nodes] == [
        ("Item 1", "domain"), ("Item 3", "skill"), ("Item 2", "skill"),
    ]  # fmt: skip
    home = Content(key="t", prefix="t")
    content = fit(found.content, home)
    assert content.nodes[1].key == "t-a_1"
    first = write_case(content, {})
    out = json.loads(first)
    assert wrong(out) == []
    assert b"CFDocumentURI" not in first
    assert (out["CFDocument"]["adoptionStatus"], out["CFDocument"]["version"]) == ("Adopted", "2.1-beta")
    assert out["CFItems"][0]["educationLevel"] == ["09"]
    assert out["CFItems"][0]["extensions"]["craftpath"]["strange"] == {"fooBar": {"a": 1}}
    assert {one["identifier"] for one in old["CFAssociations"]} == {
        one["identifier"] for one in out["CFAssociations"]
    }
    assert write_case(fit(read_case(first).content, home), {}) == first


def test_a_foreign_hand_changes_a_text_and_it_counts() -> None:
    content = Content(
        key="t", prefix="t", name={"zh": "表", "en": "List"}, identifier=DOCUMENT, stamp=WHEN,
        nodes=(Node("t-a", name={"zh": "甲", "en": "A"}, identifier=number(1), stamp=WHEN),),
    )  # fmt: skip
    out = json.loads(write_case(content, {}))
    out["CFItems"][0]["fullStatement"] = "Changed"
    back = fit(read(out).content, Content(key="t", prefix="t"))
    assert back.nodes[0].name == {"zh": "甲", "en": "Changed"}


@pytest.mark.parametrize(
    ("given", "place", "code"),
    [
        (package({}, {}, hangs=[(1, 2), (2, 1)]), "CFItems[1]", "standards.knot"),
        (package({}, {"identifier": number(1)}), "CFItems[1].identifier", "standards.identifier_twice"),
        (
            package({}, hangs=[(1, 9)]),
            "CFAssociations[0].destinationNodeURI.identifier",
            "framework.end_missing",
        ),
        (package({"language": "fr"}), "CFItems[0].language", "standards.language_unknown"),
        (package({"fullStatement": ""}), "CFItems[0].fullStatement", "framework.no_statement"),
        (package({"identifier": "7"}), "CFItems[0].identifier", "framework.no_uuid"),
        (package(title=""), "CFDocument.title", "standards.no_name"),
        ({"CFItems": []}, "CFDocument", "framework.no_document"),
    ],
)
def test_a_fault_names_its_path(given: Any, place: str, code: str) -> None:
    found = {(one.place, one.code) for one in faults(given)}
    assert (place, code) in found or any(one == code and at.startswith("CFItems") for at, one in found), found


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[" * 100_000, b"\xff\xfe{}", b'{"CFDocument": 1}', b"null", b"9" * 10_000, b"PK\x03\x04nothing",
     b"%PDF-1.7", b"a;b;c\n1;2;3\n"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["x.json", "x.xlsx"])
def test_what_is_no_framework_is_refused_in_a_word_and_breaks_nothing(content: bytes, name: str) -> None:
    found = read_file(content, name)
    assert found.faults
    assert all(one.code for one in found.faults)


def test_many_items_are_read_quickly_and_too_many_are_refused() -> None:
    items = [{} for _ in range(1500)]
    start = time.monotonic()
    found = read(package(*items))
    assert found.faults == []
    assert check(found.content) == []
    assert len(found.content.nodes) == 1500
    assert time.monotonic() - start < 5
    rows = "\n".join(f"k{n},Name {n}" for n in range(MOST_NODES + 1))
    assert [one.code for one in read_table(f"key,name_en\n{rows}\n".encode(), "many.csv").faults] == [
        "standards.too_many"
    ]


def test_a_tree_that_is_too_deep_is_refused() -> None:
    rows = "\n".join(f"k{n},{f'k{n - 1}' if n else ''},Name {n}" for n in range(40))
    content = read_table(f"key,parent,name_en\n{rows}\n".encode(), "deep.csv").content
    assert [one.code for one in check(fit(content, Content(prefix="t", name={"en": "T"})))] == [
        "standards.too_deep"
    ]


def test_a_sheet_of_an_office_is_understood_by_its_heads_in_either_language() -> None:
    table = '技能清单,,\n键,名称（中文）,车间表现（中文，每行一条）\n5s,整理,"工具上墙\n台面干净"\n'
    found = read_table(table.encode("gb18030"), "清单.csv")
    assert found.faults == []
    node = fit(found.content, Content(prefix="t")).nodes[0]
    assert (node.key, node.name, len(node.indicators)) == ("t-5s", {"zh": "整理"}, 2)
