"""QTI packages: every kind goes out and comes back unchanged, others' items are understood or say why not."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from craftpath.delivery.exchange.exams.qti_in import Package, read_package
from craftpath.delivery.exchange.exams.qti_out import Out, Shared, Shown, extras_of, package
from craftpath.delivery.exchange.exams.texts import REASONS
from craftpath.domain.exams.content import Content
from craftpath.domain.exams.texts import FAULTS
from craftpath.engines.scoring import RULES, Kind
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.domain.exams.samples import PICTURE, every_kind, single
from tests.exchange.courses.made import large_form
from tests.photos import picture

PNG = picture("PNG", (200, 120))
MARKUP = Text(
    "看图 ![轴承座](picture:zzzzpicture2)，求 $v_c=\\frac{\\pi dn}{1000}$ 和 m^2^、H~2~O。\n\n"
    "- 甲\n- **乙**\n\n1. 一\n2. 二\n\n"
    "| 量具 | 用途 |\n| --- | --- |\n| 千分尺 | 外径 |\n\n$$a^2+b^2$$\n\n价格 5\\*3、a_b、<b> & $ 5",
    "Look: *this*, `G01 X10`\nnext line",
)


def _everything() -> list[Content]:
    found = [*every_kind(), single(stem=MARKUP, explanation=MARKUP), single(stem=Text("只有中文"))]
    for content in every_kind():
        found += [replace(content, rule=rule) for rule in RULES[content.kind] if rule is not content.rule]
    bare = [
        {key: value for key, value in c.details.items() if key not in ("right", "pairs", "order")}
        for c in every_kind()
    ]
    for content, details in zip(every_kind(), bare, strict=True):
        if content.kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.HOTSPOT):
            found.append(replace(content, details=details | {"right": []}))
    no_gaps = next(one for one in every_kind() if one.kind is Kind.SHORT)
    found.append(replace(no_gaps, stem=Text("快速定位和直线插补用什么指令？", "Which codes?")))
    return found


def _out(contents: list[Content], version: str, stimuli: dict[str, Shared] | None = None) -> bytes:
    tags = {"difficulty": "hard", "seconds": 90}
    outs = [
        Out(
            f"item{n}",
            content,
            extras_of(content, tags, (stimuli or {}).get(content.stimulus, Shared(Text(), Text())).title),
        )
        for n, content in enumerate(contents)
    ]
    return package(outs, {PICTURE: Shown("image/png", PNG)}, stimuli or {}, version)


def _named(content: Content, found: Package) -> Content:
    """The marks of a package are its own; say the bank's name again."""
    for mark, (_, kept) in found.pictures.items():
        assert kept == PNG

        def said(text: Text, mark: str = mark) -> Text:
            return Text(
                *(side.replace(f"picture:{mark})", f"picture:{PICTURE})") for side in (text.zh, text.en))
            )

        details = dict(content.details)
        if details.get("picture") == mark:
            details["picture"] = PICTURE
        content = replace(
            content, stem=said(content.stem), explanation=said(content.explanation), details=details
        )
    return content


@pytest.mark.parametrize("version", ["2.2", "3.0"])
@pytest.mark.parametrize(
    "content", _everything(), ids=lambda content: f"{content.kind.value}-{content.rule.value}"
)
def test_what_goes_out_comes_back_unchanged(content: Content, version: str) -> None:
    found = read_package(_out([content], version), "x.zip")
    [read] = found.reads
    assert (read.reason, dict(read.facts)) == ("", {})
    assert read.content is not None
    back = _named(read.content, found)
    assert back == content
    assert back.fingerprint == content.fingerprint
    assert dict(read.tags) == {"difficulty": "hard", "seconds": 90}


@pytest.mark.parametrize("version", ["2.2", "3.0"])
def test_a_stimulus_goes_along(version: str) -> None:
    shared = Shared(Text("材料", "Text"), Text("某车间有 ![](picture:zzzzpicture2)", "A shop"))
    found = read_package(_out([single(stimulus="abc234")], version, {"abc234": shared}), "x.zip")
    assert found.reads[0].stimulus is not None
    title, body = found.reads[0].stimulus
    assert (title, body.en) == (shared.title, "A shop")
    assert body.zh.startswith("某车间有 ![](picture:x")


