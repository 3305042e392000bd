"""Quizzes of QTI 1.2 as Common Cartridges hold them: choices, true or false, blanks and essays as items of the bank."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element  # noqa: S405  (parsing is defusedxml's)

from craftpath.delivery.exchange.authored.markdown import children
from craftpath.delivery.exchange.authored.safe import cleaned, tree_of
from craftpath.delivery.exchange.exams import xhtml
from craftpath.delivery.exchange.exams.qti_body import MOST_REMARKS, Mark, NotUnderstood, Remark, joined
from craftpath.delivery.exchange.xml_in import XML_LANG, local
from craftpath.domain.exams.content import Content
from craftpath.domain.exams.faults import KEY, MOST_VARIANTS, faults
from craftpath.engines.scoring import Kind
from craftpath.values.text import Text

ROOT = "questestinterop"
_TRUE = {"true": "true", "false": "false", "t": "true", "f": "false", "正确": "true", "错误": "false"}
_ESSAYS = ("essay", "file_upload")
_ASKED = ("response_lid", "response_str", "response_num", "response_xy", "response_grp", "response_extension")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a quiz, or the reason why it is not taken."""

    title: str
    content: Content | None = None
    remarks: tuple[Remark, ...] = ()
    reason: str = ""
    facts: Any = None


def items_of(root: Element) -> Iterator[Element]:
    """Every question of a quiz or a bank."""
    return (one for one in root.iter() if local(one) == "item")


def read_one(item: Element, mark: Mark) -> Asked:
    """What a question says in the bank's own kinds."""
    title = item.get("title", "")[:120]
    try:
        reader = _Item(item, mark)
        content = reader.read()
        wrong = faults(content)
        if wrong:
            raise NotUnderstood(wrong[0].code, **wrong[0].facts)
    except NotUnderstood as fault:
        return Asked(title, reason=fault.code, facts=fault.facts)
    return Asked(title, content, tuple(reader.remarks))


