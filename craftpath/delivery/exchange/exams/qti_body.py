"""The body of one item as text of the bank: what is asked, with its pictures, and without what answers it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element  # noqa: S405  (parsing is defusedxml's)

from craftpath.delivery.exchange.authored.markdown import children
from craftpath.delivery.exchange.exams import xhtml
from craftpath.delivery.exchange.exams.qti_values import declared_values
from craftpath.delivery.exchange.xml_in import local
from craftpath.values.text import Text

INLINE = frozenset({"textEntryInteraction", "inlineChoiceInteraction"})
TEXTS_INSIDE = frozenset({"hottextInteraction", "gapMatchInteraction", "positionObjectStage"})
_NOT_SAID = frozenset(
    {
        "rubricBlock",
        "feedbackBlock",
        "feedbackInline",
        "stylesheet",
        "gapText",
        "gapImg",
        "templateProcessing",
    }
)
_HEARD = frozenset({"audio", "video", "include", "iframe", "embed", "mediaInteraction"})
_BLOCKS = frozenset(
    {"p", "li", "td", "th", "dd", "dt", "caption", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
)
_ROOTED = frozenset(
    {"responseDeclaration", "outcomeDeclaration", "templateDeclaration", "templateProcessing", "itemBody", "stylesheet",
     "responseProcessing", "modalFeedback", "assessmentStimulusRef", "apipAccessibility", "contextDeclaration"}
)  # fmt: skip
MOST_REMARKS = 60
_LONGEST_UNIT = 20
Mark = Callable[[str], str]
Remark = tuple[str, Mapping[str, Any]]


class NotUnderstood(Exception):  # noqa: N818  (an answer, not a fault)
    """Why an item is not taken: a code and the values of its sentence."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


