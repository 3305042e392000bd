"""What is right in an item and what it is worth: as declared, as mapped, or as its processing finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree.ElementTree import Element  # noqa: S405  (parsing is defusedxml's)

from craftpath.delivery.exchange.exams.qti_running import Running
from craftpath.delivery.exchange.exams.qti_values import STUMBLES, Bag, declared_values, typed
from craftpath.delivery.exchange.xml_in import local
from craftpath.domain.exams.content import MOST_POINTS

_FOUND_IN_PROCESSING = 3


class Keys:
    """The answers that an item declares, or that its processing gives most for."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.declared = {
            one.get("identifier", ""): one for one in root if local(one) == "responseDeclaration"
        }
        self.drawn = any(local(one) == "templateProcessing" for one in root)
        self.running: Running | None = None
        self.variants: dict[str, list[str]] = {}
        self.answers: dict[str, Any] = {}
        try:
            self.running = Running(root)
            self.answers = {name: value for name, value in self.running.right.items() if value is not None}
        except STUMBLES:
            self.answers = {}

    # ---- What is right ---------------------------------------------------------------------------------

    def right(self, name: str) -> list[str]:
        """The values of the right answer, as they are written."""
        declared = self.declared.get(name)
        written = [] if declared is None else declared_values(declared, "correctResponse")
        if written and not self.drawn:
            return written
        return said(self.answers[name]) if name in self.answers else written

    def mapped(self, name: str) -> list[tuple[str, Decimal, bool]]:
        """(value, worth, whether capitals count) of the mapping of a response."""
        declared = self.declared.get(name)
        found = []
        for mapping in declared if declared is not None else ():
            if local(mapping) == "mapping":
                for entry in mapping:
                    value = decimal(entry.get("mappedValue", "0")) or Decimal(0)
                    found.append(
                        (entry.get("mapKey", ""), value, entry.get("caseSensitive", "true") == "true")
                    )
        return found

    def declare_mapped(self, name: str) -> None:
        """Where an item says what is right by a mapping only, what it maps to most is right; of several, all of it."""
        element, mapped = self.declared.get(name), self.mapped(name)
        best = max((worth for _, worth, _ in mapped), default=Decimal(0))
        if element is None or self.right(name) or best <= 0:
            return
        base = element.get("baseType", "string")
        values = [(typed(key, base), worth) for key, worth, _ in mapped if worth > 0]
        if element.get("cardinality", "single") == "single":
            self.answers[name] = next(value for value, worth in values if worth == best)
        else:
            self.answers[name] = Bag(value for value, _ in values)

    def search(self, names: Iterable[str], offered: Mapping[str, list[str]]) -> None:
        """Find by the processing itself what it gives most for, for responses that declare no key.

        Tried are the values that it compares the response with, and those that can be chosen.
        """
        running = self.running
        open_ = [name for name in names if name in self.declared and not self.right(name)]
        if running is None or running.processing is None or not open_:
            return
        choices = {
            name: _distinct([*running.compared_with(name), *self._offered(name, offered.get(name, []))])
            for name in open_
        }
        given, best = dict(self.answers), self._score(self.answers)
        for _ in range(_FOUND_IN_PROCESSING):
            before = best
            for name in open_:
                for value in choices[name]:
                    held = self._as_held(name, value)
                    reached = self._score(given | {name: held})
                    if reached > best:
                        best, given = reached, given | {name: held}
            if best == before:
                break
        for name in open_:
            if name in given:
                self.answers[name] = given[name]
                alike = [
                    one
                    for one in choices[name]
                    if self._score(given | {name: self._as_held(name, one)}) == best
                ]
                self.variants[name] = [word for one in alike for word in said(one)]

    def _offered(self, name: str, values: list[str]) -> list[Any]:
        base = self.declared[name].get("baseType", "identifier")
        return [value for text in values if (value := typed(text, base)) is not None]

    def _as_held(self, name: str, value: Any) -> Any:
        if isinstance(value, list) or self.declared[name].get("cardinality", "single") == "single":
            return value
        return [value]

    def _score(self, given: Mapping[str, Any]) -> float:
        try:
            return self.running.score(given) if self.running is not None else 0.0
        except STUMBLES:
            return 0.0

    # ---- What it is worth ------------------------------------------------------------------------------

    def points(self) -> Decimal:
        """What is said to be the most, else what the right answer has, else what can be read of it, else 1."""
        read = self._stated()
        if not read:
            reached = self._score(self.answers)
            read = Decimal(str(reached)) if reached > 0 else self._read_of_it()
        points = round(read, 2)
        return points if 0 < points <= MOST_POINTS else Decimal(1)

    def _stated(self) -> Decimal | None:
        outcomes = {one.get("identifier", ""): one for one in self.root if local(one) == "outcomeDeclaration"}
        most = outcomes.get("MAXSCORE")
        values = [decimal(text) for text in declared_values(most, "defaultValue")] if most is not None else []
        if values and values[0] is not None:
            return values[0]
        return decimal(outcomes["SCORE"].get("normalMaximum", "")) if "SCORE" in outcomes else None

    def _read_of_it(self) -> Decimal:
        sums = [
            sum((value for _, value, _ in self.mapped(name) if value > 0), Decimal(0))
            for name in self.declared
        ]
        for value in (one for one in self.root.iter() if local(one) == "setOutcomeValue"):
            if value.get("identifier") == "SCORE" and len(value) and local(value[0]) == "baseValue":
                sums.append(decimal(value[0].text or "") or Decimal(0))
        return max(sums, default=Decimal(1)) or Decimal(1)

    def shares(self, names: list[str]) -> tuple[list[Decimal], bool]:
        """The points of each of several responses; False if the item does not count them one by one."""
        whole, total = self._score(self.answers), self.points()
        alone = [self._score({name: self.answers.get(name)}) for name in names]
        apart = whole > 0 and all(one > 0 for one in alone) and abs(sum(alone) - whole) < 1e-6
        weights = [Decimal(str(one)) for one in alone] if apart else [Decimal(1)] * len(names)
        found, left, over = [], total, sum(weights)
        for weight in weights:
            share = max(round(left * weight / over, 2), Decimal("0.01"))
            found.append(share)
            left, over = left - share, over - weight
        return found, apart

    def nothing_earns(self) -> bool:
        """Whether the item's own rules give points for no answer at all."""
        return self._score({}) > 0

    def weighs(self, name: str) -> bool:
        """Whether the parts of a right answer are worth different points."""
        right = set(self.right(name))
        return len({value for key, value, _ in self.mapped(name) if key in right}) > 1


def said(value: Any) -> list[str]:
    """A value as texts."""
    values = value if isinstance(value, list) else [value]
    return [_text(one) for one in values if one is not None]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.10g}" if "e" not in f"{value:.10g}" else f"{value:f}"
    return str(value)


def _distinct(values: list[Any]) -> list[Any]:
    found: list[Any] = []
    for value in values:
        if value not in found:
            found.append(value)
    return found


def decimal(text: str) -> Decimal | None:
    """A figure of a file, if it is finite and of a size that can be points."""
    try:
        figure = Decimal(text.strip()) if len(text) <= 30 else None
    except InvalidOperation:
        return None
    return figure if figure is not None and figure.is_finite() and abs(figure) < 10**9 else None
