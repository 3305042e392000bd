"""Two versions of a scheme side by side: what was added, removed and changed, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from craftpath.delivery.web.programmes.amounts import amount
from craftpath.delivery.web.programmes.sentences import rule_sentence, supplement_sentence
from craftpath.delivery.web.programmes.sourced_words import raters_sentences, source_sentences
from craftpath.delivery.web.shell.templatetags.say import listed, points, text
from craftpath.domain.programmes.canonical import canonical
from craftpath.domain.programmes.definition import components
from craftpath.domain.programmes.texts import MISSING, MODES, RATED, RULES_USE, SOURCES
from craftpath.engines.evaluation import raters_of, source_of
from craftpath.values.text import Text


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `before` or `after` is empty where something was added or removed."""

    what: str
    before: str
    after: str

    @property
    def kind(self) -> str:
        """added, removed or changed."""
        return "added" if not self.before else "removed" if not self.after else "changed"


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Every difference between two definitions; none for two that mean the same."""
    old, new = canonical(before), canonical(after)
    found = [
        *_facts(_whole(old), _whole(new), ""),
        *_facts({"s": _supplement(before)}, {"s": _supplement(after)}, _("Oral supplement")),
        *_parts(old, new),
        *_rules(before, after, old, new),
    ]
    return [change for change in found if change.before != change.after]


def _whole(table: Mapping[str, Any]) -> dict[str, str]:
    return {
        _("Kind of scheme"): str(MODES[table["mode"]]),
        _("Decimal places"): str(table["decimals"]),
        _("Pass rules look at"): str(RULES_USE[table["rules_use"]]),
        _("Levels"): listed(text(name) for name in table["levels"].values()),
        _("Days to contest and to answer"): listed(table["contest"]),
    }


def _supplement(definition: Mapping[str, Any]) -> str:
    return supplement_sentence(definition, _names(definition))


def _names(definition: Mapping[str, Any]) -> dict[str, Text]:
    return {part.key: part.name for part in components(definition)}


def _facts(old: Mapping[str, str], new: Mapping[str, str], where: str) -> Iterator[Change]:
    for name in dict.fromkeys([*old, *new]):
        label = where if len(name) == 1 else f"{where} · {name}" if where else name
        yield Change(label, old.get(name, ""), new.get(name, ""))


def _parts(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before = {part["key"]: part for part in old["component"]}
    after = {part["key"]: part for part in new["component"]}
    for key in dict.fromkeys([*before, *after]):
        one, other = before.get(key), after.get(key)
        if one is None or other is None:
            gone = one or other or {}
            yield Change(_("Part"), text(gone["name"]) if one else "", text(gone["name"]) if other else "")
            continue
        where = text(other["name"])
        yield from _facts(_part(one), _part(other), where)
        yield from _items(one, other, where)
    if list(before) != list(after) and set(before) == set(after):
        yield Change(
            _("Order of the parts"), *(listed(text(p["name"]) for p in t.values()) for t in (before, after))
        )


def _part(part: Mapping[str, Any]) -> dict[str, str]:
    return {
        _("Name"): text(part["name"]),
        _("Weight"): points(part["weight"]) if part["weight"] else "",
        _("A missing mark"): str(MISSING[part["missing"]]),
        _("Lowest left out"): str(part["drop_lowest"]),
        _("Asked for"): amount(part["target"], part["unit"]) if part["target"] else "",
        _("Grades"): listed(text(name) for name in part["grades"].values()),
    }


def _items(one: Mapping[str, Any], other: Mapping[str, Any], where: str) -> Iterator[Change]:
    before, after = ({item["key"]: item for item in part["item"]} for part in (one, other))
    for key in dict.fromkeys([*before, *after]):
        said = [_item(table[key]) if key in table else "" for table in (before, after)]
        yield Change(f"{where} · {_('Item')}", *said)


def _item(item: Mapping[str, Any]) -> str:
    facts = {
        "name": text(item["name"]),
        "weight": item["weight"],
        "max": item["max"],
        "area": item["area"] or "–",
    }
    said = _("%(name)s: weight %(weight)s, full mark %(max)s, learning area %(area)s") % facts
    raters = raters_of(item)
    if raters is not None:
        return listed([said, str(RATED), *raters_sentences(raters)])
    source = source_of(item)
    return said if source is None else listed([said, str(SOURCES[source.kind]), *source_sentences(source)])


def _rules(
    before: Mapping[str, Any], after: Mapping[str, Any], old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    names = _names(before) | _names(after)
    said = [
        [rule_sentence(rule, names) for rule in table["rule"] if rule["kind"] != "grade_table"]
        for table in (old, new)
    ]
    for sentence in said[0]:
        if sentence not in said[1]:
            yield Change(_("Pass rule"), sentence, "")
    for sentence in said[1]:
        if sentence not in said[0]:
            yield Change(_("Pass rule"), "", sentence)
    yield from _table(before, after, old, new)


def _table(
    before: Mapping[str, Any], after: Mapping[str, Any], old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    """Combinations that lead to another level; only where both tables have the same methods."""
    tables: list[dict[tuple[str, ...], str]] = [
        next((rule["table"] for rule in t["rule"] if rule["kind"] == "grade_table"), {}) for t in (old, new)
    ]
    graded = [[p for p in t["component"] if p["grades"]] for t in (old, new)]
    if [p["key"] for p in graded[0]] != [p["key"] for p in graded[1]]:
        return
    names = [part["grades"] for part in graded[1]]
    for grades in dict.fromkeys([*tables[0], *tables[1]]):
        words = [text(known.get(grade, grade)) for known, grade in zip(names, grades, strict=True)]
        levels = [
            text(table["levels"].get(rows[grades], rows[grades])) if grades in rows else ""
            for table, rows in zip((old, new), tables, strict=True)
        ]
        yield Change(f"{_('Table of grades')} · {listed(words)}", *levels)
