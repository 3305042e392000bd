# ruff: noqa: E501  (a line of XML is one line)
"""Manifests made to do harm, for each kind of package that has one: refused by name, or read within bounds."""

from __future__ import annotations

import json

import pytest

from craftpath.delivery.exchange.courses.taking_in import found_in
from craftpath.delivery.exchange.courses.texts import NOTES, REASONS
from tests.exchange.courses.made import (
    PAGE,
    answered,
    cartridge,
    large_form,
    manifest,
    opened,
    packed,
    read,
    scorm,
)

PART = '<item identifier="i{n}" identifierref="r{n}"><title>Part {n}</title></item>'
SCO = '<resource identifier="r{n}" type="webcontent" adlcp:scormtype="sco" href="a.html"><file href="a.html"/></resource>'
PAGES = '<resource identifier="r{n}" type="webcontent" href="a.html"><file href="a.html"/></resource>'


def many(kind: str, count: int, part: str = PART) -> str:
    items = "".join(part.format(n=n) for n in range(count))
    resources = "".join((SCO if kind == "scorm" else PAGES).format(n=n) for n in range(count))
    return manifest(items, resources) if kind == "scorm" else cartridge(items, resources)


KINDS = pytest.mark.parametrize("kind", ["scorm", "cartridge"])


@KINDS
def test_a_thousand_units_in_one_structure_are_read(kind: str) -> None:
    files = scorm(many(kind, 1_000))
    with opened(files) as archive:
        found = found_in(read(files), archive)
    assert len([one for one in found.entries if one.get("key")]) == 1_000
    assert found.notes == {"faults": [], "remarks": []}


@KINDS
def test_more_parts_than_anybody_follows_are_told(kind: str) -> None:
    package = read(scorm(many(kind, 5_100)))
    assert "course.too_many_parts" in {one.code for one in package.notes.faults}


@KINDS
@pytest.mark.parametrize(
    "entity", ['<!ENTITY a SYSTEM "file:///etc/passwd">', '<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">']
)
def test_entities_are_refused(kind: str, entity: str) -> None:
    xml = f"<!DOCTYPE x [{entity}]>" + many(kind, 1).replace("Part 0", "&a;")
    _, verdict = answered(lambda: read(scorm(xml)))
    assert verdict is not None
    assert verdict.reason == "course.forbidden_xml"
    assert REASONS[verdict.reason] % verdict.facts


@KINDS
@pytest.mark.parametrize("name", ["identifier", "isvisible", "parameters", "identifierref"])
def test_a_huge_attribute_is_no_burden(kind: str, name: str) -> None:
    part = PART.replace("<item ", f'<item {name}="{"x" * 3_000_000}" ')
    if name.startswith("identifier"):
        part = part.replace('identifier="i{n}" ' if name == "identifier" else 'identifierref="r{n}"', "", 1)
    files = scorm(many(kind, 2, part))
    with opened(files) as archive:
        found = found_in(read(files), archive)
    assert len(json.dumps([found.entries, found.notes])) < 20_000
    for _, given, code, facts in (*found.notes["faults"], *found.notes["remarks"]):
        assert NOTES[code] % {"given": given, **facts}


@KINDS
def test_a_manifest_that_is_too_large_is_refused(kind: str) -> None:
    xml = many(kind, 1).replace("Part 0", "x" * 9_000_000)
    _, verdict = answered(lambda: read(scorm(xml)))
    assert verdict is not None
    assert verdict.reason == "course.file_too_big"


@KINDS
def test_names_that_lead_out_and_the_form_for_large_packages_are_refused(kind: str) -> None:
    files = scorm(many(kind, 1))
    for content, reason in (
        (packed({**files, "../x.html": PAGE}), "course.name_leads_out"),
        (large_form(packed(files)), "course.large_form"),
    ):
        _, verdict = answered(lambda content=content: opened(content))  # type: ignore[misc]
        assert verdict is not None
        assert verdict.reason == reason


@KINDS
def test_a_file_that_is_not_what_its_name_says_is_no_page(kind: str) -> None:
    """What a part launches is served with its own type and never guessed; a manifest that is a picture is none."""
    _, verdict = answered(lambda: read({"imsmanifest.xml": b"\x89PNG\r\n\x1a\n", "a.html": PAGE}))
    assert verdict is not None
    assert verdict.reason in ("course.not_xml", "course.other_kind")
