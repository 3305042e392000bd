"""One QTI item, in the names of 2.2, as content of the bank: by the interaction that it has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree.ElementTree import Element  # noqa: S405  (parsing is defusedxml's)

from craftpath.delivery.exchange.authored.markdown import children
from craftpath.delivery.exchange.exams import xhtml
from craftpath.delivery.exchange.xml_in import XML_LANG, local
from craftpath.domain.exams.content import MOST_POINTS, Content
from craftpath.domain.exams.faults import KEY, faults
from craftpath.engines.scoring import RULES, Kind, Rule, read_number
from craftpath.values.text import Text

_CARRIED = frozenset(
    [
        "choiceInteraction",
        "textEntryInteraction",
        "extendedTextInteraction",
        "uploadInteraction",
        "matchInteraction",
        "orderInteraction",
        "hotspotInteraction",
        "inlineChoiceInteraction",
    ]
)
_ENTRIES = frozenset({"textEntryInteraction", "inlineChoiceInteraction"})
_NOT_SAID = frozenset(
    {
        "rubricBlock",
        "feedbackBlock",
        "feedbackInline",
        "templateBlock",
        "templateInline",
        "stylesheet",
        "positionObjectStage",
    }
)
Mark = Callable[[str], str]


class NotUnderstood(Exception):  # noqa: N818  (an answer, not a fault)
    """Why an item is not taken: a code and the values of its sentence."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def read_item(root: Element, extras: Mapping[str, Any], mark: Mark) -> tuple[Content, list[str]]:
    """What an item says, and what is to be remarked; `NotUnderstood` if the bank has no kind that carries it."""
    reader = _Item(root, extras, mark)
    content = reader.read()
    wrong = faults(content)
    if wrong:
        raise NotUnderstood(wrong[0].code, **wrong[0].facts)
    return content, reader.remarks