class Body:
    """The texts of an item.

    `numbers` are the interactions of an item that has several, by their place; `behind` is what stands below the
    stem of the question that is being made, because its kind has no other place for it.
    """

    def __init__(self, root: Element, mark: Mark, language: str) -> None:
        self.root, self.marks, self.language = root, mark, language
        self.element = next((one for one in root if local(one) == "itemBody"), None)
        self.remarks: list[Remark] = []
        self.guides: list[Element] = []
        self.numbers: dict[Element, int] = {}
        self.current: Element | None = None
        self.behind = Text()
        strange = sorted({local(one) for one in root if local(one)} - _ROOTED)
        if strange:
            self.remark("qti.left_out", names=", ".join(strange)[:120])

    def remark(self, code: str, **facts: Any) -> None:
        """Say once that something is not as it was."""
        if len(self.remarks) > MOST_REMARKS or (code, facts) in self.remarks:
            return
        self.remarks.append((code, facts) if len(self.remarks) < MOST_REMARKS else ("qti.more_remarks", {}))

    # ---- Made ready ------------------------------------------------------------------------------------

    def settle(self, held: Mapping[str, Any]) -> None:
        """Put drawn figures into the text, and take away what is shown for other figures or after an answer."""
        assert self.element is not None  # noqa: S101  (asked for before)
        if held:
            self._drawn(held)
        for one in list(self.element.iter()):
            name = local(one)
            if name in ("feedbackBlock", "feedbackInline"):
                asks = any(local(inside).endswith("Interaction") for inside in one.iter())
                if asks or self._at_first(one):
                    one.tag = "div" if name == "feedbackBlock" else "span"
                    if asks:
                        self.remark("qti.adaptive")
                else:
                    self.remark("qti.feedback_left")
            elif (
                name == "rubricBlock" and "candidate" in one.get("view", "").split() or name == "contentBody"
            ):
                one.tag = "div"

    def _at_first(self, element: Element) -> bool:
        """Whether a feedback is shown before anything was answered."""
        name = element.get("outcomeIdentifier", "")
        begins = [
            value
            for one in self.root
            if local(one) == "outcomeDeclaration" and one.get("identifier") == name
            for value in declared_values(one, "defaultValue")
        ]
        return (element.get("identifier", "") in begins) == (element.get("showHide", "show") == "show")

    def _drawn(self, held: Mapping[str, Any]) -> None:
        names = {one.get("identifier", ""): one for one in self.root if local(one) == "templateDeclaration"}
        for parent in list(self.root.iter()):
            hidden = set()
            for one in parent:
                name, word = local(one), (one.text or "").strip()
                if name == "printedVariable":
                    one.tag, one.text = "span", _printed(one, held.get(one.get("identifier", "")))
                elif name in ("mi", "ci") and word in names and names[word].get("mathVariable") == "true":
                    one.tag, one.text = "mn", _printed(one, held.get(word))
                elif one.get("templateIdentifier"):
                    if not _is_shown(one, held):
                        hidden.add(one)
                    elif name in ("templateBlock", "templateInline"):
                        one.tag = "div" if name == "templateBlock" else "span"
            if hidden:
                _take_out(parent, hidden)

    # ---- Texts -----------------------------------------------------------------------------------------

    def text(self, nodes: list[Any], *, inline: bool = False) -> Text:
        """Some nodes as text of the bank."""
        return xhtml.text_of(nodes, self.place, self.language, inline=inline)

    def said(self, element: Element, *, inline: bool = False) -> Text:
        """What an element says."""
        nodes = [one for one in children(element) if isinstance(one, str) or local(one) not in _NOT_SAID]
        return self.text(nodes, inline=inline)

    def stem(self) -> Text:
        """The whole body."""
        assert self.element is not None  # noqa: S101  (asked for before)
        return self.text(children(self.element))

    def explanation(self) -> Text:
        """What is said after an answer, whatever it was."""
        found = Text()
        for feedback in (one for one in self.root if local(one) == "modalFeedback"):
            found = joined(found, self.said(inner(feedback)))
        return found

    def guide(self) -> Text:
        """Notes for whoever marks."""
        found = Text()
        for block in self.guides:
            found = joined(found, self.text(children(inner(block))))
        return found

    def place(self, element: Element) -> str | None:
        """What is not plain text: fields become blanks, pictures their marks, notes for markers stand elsewhere."""
        name = local(element)
        if name in _NOT_SAID:
            if name == "rubricBlock" and element not in self.guides:
                self.guides.append(element)
            return ""
        if name in INLINE:
            number = self.numbers.get(element)
            return "____" if number is None or element is self.current else f"**({number})**"
        if name == "gap":
            return f"**({element.get('data-number', '')})**"
        if name == "hottext":
            words = self.said(element, inline=True)
            return f"**{(words.zh or words.en).replace('*', '')}**"
        if name in _HEARD:
            return self._left(element)
        if name.endswith("Interaction") or name == "positionObjectStage":
            if element in self.numbers and element is not self.current:
                return ""
            return self.asked(element)
        if element.get("class") == "answers" and _is_field(element):
            return ""
        if name == "img":
            return self.picture(element.get("src", ""), element.get("alt", ""))
        return self._object(element) if name == "object" else None

    def asked(self, element: Element) -> str:
        """What an interaction itself asks: its prompt, its picture, and the text that it holds."""
        name, parts = local(element), []
        for one in element:
            if local(one) == "prompt":
                said = self.text(children(one))
                parts.append(said.zh or said.en)
        if name in (
            "graphicGapMatchInteraction",
            "graphicAssociateInteraction",
            "graphicOrderInteraction",
            "drawingInteraction",
        ):
            shown = next((one for one in element if local(one) in ("object", "img")), None)
            if shown is not None:
                parts.append(self.picture(shown.get("data") or shown.get("src") or "", shown.get("alt", "")))
        if name in TEXTS_INSIDE:
            inside = [
                one
                for one in children(element)
                if isinstance(one, str) or local(one) not in ("prompt", "object", "img")
            ]
            said = self.text(inside)
            parts.append(said.zh or said.en)
        return "\n\n".join(part for part in parts if part)

    def picture(self, source: str, words: str = "") -> str:
        """A picture by its mark; one that is not there is told, and the text goes on without it."""
        mark = self.mark(source)
        words = re.sub(r"[\[\]\\]", "", " ".join(words.split()))
        return f"![{words}](picture:{mark})" if mark else words

    def mark(self, source: str) -> str:
        """The mark of a picture, "" if there is none; told once."""
        try:
            return self.marks(source)
        except NotUnderstood as fault:
            self.remark(fault.code, **fault.facts)
            return ""

    def _object(self, element: Element) -> str | None:
        kind, source = element.get("type", ""), element.get("data", "")
        drawn = (".png", ".jpg", ".jpeg", ".webp", ".svg", ".gif")
        if kind.startswith("image/") or source.lower().endswith(drawn):
            mark = self.mark(source)
            return (
                f"![](picture:{mark})" if mark else None
            )  # what stands in it is said where it cannot be shown
        if kind or source:
            return self._left(element)
        return None

    def _left(self, element: Element) -> str:
        source = next(
            (one.get(key, "") for one in element.iter() for key in ("src", "data", "href") if one.get(key)),
            "",
        )
        self.remark("qti.part_left", name=f"{local(element)} {source}".strip()[:100])
        return ""

    def around(self, element: Element) -> Text:
        """The line that an interaction stands in, or what stands before it."""
        assert self.element is not None  # noqa: S101  (asked for before)
        above = {child: parent for parent in self.element.iter() for child in parent}
        before, at = Text(), element
        while at in above and local(at) not in _BLOCKS and not _is_line(at):
            row = list(above[at])
            earlier = [one for one in row[: row.index(at)] if local(one) in _BLOCKS]
            if earlier and not before.as_json():
                before = self.text([earlier[-1]])
            at = above[at]
        return self.text(children(at)) if at in above and local(element) in INLINE else before


