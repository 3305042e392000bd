"""Each interaction of QTI as a kind of the bank with its key; one that the bank has no kind for is marked by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element  # noqa: S405  (parsing is defusedxml's)

from craftpath.delivery.exchange.exams import qti_pairs, qti_places, xhtml
from craftpath.delivery.exchange.exams.qti_body import Body, NotUnderstood
from craftpath.delivery.exchange.exams.qti_keys import Keys, said
from craftpath.delivery.exchange.exams.qti_values import typed
from craftpath.delivery.exchange.xml_in import local
from craftpath.domain.exams.faults import KEY, MOST_VARIANTS
from craftpath.engines.scoring import Kind, read_number
from craftpath.values.text import Text

SILENT = frozenset({"endAttemptInteraction", "mediaInteraction"})
"""Interactions that ask for no answer."""
_FILES = frozenset({"uploadInteraction", "drawingInteraction"})
Row = dict[str, Any]
Found = tuple[Kind, Row]


class Kinds:
    """What answers an interaction, in kinds of the bank."""

    def __init__(self, body: Body, keys: Keys, extras: Mapping[str, Any]) -> None:
        self.body, self.keys, self.extras = body, keys, extras
        self.renamed: dict[str, str] = {}

    def of(self, found: list[Element]) -> Found:
        """The kind of one interaction, or of several that are answered as one."""
        name = local(found[0])
        make: dict[str, Callable[[list[Element]], Found | None]] = {
            "choiceInteraction": self._choice,
            "inlineChoiceInteraction": self._inline,
            "hottextInteraction": self._hottext,
            "textEntryInteraction": self._entries,
            "extendedTextInteraction": self._essay,
            "sliderInteraction": self._slider,
            "matchInteraction": self._match,
            "associateInteraction": self._associate,
            "gapMatchInteraction": self._gaps,
            "graphicGapMatchInteraction": self._graphic_gaps,
            "graphicAssociateInteraction": self._graphic_associate,
            "orderInteraction": self._order,
            "graphicOrderInteraction": self._graphic_order,
            "hotspotInteraction": lambda found: qti_places.hotspot(
                self.body, self.keys, found[0], self.extras, self.key
            ),
            "selectPointInteraction": lambda found: qti_places.point(self.body, self.keys, found[0], None),
            "positionObjectInteraction": self._position,
            "uploadInteraction": self._essay,
            "drawingInteraction": self._essay,
        }
        understood = make[name](found) if name in make else None
        if understood is None:
            self.body.remark(
                "qti.by_hand", names=", ".join(sorted({self._called(one) for one in found}))[:120]
            )
            return Kind.ESSAY, {"file": False, "lines": 0, "guide": self._guide()}
        return understood

    @staticmethod
    def _called(element: Element) -> str:
        kind = element.get("customInteractionTypeIdentifier") or element.get("class", "")
        return f"{local(element)} {kind}".strip()[:80]

    # ---- Rows and keys ---------------------------------------------------------------------------------

    def key(self, element: Element) -> str:
        """The identifier of a choice; one that the bank cannot keep gets another, in its answers as well."""
        key = element.get("identifier", "")
        if KEY.match(key):
            return key
        if not key or re.search(r"\s", key):
            raise NotUnderstood("qti.identifier", name=key[:40])
        return self.renamed.setdefault(key, f"k_{len(self.renamed) + 1}")

    def right(self, element: Element) -> list[str]:
        """What is right of an interaction, by its key, its mapping or its processing."""
        name = element.get("responseIdentifier", "")
        found = self.keys.right(name)
        if not found:
            mapped = self.keys.mapped(name)
            best = max((worth for _, worth, _ in mapped), default=0)
            declared = self.keys.declared.get(name)
            one = declared is None or declared.get("cardinality", "single") == "single"
            found = [key for key, worth, _ in mapped if worth > 0 and (worth == best or not one)][
                : 1 if one else None
            ]
            if one and len({worth for _, worth, _ in mapped if worth > 0}) > 1:
                self.body.remark("qti.counts_otherwise")
        elif self.keys.weighs(name):
            self.body.remark("qti.counts_otherwise")
        return [" ".join(self.renamed.get(part, part) for part in value.split(" ")) for value in found]

    def rows(self, parent: Element, *names: str, deep: bool = False) -> list[Row]:
        """Choices with their words; one without any is called as the file calls it."""
        found = []
        for element in parent.iter() if deep else parent:
            if local(element) not in names:
                continue
            text, key = self.body.said(element, inline=True), self.key(element)
            if not text.as_json():
                called = element.get("matchLabel") or element.get("aria-label") or element.get("identifier")
                text = Text("", (called or "")[:100])
                self.body.remark("qti.choice_named")
            own = self.extras.get("text")
            rows = own.get("rows") if isinstance(own, dict) else None
            text = xhtml.adopted(text, rows.get(key) if isinstance(rows, dict) else None)
            found.append({"key": key, "text": text.as_json()})
        return found

    def _pairs(self, element: Element) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for value in self.right(element):
            ends = value.split()
            if len(ends) != 2:
                continue
            if (ends[0], ends[1]) in found:  # the same thing several times in one place
                self.body.remark("qti.counts_otherwise")
            else:
                found.append((ends[0], ends[1]))
        return found

    # ---- Choices ---------------------------------------------------------------------------------------

    def _choice(self, found: list[Element]) -> Found:
        element = found[0]
        options, name = self.rows(element, "simpleChoice"), element.get("responseIdentifier", "")
        right = self.right(element)
        if [row["key"] for row in options] == ["true", "false"]:
            return Kind.TRUE_FALSE, {"right": right}
        declared = self.keys.declared.get(name)
        single = (
            declared is None or declared.get("cardinality") == "single" or element.get("maxChoices") == "1"
        )
        if single and len(right) > 1:
            single = False
        return (Kind.SINGLE if single else Kind.MULTIPLE), {"options": options, "right": right}

    def _inline(self, found: list[Element]) -> Found:
        self.body.remark("qti.inline_as_single")
        return Kind.SINGLE, {"options": self.rows(found[0], "inlineChoice"), "right": self.right(found[0])}

    def _hottext(self, found: list[Element]) -> Found:
        element = found[0]
        options, right = self.rows(element, "hottext", deep=True), self.right(element)
        declared = self.keys.declared.get(element.get("responseIdentifier", ""))
        single = (declared is None or declared.get("cardinality") == "single") and len(right) < 2
        self.body.remark("qti.hottext_as_options")
        return (Kind.SINGLE if single else Kind.MULTIPLE), {"options": options, "right": right}

    # ---- Written answers -------------------------------------------------------------------------------

    def _entries(self, found: list[Element]) -> Found:
        first = found[0].get("responseIdentifier", "")
        declared = self.keys.declared.get(first)
        base = declared.get("baseType", "string") if declared is not None else "string"
        if len(found) == 1 and (base in ("float", "integer") or self.extras.get("kind") == "numeric"):
            return Kind.NUMERIC, self._number(found[0])
        return Kind.SHORT, self._blanks(found)

    def _blanks(self, found: list[Element]) -> Row:
        blanks, case_counts = [], []
        for number, element in enumerate(found, start=1):
            name = element.get("responseIdentifier", "")
            mapped = self.keys.mapped(name)
            right = self.keys.right(name)
            best = max((worth for _, worth, _ in mapped), default=0)
            worths = dict.fromkeys(worth for _, worth, _ in mapped if worth > 0)
            accepted = [
                *right,
                *self._figures(name, right),
                *self.keys.variants.get(name, []),
                *(key for key, worth, _ in mapped if 0 < worth == best and key),
            ]
            if len(worths) > 1:
                self.body.remark("qti.counts_otherwise")
            case_counts += [sensitive for _, _, sensitive in mapped]
            key = name.removeprefix("RESPONSE_") if re.fullmatch(r"RESPONSE_\d{1,2}", name) else str(number)
            blanks.append({"key": key, "accepted": list(dict.fromkeys(accepted))[:MOST_VARIANTS]})
        own = self.extras.get("fold")
        fold = own if isinstance(own, dict) else {"case": bool(case_counts) and not any(case_counts)}
        return {
            "blanks": blanks,
            "fold": {name: bool(fold.get(name, True)) for name in ("case", "width", "space")},
        }

    def _figures(self, name: str, right: list[str]) -> list[str]:
        """Figures as short as they can be written, since a blank compares letters: `4.0` is right as `4` as well."""
        declared = self.keys.declared.get(name)
        if declared is None or declared.get("baseType") not in ("float", "integer"):
            return []
        return [word for text in right for word in said([typed(text, "float")])]

    def _number(self, element: Element) -> Row:
        name = element.get("responseIdentifier", "")
        value = next(iter(self.keys.right(name)), "") or next(
            (key for key, worth, _ in self.keys.mapped(name) if worth > 0), ""
        )
        tolerance, percent = "0", False
        for equal in (one for one in self.body.root.iter() if local(one) in ("equal", "equalRounded")):
            if not any(one.get("identifier") == name for one in equal.iter()):
                continue
            if equal.get("toleranceMode") in ("absolute", "relative"):
                percent = equal.get("toleranceMode") == "relative"
                tolerance = max(
                    (equal.get("tolerance") or "0").split() or ["0"], key=lambda text: read_number(text) or 0
                )
            elif local(equal) == "equalRounded" and equal.get("roundingMode") == "decimalPlaces":
                places = qti_places.whole(equal.get("figures", "0"))
                tolerance = f"0.{'0' * places}5" if places < 9 else "0"
            break
        tolerance = tolerance if read_number(tolerance) is not None else "0"
        unit = self.extras.get("unit")
        if not isinstance(unit, str):
            assert self.body.element is not None  # noqa: S101  (asked for before)
            inside = any(
                element in list(one) for one in self.body.element.iter() if one.get("class") == "answers"
            )
            unit = (element.tail or "").strip() if inside else ""
        return {"value": value, "tolerance": tolerance, "percent": percent, "unit": unit[:20]}

    def _slider(self, found: list[Element]) -> Found:
        self.body.remark("qti.slider_as_number")
        return Kind.NUMERIC, self._number(found[0])

    def _essay(self, found: list[Element]) -> Found:
        name = found[0].get("responseIdentifier", "")
        long = len(found) == 1 and local(found[0]) == "extendedTextInteraction"
        if (
            long
            and self.keys.right(name)
            and any(local(one) == "responseProcessing" for one in self.body.root)
        ):
            self.body.remark("qti.text_as_blank")
            return Kind.SHORT, self._blanks(found)
        lines = max((qti_places.whole(one.get("expectedLines", "")) for one in found), default=0)
        file = bool(self.extras.get("file")) or any(local(one) in _FILES for one in found)
        if any(local(one) == "drawingInteraction" for one in found):
            self.body.remark("qti.drawing_as_file")
        return Kind.ESSAY, {"file": file, "lines": min(lines, 200), "guide": self._guide()}

    def _guide(self) -> Row:
        own = self.extras.get("text")
        return xhtml.adopted(self.body.guide(), own.get("guide") if isinstance(own, dict) else None).as_json()

    # ---- Pairs and orders ------------------------------------------------------------------------------

    def _match(self, found: list[Element]) -> Found | None:
        element = found[0]
        sets = [one for one in element if local(one) == "simpleMatchSet"]
        if len(sets) != 2:
            raise NotUnderstood("qti.match_sets")
        left, right = (self.rows(one, "simpleAssociableChoice") for one in sets)
        own = self.extras.get("kind") == Kind.MATCHING.value
        return qti_pairs.directed(self.body, left, right, self._pairs(element), own=own)

    def _associate(self, found: list[Element]) -> Found | None:
        return qti_pairs.undirected(
            self.body, self.rows(found[0], "simpleAssociableChoice"), self._pairs(found[0])
        )

    def _graphic_associate(self, found: list[Element]) -> Found | None:
        rows = qti_places.named_places(self.body, found[0], "associableHotspot", self.key)
        return qti_pairs.undirected(self.body, rows, self._pairs(found[0]))

    def _gaps(self, found: list[Element]) -> Found | None:
        element = found[0]
        gaps = [one for one in element.iter() if local(one) == "gap"]
        left = []
        for number, gap in enumerate(gaps, start=1):
            gap.set("data-number", str(number))
            left.append({"key": self.key(gap), "text": {"zh": f"第{number}空", "en": f"Gap {number}"}})
        right = self.rows(element, "gapText", "gapImg")
        pairs = [(gap, word) for word, gap in self._pairs(element)]
        return qti_pairs.directed(self.body, left, right, pairs)

    def _graphic_gaps(self, found: list[Element]) -> Found | None:
        element = found[0]
        left = qti_places.named_places(self.body, element, "associableHotspot", self.key)
        right = self.rows(element, "gapText", "gapImg")
        pairs = [(place, word) for word, place in self._pairs(element)]
        return qti_pairs.directed(self.body, left, right, pairs)

    def _order(self, found: list[Element]) -> Found:
        return self._ordered(self.rows(found[0], "simpleChoice"), self.right(found[0]))

    def _graphic_order(self, found: list[Element]) -> Found:
        return self._ordered(
            qti_places.named_places(self.body, found[0], "hotspotChoice", self.key), self.right(found[0])
        )

    def _ordered(self, entries: list[Row], order: list[str]) -> Found:
        if not order or sorted(order) == sorted(row["key"] for row in entries):
            return Kind.ORDERING, {"entries": entries, "order": order}
        places: list[Row] = [
            {"key": f"PLACE{n}", "text": {"zh": f"第{n}个", "en": f"Number {n}"}}
            for n in range(1, len(order) + 1)
        ]
        pairs = [(row["key"], key) for row, key in zip(places, order, strict=True)]
        self.body.remark("qti.order_as_pairs")
        found = qti_pairs.directed(self.body, places, entries, pairs)
        return found if found is not None else (Kind.ORDERING, {"entries": entries, "order": []})

    def _position(self, found: list[Element]) -> Found | None:
        stages = [
            one
            for one in self.body.root.iter()
            if local(one) == "positionObjectStage" and found[0] in list(one)
        ]
        return qti_places.point(self.body, self.keys, found[0], stages[0] if stages else None)