class _Item:
    def __init__(self, root: Element, extras: Mapping[str, Any], mark: Mark) -> None:
        self.root, self.extras, self.mark = root, extras, mark
        self.remarks: list[str] = []
        self.language = root.get(XML_LANG, "")
        self.body = next((one for one in root if local(one) == "itemBody"), None)
        self.declared = {
            one.get("identifier", ""): one for one in root if local(one) == "responseDeclaration"
        }
        self.guides: list[Element] = []

    def read(self) -> Content:
        if self.body is None:
            raise NotUnderstood("qti.no_body")
        found = [one for one in self.body.iter() if local(one).endswith("Interaction")]
        strange = sorted({local(one) for one in found} - _CARRIED)
        if strange:
            raise NotUnderstood("qti.interaction_unknown", names=", ".join(strange)[:120])
        if any(local(one) == "templateDeclaration" for one in self.root):
            raise NotUnderstood("qti.templates")
        if not found:
            raise NotUnderstood("qti.no_interaction")
        names = {local(one) for one in found}
        if (
            len(found) > 1
            and names != {"textEntryInteraction"}
            and names != {"extendedTextInteraction", "uploadInteraction"}
        ):
            raise NotUnderstood("qti.several_interactions", names=", ".join(sorted(names))[:120])
        return self._content(found)

    def _content(self, found: list[Element]) -> Content:
        first = found[0]
        name = local(first)
        make: dict[str, Callable[[list[Element]], tuple[Kind, dict[str, Any]]]] = {
            "choiceInteraction": self._choice,
            "textEntryInteraction": self._entries,
            "matchInteraction": self._match,
            "extendedTextInteraction": self._essay,
            "uploadInteraction": self._essay,
            "orderInteraction": self._order,
            "hotspotInteraction": self._hotspot,
            "inlineChoiceInteraction": self._inline,
        }
        stem = xhtml.adopted(self._stem(), self._source("stem"))
        kind, details = make[name](found)
        points = self._points()
        return Content(
            kind=kind,
            stem=stem,
            details=details,
            points=points,
            rule=self._rule(kind),
            explanation=xhtml.adopted(self._explanation(), self._source("explanation")),
        )

    def _source(self, name: str) -> Any:
        """What the bank wrote beside the item, if it did."""
        own = self.extras.get("text")
        return own.get(name) if isinstance(own, dict) else None

    # ---- Texts -----------------------------------------------------------------------------------------

    def _place(self, element: Element) -> str | None:
        """What is not plain text: fields become blanks, pictures their marks, notes for markers stand elsewhere."""
        name = local(element)
        if name in _NOT_SAID:
            if name == "rubricBlock" and element not in self.guides:
                self.guides.append(element)
            return ""
        if name in _ENTRIES:
            return "____"
        if name.endswith("Interaction"):
            prompt = next((one for one in element if local(one) == "prompt"), None)
            if prompt is None:
                return ""
            said = xhtml.text_of(children(prompt), self._place, self.language)
            return said.zh or said.en
        if element.get("class") == "answers":
            return ""
        if name == "img":
            words = re.sub(r"[\[\]\\]", "", element.get("alt", ""))
            return f"![{words}](picture:{self.mark(element.get('src', ''))})"
        return None

    def _said(self, element: Element, *, inline: bool = False) -> Text:
        nodes = [one for one in children(element) if isinstance(one, str) or local(one) not in _NOT_SAID]
        return xhtml.text_of(nodes, self._place, self.language, inline=inline)

    def _stem(self) -> Text:
        assert self.body is not None  # noqa: S101  (asked for before)
        return xhtml.text_of(children(self.body), self._place, self.language)

    def _explanation(self) -> Text:
        found = Text()
        for feedback in (one for one in self.root if local(one) == "modalFeedback"):
            said = self._said(_inner(feedback))
            found = Text(
                "\n\n".join(filter(None, (found.zh, said.zh))), "\n\n".join(filter(None, (found.en, said.en)))
            )
        return found

    # ---- Figures ---------------------------------------------------------------------------------------

    def _correct(self, name: str) -> list[str]:
        declared = self.declared.get(name)
        if declared is None:
            return []
        return [
            (value.text or "").strip()
            for values in declared
            if local(values) == "correctResponse"
            for value in values
            if (value.text or "").strip()
        ]

    def _mapped(self, name: str) -> list[tuple[str, Decimal, bool]]:
        declared = self.declared.get(name)
        found = []
        for mapping in declared if declared is not None else ():
            if local(mapping) == "mapping":
                for entry in mapping:
                    value = _decimal(entry.get("mappedValue", "0")) or Decimal(0)
                    found.append(
                        (entry.get("mapKey", ""), value, entry.get("caseSensitive", "true") == "true")
                    )
        return found

    def _points(self) -> Decimal:
        """MAXSCORE, else the most that SCORE is said to reach, else what the mappings come to, else 1."""
        outcomes = {one.get("identifier", ""): one for one in self.root if local(one) == "outcomeDeclaration"}
        said: Decimal | None = None
        if "MAXSCORE" in outcomes:
            said = next(
                (
                    _decimal(value.text or "")
                    for value in outcomes["MAXSCORE"].iter()
                    if local(value) == "value"
                ),
                None,
            )
        if said is None and "SCORE" in outcomes:
            said = _decimal(outcomes["SCORE"].get("normalMaximum", ""))
        if said is None:
            sums = [
                sum((value for _, value, _ in self._mapped(name) if value > 0), Decimal(0))
                for name in self.declared
            ]
            said = max([*sums, *self._set_scores()], default=Decimal(0))
        points = round(said, 2) if said else Decimal(1)
        return points if 0 < points <= MOST_POINTS else Decimal(1)

    def _set_scores(self) -> list[Decimal]:
        found = []
        for value in (one for one in self.root.iter() if local(one) == "setOutcomeValue"):
            if value.get("identifier") == "SCORE" and len(value) and local(value[0]) == "baseValue":
                figure = _decimal(value[0].text or "")
                if figure is not None:
                    found.append(figure)
        return found

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

    # ---- Kinds -----------------------------------------------------------------------------------------

    def _rows(self, parent: Element, name: str) -> list[dict[str, Any]]:
        rows = []
        for element in (one for one in parent if local(one) == name):
            text = self._said(element, inline=True)
            if any(local(one) == "img" for one in element.iter()) and not text.as_json():
                raise NotUnderstood("qti.empty_choice")
            key = _key(element)
            own = self._source("rows")
            text = xhtml.adopted(text, own.get(key) if isinstance(own, dict) else None)
            rows.append({"key": key, "text": text.as_json()})
        return rows

    def _choice(self, found: list[Element]) -> tuple[Kind, dict[str, Any]]:
        element = found[0]
        options, name = self._rows(element, "simpleChoice"), element.get("responseIdentifier", "")
        right = self._correct(name) or [key for key, value, _ in self._mapped(name) if value > 0]
        if [row["key"] for row in options] == ["true", "false"]:
            return Kind.TRUE_FALSE, {"right": right}
        declared = self.declared.get(name)
        single = (
            declared is None or declared.get("cardinality") == "single" or element.get("maxChoices") == "1"
        )
        return (Kind.SINGLE if single else Kind.MULTIPLE), {"options": options, "right": right}

    def _inline(self, found: list[Element]) -> tuple[Kind, dict[str, Any]]:
        options = self._rows(found[0], "inlineChoice")
        self.remarks.append("qti.inline_as_single")
        return Kind.SINGLE, {
            "options": options,
            "right": self._correct(found[0].get("responseIdentifier", "")),
        }

    def _entries(self, found: list[Element]) -> tuple[Kind, dict[str, Any]]:
        first = found[0].get("responseIdentifier", "")
        declared = self.declared.get(first)
        base = declared.get("baseType", "string") if declared is not None else "string"
        if len(found) == 1 and (base in ("float", "integer") or self.extras.get("kind") == "numeric"):
            return Kind.NUMERIC, self._number(first)
        blanks = []
        case_counts = []
        for number, element in enumerate(found, start=1):
            name = element.get("responseIdentifier", "")
            mapped = self._mapped(name)
            accepted = list(
                dict.fromkeys([*self._correct(name), *(key for key, value, _ in mapped if value > 0 and key)])
            )
            case_counts += [sensitive for _, _, sensitive in mapped]
            key = name.removeprefix("RESPONSE_") if re.fullmatch(r"RESPONSE_\d{1,2}", name) else str(number)
            blanks.append({"key": key, "accepted": accepted})
        fold = self.extras.get("fold")
        said = fold if isinstance(fold, dict) else {"case": bool(case_counts) and not any(case_counts)}
        return Kind.SHORT, {
            "blanks": blanks,
            "fold": {name: bool(said.get(name, True)) for name in ("case", "width", "space")},
        }

    def _number(self, name: str) -> dict[str, Any]:
        value = next(iter(self._correct(name)), "")
        tolerance, percent = "0", False
        equal = next((one for one in self.root.iter() if local(one) == "equal"), None)
        if equal is not None and equal.get("toleranceMode") in ("absolute", "relative"):
            percent = equal.get("toleranceMode") == "relative"
            tolerance = next(iter((equal.get("tolerance") or "0").split()), "0")
        tolerance = tolerance if read_number(tolerance) is not None else "0"
        unit = self.extras.get("unit")
        if not isinstance(unit, str):
            assert self.body is not None  # noqa: S101  (asked for before)
            field = next(one for one in self.body.iter() if local(one) == "textEntryInteraction")
            held = any(field in list(one) for one in self.body.iter() if one.get("class") == "answers")
            unit = (field.tail or "").strip() if held else ""
        return {"value": value, "tolerance": tolerance, "percent": percent, "unit": unit[:20]}

    def _match(self, found: list[Element]) -> tuple[Kind, dict[str, Any]]:
        element = found[0]
        sets = [one for one in element if local(one) == "simpleMatchSet"]
        if len(sets) != 2:
            raise NotUnderstood("qti.match_sets")
        left, right = (self._rows(one, "simpleAssociableChoice") for one in sets)
        name = element.get("responseIdentifier", "")
        pairs: dict[str, str] = {}
        for pair in self._correct(name) or [key for key, value, _ in self._mapped(name) if value > 0]:
            ends = pair.split()
            if len(ends) != 2 or ends[0] in pairs:
                raise NotUnderstood("qti.match_many")
            pairs[ends[0]] = ends[1]
        return Kind.MATCHING, {"left": left, "right_side": right, "pairs": pairs}

    def _order(self, found: list[Element]) -> tuple[Kind, dict[str, Any]]:
        return Kind.ORDERING, {
            "entries": self._rows(found[0], "simpleChoice"),
            "order": self._correct(found[0].get("responseIdentifier", "")),
        }

    def _hotspot(self, found: list[Element]) -> tuple[Kind, dict[str, Any]]:
        element = found[0]
        held = next((one for one in element if local(one) in ("object", "img")), None)
        if held is None:
            raise NotUnderstood("exams.picture_missing")
        names, places = self.extras.get("names"), self.extras.get("at")
        regions = []
        for number, choice in enumerate((one for one in element if local(one) == "hotspotChoice"), start=1):
            shape = choice.get("shape", "")
            if shape not in ("rect", "circle"):
                raise NotUnderstood("qti.shape_unknown", shape=shape[:20])
            key = _key(choice)
            label = choice.get("hotspotLabel") or str(number)
            name = names.get(key) if isinstance(names, dict) else None
            at = [figure.strip() for figure in choice.get("coords", "").split(",")]
            own = places.get(key) if isinstance(places, dict) else None
            if isinstance(own, list) and all(isinstance(one, str) for one in own) and own == at:
                at = own
            side = "en" if label.isascii() and not self.language.startswith("zh") else "zh"
            regions.append(
                {
                    "key": key,
                    "name": Text.of(name).as_json() if isinstance(name, dict) else {side: label[:100]},
                    "shape": shape,
                    "at": at,
                }
            )
        width, height = (_whole(held.get(side, "")) for side in ("width", "height"))
        right = self._correct(element.get("responseIdentifier", ""))
        picture = self.mark(held.get("data") or held.get("src") or "")
        return Kind.HOTSPOT, {
            "picture": picture,
            "width": width,
            "height": height,
            "regions": regions,
            "right": right,
        }

    def _essay(self, found: list[Element]) -> tuple[Kind, dict[str, Any]]:
        guide = Text()
        for block in self.guides:
            said = xhtml.text_of(children(_inner(block)), self._place, self.language)
            guide = Text(
                "\n\n".join(filter(None, (guide.zh, said.zh))), "\n\n".join(filter(None, (guide.en, said.en)))
            )
        lines = max((_whole(one.get("expectedLines", "")) for one in found), default=0)
        file = bool(self.extras.get("file")) or any(local(one) == "uploadInteraction" for one in found)
        guide = xhtml.adopted(guide, self._source("guide"))
        return Kind.ESSAY, {"file": file, "lines": min(lines, 200), "guide": guide.as_json()}


def _inner(element: Element) -> Element:
    """The content of a block of 3.0 stands in an element of its own."""
    inside = [one for one in element if isinstance(one.tag, str)]
    return inside[0] if len(inside) == 1 and local(inside[0]) == "contentBody" else element


def _key(element: Element) -> str:
    key = element.get("identifier", "")
    if not KEY.match(key):
        raise NotUnderstood("qti.identifier", name=key[:40])
    return key


def _decimal(text: str) -> Decimal | None:
    try:
        figure = Decimal(text.strip()) if len(text) <= 30 else None
    except InvalidOperation:
        return None
    return figure if figure is not None and figure.is_finite() and abs(figure) < 10**9 else None


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
