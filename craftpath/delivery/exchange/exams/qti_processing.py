"""A rule of partial credit as QTI response processing, so that another system counts as the bank does."""

from __future__ import annotations

from xml.etree.ElementTree import Element  # noqa: S405  (builds only)

from craftpath.delivery.exchange.exams.qti_tree import add
from craftpath.domain.exams.content import Content, has_key
from craftpath.engines.scoring import Kind, Rule


def process(root: Element, content: Content) -> None:
    """Append what turns an answer into SCORE; an essay and an item without its key have nothing to turn."""
    found = add(root, "responseProcessing")
    points = f"{content.points.normalize():f}"
    if content.kind is not Kind.ESSAY and has_key(content):
        if content.kind is Kind.NUMERIC:
            _numeric(found, content, points)
        elif content.kind is Kind.SHORT:
            _blanks(found, content, points)
        elif content.kind is Kind.ORDERING and content.rule is Rule.EACH:
            _places(found, content, points)
        elif content.rule is Rule.ALL:
            _if_match(found, points)
        elif content.rule is Rule.EACH:
            _share(found, _count(content), points)
        else:
            _without_wrong(found, content, points)
    if content.explanation.as_json():
        value = add(found, "setOutcomeValue", identifier="FEEDBACK")
        add(value, "baseValue", "EXPLANATION", baseType="identifier")
    if not len(found):
        root.remove(found)


def _count(content: Content) -> int:
    details = content.details
    return len(details.get("pairs") or details.get("right") or details.get("blanks") or [1])


def _set_score(parent: Element, points: str) -> None:
    add(add(parent, "setOutcomeValue", identifier="SCORE"), "baseValue", points, baseType="float")


def _if_match(parent: Element, points: str) -> Element:
    condition = add(parent, "responseCondition")
    first = add(condition, "responseIf")
    match = add(first, "match")
    add(match, "variable", identifier="RESPONSE")
    add(match, "correct", identifier="RESPONSE")
    _set_score(first, points)
    return condition


def _numeric(parent: Element, content: Content, points: str) -> None:
    first = add(add(parent, "responseCondition"), "responseIf")
    tolerance = str(content.details.get("tolerance") or "0")
    mode = "relative" if content.details.get("percent") else "absolute"
    equal = add(first, "equal", toleranceMode=mode, tolerance=f"{tolerance} {tolerance}")
    add(equal, "variable", identifier="RESPONSE")
    add(equal, "correct", identifier="RESPONSE")
    _set_score(first, points)


def _share(parent: Element, count: int, points: str, names: tuple[str, ...] = ("RESPONSE",)) -> None:
    """SCORE is the points times what was mapped, through how many there are."""
    divide = add(add(parent, "setOutcomeValue", identifier="SCORE"), "divide")
    product = add(divide, "product")
    total = add(product, "sum") if len(names) > 1 else product
    for name in names:
        add(total, "mapResponse", identifier=name)
    add(product, "baseValue", points, baseType="float")
    add(divide, "baseValue", str(count), baseType="float")


def _blanks(parent: Element, content: Content, points: str) -> None:
    names = tuple(f"RESPONSE_{row['key']}" for row in content.details["blanks"])
    if content.rule is Rule.EACH:
        _share(parent, len(names), points, names)
        return
    first = add(add(parent, "responseCondition"), "responseIf")
    equal = add(first, "equal", toleranceMode="exact")
    total = add(equal, "sum")
    for name in names:
        add(total, "mapResponse", identifier=name)
    add(equal, "baseValue", str(len(names)), baseType="float")
    _set_score(first, points)


def _places(parent: Element, content: Content, points: str) -> None:
    """Each place that holds what belongs there adds its share."""
    count = len(content.details["order"])
    for place in range(1, count + 1):
        first = add(add(parent, "responseCondition"), "responseIf")
        match = add(first, "match")
        for name in ("variable", "correct"):
            add(add(match, "index", n=str(place)), name, identifier="RESPONSE")
        total = add(add(first, "setOutcomeValue", identifier="SCORE"), "sum")
        add(total, "variable", identifier="SCORE")
        divide = add(total, "divide")
        add(divide, "baseValue", points, baseType="float")
        add(divide, "baseValue", str(count), baseType="float")


def _without_wrong(parent: Element, content: Content, points: str) -> None:
    """All points for all; if nothing chosen is wrong, half of them or the share of what was chosen."""
    second = add(_if_match(parent, points), "responseElseIf")
    both = add(second, "and")
    add(add(add(both, "not"), "isNull"), "variable", identifier="RESPONSE")
    contains = add(both, "contains")
    add(contains, "correct", identifier="RESPONSE")
    add(contains, "variable", identifier="RESPONSE")
    if content.rule is Rule.HALF:
        divide = add(add(second, "setOutcomeValue", identifier="SCORE"), "divide")
        add(divide, "baseValue", points, baseType="float")
        add(divide, "baseValue", "2", baseType="float")
    else:
        _share(second, _count(content), points)
