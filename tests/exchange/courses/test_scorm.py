"""SCORM packages of every edition, good ones and broken ones: what can be used is used, what is left out is told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from craftpath.delivery.exchange.courses.scorm import Scorm, launchable, with_parameters
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.exchange.courses.made import PAGE, SPACES, codes, manifest, read, remarks, scorm

SCO = 'type="webcontent" adlcp:scormtype="sco"'


def launches(package: Scorm) -> list[str]:
    return [str(one.launch) for one in launchable(package.organisations)]


def test_a_plain_package_of_1_2() -> None:
    package = read(scorm(manifest()))
    assert isinstance(package, Scorm)
    assert (package.version, package.identifier, package.playable) == ("1.2", "m", True)
    assert package.title.text() == Text("Turning", "Turning") or package.title.text().en == "Turning"
    (top,) = package.organisations
    (item,) = top.children
    assert (item.title, str(item.launch), item.reports) == ("One", "a.html", True)
    assert not package.notes.faults
    assert not package.notes.remarks


@pytest.mark.parametrize(
    ("stated", "version"),
    [
        ("1.2", "1.2"),
        ("CAM 1.3", "2004 2nd"),
        ("2004 3rd Edition", "2004 3rd"),
        ("2004 4th Edition", "2004 4th"),
    ],
)
def test_the_edition_is_the_one_that_is_stated(stated: str, version: str) -> None:
    package = read(scorm(manifest(version=stated)))
    assert package.version == version
    assert package.organisations[0].children[0].reports
    assert remarks(package) == set()


@pytest.mark.parametrize(("family", "version"), [("1.2", "1.2"), ("2004", "2004 3rd")])
def test_where_no_edition_is_stated_the_namespaces_tell(family: str, version: str) -> None:
    package = read(scorm(manifest(version=family, head="")))
    assert package.version == version
    assert remarks(package) == {"version_unknown"}


def test_what_1_2_says_of_an_item_is_kept() -> None:
    item = (
        '<item identifier="i1" identifierref="r1" isvisible="false" parameters="?lang=zh">'
        "<title>One</title><adlcp:prerequisites type='aicc_script'>i0&amp;i2</adlcp:prerequisites>"
        "<adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed><adlcp:timelimitaction>exit, no message"
        "</adlcp:timelimitaction><adlcp:datafromlms>level=2</adlcp:datafromlms><adlcp:masteryscore>80"
        "</adlcp:masteryscore></item>"
    )
    package = read(scorm(manifest(item)))
    (one,) = package.organisations[0].children
    assert str(one.launch) == "a.html?lang=zh"
    assert (one.hidden, one.mastery, one.prerequisites, one.data) == (True, Decimal(80), "i0&i2", "level=2")
    assert (one.time_allowed, one.time_action) == ("00:30:00", "exit,no message")
    assert codes(package) == set()
    assert remarks(package) == {"prerequisites_not_followed"}


def test_what_2004_says_of_an_item_is_kept_and_its_rules_are_told() -> None:
    item = (
        '<item identifier="i1" identifierref="r1"><title>One</title>'
        '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.75"/>'
        "<adlcp:dataFromLMS>x</adlcp:dataFromLMS><adlcp:timeLimitAction>continue,message</adlcp:timeLimitAction>"
        '<imsss:sequencing><imsss:controlMode choice="false" flow="true"/>'
        "<imsss:sequencingRules><imsss:preConditionRule/></imsss:sequencingRules>"
        '<imsss:limitConditions attemptLimit="1" attemptAbsoluteDurationLimit="PT30M"/>'
        '<imsss:rollupRules/><imsss:objectives><imsss:primaryObjective satisfiedByMeasure="true">'
        "<imsss:minNormalizedMeasure>0.6</imsss:minNormalizedMeasure>"
        '<imsss:mapInfo targetObjectiveID="g"/></imsss:primaryObjective></imsss:objectives></imsss:sequencing></item>'
    )
    package = read(scorm(manifest(item, version="2004 4th Edition")))
    (one,) = package.organisations[0].children
    assert (one.completion, one.mastery, one.data) == (Decimal("0.75"), Decimal("0.6"), "x")
    assert (one.time_allowed, one.time_action) == ("PT30M", "continue,message")
    told = {note.given for note in package.notes.remarks}
    assert told == {"controlMode", "sequencingRules", "limitConditions", "mapInfo"}
    assert codes(package) == set()


def test_free_choice_is_no_rule_to_tell() -> None:
    item = (
        '<item identifier="i1" identifierref="r1"><title>One</title><imsss:sequencing>'
        '<imsss:controlMode choice="true" flow="true"/><imsss:rollupRules/></imsss:sequencing></item>'
    )
    package = read(scorm(manifest(item, version="2004 3rd Edition")))
    assert remarks(package) == set()


def test_the_threshold_of_the_third_edition_is_a_text() -> None:
    item = (
        '<item identifier="i1" identifierref="r1"><title>One</title>'
        "<adlcp:completionThreshold>0.5</adlcp:completionThreshold></item>"
    )
    package = read(scorm(manifest(item, version="2004 3rd Edition")))
    assert package.organisations[0].children[0].completion == Decimal("0.5")


def test_a_tree_keeps_its_order_and_its_depth() -> None:
    items = (
        '<item identifier="c1"><title>Chapter</title><item identifier="i1" identifierref="r1"><title>One</title>'
        '</item><item identifier="c2"><title>Part</title><item identifier="i2" identifierref="r2"><title>Two</title>'
        '</item></item></item><item identifier="i3" identifierref="r1" parameters="#end"><title>Three</title></item>'
    )
    resources = (
        f'<resource identifier="r1" {SCO} href="a.html"/>'
        '<resource identifier="r2" type="webcontent" adlcp:scormtype="asset" href="two/b.html?x=1"/>'
    )
    package = read(scorm(manifest(items, resources), **{"two/b.html": PAGE}))
    assert launches(package) == ["a.html", "two/b.html?x=1", "a.html#end"]
    chapter = package.organisations[0].children[0]
    assert chapter.launch is None
    assert not chapter.children[1].children[0].reports


def test_the_default_organisation_comes_first() -> None:
    xml = manifest().replace(
        '<organization identifier="o1">', '<organization identifier="o0"><title>Other</title></organization>'
        '<organization identifier="o1">',
    )  # fmt: skip
    package = read(scorm(xml))
    assert [one.identifier for one in package.organisations] == ["o1", "o0"]


def test_bases_lead_to_files() -> None:
    resources = f'<resource identifier="r1" {SCO} xml:base="course/" href="../start%20here.html"/>'
    xml = manifest(resources=resources, attributes='xml:base="content/"')
    package = read({"imsmanifest.xml": xml, "content/start here.html": PAGE})
    assert launches(package) == ["content/start here.html"]


@pytest.mark.parametrize("base", ["../../", "/etc/", "https://example.org/", "file:///"])
def test_a_base_that_leads_out_is_not_followed(base: str) -> None:
    package = read(scorm(manifest(attributes=f'xml:base="{base}"')))
    assert launches(package) == ["a.html"]
    assert codes(package) == {"base_leads_out"}


@pytest.mark.parametrize(
    ("href", "code"),
    [("https://example.org/a.html", "launch_outside"), ("javascript:alert(1)", "launch_outside"),
     ("//example.org/a.html", "launch_outside"), ("../a.html", "file_missing"), ("b.html", "file_missing"),
     ("/etc/passwd", "file_missing"), ("%2e%2e/a.html", "file_missing"), ("..\\a.html", "file_missing")],
)  # fmt: skip
def test_nothing_outside_the_package_is_launched(href: str, code: str) -> None:
    two = f'<resource identifier="r1" {SCO} href="a.html"/><resource identifier="r2" {SCO} href="{href}"/>'
    items = (
        '<item identifier="i1" identifierref="r1"><title>One</title></item>'
        '<item identifier="i2" identifierref="r2"><title>Two</title></item>'
    )
    package = read(scorm(manifest(items, two)))
    assert launches(package) == ["a.html"]
    assert codes(package) == {code}
    assert package.notes.faults[0].place == "imsmanifest.xml resource r2"
    assert package.playable


def test_a_file_is_found_however_its_name_is_written() -> None:
    resources = f'<resource identifier="r1" {SCO} href="A.HTML"/>'
    assert launches(read(scorm(manifest(resources=resources)))) == ["a.html"]


def test_parts_that_are_broken_are_told_and_the_rest_is_used() -> None:
    items = (
        '<item identifier="i1" identifierref="r1"><adlcp:masteryscore>eighty</adlcp:masteryscore>'
        "<adlcp:maxtimeallowed>soon</adlcp:maxtimeallowed><adlcp:timelimitaction>shout</adlcp:timelimitaction></item>"
        '<item identifier="i2" identifierref="nowhere"><title>Two</title></item>'
        '<item identifier="i3" identifierref="r3"><title>Three</title></item>'
    )
    resources = (
        f'<resource identifier="r1" {SCO} href="a.html"><file href="a.html"/><file href="lost.js"/></resource>'
        f'<resource identifier="r1" {SCO} href="a.html"/><resource identifier="r3" {SCO}/>'
    )
    package = read(scorm(manifest(items, resources)))
    one = package.organisations[0].children[0]
    assert (one.title, one.mastery, one.time_allowed, one.time_action) == ("i1", None, "", "")
    assert codes(package) == {
        "mastery_unfit", "time_unfit", "resource_missing", "identifier_twice", "nothing_to_launch",
    }  # fmt: skip
    assert remarks(package) == {"listed_file_missing"}
    assert launches(package) == ["a.html"]


def test_without_an_organisation_what_can_be_launched_is_listed() -> None:
    xml = manifest(items="")
    package = read(scorm(xml))
    assert launches(package) == ["a.html"]
    assert codes(package) == {"no_organisation"}
    bare = xml.replace(xml[xml.index("<organizations") : xml.index("<resources>")], "<organizations/>")
    assert launches(read(scorm(bare))) == ["a.html"]


def test_a_package_with_nothing_to_launch_is_told() -> None:
    package = read(scorm(manifest(items="", resources="")))
    assert not package.playable
    assert codes(package) == {"nothing_to_launch"}


def test_a_manifest_in_a_folder_is_read_from_there() -> None:
    package = read({"course/imsmanifest.xml": manifest(), "course/a.html": PAGE, "readme.txt": "x"})
    assert launches(package) == ["course/a.html"]
    assert remarks(package) == {"manifest_in_folder"}


def test_a_manifest_in_a_manifest_is_told() -> None:
    xml = manifest().replace("</manifest>", '<manifest identifier="sub"/></manifest>')
    assert remarks(read(scorm(xml))) == {"manifest_inside"}


def test_a_default_that_does_not_exist_is_told() -> None:
    package = read(scorm(manifest().replace('default="o1"', 'default="o9"')))
    assert remarks(package) == {"default_unknown"}
    assert launches(package) == ["a.html"]


def test_a_manifest_in_a_chinese_encoding_is_read() -> None:
    xml = manifest('<item identifier="i1" identifierref="r1"><title>车床安全</title></item>')
    for name in ("GB2312", "gbk"):
        content = xml.replace('encoding="UTF-8"', f'encoding="{name}"').encode("gbk")
        package = read({"imsmanifest.xml": content, "a.html": PAGE})
        assert package.organisations[0].children[0].title == "车床安全"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_manifest_with_a_mark_of_its_encoding_is_read(encoding: str) -> None:
    xml = manifest().replace(' encoding="UTF-8"', "")
    assert launches(read({"imsmanifest.xml": xml.encode(encoding), "a.html": PAGE})) == ["a.html"]


def test_titles_come_in_the_languages_of_the_metadata() -> None:
    lom = (
        "<lom><general><title><langstring xml:lang='en'>Turning</langstring>"
        "<langstring xml:lang='zh-CN'>车削</langstring></title></general></lom>"
    )
    head = f"<schema>ADL SCORM</schema><schemaversion>1.2</schemaversion>{lom}"
    assert read(scorm(manifest(head=head))).title.text() == Text("车削", "Turning")


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ("<manifest", "course.not_xml"),
        ("", "course.not_xml"),
        ("<manifest>&nbsp;</manifest>", "course.not_xml"),
        ('<!DOCTYPE m [<!ENTITY x "y">]><manifest>&x;</manifest>', "course.forbidden_xml"),
        ('<!DOCTYPE m SYSTEM "https://example.org/m.dtd"><manifest/>', "course.forbidden_xml"),
        ("<manifest>" + "<item>" * 300_000, "course.not_xml"),
    ],
)
def test_a_manifest_that_is_no_xml_is_refused_by_its_name(xml: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read(scorm(xml))
    assert caught.value.verdict.reason == code
    assert caught.value.verdict.facts["name"] == "imsmanifest.xml"


def test_items_without_end_are_cut_off_and_told() -> None:
    deep = "<item identifier='d'>" * 60 + "</item>" * 60
    wide = "".join(f"<item identifier='w{n}' identifierref='r1'/>" for n in range(5_100))
    package = read(scorm(manifest(deep + wide)))
    assert codes(package) == {"too_many_parts"}
    assert 4_000 < len(launches(package)) < 5_001


def test_any_root_is_told() -> None:
    package = read(scorm(f"<package {SPACES['1.2']}/>"))
    assert "not_a_manifest" in codes(package)


@pytest.mark.parametrize(
    ("tail", "parameters", "whole"),
    [
        ("", "", ""),
        ("", "?a=1", "?a=1"),
        ("", "&?a=1", "?a=1"),
        ("?x=2", "a=1", "?x=2&a=1"),
        ("#top", "a=1", "?a=1#top"),
        ("", "#end", "#end"),
        ("#top", "#end", "#top"),
        ("?x=2", "#end", "?x=2"),
    ],
)
def test_parameters_are_put_behind_the_file(tail: str, parameters: str, whole: str) -> None:
    assert with_parameters(tail, parameters) == whole