def test_a_package_has_the_same_bytes_each_time() -> None:
    assert _out(every_kind(), "3.0") == _out(every_kind(), "3.0")


@pytest.mark.parametrize("content", every_kind(), ids=lambda content: content.kind.value)
def test_another_program_makes_the_same_3_0_of_our_2_2(content: Content) -> None:
    """An independent converter reads our 2.2, and what it writes is understood as meant; skipped without it."""
    qti_convert = pytest.importorskip("qti_convert")
    with zipfile.ZipFile(io.BytesIO(_out([content], "2.2"))) as archive:
        two = archive.read("items/item0.xml").decode()
    three = qti_convert.upgrade_qti2_to_qti3(two)
    rewritten = _rezip(_out([content], "2.2"), {"items/item0.xml": three.encode()})
    [read] = (found := read_package(rewritten, "x.zip")).reads
    assert read.content is not None, read.reason
    assert _named(read.content, found) == content


def _rezip(content: bytes, parts: dict[str, bytes | None]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            if name not in parts:
                archive.writestr(name, source.read(name))
        for name, part in parts.items():
            if part is not None:
                archive.writestr(name, part)
    return out.getvalue()


HEAD = (
    '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="x" title="x" xml:lang="en">'
)


def _item(body: str, declared: str = "", more: str = "") -> bytes:
    return f"{HEAD}{declared}<itemBody>{body}</itemBody>{more}</assessmentItem>".encode()


def _one(content: bytes) -> Any:
    [read] = read_package(content, "x.xml").reads
    return read


def test_scripts_and_event_attributes_leave_only_words() -> None:
    choice = (
        '<choiceInteraction responseIdentifier="R"><prompt>Which?</prompt>'
        '<simpleChoice identifier="a"><b onclick="x()">A</b></simpleChoice>'
        '<simpleChoice identifier="b">B<script>y()</script></simpleChoice></choiceInteraction>'
    )
    read = _one(
        _item(
            f'<p onload="z()">Look <a href="javascript:x()">here</a><iframe src="http://e"/><style>p{{}}</style></p>{choice}'
        )
    )
    assert read.content.stem == Text("", "Look here\n\nWhich?")
    assert [row["text"] for row in read.content.details["options"]] == [{"en": "**A**"}, {"en": "B"}]
    assert "x()" not in str(read.content)
    assert "y()" not in str(read.content)


def test_a_template_and_mapping_say_points_and_rule() -> None:
    declared = (
        '<responseDeclaration identifier="R" cardinality="multiple" baseType="identifier">'
        "<correctResponse><value>a</value><value>b</value>"
        '</correctResponse><mapping defaultValue="-1"><mapEntry mapKey="a" mappedValue="2"/>'
        '<mapEntry mapKey="b" mappedValue="1"/></mapping></responseDeclaration>'
    )
    more = (
        '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/map_response"/>'
    )
    choices = "".join(f'<simpleChoice identifier="{key}">{key}</simpleChoice>' for key in "abc")
    read = _one(
        _item(
            f'<choiceInteraction responseIdentifier="R" maxChoices="0"><prompt>?!</prompt>'
            f"{choices}</choiceInteraction>",
            declared,
            more,
        )
    )
    assert (read.content.kind, read.content.points, read.content.rule.value) == (Kind.MULTIPLE, 3, "each")


def test_a_choice_inside_a_text_becomes_options() -> None:
    body = (
        '<p>It is <inlineChoiceInteraction responseIdentifier="R"><inlineChoice identifier="x">hot</inlineChoice>'
        '<inlineChoice identifier="y">cold</inlineChoice></inlineChoiceInteraction>.</p>'
    )
    declared = (
        '<responseDeclaration identifier="R" cardinality="single" baseType="identifier">'
        "<correctResponse><value>y</value></correctResponse></responseDeclaration>"
    )
    read = _one(_item(body, declared))
    assert read.content.stem.en == "It is ____."
    assert (read.content.kind, read.content.details["right"], read.remarks) == (
        Kind.SINGLE,
        ["y"],
        (("qti.inline_as_single", {}),),
    )


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "qti.no_interaction"),
        (
            '<p>x</p><choiceInteraction responseIdentifier="R">'
            '<simpleChoice identifier="1 2">a</simpleChoice></choiceInteraction>',
            "qti.identifier",
        ),
        (
            '<p>x</p><choiceInteraction responseIdentifier="R">'
            '<simpleChoice identifier="a">a</simpleChoice></choiceInteraction>',
            "exams.too_few_rows",
        ),
        ('<p>x</p><matchInteraction responseIdentifier="R"/>', "qti.match_sets"),
        ('<p>x <extendedTextInteraction responseIdentifier="R"/></p>' * 61, "qti.several_interactions"),
    ],
)
def test_what_is_not_understood_says_why(body: str, reason: str) -> None:
    read = _one(_item(body))
    assert (read.content, read.reason, read.good) == (None, reason, False)
    assert (REASONS | FAULTS)[reason] % read.facts


