"""A scheme made ready for reading: its parts drawn side by side, its items in rows, its rules in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from craftpath.delivery.web.components.shapes import Part, colour
from craftpath.delivery.web.programmes.laid_down import by_topic, validity
from craftpath.delivery.web.programmes.sentences import (
    rule_sentence,
    supplement_sentence,
    target_sentence,
)
from craftpath.delivery.web.programmes.sourced_words import raters_sentences, source_sentences
from craftpath.delivery.web.shell.templatetags.say import text, together
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.programmes import queries
from craftpath.domain.programmes.definition import ComponentInfo, ItemInfo, components, table_rows
from craftpath.domain.programmes.details import assumed, contest_terms, level_names, rule_id
from craftpath.domain.programmes.texts import MISSING, MODES, RATED, RULES_USE, SOURCES
from craftpath.engines.evaluation import ANY_GRADE, Mode, RuleKind, compressed, grid


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


def adds_up(scheme: Any) -> bool:
    """Whether the scheme adds up points, so that its parts have weights."""
    return not Mode(scheme.definition.get("mode", "weighted")).grades


def sheet_of(scheme: Any) -> dict[str, Any]:
    """What the page of one scheme shows."""
    definition = scheme.definition
    infos = components(definition)
    unsure = set(assumed(definition))
    areas = {area.key: area.title for area in queries.areas_of(scheme.programme_id)}
    names = {info.key: info.name for info in infos}
    mode = scheme.definition.get("mode", "weighted")
    return {
        "scheme": scheme,
        "bar": shown_parts(infos),
        "totals": not Mode(mode).grades,
        "mode": MODES[mode],
        "parts": [_part(info, areas) for info in infos],
        "rules": [
            {"said": rule_sentence(rule, names), "assumed": rule_id(rule) in unsure}
            for rule in definition.get("rule", [])
        ],
        "decimals": definition.get("decimals", 1),
        "decimals_assumed": "decimals" in unsure,
        "rules_use": RULES_USE[definition.get("rules_use") or "rounded"],
        "levels": [text(name) for name in level_names(definition).values()],
        "grade_lines": grade_lines(definition, infos),
        "graded": [info for info in infos if info.grades],
        "supplement": supplement_sentence(definition, names),
        "contest": contest_terms(definition) if definition.get("contest") else None,
        "valid": validity(scheme.programme.valid_from, scheme.programme.valid_to),
        "laid_down": by_topic(queries.provisions_of(scheme.programme_id)),
    }


def _part(info: ComponentInfo, areas: Mapping[str, Any]) -> dict[str, Any]:
    rows = [_item(item, areas.get(item.area)) for item in info.items]
    return {
        "info": info,
        "missing": MISSING[info.missing],
        "items": rows,
        "worked_out": [row for row in rows if "rule" in row],
        "share": sum((item.weight for item in info.items), Decimal(0)),
        "grades": [text(name) for name in info.grades.values()],
        "target": target_sentence(info),
    }


def _item(item: ItemInfo, area: Any) -> dict[str, Any]:
    """One item of the sheet; what is worked out says from what, and how."""
    shown = {"item": item, "area": area}
    if item.raters is not None:
        return shown | {"from": RATED, "rule": together(raters_sentences(item.raters))}
    if item.source is None:
        return shown
    return shown | {"from": SOURCES[item.source.kind], "rule": together(source_sentences(item.source))}


def grade_lines(definition: Any, infos: Sequence[ComponentInfo]) -> list[tuple[list[str], str]]:
    """The table of grades in as few lines as cover each combination once: (grades in words, level in words)."""
    rows = [rule for rule in definition.get("rule", []) if rule["kind"] == RuleKind.GRADE_TABLE]
    graded = [info for info in infos if info.grades]
    if not rows or not graded:
        return []
    methods = [(info.key, tuple(info.grades)) for info in graded]
    lines = compressed(methods, grid(methods, table_rows(rows[0])))
    levels = level_names(definition)
    return [
        (
            [
                _("any grade") if grade == ANY_GRADE else text(info.grades[grade])
                for info, (_key, grade) in zip(graded, line.when, strict=True)
            ],
            text(levels.get(line.result, line.result)),
        )
        for line in lines
    ]
