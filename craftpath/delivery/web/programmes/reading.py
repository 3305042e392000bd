"""A scheme made ready for reading: its parts drawn side by side, its items in rows, its rules in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from craftpath.delivery.web.components.shapes import Part, colour
from craftpath.delivery.web.programmes.sentences import rule_sentence
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.programmes import queries
from craftpath.domain.programmes.definition import ComponentInfo, components
from craftpath.domain.programmes.texts import MISSING, MODES, RULES_USE
from craftpath.engines.evaluation import Mode


def cohorts_by_scheme(schemes: Iterable[Any]) -> dict[int, list[Any]]:
    """scheme id → the evaluations that follow it, among those that the reader sees; one query."""
    found: dict[int, list[Any]] = {}
    for evaluation in evaluations().filter(scheme__in=[scheme.pk for scheme in schemes]):
        found.setdefault(evaluation.scheme_id, []).append(evaluation)
    return found


def shown_parts(infos: Sequence[ComponentInfo]) -> list[Part]:
    """The components as drawn parts, each full."""
    return [
        Part(colour(info.key, place), text(info.name), info.weight, info.weight)
        for place, info in enumerate(infos)
    ]


def drawn_parts(rows: Iterable[tuple[str, Decimal]]) -> list[Part]:
    """(key, weight) of what is being typed, and the rest up to 100 as an empty part; negative ones count 0."""
    parts = [
        Part(colour(key, place), "", weight, weight) for place, (key, weight) in enumerate(rows) if weight > 0
    ]
    rest = Decimal(100) - sum((drawn.weight for drawn in parts), Decimal(0))
    return [*parts, Part("process", "", rest, Decimal(0))] if rest > 0 else parts


def sheet_of(scheme: Any) -> dict[str, Any]:
    """What the page of one scheme shows."""
    infos = components(scheme.definition)
    areas = {area.key: area.title for area in queries.areas_of(scheme.programme_id)}
    names = {info.key: info.name for info in infos}
    mode = scheme.definition.get("mode", "weighted")
    return {
        "scheme": scheme,
        "bar": shown_parts(infos),
        "totals": not Mode(mode).grades,
        "mode": MODES[mode],
        "parts": [
            {
                "info": info,
                "missing": MISSING[info.missing],
                "items": [{"item": item, "area": areas.get(item.area)} for item in info.items],
                "share": sum((item.weight for item in info.items), Decimal(0)),
            }
            for info in infos
        ],
        "rules": [rule_sentence(rule, names) for rule in scheme.definition.get("rule", [])],
        "decimals": scheme.definition.get("decimals", 1),
        "rules_use": RULES_USE[scheme.definition.get("rules_use") or "rounded"],
    }
