"""XML from outside: no document types and no entities; read in the encoding that it really has."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError  # noqa: S405  (parsing is defusedxml's)

from defusedxml import DefusedXmlException, ElementTree

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_CHINESE_CODES = re.compile(rb"""\A(\s*<\?xml[^>]*?)\s+encoding\s*=\s*["'](?:gb2312|gbk|gb18030)["']""", re.I)


class NoXml(Exception):  # noqa: N818  (an answer to a file, not a programming error)
    """Not well-formed; or, `hostile`, with a document type or entities. `at` is the line, where it is known."""

    def __init__(self, hostile: bool, at: int = 0) -> None:
        super().__init__("hostile" if hostile else "not well-formed")
        self.hostile, self.at = hostile, at


def tree(content: bytes) -> Element:
    """The root; `NoXml` if there is none. Chinese encodings are read, which the parser itself does not know."""
    found = _CHINESE_CODES.match(content)
    try:
        if found:
            words = (found[1] + content[found.end() :]).decode("gb18030")
            content = words.encode()
        root: Element = ElementTree.fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as fault:
        position = getattr(fault, "position", None)
        raise NoXml(isinstance(fault, DefusedXmlException), position[0] if position else 0) from None
    return root


def local(element: Element) -> str:
    """The name without its namespace; "" for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
