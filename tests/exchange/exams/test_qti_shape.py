# ruff: noqa: E501  (a table of the specification)
"""What goes out as QTI 2.2 has the shape of the specification: its elements, their order and what each must have."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring

import pytest

from craftpath.delivery.exchange.exams.qti_out import Shared
from craftpath.delivery.exchange.xml_in import XML_LANG
from craftpath.domain.exams.content import Content
from craftpath.values.text import Text
from tests.domain.exams.samples import every_kind, single
from tests.exchange.exams.test_qti import MARKUP, _everything, _out

SPACE = "{http://www.imsglobal.org/xsd/imsqti_v2p2}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
ORDER = {
    "assessmentItem": (
        "responseDeclaration", "outcomeDeclaration", "templateDeclaration", "templateProcessing",
        "assessmentStimulusRef", "stylesheet", "itemBody", "responseProcessing", "modalFeedback",
    ),
    "assessmentStimulus": ("stylesheet", "stimulusBody"),
    "responseDeclaration": ("correctResponse", "mapping", "areaMapping"),
    "outcomeDeclaration": ("defaultValue",),
    "correctResponse": ("value",),
    "defaultValue": ("value",),
    "mapping": ("mapEntry",),
    "choiceInteraction": ("prompt", "simpleChoice"),
    "orderInteraction": ("prompt", "simpleChoice"),
    "matchInteraction": ("prompt", "simpleMatchSet"),
    "simpleMatchSet": ("simpleAssociableChoice",),
    "hotspotInteraction": ("prompt", "object", "hotspotChoice"),
    "extendedTextInteraction": ("prompt",),
    "responseCondition": ("responseIf", "responseElseIf", "responseElse"),
}  # fmt: skip
NEEDED = {
    "assessmentItem": {"identifier", "title", "adaptive", "timeDependent"},
    "assessmentStimulus": {"identifier", "title"},
    "assessmentStimulusRef": {"identifier", "href"},
    "responseDeclaration": {"identifier", "cardinality", "baseType"},
    "outcomeDeclaration": {"identifier", "cardinality", "baseType"},
    "mapping": {"defaultValue"},
    "mapEntry": {"mapKey", "mappedValue"},
    "choiceInteraction": {"responseIdentifier", "shuffle", "maxChoices"},
    "orderInteraction": {"responseIdentifier", "shuffle"},
    "matchInteraction": {"responseIdentifier", "shuffle", "maxAssociations"},
    "hotspotInteraction": {"responseIdentifier", "maxChoices"},
    "textEntryInteraction": {"responseIdentifier"},
    "extendedTextInteraction": {"responseIdentifier"},
    "simpleChoice": {"identifier"},
    "simpleAssociableChoice": {"identifier", "matchMax"},
    "hotspotChoice": {"identifier", "shape", "coords"},
    "object": {"data", "type"},
    "img": {"src", "alt"},
    "rubricBlock": {"view"},
    "modalFeedback": {"outcomeIdentifier", "identifier", "showHide"},
    "setOutcomeValue": {"identifier"},
    "baseValue": {"baseType"},
    "equal": {"toleranceMode"},
    "index": {"n"},
}
OPERANDS = {
    "match": 2, "equal": 2, "contains": 2, "divide": 2, "not": 1, "isNull": 1, "setOutcomeValue": 1, "index": 1,
}  # fmt: skip
HTML = frozenset(
    [
        "a",
        "b",
        "blockquote",
        "br",
        "code",
        "div",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "li",
        "object",
        "ol",
        "p",
        "pre",
        "span",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
HELD = {
    **{name: frozenset() for name in ("textEntryInteraction", "hotspotChoice", "hr", "br", "img", "mapEntry", "variable", "correct")},
    "ul": frozenset({"li"}), "ol": frozenset({"li"}), "table": frozenset({"thead", "tbody"}),
    "thead": frozenset({"tr"}), "tbody": frozenset({"tr"}), "tr": frozenset({"td", "th"}),
}  # fmt: skip
ATTRIBUTES = {
    "div": {"class", XML_LANG}, "span": {"class", XML_LANG}, "p": {"class"}, "ol": set(), "li": set(), "td": set(),
    "th": set(), "table": set(), "code": set(), "blockquote": set(),
}  # fmt: skip
BLOCKS = frozenset(
    ["p", "div", "ul", "ol", "table", "blockquote", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6"]
)
INLINE = frozenset(
    ["p", "span", "em", "strong", "b", "i", "sub", "sup", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6"]
)


def _files(content: bytes) -> Iterator[Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith(("items/", "stimuli/")):
                yield fromstring(archive.read(name))


def _name(element: Element) -> str:
    return element.tag.removeprefix(SPACE)


def faults(root: Element) -> list[str]:
    """What the specification would not have."""
    found = []
    identifiers = [one.get("identifier") for one in root if _name(one).endswith("Declaration")]
    if len(set(identifiers)) < len(identifiers):
        found.append("identifier twice")
    for element in root.iter():
        if element.tag.startswith(MATHML):
            continue
        name, children = _name(element), [_name(one) for one in element if not one.tag.startswith(MATHML)]
        if element.tag == name:
            found.append(f"{name} without its namespace")
        if name in ORDER:
            places = [ORDER[name].index(one) if one in ORDER[name] else -1 for one in children]
            if places != sorted(places) or -1 in places:
                found.append(f"{name}: {children}")
        if missing := NEEDED.get(name, set()) - set(element.attrib):
            found.append(f"{name} lacks {missing}")
        if name in OPERANDS and len(children) != OPERANDS[name]:
            found.append(f"{name} has {len(children)}")
        if name in HELD and not set(children) <= HELD[name]:
            found.append(f"{name} holds {children}")
        if name in ATTRIBUTES and not set(element.attrib) <= ATTRIBUTES[name]:
            found.append(f"{name} has {set(element.attrib)}")
        if name in INLINE and (wrong := set(children) & BLOCKS):
            found.append(f"{name} holds {wrong}")
        if name in HTML and (wrong := set(children) - HTML - {"textEntryInteraction"}):
            found.append(f"{name} holds {wrong}")
        if name in ("itemBody", "stimulusBody", "rubricBlock") and (element.text or "").strip():
            found.append(f"{name} begins with words")
    return found


@pytest.mark.parametrize(
    "content", _everything(), ids=lambda content: f"{content.kind.value}-{content.rule.value}"
)
def test_every_item_has_the_shape_of_2_2(content: Content) -> None:
    [root] = _files(_out([content], "2.2"))
    assert faults(root) == []


def test_a_stimulus_and_struck_words_have_it_as_well() -> None:
    shared = Shared(Text("材料", "Text"), MARKUP)
    struck = single(stem=Text("~~旧~~ 新"), stimulus="abc234")
    roots = list(_files(_out([struck], "2.2", {"abc234": shared})))
    assert [_name(root) for root in roots] == ["assessmentStimulus", "assessmentItem"]
    assert [faults(root) for root in roots] == [[], []]


def test_the_judge_of_shapes_sees_what_is_wrong() -> None:
    [root] = _files(_out([every_kind()[0]], "2.2"))
    body = next(one for one in root if _name(one) == "itemBody")
    root.remove(body)
    root.insert(0, body)
    del root.attrib["timeDependent"]
    body.text = "words"
    said = " ".join(faults(root))
    assert "assessmentItem: ['itemBody'" in said
    assert "assessmentItem lacks {'timeDependent'}" in said
    assert "itemBody begins with words" in said
