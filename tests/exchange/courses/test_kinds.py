"""cmi5, H5P and Common Cartridge, good and broken; and which kind a file is."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import pytest

from craftpath.delivery.exchange.courses import cartridge as cartridges
from craftpath.delivery.exchange.courses.cmi5 import Cmi5, read_cmi5_alone, units
from craftpath.delivery.exchange.courses.h5p import H5P
from craftpath.delivery.exchange.courses.sniff import Kind, sniff
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.exchange.courses.made import (
    PAGE,
    cartridge,
    cmi5,
    codes,
    h5p,
    library,
    manifest,
    need,
    opened,
    read,
    remarks,
    scorm,
    unit,
    words,
)

# ---- cmi5 ------------------------------------------------------------------------------------------


def course(xml: str, **more: bytes | str) -> Cmi5:
    package: Cmi5 = read({"cmi5.xml": xml, "a.html": PAGE, **more})
    return package


@pytest.mark.parametrize(
    "space",
    [
        "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd",
        "http://www.adlnet.gov/cmi5/CourseStructure.xsd",
    ],
)
def test_a_plain_course(space: str) -> None:
    package = course(cmi5(space=space))
    assert package.playable
    assert package.course.title.text() == Text("车削", "Turning")
    (one,) = units(package.course)
    assert (one.identifier, str(one.launch), one.move_on, one.launch_method, one.mastery) == (
        "https://example.org/u1", "a.html", "NotApplicable", "AnyWindow", None,
    )  # fmt: skip


def test_everything_that_a_unit_says_is_kept() -> None:
    listed = f'<objectives><objective id="https://example.org/o1">{words("Safety", "安全")}</objective></objectives>'
    inside = "<launchParameters>{'mode':1}</launchParameters><entitlementKey>key-1</entitlementKey>"
    one = unit(
        "u1", "a.html?level=2#top", inside=inside,
        attributes='moveOn="CompletedAndPassed" masteryScore="0.75" launchMethod="OwnWindow" activityType="urn:x:t"',
    )  # fmt: skip
    one = one.replace("<url>", '<objectives><objective idref="https://example.org/o1"/></objectives><url>')
    block = f'<block id="https://example.org/b1">{words("Block")}<block id="urn:b:2">{words("In")}{one}</block></block>'
    package = course(cmi5(block + unit("u2"), objectives=listed))
    assert package.notes.faults == []
    first, second = units(package.course)
    assert (str(first.launch), first.move_on, first.mastery, first.launch_method) == (
        "a.html?level=2#top", "CompletedAndPassed", Decimal("0.75"), "OwnWindow",
    )  # fmt: skip
    assert (first.parameters, first.entitlement, first.activity_type) == ("{'mode':1}", "key-1", "urn:x:t")
    assert first.objectives == ("https://example.org/o1",)
    assert package.objectives["https://example.org/o1"].text().zh == "安全"
    assert second.identifier == "https://example.org/u2"


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (cmi5(course="example.org/course"), "no_iri"),
        (cmi5(f'<block id="b">{words("B")}{unit()}</block>'), "no_iri"),
        (cmi5(unit() + unit()), "identifier_twice"),
        (cmi5(unit("course")), "identifier_twice"),
        (cmi5(unit(url="lost.html")), "file_missing"),
        (cmi5(unit(url="../a.html")), "file_missing"),
        (cmi5(unit(url="")), "file_missing"),
        (cmi5(unit(url="http://example.com index.html")), "address_unfit"),
        (cmi5(unit(url="javascript:alert(1)")), "address_unfit"),
        (cmi5(unit(url="http://[x/")), "address_unfit"),
        (cmi5(unit(url="a.html?endpoint=x")), "query_taken"),
        (cmi5(unit(attributes='masteryScore="1.5"')), "mastery_unfit"),
        (cmi5(unit(attributes='moveOn="Later"')), "word_unknown"),
        (cmi5(unit(attributes='launchMethod="Popup"')), "word_unknown"),
        (cmi5(""), "nothing_to_launch"),
        (cmi5(f'<block id="urn:b">{words("B")}</block>' + unit()), "block_empty"),
        (cmi5('<au id="urn:u"><url>a.html</url></au>'), "words_missing"),
        (cmi5(f'<au id="urn:u"><url>a.html</url>{words("U")}</au>'), "order_wrong"),
        (
            cmi5(unit().replace("<url>", '<objectives><objective idref="urn:o"/></objectives><url>')),
            "objective_missing",
        ),
        (cmi5().replace("</course>", "<chapter/></course>"), "element_unknown"),
        (cmi5(unit(inside="<url>a.html</url>")), "element_twice"),
        (cmi5(unit(inside="<entitlementKey/><launchParameters/>")), "order_wrong"),
        (cmi5(unit() + "<objectives/>"), "order_wrong"),
        (cmi5(space="https://example.org/other"), "namespace_unknown"),
        (
            cmi5('<au id="urn:u"><title>U</title><description>U</description><url>a.html</url></au>'),
            "words_missing",
        ),
        ('<courseStructure><au id="urn:u"><url>a.html</url></au></courseStructure>', "no_course"),
        (cmi5().replace("courseStructure", "course-structure"), "not_a_course"),
    ],
)
def test_a_course_with_a_fault_is_not_played(xml: str, code: str) -> None:
    package = course(xml)
    assert code in codes(package)
    assert not package.playable


def test_what_others_add_in_a_namespace_of_their_own_may_stand_there() -> None:
    more = '<x:level xmlns:x="https://example.org/more">3</x:level>'
    package = course(cmi5(unit(inside=more)).replace("</course>", f"{more}</course>"))
    assert package.notes.faults == []


def test_a_unit_on_another_site_is_told() -> None:
    package = course(cmi5(unit(url="https://courses.example.org/u1/start?x=1")))
    (one,) = units(package.course)
    assert (one.launch, one.address) == (None, "https://courses.example.org/u1/start?x=1")
    assert package.playable
    assert remarks(package) == {"unit_elsewhere"}


def test_a_description_alone_has_no_files() -> None:
    assert read_cmi5_alone(cmi5(unit(url="https://example.org/x")).encode(), "cmi5.xml").playable
    assert codes(read_cmi5_alone(cmi5().encode(), "cmi5.xml")) == {"address_without_package"}
    with pytest.raises(Refused):
        read_cmi5_alone(b"<", "cmi5.xml")


# ---- H5P -------------------------------------------------------------------------------------------


def test_a_plain_h5p() -> None:
    package = read(h5p())
    assert isinstance(package, H5P)
    assert package.playable
    assert (str(package.main), package.title.text().zh, package.licence) == (
        "H5P.Quiz 1.0",
        "车刀角度",
        "CC BY",
    )
    assert package.authors == ("Li Na",)
    assert package.libraries["H5P.Base-1.2"].patch == 3
    assert package.left_out == ()


def without(name: str) -> dict[str, bytes | str]:
    return {key: value for key, value in h5p().items() if not key.startswith(name)}


@pytest.mark.parametrize(
    ("files", "code"),
    [
        (without("FontAwesome"), "h5p_library_missing"),
        (without("H5P.Base"), "h5p_library_missing"),
        (h5p() | {"H5P.Base-1.2/library.json": library("H5P.Base", 1, 3)}, "h5p_library_missing"),
        (without("H5P.Quiz-1.0/run.js"), "file_missing"),
        (without("content"), "file_missing"),
        (h5p(mainLibrary="H5P.Other"), "h5p_no_main"),
        (h5p(preloadedDependencies="all"), "h5p_library_unfit"),
        (h5p(preloadedDependencies=[need("H5P.Quiz"), {"machineName": "../x"}]), "h5p_library_unfit"),
        (h5p() | {"H5P.Base-1.2/library.json": "{}"}, "h5p_library_unfit"),
        (h5p() | {"H5P.Base-1.2/library.json": "{"}, "not_json"),
        (h5p() | {"content/content.json": "[1]"}, "not_json"),
    ],
)
def test_an_h5p_that_lacks_something_is_not_played(files: dict[str, bytes | str], code: str) -> None:
    package = read(files)
    assert code in codes(package)
    assert not package.playable


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b"\xff\xfe", b'{"a": NaN}', b"[" * 5000, b'{"a": "\\ud800"}']
)
def test_an_h5p_that_is_no_json_is_refused_by_its_name(content: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read(h5p() | {"h5p.json": content})
    assert caught.value.verdict.reason == "course.not_json"
    assert caught.value.verdict.facts["name"] == "h5p.json"


def test_versions_may_be_written_as_texts() -> None:
    told = {"machineName": "H5P.Base", "majorVersion": "1", "minorVersion": "2"}
    assert read(h5p() | {"H5P.Base-1.2/library.json": json.dumps(told)}).playable


def test_files_that_h5p_does_not_have_are_left_out() -> None:
    package = read(h5p() | {"content/tool.exe": "x", "H5P.Base-1.2/old.swf": "x"})
    assert package.left_out == ("content/tool.exe", "H5P.Base-1.2/old.swf")
    assert remarks(package) == {"h5p_left_out"}
    assert package.playable
    written: list[str] = []

    def sink(name: str) -> io.BytesIO:
        written.append(name)
        return io.BytesIO()

    with opened(h5p() | {"content/tool.exe": "x", "H5P.Base-1.2/old.swf": "x"}) as archive:
        archive.pour(sink, leave=package.left_out)
    assert sorted(written) == sorted(h5p())


# ---- Common Cartridge ------------------------------------------------------------------------------

ITEMS = "".join(
    f'<item identifier="i{n}" identifierref="r{n}"><title>T{n}</title></item>' for n in range(1, 8)
)
LINK = '<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"><title>L</title><url href="{}"/></webLink>'
TOPIC = (
    '<topic xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1"><title>T</title>'
    '<text texttype="text/html">&lt;p&gt;Why?&lt;/p&gt;</text>'
    '<attachments><attachment href="x.pdf"/></attachments></topic>'
)
QUIZ = "<questestinterop><assessment><section><item/><item/></section></assessment></questestinterop>"


def listed(digit: int) -> str:
    return "".join(
        f'<resource identifier="r{n}" type="{kind}" {f"href={chr(34)}{href}{chr(34)}" if href else ""}>'
        f'<file href="{file}"/></resource>'
        for n, (kind, href, file) in enumerate(
            [
                ("webcontent", "a.html", "a.html"),
                (f"associatedcontent/imscc_xmlv1p{digit}/learning-application-resource", "b.pdf", "b.pdf"),
                (f"imswl_xmlv1p{digit}", "", "link.xml"),
                (f"imsdt_xmlv1p{digit}", "", "topic.xml"),
                (f"imsqti_xmlv1p2/imscc_xmlv1p{digit}/assessment", "", "quiz.xml"),
                ("imsbasiclti_xmlv1p0", "", "tool.xml"),
                ("something_else", "", "a.html"),
            ],
            start=1,
        )
    )


FILES: dict[str, bytes | str] = {
    "a.html": PAGE, "b.pdf": "%PDF", "link.xml": LINK.format("https://example.org/x"), "topic.xml": TOPIC,
    "quiz.xml": QUIZ, "tool.xml": "<cartridge_basiclti_link/>",
}  # fmt: skip


@pytest.mark.parametrize("digit", [0, 1, 2, 3])
def test_a_cartridge_of_every_version(digit: int) -> None:
    package = read({"imsmanifest.xml": cartridge(ITEMS, listed(digit), digit=digit), **FILES})
    assert isinstance(package, cartridges.Cartridge)
    assert (package.version, package.playable) == (f"1.{digit}.0", True)
    assert package.title.text() == Text("金工", "Metal")
    assert [one.kind.value for one in package.parts] == [
        "page",
        "file",
        "link",
        "topic",
        "quiz",
        "tool",
        "other",
    ]
    page, file, link, topic, quiz, _, _ = package.parts
    assert (str(page.launch), str(file.launch), link.address) == ("a.html", "b.pdf", "https://example.org/x")
    assert (topic.html, quiz.questions) == ("<p>Why?</p>", 2)
    assert codes(package) == set()
    assert remarks(package) == {"attachment_not_taken", "quiz_not_taken", "tool_not_taken", "kind_not_taken"}


def test_chapters_of_a_cartridge_keep_their_titles() -> None:
    items = '<item identifier="c"><title>Chapter</title><item identifier="i1" identifierref="r1"/></item>'
    package = read({"imsmanifest.xml": cartridge(items, listed(1)), **FILES})
    (chapter,) = package.parts
    assert (chapter.title, chapter.kind.value, chapter.children[0].title) == ("Chapter", "folder", "i1")
    assert "quiz_not_taken" in remarks(package)


def test_a_thin_cartridge_with_links_in_its_manifest() -> None:
    resources = (
        f'<resource identifier="r1" type="imswl_xmlv1p3">{LINK.format("http://example.org/")}</resource>'
    )
    xml = cartridge(
        '<item identifier="i1" identifierref="r1"><title>L</title></item>', resources, digit=3,
        schema="IMS Thin Common Cartridge",
    )  # fmt: skip
    package = read({"imsmanifest.xml": xml})
    assert [one.address for one in package.parts] == ["http://example.org/"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("link.xml", LINK.format("javascript:alert(1)"), "address_unfit"),
        ("link.xml", LINK.format("file:///etc/passwd"), "address_unfit"),
        ("link.xml", "<webLink", "not_xml"),
        ("topic.xml", '<!DOCTYPE x [<!ENTITY a "b">]><topic/>', "forbidden_xml"),
    ],
)
def test_a_part_that_is_broken_is_told_and_the_rest_is_used(name: str, content: str, code: str) -> None:
    package = read({"imsmanifest.xml": cartridge(ITEMS, listed(1)), **FILES, name: content})
    assert codes(package) == {code}
    assert package.parts[0].launch is not None


def test_a_part_whose_file_is_missing_is_told() -> None:
    files = {name: content for name, content in FILES.items() if name != "topic.xml"}
    package = read({"imsmanifest.xml": cartridge(ITEMS, listed(1)), **files})
    assert codes(package) == {"file_missing"}


def test_a_cartridge_without_contents_lists_its_resources() -> None:
    package = read({"imsmanifest.xml": cartridge("", listed(1)), **FILES})
    assert [one.title for one in package.parts] == ["a.html", "b.pdf", "r3", "r4"]
    assert codes(package) == {"no_organisation"}


# ---- Which kind ------------------------------------------------------------------------------------

QTI = (
    '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>'
    '<resource identifier="r" type="imsqti_item_xmlv2p2" href="i.xml"/></resources></manifest>'
)


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        (scorm(manifest()), Kind.SCORM),
        ({"x/imsmanifest.xml": manifest(), "x/a.html": PAGE}, Kind.SCORM),
        ({"cmi5.xml": cmi5(), "a.html": PAGE}, Kind.CMI5),
        ({"x/cmi5.xml": cmi5(), "x/a.html": PAGE}, Kind.CMI5),
        (h5p(), Kind.H5P),
        ({"imsmanifest.xml": cartridge(ITEMS, listed(1))}, Kind.CARTRIDGE),
        ({"imsmanifest.xml": QTI}, Kind.QTI),
        ({"tincan.xml": "<tincan/>", "index.html": PAGE}, Kind.XAPI),
        ({"a.au": "x", "a.crs": "x", "a.des": "x"}, Kind.AICC),
        ({"01 Start/01 one.md": "# One"}, Kind.PAGES),
        ({"[Content_Types].xml": "x", "word/document.xml": "x"}, Kind.WORD),
        ({"[Content_Types].xml": "x", "ppt/presentation.xml": "x"}, Kind.OFFICE),
        ({"mimetype": "application/epub+zip", "META-INF/container.xml": "x"}, Kind.BOOK),
        ({"site/index.html": PAGE}, Kind.SITE),
        ({"photo.jpg": "x"}, Kind.OTHER),
    ],
)
def test_which_kind_a_file_is(files: dict[str, bytes | str], kind: Kind) -> None:
    with opened(files) as archive:
        assert sniff(archive).kind is kind


def test_a_kind_that_is_not_played_is_refused_by_its_name() -> None:
    with pytest.raises(Refused) as caught:
        read({"a.au": "x", "a.crs": "x"})
    assert caught.value.verdict.facts == {"kind": "AICC"}
