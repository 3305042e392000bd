# ruff: noqa: E501  (a line of XML is one line)
"""Quizzes of QTI 1.2 and those in a Common Cartridge, written for these tests: each question becomes an item."""

from __future__ import annotations

import pytest

from craftpath.delivery.exchange.exams.qti_in import Package, read_package
from craftpath.delivery.exchange.exams.texts import REASONS
from craftpath.domain.exams.content import has_key
from craftpath.domain.exams.texts import FAULTS
from craftpath.engines.scoring import Kind
from tests.exchange.courses.made import packed
from tests.exchange.exams.qti_samples import earned, right_answer
from tests.photos import picture

PNG = picture("PNG", (40, 30))


def material(words: str, kind: str = "text/html") -> str:
    return f'<material><mattext texttype="{kind}"><![CDATA[{words}]]></mattext></material>'


def question(profile: str, asked: str, processing: str = "", stem: str = "<p>Which <b>one</b>?</p>") -> str:
    field = f"<qtimetadatafield><fieldlabel>cc_profile</fieldlabel><fieldentry>cc.{profile}.v0p1</fieldentry></qtimetadatafield>"
    return (
        f'<item ident="I" title="Item"><itemmetadata><qtimetadata>{field}</qtimetadata></itemmetadata>'
        f"<presentation>{material(stem)}{asked}</presentation><resprocessing><outcomes>"
        f'<decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>{processing}</resprocessing></item>'
    )


def labels(*words: str, many: str = "Single") -> str:
    rows = "".join(
        f'<response_label ident="{number}">{material(one, "text/plain")}</response_label>'
        for number, one in enumerate(words, start=10)
    )
    return (
        f'<response_lid ident="R" rcardinality="{many}"><render_choice>{rows}</render_choice></response_lid>'
    )


def when(condition: str, worth: str = "100") -> str:
    return (
        f'<respcondition><conditionvar>{condition}</conditionvar><setvar action="Set" varname="SCORE">{worth}</setvar>'
        "</respcondition>"
    )


def equal(value: str) -> str:
    return f'<varequal respident="R">{value}</varequal>'


BLANK = '<response_str ident="R" rcardinality="Single"><render_fib/></response_str>'
ALWAYS = '<respcondition continue="Yes"><conditionvar><other/></conditionvar><displayfeedback linkrefid="g"/></respcondition>'
QUESTIONS = {
    "multiple_choice": (question("multiple_choice", labels("Lathe", "Mill", "Saw"), ALWAYS + when(equal("11"))), Kind.SINGLE),
    "multiple_response": (
        question(
            "multiple_response", labels("A", "B", "C", many="Multiple"),
            when(f"<and>{equal('10')}<not>{equal('11')}</not>{equal('12')}</and>"),
        ),
        Kind.MULTIPLE,
    ),
    "true_false": (question("true_false", labels("True", "False"), when(equal("11"))), Kind.TRUE_FALSE),
    "fib": (question("fib", BLANK, when(equal("G01") + equal("g1"))), Kind.SHORT),
    "pattern_match": (question("pattern_match", BLANK, when('<varsubstring respident="R">chip</varsubstring>')), Kind.SHORT),
    "essay": (question("essay", BLANK), Kind.ESSAY),
}  # fmt: skip


def quiz(*questions: str) -> str:
    inside = "".join(questions)
    return (
        '<?xml version="1.0"?><questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="A" '
        f'title="Quiz"><section ident="root_section">{inside}</section></assessment></questestinterop>'
    )


def cartridge(xml: str, digit: int = 3, files: dict[str, bytes] | None = None) -> bytes:
    space = f"http://www.imsglobal.org/xsd/imsccv1p{digit}/imscp_v1p1"
    manifest = (
        f'<manifest identifier="M" xmlns="{space}"><metadata><schema>IMS Common Cartridge</schema></metadata>'
        f'<resources><resource identifier="r" type="imsqti_xmlv1p2/imscc_xmlv1p{digit}/assessment">'
        '<file href="q/quiz.xml"/></resource></resources></manifest>'
    )
    return packed({"imsmanifest.xml": manifest, "q/quiz.xml": xml, **(files or {})})


def read(content: bytes) -> Package:
    return read_package(content, "course.imscc")


@pytest.mark.parametrize("digit", [0, 1, 2, 3])
@pytest.mark.parametrize("name", QUESTIONS)
def test_every_kind_of_a_cartridge_counts_as_it_did(name: str, digit: int) -> None:
    xml, kind = QUESTIONS[name]
    [one] = read(cartridge(quiz(xml), digit)).reads
    assert (one.reason, one.name) == ("", "quiz.xml (1)")
    assert one.content is not None
    assert (one.content.kind, float(one.content.points), one.content.stem.en) == (kind, 1.0, "Which **one**?")
    assert has_key(one.content)
    assert earned(one.content, None) == 0
    if kind is not Kind.ESSAY:
        assert earned(one.content, right_answer(one.content)) == 1


def test_a_quiz_alone_is_read_as_well() -> None:
    found = read(quiz(*(xml for xml, _ in QUESTIONS.values())).encode())
    assert [one.content.kind for one in found.reads if one.content] == [
        kind for _, kind in QUESTIONS.values()
    ]


def test_a_picture_of_a_cartridge_comes_along_and_a_script_does_not() -> None:
    stem = '<p onclick="x()">Look <img src="$IMS-CC-FILEBASE$/a.png" alt="Part"/><script>y()</script></p>'
    xml = quiz(question("essay", BLANK, stem=stem))
    [one] = read(cartridge(xml, files={"web_resources/a.png": PNG})).reads
    assert one.content is not None
    assert one.content.stem.en == "Look ![Part](picture:x1)"
    [bare] = read(cartridge(xml)).reads
    assert [code for code, _ in bare.remarks] == ["qti.file_missing"]


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ('<item ident="i"/>', "qti.no_body"),
        (question("multiple_choice", ""), "qti.no_interaction"),
        (question("multiple_choice", labels("Only")), "exams.too_few_rows"),
        (question("fib", BLANK + BLANK, when(equal("a"))), "qti.several_interactions"),
    ],
)
def test_what_is_not_taken_says_why(xml: str, reason: str) -> None:
    [one] = read(cartridge(quiz(xml))).reads
    assert (one.good, one.reason) == (False, reason)
    assert (REASONS | FAULTS)[reason] % one.facts


def test_other_points_are_told() -> None:
    xml = question("fib", BLANK, when(equal("G01")) + when(equal("G1"), "50"))
    [one] = read(cartridge(quiz(xml))).reads
    assert one.content is not None
    assert one.content.details["blanks"][0]["accepted"] == ["G01"]
    assert ("qti.counts_otherwise", {}) in one.remarks


def test_a_quiz_with_entities_is_not_read() -> None:
    [one] = read(cartridge('<!DOCTYPE x [<!ENTITY a "b">]><questestinterop>&a;</questestinterop>')).reads
    assert one.reason == "qti.forbidden_xml"