def test_a_picture_that_leads_out_is_told_and_left_out() -> None:
    read = _one(
        _item(
            '<p>x <img src="../../../etc/passwd" alt="y"/></p><extendedTextInteraction responseIdentifier="R"/>'
        )
    )
    assert read.content.stem.en == "x y"
    assert read.remarks == (("qti.file_missing", {"name": "../../../etc/passwd"}),)


def test_the_title_stands_where_nothing_is_asked_in_words() -> None:
    read = _one(_item('<extendedTextInteraction responseIdentifier="R"/>'))
    assert (read.content.stem.en, read.remarks) == ("x", (("qti.title_as_stem", {}),))


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    b"<assessmentItem>&b;</assessmentItem>"
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><assessmentItem>&a;</assessmentItem>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "exam.empty"),
        (b"hello", "qti.other_kind"),
        (b"<x", "qti.not_xml"),
        (b"<x/>", "qti.no_item"),
        (BOMB, "qti.forbidden_xml"),
        (OUTSIDE, "qti.forbidden_xml"),
        (b"PK\x03\x04" + b"x" * 99, "exam.damaged"),
        (_rezip(_out([single()], "3.0"), {"imsmanifest.xml": b"<x"}), "qti.not_xml"),
        (_rezip(_out([single()], "3.0"), {"imsmanifest.xml": BOMB}), "qti.forbidden_xml"),
        (_rezip(_out([single()], "3.0"), {"imsmanifest.xml": b"<manifest/>"}), "qti.no_item"),
        (_rezip(_out([], "3.0"), {"imsmanifest.xml": None, "a.txt": b"x"}), "qti.no_manifest"),
        (b"<x>" * 900_000, "qti.not_xml"),
    ],
)
def test_a_file_made_to_do_harm_is_refused_in_words(content: bytes, reason: str) -> None:
    with pytest.raises(Refused) as caught:
        read_package(content, "x.zip")
    assert caught.value.verdict.reason == reason
    assert REASONS[reason] % caught.value.verdict.facts


def test_one_bad_item_takes_nothing_from_the_others() -> None:
    whole = _out([single(), every_kind()[2], single(stem=MARKUP)], "3.0")
    bent = _rezip(whole, {"items/item1.xml": BOMB, f"media/{PICTURE}.png": None})
    found = read_package(bent, "x.zip")
    assert [(read.name, read.reason) for read in found.reads] == [
        ("item0.xml", ""),
        ("item1.xml", "qti.forbidden_xml"),
        ("item2.xml", ""),
    ]
    [remark] = found.reads[2].remarks
    assert remark[0] == "qti.file_missing"


def test_a_path_that_leads_out_leads_nowhere() -> None:
    manifest = (
        b'<manifest><resources><resource type="imsqti_item_xmlv2p2" href="../../../../etc/passwd"/>'
        b'<resource type="imsqti_item_xmlv2p2" href="/etc/passwd"/></resources></manifest>'
    )
    found = read_package(_rezip(_out([], "2.2"), {"imsmanifest.xml": manifest}), "x.zip")
    assert {read.reason for read in found.reads} == {"qti.file_missing"}


