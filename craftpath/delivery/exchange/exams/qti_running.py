"""The processing of an item followed once: its figures drawn, and what an answer to it is worth by its own rules.

Used while an item is taken in, to learn its key and its points; the bank counts by its own rules afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any
from xml.etree.ElementTree import Element  # noqa: S405  (parsing is defusedxml's)

from craftpath.delivery.exchange.exams.qti_expressions import Values
from craftpath.delivery.exchange.exams.qti_values import STUMBLES, CannotTell, declared_values, held, same
from craftpath.delivery.exchange.xml_in import local

_DRAWS = 200
_STEPS = 300_000
_COMPARISONS, _NEAR = 500, 60
_COMPARED = frozenset({"match", "equal", "equalRounded", "stringMatch", "substring", "member"})


class _Exit(Exception):  # noqa: N818  (the way that QTI ends a processing)
    """A processing that says it is done."""


class Running:
    """One item, its template drawn; `right` says what is declared right, response by response."""

    def __init__(self, root: Element) -> None:
        self.root = root
        kinds = ("responseDeclaration", "outcomeDeclaration", "templateDeclaration")
        self.declared = {one.get("identifier", ""): one for one in root if local(one) in kinds}
        self.responses = {
            name: one for name, one in self.declared.items() if local(one) == "responseDeclaration"
        }
        self.seed = root.get("identifier", "")
        self.left = [_STEPS]
        self.drawn = self._drawn()
        self.right = self.drawn.correct

    @property
    def processing(self) -> Element | None:
        """What turns an answer into a score, if the item has it."""
        return next((one for one in self.root if local(one) == "responseProcessing"), None)

    # ---- Templates -------------------------------------------------------------------------------------

    def _fresh(self, seed: str) -> Values:
        values = Values(self.declared, seed, self.left)
        for name, one in self.declared.items():
            values.held[name] = held(one, declared_values(one, "defaultValue"))
            if local(one) == "outcomeDeclaration" and values.held[name] is None:
                values.held[name] = 0.0 if one.get("baseType") in ("float", "integer") else None
        for name, one in self.responses.items():
            values.correct[name] = held(one, declared_values(one, "correctResponse"))
        return values

    def _drawn(self) -> Values:
        template = next((one for one in self.root if local(one) == "templateProcessing"), None)
        if template is None:
            return self._fresh(self.seed)
        for number in range(_DRAWS):
            values = self._fresh(f"{self.seed} {number}")
            try:
                if self._template(list(template), values):
                    return values
            except _Exit:
                return values
        raise CannotTell("templateConstraint")

    def _template(self, rules: list[Element], values: Values) -> bool:
        """Carry out rules; False where a constraint wants the figures to be drawn again."""
        for rule in rules:
            self._counted()
            name = local(rule)
            if name == "templateCondition":
                if not self._template(_branch(rule, values), values):
                    return False
            elif name == "templateConstraint":
                if not values.truth(_inside(rule)):
                    return False
            elif name in ("setTemplateValue", "setDefaultValue"):
                values.held[rule.get("identifier", "")] = self._cast(rule, values.of(_inside(rule)))
            elif name == "setCorrectResponse":
                values.correct[rule.get("identifier", "")] = self._cast(rule, values.of(_inside(rule)))
            elif name == "exitTemplate":
                raise _Exit
            elif name:
                raise CannotTell(name)
        return True

    def _cast(self, rule: Element, value: Any) -> Any:
        declaration = self.declared.get(rule.get("identifier", ""))
        whole = isinstance(value, float) and value == int(value)
        return (
            int(value)
            if whole and declaration is not None and declaration.get("baseType") == "integer"
            else value
        )

    # ---- Responses -------------------------------------------------------------------------------------

    def score(self, given: Mapping[str, Any]) -> float:
        """SCORE of an answer, response by response; `CannotTell` where the processing is not one we follow."""
        values = Values(self.declared, self.seed, self.left)
        values.held = dict(self.drawn.held)
        values.correct = self.right
        for name in self.responses:
            values.held[name] = given.get(name)
        processing = self.processing
        if processing is None:
            raise CannotTell("responseProcessing")
        template = processing.get("template", "") or processing.get("templateLocation", "")
        if len(processing) == 0 and template:
            return self._by_template(template, values)
        try:
            self._process(list(processing), values)
        except _Exit:
            pass
        except RecursionError:
            raise CannotTell("responseProcessing") from None
        return self._scored(values)

    def _scored(self, values: Values) -> float:
        outcomes = [name for name, one in self.declared.items() if local(one) == "outcomeDeclaration"]
        name = "SCORE" if "SCORE" in outcomes else next((one for one in outcomes if "SCORE" in one), "SCORE")
        value = values.held.get(name)
        return float(value) if isinstance(value, int | float) else 0.0

    def _by_template(self, template: str, values: Values) -> float:
        name = next(iter(self.responses), "RESPONSE")
        name = "RESPONSE" if "RESPONSE" in self.responses else name
        ask = Element("x", {"identifier": name})
        if "map_response_point" in template:
            return float(values.mapped_points(ask))
        if "map_response" in template:
            return float(values.mapped(ask))
        if "match" in template:
            most = values.held.get("MAXSCORE") if "CC2" in template else 1.0
            right = values.right(ask)
            return float(most or 1.0) if right is not None and same(values.variable(ask), right) else 0.0
        raise CannotTell(template[-40:])

    def _process(self, rules: list[Element], values: Values) -> None:
        for rule in rules:
            self._counted()
            name = local(rule)
            if name == "responseCondition":
                self._process(_branch(rule, values), values)
            elif name == "setOutcomeValue":
                values.held[rule.get("identifier", "")] = values.of(_inside(rule))
            elif name == "lookupOutcomeValue":
                values.held[rule.get("identifier", "")] = self._looked_up(rule, values.of(_inside(rule)))
            elif name == "responseProcessingFragment":
                self._process(list(rule), values)
            elif name == "exitResponse":
                raise _Exit
            elif name:
                raise CannotTell(name)

    def _looked_up(self, rule: Element, value: Any) -> Any:
        declaration = self.declared.get(rule.get("identifier", ""))
        tables = (
            [one for one in declaration if local(one).endswith("Table")] if declaration is not None else []
        )
        if value is None or not tables:
            return None
        for entry in tables[0]:
            at, figure = float(entry.get("sourceValue", "0") or 0), float(value)
            reached = figure >= at if local(tables[0]) == "interpolationTable" else figure == at
            if reached:
                return float(entry.get("targetValue", "0") or 0)
        return float(tables[0].get("defaultValue", "0") or 0)

    def _counted(self) -> None:
        self.left[0] -= 1
        if self.left[0] < 0:
            raise CannotTell("too long")

    # ---- What the processing compares an answer with ---------------------------------------------------

    def compared_with(self, name: str) -> list[Any]:
        """Values that the processing compares a response with: where no key is declared, one of them is it."""
        found: list[Any] = []
        processing = self.processing
        comparing = (
            one for one in (processing.iter() if processing is not None else ()) if local(one) in _COMPARED
        )
        for element in islice(comparing, _COMPARISONS):
            sides = [one for one in element if local(one)]
            mine = [one for one in sides if _asks(one, name)]
            if len(sides) == 2 and len(mine) == 1:
                other = sides[0] if mine[0] is sides[1] else sides[1]
                try:
                    value = self.drawn.of(other)
                except STUMBLES:
                    continue
                several = value if isinstance(value, list) and local(element) == "member" else [value]
                found += [one for one in several if one is not None and one not in found]
        return found[:30]


def _asks(element: Element, name: str) -> bool:
    return any(
        local(one) == "variable" and one.get("identifier") == name for one in islice(element.iter(), _NEAR)
    )


def _inside(element: Element) -> Element:
    found = next((one for one in element if local(one)), None)
    if found is None:
        raise CannotTell(local(element))
    return found


def _branch(rule: Element, values: Values) -> list[Element]:
    """The rules of the first branch whose condition holds."""
    for branch in rule:
        name, inner = local(branch), [one for one in branch if local(one)]
        if name.endswith("Else"):
            return inner
        if inner and values.truth(inner[0]):
            return inner[1:]
    return []