class _Item:
    def __init__(self, item: Element, mark: Mark) -> None:
        self.item, self.mark = item, mark
        self.remarks: list[Remark] = []
        self.language = item.get(XML_LANG, "")
        self.shown = next((one for one in item if local(one) == "presentation"), None)
        fields = [one for one in item.iter() if local(one) == "qtimetadatafield"]
        said = {_word(one, "fieldlabel"): _word(one, "fieldentry") for one in fields}
        self.profile = (said.get("cc_profile") or said.get("question_type") or "").lower()
        self.points = _points(said.get("points_possible", ""))
        self.keys: dict[str, str] = {}

    def read(self) -> Content:
        if self.shown is None:
            raise NotUnderstood("qti.no_body")
        asked = [one for one in self.shown.iter() if local(one) in _ASKED]
        stem = self._stem()
        explanation = Text()
        for feedback in (one for one in self.item if local(one) == "itemfeedback"):
            explanation = joined(explanation, self._words(feedback))
        if len(asked) > 1:
            raise NotUnderstood("qti.several_interactions", names=str(len(asked)))
        kind, details = self._kind(asked[0] if asked else None)
        return Content(kind, stem, details, self.points, explanation=explanation)

    def _kind(self, asked: Element | None) -> tuple[Kind, dict[str, Any]]:
        if asked is None or any(word in self.profile for word in _ESSAYS):
            if asked is None and not any(word in self.profile for word in _ESSAYS):
                raise NotUnderstood("qti.no_interaction")
            return Kind.ESSAY, {"file": "upload" in self.profile, "lines": 0, "guide": {}}
        name = local(asked)
        if name == "response_lid":
            return self._choices(asked)
        if name in ("response_str", "response_num"):
            right = self._right()
            if not right:
                return Kind.ESSAY, {"file": False, "lines": 0, "guide": {}}
            if "pattern_match" in self.profile or self._partial():
                self._remark("qti.counts_otherwise")
            fold = {"case": not self._case_counts(), "width": True, "space": True}
            return Kind.SHORT, {"blanks": [{"key": "1", "accepted": right[:MOST_VARIANTS]}], "fold": fold}
        self._remark("qti.by_hand", names=name)
        return Kind.ESSAY, {"file": False, "lines": 0, "guide": {}}

    def _choices(self, asked: Element) -> tuple[Kind, dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for number, label in enumerate(
            (one for one in asked.iter() if local(one) == "response_label"), start=1
        ):
            given = label.get("ident", "")
            self.keys[given] = given if KEY.match(given) else f"k_{number}"
            text = self._words(label, inline=True)
            if not text.as_json():
                text = Text("", given[:100])
                self._remark("qti.choice_named")
            rows.append({"key": self.keys[given], "text": text.as_json()})
        right = [self.keys[one] for one in self._right() if one in self.keys]
        said = [
            _TRUE.get((row["text"].get("en") or row["text"].get("zh") or "").strip().lower()) for row in rows
        ]
        if sorted(filter(None, said)) == ["false", "true"] == sorted(map(str, said)):
            named = {row["key"]: str(one) for row, one in zip(rows, said, strict=True)}
            return Kind.TRUE_FALSE, {"right": [named[key] for key in right][:1]}
        several = asked.get("rcardinality", "Single").lower() != "single"
        return (Kind.MULTIPLE if several else Kind.SINGLE), {"options": rows, "right": right}

    # ---- What is right ---------------------------------------------------------------------------------

    def _right(self) -> list[str]:
        """The values that the condition with the most points asks for; what it excludes is wrong."""
        best, found = Decimal(0), []
        for condition in (one for one in self.item.iter() if local(one) == "respcondition"):
            worth = max(
                (_figure(one.text) for one in condition if local(one) == "setvar"), default=Decimal(0)
            )
            values = [value for one in condition if local(one) == "conditionvar" for value in _asked_for(one)]
            if worth > best:
                best, found = worth, values
            elif worth == best > 0:  # another right answer, or the next part of one
                found += values
        return list(dict.fromkeys(found))

    def _partial(self) -> bool:
        worths = {
            _figure(one.text)
            for condition in self.item.iter()
            if local(condition) == "respcondition"
            for one in condition
            if local(one) == "setvar"
        }
        return len({one for one in worths if one > 0}) > 1

    def _case_counts(self) -> bool:
        return any(
            one.get("case", "No").lower() == "yes" for one in self.item.iter() if local(one) == "varequal"
        )

    # ---- Words -----------------------------------------------------------------------------------------

    def _remark(self, code: str, **facts: Any) -> None:
        if len(self.remarks) > MOST_REMARKS or (code, facts) in self.remarks:
            return
        self.remarks.append((code, facts) if len(self.remarks) < MOST_REMARKS else ("qti.more_remarks", {}))

    def _stem(self) -> Text:
        assert self.shown is not None  # noqa: S101  (asked for before)
        found = Text()
        for material in _above(self.shown, lambda one: local(one) in _ASKED):
            found = joined(found, self._material(material))
        if found.as_json():
            return found
        title = " ".join(self.item.get("title", "").split())
        self._remark("qti.title_as_stem")
        return Text("", title) if title.isascii() else Text(title, "")

    def _words(self, element: Element, *, inline: bool = False) -> Text:
        found = Text()
        for material in (one for one in element.iter() if local(one) == "material"):
            found = joined(found, self._material(material, inline=inline))
        return found

    def _material(self, material: Element, *, inline: bool = False) -> Text:
        found = Text()
        for one in material:
            words = (one.text or "")[:200_000]
            if local(one) == "mattext":
                html = "html" in one.get("texttype", "") or re.search(r"<[a-zA-Z/]", words) is not None
                nodes = (
                    children(tree_of(cleaned(words, schemes={"http", "https"}, more=_IMAGES)))
                    if html
                    else [words]
                )
                found = joined(
                    found, xhtml.text_of(nodes, self._place, one.get(XML_LANG, self.language), inline=inline)
                )
            elif local(one) == "matimage":
                found = joined(found, Text("", self._picture(one.get("uri", ""), "")))
            elif local(one):
                self._remark("qti.part_left", name=f"{local(one)} {one.get('uri', '')}".strip()[:100])
        return found

    def _place(self, element: Element) -> str | None:
        if local(element) != "img":
            return None
        return self._picture(element.get("src", ""), element.get("alt", ""))

    def _picture(self, source: str, words: str) -> str:
        place = re.sub(r"^(?:\$|%24)IMS[-_]CC[-_]FILEBASE(?:\$|%24)/?", "", source).partition("?")[0]
        words = re.sub(r"[\[\]\\]", "", words)
        try:
            return f"![{words}](picture:{self.mark(place)})"
        except NotUnderstood as fault:
            self._remark(fault.code, **fault.facts)
            return words


_IMAGES: dict[str, set[str]] = {"img": {"src", "alt"}, "b": set(), "i": set(), "div": set(), "span": set()}


def _above(element: Element, stop: Callable[[Element], bool]) -> Iterator[Element]:
    """Material that asks, without that of the choices below it; the prompt of a choice comes with it."""
    for one in element:
        if local(one) == "material":
            yield one
        elif stop(one):
            yield from (inner for inner in one if local(inner) == "material")
        else:
            yield from _above(one, stop)


def _asked_for(condition: Element) -> list[str]:
    """Values of a condition, leaving out what stands under a `not`."""
    found = []
    for one in condition:
        if local(one) in ("varequal", "varsubstring"):
            found.append((one.text or "").strip())
        elif local(one) != "not":
            found += _asked_for(one)
    return [value for value in found if value]


def _word(element: Element, name: str) -> str:
    return next(((one.text or "").strip() for one in element if local(one) == name), "")


def _figure(text: str | None) -> Decimal:
    text = (text or "").strip()
    return Decimal(text) if re.fullmatch(r"-?\d{1,6}(?:\.\d{1,6})?", text) else Decimal(0)


def _points(text: str) -> Decimal:
    points = round(_figure(text), 2)
    return points if 0 < points <= 1000 else Decimal(1)
