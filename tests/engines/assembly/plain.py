"""The rules once more, as plainly as they can be said: a verifier, and every possible assembly of a tiny bank."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from craftpath.engines.assembly import (
    Bank,
    Blueprint,
    Cell,
    Culprit,
    Demand,
    ExpectedScore,
    Information,
    Item,
    Measure,
    Stimulus,
)

Forms = tuple[frozenset[int], ...]
ROUNDING = 1e-5


def meant(item: Item, cell: Cell) -> bool:
    if cell.outcome and cell.outcome not in item.outcomes:
        return False
    if cell.difficulty and cell.difficulty != item.difficulty:
        return False
    if cell.kind and cell.kind != item.kind:
        return False
    return not cell.tag or cell.tag in item.tags


def amount(bank: Bank, demand: Demand, form: frozenset[int]) -> float | None:
    items = [bank.items[at] for at in form if meant(bank.items[at], demand.cell)]
    match demand.measure:
        case Measure.ITEMS:
            return len(items)
        case Measure.POINTS:
            return sum(item.points for item in items)
        case Measure.SECONDS:
            return sum(item.seconds for item in items)
        case Measure.STIMULI:
            return len({item.stimulus for item in items} - {""})
        case Measure.MEAN_P:
            return sum(item.p or 0 for item in items) / len(items) if items else None


def curve(bank: Bank, form: frozenset[int], theta: float) -> float:
    found = 0.0
    for at in form:
        item = bank.items[at]
        if item.slope is not None and item.place is not None:
            right = 1 / (1 + math.exp(-item.slope * (theta - item.place)))
            found += item.slope**2 * right * (1 - right)
    return found


def deviation(bank: Bank, blueprint: Blueprint, forms: Forms, target: tuple[float, ...]) -> float:
    match blueprint.target:
        case None:
            return 0.0
        case ExpectedScore(value=value):
            scores = [sum(bank.items[at].points * (bank.items[at].p or 0) for at in form) for form in forms]
            middle = (max(scores) + min(scores)) / 2 if value is None else value
            return max(abs(score - middle) for score in scores)
        case Information(thetas=thetas):
            return max(
                abs(curve(bank, form, theta) - value)
                for form in forms
                for theta, value in zip(thetas, target, strict=True)
            )


def broken(
    bank: Bank, blueprint: Blueprint, forms: Forms, exempt: tuple[str, ...] | None = None
) -> list[str]:
    """Every rule that these forms do not keep; `exempt` from the overlap are mandatory items if nothing is said."""
    exempt = blueprint.mandatory if exempt is None else exempt
    found = []
    place = {item.key: at for at, item in enumerate(bank.items)}
    for number, form in enumerate(forms):
        for at, demand in enumerate(blueprint.demands):
            has = amount(bank, demand, form)
            if has is not None and has < demand.least - ROUNDING:
                found.append(f"form {number}: demands[{at}].least")
            if has is not None and demand.most is not None and has > demand.most + ROUNDING:
                found.append(f"form {number}: demands[{at}].most")
        for at, group in enumerate(bank.enemies):
            if len(form & {place[key] for key in group}) > 1:
                found.append(f"form {number}: enemies[{at}]")
        for key in {item.stimulus for item in bank.items} - {""}:
            rule = next((one for one in bank.stimuli if one.key == key), Stimulus(key))
            shown = sum(bank.items[at].stimulus == key for at in form)
            if shown and (shown < rule.least or (rule.most is not None and shown > rule.most)):
                found.append(f"form {number}: stimuli.{key}")
        found += [f"form {number}: mandatory" for key in blueprint.mandatory if place[key] not in form]
        found += [f"form {number}: forbidden" for key in blueprint.forbidden if place[key] in form]
    found += [
        f"somewhere {key}" for key in blueprint.somewhere if not any(place[key] in form for form in forms)
    ]
    for at, item in enumerate(bank.items):
        times = sum(at in form for form in forms)
        if item.limit is not None and times and item.used + times > item.limit:
            found.append(f"exposure of {item.key}")
    for rule in bank.stimuli:
        times = sum(any(bank.items[at].stimulus == rule.key for at in form) for form in forms)
        if rule.limit is not None and times and rule.used + times > rule.limit:
            found.append(f"exposure of {rule.key}")
    shared = frozenset.intersection(*forms)
    if blueprint.anchors and not blueprint.anchors.least <= len(shared) <= blueprint.anchors.most:
        found.append("anchors")
    apart = shared if blueprint.anchors else frozenset(place[key] for key in exempt)
    for one, other in combinations(forms, 2):
        if blueprint.overlap is not None and len((one & other) - apart) > blueprint.overlap:
            found.append("overlap")
    return found


def every(bank: Bank, blueprint: Blueprint, exempt: tuple[str, ...] | None = None) -> Iterator[Forms]:
    """All assemblies that keep all rules, forms in any order."""
    alone = replace(blueprint, forms=1, anchors=None, overlap=None, somewhere=())
    items = range(len(bank.items))
    single = [
        form
        for size in range(len(bank.items) + 1)
        for form in map(frozenset, combinations(items, size))
        if not broken(bank, alone, (form,))
    ]
    for numbers in product(range(len(single)), repeat=blueprint.forms):
        if list(numbers) == sorted(numbers):
            forms = tuple(single[number] for number in numbers)
            if not broken(bank, blueprint, forms, exempt):
                yield forms


def uses(bank: Bank, forms: Forms) -> int:
    return sum(bank.items[at].used for form in forms for at in form)


def without(bank: Bank, blueprint: Blueprint, places: set[str]) -> tuple[Bank, Blueprint]:
    """What is left when rules are struck out, each named by its place."""
    demands = tuple(
        replace(
            demand,
            least=0 if f"demands[{at}].least" in places else demand.least,
            most=None if f"demands[{at}].most" in places else demand.most,
        )
        for at, demand in enumerate(blueprint.demands)
    )
    anchors = blueprint.anchors
    if anchors and "anchors.least" in places:
        anchors = replace(anchors, least=0)
    if anchors and "anchors.most" in places:
        anchors = replace(anchors, most=len(bank.items))
    items, stimuli = bank.items, bank.stimuli
    if "exposure" in places:
        items = tuple(replace(item, limit=None) for item in items)
        stimuli = tuple(replace(one, limit=None) for one in stimuli)
    stimuli = tuple(
        replace(
            one,
            least=1 if f"stimuli.{one.key}.least" in places else one.least,
            most=None if f"stimuli.{one.key}.most" in places else one.most,
        )
        for one in stimuli
    )
    enemies = tuple(group for at, group in enumerate(bank.enemies) if f"enemies[{at}]" not in places)
    mandatory = tuple(key for at, key in enumerate(blueprint.mandatory) if f"mandatory[{at}]" not in places)
    somewhere = tuple(key for at, key in enumerate(blueprint.somewhere) if f"somewhere[{at}]" not in places)
    changed = replace(
        blueprint,
        somewhere=somewhere,
        demands=demands,
        anchors=anchors,
        mandatory=mandatory,
        forbidden=() if "forbidden" in places else blueprint.forbidden,
        overlap=None if "overlap" in places else blueprint.overlap,
    )
    return Bank(items, enemies, stimuli), changed


def rules(bank: Bank, blueprint: Blueprint) -> set[str]:
    """The places of all rules."""
    found = {f"enemies[{at}]" for at in range(len(bank.enemies))}
    found |= {f"mandatory[{at}]" for at in range(len(blueprint.mandatory))}
    found |= {f"somewhere[{at}]" for at in range(len(blueprint.somewhere))}
    found |= {f"demands[{at}].{edge}" for at in range(len(blueprint.demands)) for edge in ("least", "most")}
    found |= {f"stimuli.{one.key}.{edge}" for one in bank.stimuli for edge in ("least", "most")}
    return found | {"exposure", "forbidden", "overlap", "anchors.least", "anchors.most"}


def places(culprits: tuple[Culprit, ...]) -> set[str]:
    return {culprit.place for culprit in culprits}