@pytest.mark.parametrize("name", ["../x.xml", "a/../../x.xml", "/etc/x.xml", "..\\x.xml", "C:/x.xml"])
def test_a_package_with_a_name_that_leads_out_is_refused(name: str) -> None:
    with pytest.raises(Refused) as caught:
        read_package(_rezip(_out([single()], "3.0"), {name: b"<x/>"}), "x.zip")
    assert caught.value.verdict.reason == "qti.name_leads_out"
    assert REASONS["qti.name_leads_out"] % caught.value.verdict.facts


def test_a_package_in_the_form_for_large_ones_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        read_package(large_form(_out([single()], "3.0")), "x.zip")
    assert caught.value.verdict.reason == "exam.large_form"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    for sizes, reason in (([42_000_000], "unpacks_too_big"), ([30_000_000] * 2, "packed_too_tight")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, size in enumerate(sizes):
                archive.writestr(f"{number}.xml", b"0" * size)
        with pytest.raises(Refused) as caught:
            read_package(out.getvalue(), "x.zip")
        assert caught.value.verdict.reason == f"exam.{reason}"


def test_a_thousand_items_in_one_package_are_read() -> None:
    outs = [Out(f"i{n}", single(stem=Text(f"题{n}")), {}) for n in range(1_000)]
    found = read_package(package(outs, {}, {}, "3.0"), "x.zip")
    assert sum(read.good for read in found.reads) == 1_000


def test_huge_attributes_stay_outside() -> None:
    huge = "x" * 1_500_000
    manifest = f'<manifest><resources><resource type="imsqti_item" href="{huge}"/></resources></manifest>'
    [read] = read_package(_rezip(_out([], "2.2"), {"imsmanifest.xml": manifest.encode()}), "x.zip").reads
    assert read.reason == "qti.file_missing"
    assert len(str(read)) < 1_000
    manifest = manifest.replace("<resources>", f'<resources base="{huge}">')
    with pytest.raises(Refused) as caught:
        read_package(_rezip(_out([], "2.2"), {"imsmanifest.xml": manifest.encode()}), "x.zip")
    assert caught.value.verdict.reason == "qti.file_too_large"
    huge = "x" * 900_000
    item = (
        f'<assessmentItem identifier="{huge}" title="{huge}"><itemBody>'
        '<extendedTextInteraction responseIdentifier="R"/></itemBody></assessmentItem>'
    )
    [read] = read_package(item.encode(), "x.xml").reads
    assert len(str(read)) < 50_000


def test_a_package_without_its_manifest_is_still_looked_at() -> None:
    found = read_package(_rezip(_out([single()], "3.0"), {"imsmanifest.xml": None}), "x.zip")
    assert [read.content is not None for read in found.reads] == [True]
    assert [code for code, _ in found.problems] == ["qti.no_manifest_but_items"]


_WORDS = st.text(st.sampled_from("甲乙ab 12*_~^$<>&\\`[]()#|-.!"), min_size=1, max_size=40)


@settings(max_examples=200, deadline=None)
@given(_WORDS)
@example("*_1_*")
@example("*_a_ b *c**")
def test_whatever_is_written_is_shown_the_same_after_a_round_trip(words: str) -> None:
    from craftpath.delivery.exchange.exams.markup import block

    content = single(stem=Text(f"题 {words}"))
    bare = package([Out("item0", content, {})], {}, {}, "3.0")  # nothing beside the item helps
    [read] = read_package(bare, "x.zip").reads
    assert read.content is not None
    assert _shown(block(read.content.stem.zh)) == _shown(block(content.stem.zh))


def _shown(html: str) -> str:
    """Without spaces and without what shows nothing."""
    html = "".join(html.split())
    while (less := re.sub(r"<(\w+)></\1>", "", html)) != html:
        html = less
    return html


@pytest.mark.parametrize("version", ["2.2", "3.0"])
def test_underscores_that_are_no_blank_stay_underscores(version: str) -> None:
    from craftpath.delivery.exchange.exams.markup import block

    content = single(stem=Text(r"\_\_init\_\_ 与 ____ 与 _\_"))
    [read] = read_package(package([Out("item0", content, {})], {}, {}, version), "x.zip").reads
    assert read.content is not None
    assert block(read.content.stem.zh) == block(content.stem.zh)