def _is_field(element: Element) -> bool:
    """Whether it holds fields and at most their unit, as the bank writes them below its text."""
    fields = any(local(one) in INLINE for one in element.iter())
    return fields and len("".join(element.itertext()).strip()) <= _LONGEST_UNIT


def _is_line(element: Element) -> bool:
    """Whether a division holds words and no blocks."""
    return local(element) == "div" and not any(local(one) in _BLOCKS | {"div"} for one in element)


def inner(element: Element) -> Element:
    """The content of a block of 3.0 stands in an element of its own."""
    inside = [one for one in element if isinstance(one.tag, str)]
    return inside[0] if len(inside) == 1 and local(inside[0]) == "contentBody" else element


def joined(one: Text, other: Text) -> Text:
    """Two texts, one below the other."""
    return Text("\n\n".join(filter(None, (one.zh, other.zh))), "\n\n".join(filter(None, (one.en, other.en))))


def _is_shown(element: Element, held: Mapping[str, Any]) -> bool:
    value = held.get(element.get("templateIdentifier", ""))
    values = [str(part) for part in (value if isinstance(value, list) else [value])]
    return (element.get("identifier", "") in values) == (element.get("showHide", "show") == "show")


def _take_out(parent: Element, hidden: set[Element]) -> None:
    """Take elements away; the words behind them stay."""
    kept: list[Element] = []
    for child in parent:
        if child not in hidden:
            kept.append(child)
        elif kept:
            kept[-1].tail = (kept[-1].tail or "") + (child.tail or "")
        else:
            parent.text = (parent.text or "") + (child.tail or "")
    parent[:] = kept


def _printed(element: Element, value: Any) -> str:
    values = value if isinstance(value, list) else [value]
    places = re.fullmatch(r"%?\.?(\d*)\.?(\d*)[a-zA-Z]?", element.get("format", ""))
    said = []
    for one in values:
        if isinstance(one, float) and places and (places[2] or places[1]):
            said.append(f"{one:.{min(int(places[2] or places[1]), 12)}f}")
        else:
            said.append(f"{one:.10g}" if isinstance(one, float) else "" if one is None else str(one))
    return (element.get("delimiter") or ", ").join(said)


__all__ = ["INLINE", "Body", "Mark", "NotUnderstood", "Remark", "inner", "joined"]
