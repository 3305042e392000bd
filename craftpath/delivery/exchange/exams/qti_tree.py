"""QTI in one set of names: 2.2 as it is written, and 3.0, whose names are the same in kebab case behind `qti-`."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, tostring  # noqa: S405  (parsing is defusedxml's)

from craftpath.delivery.exchange.authored.safe import MATHML
from craftpath.delivery.exchange.xml_in import NoXml, tree
from craftpath.values.verdict import Refused, not_now

TWO, THREE = "2.2", "3.0"
SPACES = {
    TWO: "http://www.imsglobal.org/xsd/imsqti_v2p2",
    THREE: "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
}
PACKAGES = {
    TWO: "http://www.imsglobal.org/xsd/imscp_v1p1",
    THREE: "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
}
ITEM_TYPES = {TWO: "imsqti_item_xmlv2p2", THREE: "imsqti_item_xmlv3p0"}
STIMULUS_TYPES = {TWO: "imsqti_stimulus_xmlv2p2", THREE: "imsqti_stimulus_xmlv3p0"}
OWN = "urn:craftpath:item:1"
DEEPEST = 200
_UPPER = re.compile(r"(?<=[a-z0-9])([A-Z])")
_DASH = re.compile(r"-([a-z0-9])")
# Elements that are HTML, MathML or of the package, and keep their names in both.
_SHARED = MATHML | frozenset(
    {
        "p", "br", "strong", "b", "em", "i", "s", "sub", "sup", "code", "pre", "ul", "ol", "li", "table", "thead",
        "tbody", "tr", "th", "td", "blockquote", "hr", "img", "h1", "h2", "h3", "h4", "h5", "h6", "div", "span",
        "object",
    }
)  # fmt: skip


def parsed(content: bytes) -> Element:
    """XML from outside: no document types, no entities; `Refused` if it is none."""
    try:
        root = tree(content)
    except NoXml as fault:
        raise Refused(not_now("qti.forbidden_xml" if fault.hostile else "qti.not_xml")) from None
    level, depth = [root], 0
    while level:
        level, depth = [child for one in level for child in one], depth + 1
        if depth > DEEPEST:
            raise Refused(not_now("qti.too_deep", limit=DEEPEST))
    return root


def in_two(root: Element) -> Element:
    """Names of 3.0 as those of 2.2; a 2.2 tree stays as it is. Namespaces go, those of attributes too."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rpartition("}")[2]
        three = name.startswith("qti-")
        element.tag = _DASH.sub(lambda found: found[1].upper(), name[4:]) if three else name
        if three:
            for key in list(element.attrib):
                if "-" in key and not key.startswith(("data-", "aria-", "{")):
                    element.set(_DASH.sub(lambda found: found[1].upper(), key), element.attrib.pop(key))
    return root


def strict_two(root: Element) -> Element:
    """A tree without the HTML that 2.2 does not have: words that are struck through keep a class that says so."""
    for element in root.iter("s"):
        element.tag = "span"
        element.set("class", "struck")
    return root


def in_three(root: Element) -> Element:
    """A 2.2 tree of ours in the names of 3.0."""
    for element in root.iter():
        name = str(element.tag)
        if name in _SHARED:
            continue
        element.tag = "qti-" + _UPPER.sub(r"-\1", name).lower()
        for key in list(element.attrib):
            if key[:1] != "{" and not key.startswith("xmlns") and _UPPER.search(key):
                element.set(_UPPER.sub(r"-\1", key).lower(), element.attrib.pop(key))
    for feedback in [
        one
        for one in root.iter()
        if one.tag in ("qti-modal-feedback", "qti-rubric-block", "qti-stimulus-body")
    ]:
        if feedback.tag != "qti-stimulus-body":
            _wrap(feedback, "qti-content-body")
    return root


def _wrap(element: Element, name: str) -> None:
    inside = Element(name)
    inside.text, element.text = element.text, None
    for child in list(element):
        element.remove(child)
        inside.append(child)
    element.append(inside)


def written(root: Element) -> bytes:
    """A tree as a file."""
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """A child with some attributes; an underscore behind a name is for words that Python keeps."""
    child = SubElement(parent, name, {key.rstrip("_"): value for key, value in attributes.items()})
    if text:
        child.text = text
    return child
