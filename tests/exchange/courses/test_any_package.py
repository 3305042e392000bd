"""Packages of any form: whatever stands in a manifest, it is read, told or refused, and every code has its sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.delivery.exchange import courses
from craftpath.delivery.exchange.addresses import web_address
from craftpath.delivery.exchange.courses.reading import within
from craftpath.delivery.exchange.courses.texts import NOTES, REASONS, sentence
from tests.exchange.courses.made import answered, cartridge, cmi5, h5p, manifest, read, scorm, unit
from tests.exchange.courses.test_kinds import FILES, ITEMS, listed

PIECES = st.sampled_from(
    ["", "<item>", "</item>", "<title>", "identifierref='r1'", "href='../../x'", "xml:base='..'", "javascript:",
     "&#0;", "&amp;", "\x00", "<![CDATA[", "]]>", "<!--", "<?x?>", "NaN", "1e999999", "-0", "\ud800", "𝟙", "%00", "http://["]
)  # fmt: skip
WHOLE = [
    ("imsmanifest.xml", scorm(manifest(version="2004 4th Edition"))),
    ("imsmanifest.xml", scorm(manifest())),
    ("imsmanifest.xml", {"imsmanifest.xml": cartridge(ITEMS, listed(3), digit=3), **FILES}),
    ("link.xml", {"imsmanifest.xml": cartridge(ITEMS, listed(3), digit=3), **FILES}),
    ("cmi5.xml", {"cmi5.xml": cmi5(unit(attributes='masteryScore="1" moveOn="Passed"')), "a.html": "x"}),
    ("h5p.json", h5p()),
    ("H5P.Base-1.2/library.json", h5p()),
]


@settings(max_examples=400, deadline=None)
@given(
    which=st.sampled_from(WHOLE),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.1), PIECES), max_size=4),
)
def test_a_description_bent_anywhere_is_read_told_or_refused(
    which: tuple[str, dict[str, bytes | str]], cuts: list[tuple[float, float, str]]
) -> None:
    name, files = which
    text = str(files[name])
    for at, length, piece in cuts:
        start = int(at * len(text))
        text = text[:start] + piece + text[start + int(length * len(text)) :]
    package, refusal = answered(lambda: read({**files, name: text.encode("utf-8", "surrogatepass")}))
    if refusal is not None:
        assert str(REASONS[refusal.reason]) % refusal.facts
        return
    for note in [*package.notes.faults, *package.notes.remarks]:
        assert sentence(note)
        assert "%(" not in sentence(note)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_a_path_never_leads_out(base: str, path: str) -> None:
    found = within(base, path) or ""
    assert ".." not in found.split("/")
    assert not found.startswith("/")


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "file:///x", "//example.org", "http:///x", "http://a b",
     "https://example.org:port/", "vbscript:x", " https://example.org", "http://[::1", "ftp://example.org", "https:x"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_none(address: str) -> None:
    assert web_address(address) == ""


def test_every_code_has_its_sentence_and_every_sentence_its_code() -> None:
    folder = Path(courses.__file__).parent
    said = set()
    for path in folder.glob("*.py"):
        if path.name != "texts.py":
            said |= set(re.findall(r'"(course\.[a-z0-9_]+)"', path.read_text("utf-8")))
    assert said == set(REASONS) | set(NOTES)


def test_sentences_are_said_in_chinese_too() -> None:
    package = read(scorm(manifest(resources="")))
    with translation.override("zh-hans"):
        told = [sentence(one) for one in package.notes.faults]
    assert told == ["清单中没有资源“r1”。", "这里没有可以启动的内容。"]
