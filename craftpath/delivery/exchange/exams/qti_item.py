"""One QTI item, in the names of 2.2, as content of the bank: one question, or several with the text they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element  # noqa: S405  (parsing is defusedxml's)

from craftpath.delivery.exchange.exams import xhtml
from craftpath.delivery.exchange.exams.qti_body import INLINE, Body, Mark, NotUnderstood, Remark, joined
from craftpath.delivery.exchange.exams.qti_keys import Keys
from craftpath.delivery.exchange.exams.qti_kinds import SILENT, Kinds
from craftpath.delivery.exchange.xml_in import XML_LANG, local
from craftpath.domain.exams.content import Content
from craftpath.domain.exams.faults import MOST_ROWS, faults, gaps_in
from craftpath.engines.scoring import RULES, Kind, Rule
from craftpath.values.text import Text

MOST_QUESTIONS = 60
_WRITTEN = frozenset({"extendedTextInteraction", "uploadInteraction"})


@dataclass(frozen=True, slots=True)
class Understood:
    """The questions of an item, the text that several share (or that is all there is), and what is to be remarked."""

    contents: tuple[Content, ...]
    remarks: tuple[Remark, ...]
    shared: Text = Text()


def read_item(root: Element, extras: Mapping[str, Any], mark: Mark) -> Understood:
    """What an item says; `NotUnderstood` if the bank can keep nothing of it."""
    reader = _Item(root, extras, mark)
    found = reader.read()
    for content in found.contents:
        wrong = faults(content)
        if wrong:
            raise NotUnderstood(wrong[0].code, **wrong[0].facts)
    return found


class _Item:
    def __init__(self, root: Element, extras: Mapping[str, Any], mark: Mark) -> None:
        self.root, self.extras = root, extras
        self.body = Body(root, mark, root.get(XML_LANG, ""))
        self.keys = Keys(root)
        self.kinds = Kinds(self.body, self.keys, extras)

    def read(self) -> Understood:
        if self.body.element is None:
            raise NotUnderstood("qti.no_body")
        template = any(local(one) == "templateDeclaration" for one in self.root)
        if template:
            self.body.remark("qti.drawn_once" if self.keys.running is not None else "qti.templates")
        self.body.settle(self.keys.running.drawn.held if template and self.keys.running is not None else {})
        found = [one for one in self.body.element.iter() if local(one).endswith("Interaction")]
        for one in found:
            if local(one) == "endAttemptInteraction":
                self.body.remark(
                    "qti.part_left", name=f"endAttemptInteraction {one.get('title', '')}".strip()[:100]
                )
        asked = [one for one in found if local(one) not in SILENT]
        if not asked:
            return self._read_only()
        if len(asked) > MOST_QUESTIONS:
            raise NotUnderstood("qti.several_interactions", names=f"{len(asked)}")
        for one in asked:
            self.keys.declare_mapped(one.get("responseIdentifier", ""))
        self.keys.search([one.get("responseIdentifier", "") for one in asked], _offered(asked))
        if self.keys.nothing_earns():
            self.body.remark("qti.nothing_earns")
        contents: tuple[Content, ...]
        if self._is_one(asked):
            whole = self._content(asked, self._stem(asked), self.keys.points())
            contents, shared = (whole,), Text()
        else:
            contents, shared = self._several(asked)
        if self.body.guides and not any(one.kind is Kind.ESSAY for one in contents):
            self.body.remark("qti.rubric_left")
        return Understood(contents, tuple(self.body.remarks), shared)

    def _is_one(self, asked: list[Element]) -> bool:
        """Whether all that is asked is one question of the bank: fields in one text, or a text and a file."""
        names = {local(one) for one in asked}
        if len(asked) == 1 or names == _WRITTEN and len(asked) == 2:
            return True
        fields = names == {"textEntryInteraction"} and len(asked) <= MOST_ROWS
        return fields and not any(self._tolerant(one) for one in asked)

    def _tolerant(self, element: Element) -> bool:
        name = element.get("responseIdentifier", "")
        return any(
            (local(one) == "equalRounded" or one.get("toleranceMode") in ("absolute", "relative"))
            and any(inner.get("identifier") == name for inner in one.iter())
            for one in self.root.iter()
        )

    def _read_only(self) -> Understood:
        """An item that asks nothing is a text to read."""
        text = self.body.stem()
        if not text.as_json():
            raise NotUnderstood("qti.no_interaction")
        self.body.remark("qti.only_text")
        return Understood((), tuple(self.body.remarks), text)

    def _stem(self, asked: list[Element]) -> Text:
        stem = xhtml.adopted(self.body.stem(), self._source("stem"))
        return self._worded(stem, asked)

    def _worded(self, stem: Text, asked: list[Element]) -> Text:
        """What is asked in words; the item's title where its body has none."""
        if local(asked[0]) == "sliderInteraction":
            ends = [asked[0].get(name, "") for name in ("lowerBound", "upperBound")]
            bounds = f"({ends[0]}–{ends[1]})" if all(ends) else ""
            stem = Text(*(f"{side} {bounds}".strip() if side else side for side in (stem.zh, stem.en)))
        if stem.zh.strip() or stem.en.strip():
            return stem
        title = " ".join(self.root.get("title", "").split())
        self.body.remark("qti.title_as_stem")
        return Text(title, "") if not title.isascii() else Text("", title)

    def _several(self, asked: list[Element]) -> tuple[tuple[Content, ...], Text]:
        """Each interaction becomes a question of its own; they share the body, in which their places are numbered."""
        names = [one.get("responseIdentifier", "") for one in asked]
        points, apart = self.keys.shares(names)
        self.body.numbers = {one: number for number, one in enumerate(asked, start=1)}
        self.body.remark("qti.divided" if apart else "qti.divided_evenly", count=len(asked))
        shared = self.body.stem()
        contents = []
        for number, (one, worth) in enumerate(zip(asked, points, strict=True), start=1):
            self.body.current = one
            own = self.body.asked(one) if local(one) not in INLINE else ""
            stem = _as_text(own, self.body.language) if own else self.body.around(one)
            contents.append(self._content([one], _numbered(stem, number, self.body.language), worth, number))
        self.body.current = None
        return tuple(contents), shared

    def _content(self, asked: list[Element], stem: Text, points: Decimal, number: int = 0) -> Content:
        self.body.behind = Text()
        kind, details = self.kinds.of(asked)
        stem = joined(stem, self.body.behind)
        if kind is Kind.SHORT and number and gaps_in(stem) != len(details["blanks"]):
            stem = Text(*(side.replace("____", "…") for side in (stem.zh, stem.en)))
        content = Content(kind, stem, details, points, self._rule(kind))
        if number:
            return content
        if kind is Kind.SHORT and gaps_in(stem) not in (0, len(details["blanks"])):
            content = replace(content, stem=Text(*(_fewer(side) for side in (stem.zh, stem.en))))
        return replace(
            content, explanation=xhtml.adopted(self.body.explanation(), self._source("explanation"))
        )

    def _source(self, name: str) -> Any:
        """What the bank wrote beside the item, if it did."""
        own = self.extras.get("text")
        return own.get(name) if isinstance(own, dict) else None

    def _rule(self, kind: Kind) -> Rule:
        """The bank's own word for it, else what the processing shows: mapped parts count each for itself."""
        own = self.extras.get("rule")
        if own in {rule.value for rule in RULES[kind]}:
            return Rule(own)
        processing = next((one for one in self.root if local(one) == "responseProcessing"), None)
        if processing is None or Rule.EACH not in RULES[kind]:
            return Rule.ALL
        template = processing.get("template", "")
        mapped = "map_response" in template or any(
            local(one).startswith("mapResponse") for one in processing.iter()
        )
        matched = any(local(one) == "match" for one in processing.iter())
        return Rule.EACH if mapped and not matched else Rule.ALL


def _offered(asked: list[Element]) -> dict[str, list[str]]:
    """What can be chosen in each interaction that one thing is chosen in."""
    names = ("simpleChoice", "inlineChoice", "hottext", "hotspotChoice")
    return {
        one.get("responseIdentifier", ""): [
            inner.get("identifier", "") for inner in one.iter() if local(inner) in names
        ][:40]
        for one in asked
        if local(one)
        in ("choiceInteraction", "inlineChoiceInteraction", "hottextInteraction", "hotspotInteraction")
    }


def _as_text(words: str, language: str) -> Text:
    return Text(words, "") if language.lower().startswith("zh") or not words.isascii() else Text("", words)


def _numbered(stem: Text, number: int, language: str) -> Text:
    if not stem.as_json():
        return _as_text(f"({number})", language)
    return Text(*(f"({number}) {side}" if side else "" for side in (stem.zh, stem.en)))


def _fewer(words: str) -> str:
    """Lines of underscores that are no field, where the fields stand below the text."""
    return words.replace("____", "…")


__all__ = ["MOST_QUESTIONS", "NotUnderstood", "Understood", "read_item"]
