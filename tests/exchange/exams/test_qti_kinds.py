# ruff: noqa: E501  (a line of XML is one line)
"""Others' items of QTI: every interaction becomes something of the bank, and counts as it did."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pytest

from craftpath.delivery.exchange.exams.qti_in import Package, read_package
from craftpath.delivery.exchange.exams.texts import REASONS
from craftpath.domain.exams.content import has_key
from craftpath.domain.exams.faults import pictures_in
from craftpath.engines.scoring import Kind
from craftpath.values.verdict import Refused
from tests.exchange.exams.qti_samples import SAMPLES, earned, item, response, right_answer, three
from tests.photos import picture

PNG = picture("PNG", (200, 120))


def _package(content: bytes, **more: bytes) -> Package:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("items/one.xml", content)
        for name in ("plate", "pin"):
            archive.writestr(f"items/{name}.png", PNG)
        for name, part in more.items():
            archive.writestr(f"items/{name}", part)
    return read_package(out.getvalue(), "x.zip")


@pytest.mark.parametrize("version", ["2.2", "3.0"])
@pytest.mark.parametrize("name", SAMPLES)
def test_every_interaction_is_taken_in_and_counts_as_it_did(name: str, version: str) -> None:
    two, kinds, points = SAMPLES[name]
    found = _package(two.encode() if version == "2.2" else three(two))
    contents = [read.content for read in found.reads]
    assert [read.reason for read in found.reads] == [""] * len(kinds)
    assert tuple(one.kind for one in contents if one) == kinds
    assert sum(one.points for one in contents if one) == Decimal(points)
    for one in contents:
        assert one is not None
        if one.kind is not Kind.ESSAY:
            assert has_key(one)
            assert earned(one, right_answer(one)) == float(one.points)
        assert earned(one, None) == 0
        assert earned(one, {}) == 0
    for read in found.reads:
        for code, facts in read.remarks:
            assert REASONS[code] % facts


@pytest.mark.parametrize("name", [name for name, one in SAMPLES.items() if "plate.png" in one[0]])
def test_a_picture_comes_along_or_is_told(name: str) -> None:
    two, kinds, _points = SAMPLES[name]
    shown = _package(two.encode()).reads[0].content
    assert shown is not None
    assert pictures_in(shown)
    [alone] = read_package(two.encode(), "x.xml").reads
    assert ("qti.file_missing", {"name": "plate.png"}) in alone.remarks
    assert alone.content is not None
    assert not pictures_in(alone.content)
    if kinds != (Kind.ESSAY,):
        assert earned(alone.content, right_answer(alone.content)) == float(alone.content.points)


def _remarks(name: str) -> dict[str, dict[str, object]]:
    return {code: dict(facts) for code, facts in _package(SAMPLES[name][0].encode()).reads[0].remarks}


def test_what_the_bank_has_no_kind_for_is_called_by_its_name() -> None:
    assert _remarks("a program of the item")["qti.by_hand"] == {"names": "customInteraction plotter"}
    assert _remarks("shown part by part")["qti.part_left"] == {"name": "endAttemptInteraction Hint"}
    heard = item(
        '<p>Hear</p><mediaInteraction responseIdentifier="M"><object data="a.mp3" type="audio/mpeg"/></mediaInteraction>'
    )
    [read] = _package(heard.encode()).reads
    assert (read.content, read.good) == (None, True)
    assert ("qti.part_left", {"name": "mediaInteraction a.mp3"}) in read.remarks


def test_what_pairs_are_about_stands_in_the_question() -> None:
    [read] = _package(SAMPLES["pairs about one thing"][0].encode()).reads
    assert read.content is not None
    assert "word Q" in read.content.stem.en
    assert [row["text"]["en"] for row in read.content.details["options"]] == ["word A", "word B", "word C"]
    assert {"qti.none_added", "qti.counts_otherwise"} <= set(_remarks("one thing in one gap"))


def test_questions_of_one_item_share_its_text() -> None:
    reads = _package(SAMPLES["text and choice, each for itself"][0].encode()).reads
    assert [read.name for read in reads] == ["one.xml (1)", "one.xml (2)"]
    assert [read.content.points for read in reads if read.content] == [2, 1]
    assert [read.content.stem.en for read in reads if read.content] == [
        "(1) Feed ____ with coolant **(2)**.",
        "(2) Feed **(1)** with coolant ____.",
    ]
    assert {read.stimulus[1].en for read in reads if read.stimulus} == {"Feed **(1)** with coolant **(2)**."}
    assert ("qti.divided", {"count": 2}) in reads[0].remarks
    together = _package(SAMPLES["text and choice, counted together"][0].encode()).reads
    assert ("qti.divided_evenly", {"count": 2}) in together[0].remarks


def test_figures_are_drawn_once_and_are_the_same_each_time() -> None:
    first, again = (_package(SAMPLES["template"][0].encode()).reads[0].content for _ in range(2))
    assert first == again
    assert first is not None
    words = first.stem.en.split()
    assert int(words[0]) in (6, 8, 10, 12)
    assert words[1] in ("lathes", "mills")
    right = Decimal(first.details["value"])
    assert right == (Decimal(words[0]) / 2 if int(words[0]) >= 8 else 3)


def test_a_tolerance_and_other_words_that_are_right_come_along() -> None:
    deep = _package(SAMPLES["number with a tolerance"][0].encode()).reads[0].content
    assert deep is not None
    assert earned(deep, "2.55") == 1
    assert earned(deep, "2.56") == 0
    unit = _package(SAMPLES["text found by the processing"][0].encode()).reads[0].content
    assert unit is not None
    assert unit.details["blanks"][0]["accepted"] == ["mm", "millimetre"]
    assert earned(unit, {"1": "cm"}) == 0


def test_an_item_that_asks_nothing_is_a_text() -> None:
    [read] = _package(item("<p>Read the drawing first.</p>").encode()).reads
    assert read.good
    assert read.content is None
    assert read.stimulus is not None
    assert read.stimulus[1].en == "Read the drawing first."


def test_a_script_in_a_drawing_never_comes_along() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'
    body = '<p>Look <img src="plan.svg" alt="Plan"/></p><extendedTextInteraction responseIdentifier="R"/>'
    found = _package(item(body).encode(), **{"plan.svg": svg})
    assert found.pictures == {}
    assert ("qti.picture_kind", {"name": "plan.svg"}) in found.reads[0].remarks


@pytest.mark.parametrize(
    "expression",
    [
        "<patternMatch pattern='(a+)+$'><variable identifier='RESPONSE'/></patternMatch>",
        "<customOperator class='org.example.Run'><variable identifier='RESPONSE'/></customOperator>",
        "<repeat numberRepeats='99999999'><baseValue baseType='integer'>1</baseValue></repeat>",
        "<power><baseValue baseType='integer'>99999999</baseValue><baseValue baseType='integer'>99999999</baseValue></power>",
        "<index n='-5'><variable identifier='RESPONSE'/></index>",
        "<subtract><variable identifier='RESPONSE'/></subtract>",
        "<not>" * 150 + "<variable identifier='RESPONSE'/>" + "</not>" * 150,
    ],
)
def test_a_processing_that_is_not_followed_leaves_the_declared_key(expression: str) -> None:
    body = '<p>Write <textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    processing = (
        f"<responseProcessing><responseCondition><responseIf>{expression}<setOutcomeValue identifier='SCORE'>"
        "<baseValue baseType='float'>2</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>"
    )
    [read] = _package(
        item(body, response("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", base="string"), processing).encode()
    ).reads
    assert read.content is not None
    assert read.content.points == 2
    assert earned(read.content, right_answer(read.content)) == 2


def test_what_is_nested_without_end_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        read_package(item("<div>" * 250 + "x" + "</div>" * 250).encode(), "x.xml")
    assert caught.value.verdict.reason == "qti.too_deep"
    assert REASONS["qti.too_deep"] % caught.value.verdict.facts


def test_an_item_made_to_last_is_read_all_the_same() -> None:
    """A processing of a megabyte for sixty fields, ten thousand missing pictures, ten thousand hidden parts."""
    fields = "".join(f'<p><textEntryInteraction responseIdentifier="R{n}"/></p>' for n in range(60))
    declared = "".join(response("", base="string", name=f"R{n}") for n in range(60))
    one = "<match><variable identifier='R1'/><baseValue baseType='string'>a</baseValue></match>"
    processing = (
        f"<responseProcessing><responseCondition><responseIf><and>{one * 9_000}</and><setOutcomeValue identifier='SCORE'>"
        "<baseValue baseType='float'>2</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>"
    )
    reads = read_package(item(fields, declared, processing).encode(), "x.xml").reads
    assert [read.good for read in reads] == [True] * 60
    pictures = "<p>" + "".join(f'<img src="{n}.png" alt="p"/>' for n in range(10_000)) + "</p>"
    [read] = read_package(item(pictures).encode(), "x.xml").reads
    assert ("qti.more_remarks", {}) in read.remarks
    assert len(read.remarks) < 70
    hidden = "".join(
        f'<templateInline templateIdentifier="N" identifier="i{n}">x</templateInline>' for n in range(10_000)
    )
    template = '<templateDeclaration identifier="N" cardinality="single" baseType="identifier"/>'
    [read] = read_package(item(f"<p>Look {hidden} here</p>", template).encode(), "x.xml").reads
    assert read.stimulus is not None
    assert read.stimulus[1].en == "Look here"
