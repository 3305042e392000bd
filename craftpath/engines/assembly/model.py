"""The columns of the model and what is asked of them, as rows.

Columns: an item in a form, a stimulus in a form, an item in all forms (where there are anchors), an item shared by
two forms (where a few may be).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from craftpath.engines.assembly.columns import Columns, Flags, Floats, Whole, left_of
from craftpath.engines.assembly.rows import Gathering, Rows, Rule
from craftpath.engines.assembly.types import Blueprint, Demand, Measure

ANY = -1  # a column that belongs to all forms


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where each column stands. `form` and `second` are the forms that it is about, `item` -1 for a stimulus."""

    items: int
    stimuli: int
    forms: int
    pairs: tuple[tuple[int, int], ...]
    anchored: bool
    form: Whole
    second: Whole
    item: Whole

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.form)

    @property
    def chosen(self) -> int:
        """How many of them say that an item is in a form; they come first."""
        return self.items * self.forms

    def x(self, form: int, items: Whole | None = None) -> Whole:
        """Items in a form."""
        return form * self.items + (np.arange(self.items) if items is None else items)

    def y(self, form: int) -> Whole:
        """Stimuli in a form."""
        return self.chosen + form * self.stimuli + np.arange(self.stimuli)

    def shared(self) -> Whole:
        """Items in all forms."""
        return self.chosen + self.forms * self.stimuli + np.arange(self.items)

    def both(self, pair: int) -> Whole:
        """Items in both forms of a pair."""
        first = self.chosen + self.forms * self.stimuli + self.anchored * self.items
        return first + pair * self.items + np.arange(self.items)


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Everything that is asked, without the target."""

    columns: Columns
    layout: Layout
    rows: Rows
    rules: tuple[Rule, ...]

    def grid(self, x: Floats) -> Flags:
        """Which item is in which form: forms x items."""
        held = x[: self.layout.chosen].reshape(self.layout.forms, self.layout.items)
        return np.asarray(held > 0.5, dtype=np.bool_)


def model(columns: Columns, blueprint: Blueprint) -> Model:
    """The model of a blueprint that has no faults."""
    layout, into = _layout(columns, blueprint), Gathering()
    order = sorted(range(len(blueprint.demands)), key=lambda at: repr(blueprint.demands[at]))
    for at in order:
        _demand(into, columns, layout, blueprint.demands[at], at)
    _enemies(into, columns, layout)
    _stimuli(into, columns, layout)
    _exposure(into, columns, layout)
    _single(into, columns, layout, blueprint)
    if blueprint.anchors is not None:
        _anchors(into, layout, blueprint.anchors.least, blueprint.anchors.most)
    if blueprint.overlap is not None:
        _overlap(into, columns, layout, blueprint.overlap)
    return Model(columns, layout, into.rows(layout.width), tuple(into.rules))


def _layout(columns: Columns, blueprint: Blueprint) -> Layout:
    n, s, forms = columns.count, len(columns.stimuli), blueprint.forms
    few = blueprint.overlap is not None and blueprint.overlap > 0
    pairs = tuple(combinations(range(forms), 2)) if few else ()
    anchored = blueprint.anchors is not None
    blocks = [(f, f, np.arange(n)) for f in range(forms)]
    blocks += [(f, f, np.full(s, -1)) for f in range(forms)]
    blocks += [(ANY, ANY, np.arange(n))] * anchored
    blocks += [(f, g, np.arange(n)) for f, g in pairs]
    form = np.concatenate([np.full(len(items), f) for f, _, items in blocks])
    second = np.concatenate([np.full(len(items), g) for _, g, items in blocks])
    item = np.concatenate([items for *_, items in blocks])
    return Layout(n, s, forms, pairs, anchored, form, second, item)


def _demand(into: Gathering, columns: Columns, layout: Layout, demand: Demand, number: int) -> None:
    place = f"demands[{number}]"
    about = (demand.cell, demand.measure, {"forms": layout.forms}, number)
    if demand.least > 0:
        few = into.ask(Rule("assembly.too_few", f"{place}.least", demand.least, False, *about))
        _amounts(into, columns, layout, demand, demand.least, few)
    if demand.most is not None:
        many = into.ask(Rule("assembly.too_many", f"{place}.most", demand.most, True, *about))
        _amounts(into, columns, layout, demand, demand.most, many)


def _amounts(
    into: Gathering, columns: Columns, layout: Layout, demand: Demand, edge: float, rule: int
) -> None:
    """One row for each form; a mean is the sum of what each item is above the edge."""
    items = np.flatnonzero(columns.within(demand.cell))
    weights = columns.weights(demand.measure)[items]
    if demand.measure is Measure.MEAN_P:
        weights, edge = weights - edge, 0
    low, high = (-np.inf, edge) if into.rules[rule].upper else (edge, np.inf)
    for form in range(layout.forms):
        if demand.measure is Measure.STIMULI:
            into.add(layout.y(form), 1, low, high, rule)
        else:
            into.add(layout.x(form, items), weights, low, high, rule)


def _enemies(into: Gathering, columns: Columns, layout: Layout) -> None:
    for at, group in columns.enemies:
        facts = {"items": tuple(columns.items[one].key for one in group)}
        rule = into.ask(Rule("assembly.enemies", f"enemies[{at}]", 1, True, facts=facts))
        for form in range(layout.forms):
            into.add(layout.x(form, group), 1, -np.inf, 1, rule)


def _stimuli(into: Gathering, columns: Columns, layout: Layout) -> None:
    """A stimulus is in a form if one of its items is; then so many of them are."""
    for at, (stimulus, items) in enumerate(columns.stimuli):
        most = len(items) if stimulus.most is None else stimulus.most
        facts = {"stimulus": stimulus.key}
        place = f"stimuli.{stimulus.key}"
        low = into.ask(Rule("assembly.stimulus_least", f"{place}.least", stimulus.least, False, facts=facts))
        high = into.ask(Rule("assembly.stimulus_most", f"{place}.most", most, True, facts=facts))
        for form in range(layout.forms):
            shown, held = layout.y(form)[at], layout.x(form, items)
            for one in held:
                into.add([one, shown], [1, -1], -np.inf, 0)
            into.add([*held, shown], [*np.ones(len(held)), -1], 0, np.inf)
            into.add([*held, shown], [*np.ones(len(held)), -stimulus.least], 0, np.inf, low)
            into.add([*held, shown], [*np.ones(len(held)), -most], -np.inf, 0, high)


def _exposure(into: Gathering, columns: Columns, layout: Layout) -> None:
    rule = into.ask(Rule("assembly.exposure", "exposure", 0, True))
    for item in np.flatnonzero(columns.left < layout.forms):
        places = [layout.x(form)[item] for form in range(layout.forms)]
        into.add(places, 1, -np.inf, float(columns.left[item]), rule)
    for at, (stimulus, _) in enumerate(columns.stimuli):
        left = left_of(stimulus, layout.forms)
        if left < layout.forms:
            into.add([layout.y(form)[at] for form in range(layout.forms)], 1, -np.inf, left, rule)


def _single(into: Gathering, columns: Columns, layout: Layout, blueprint: Blueprint) -> None:
    """Items that are in every form, those that are in one at least, and those that are in none."""
    for item in columns.mandatory:
        facts = {"items": (columns.items[item].key,)}
        at = blueprint.mandatory.index(columns.items[item].key)
        rule = into.ask(Rule("assembly.mandatory", f"mandatory[{at}]", 1, False, facts=facts))
        for form in range(layout.forms):
            into.add([layout.x(form)[item]], 1, 1, np.inf, rule)
    for item in columns.somewhere:
        facts = {"items": (columns.items[item].key,)}
        at = blueprint.somewhere.index(columns.items[item].key)
        rule = into.ask(Rule("assembly.somewhere", f"somewhere[{at}]", 1, False, facts=facts))
        into.add([layout.x(form)[item] for form in range(layout.forms)], 1, 1, np.inf, rule)
    banned = np.flatnonzero(columns.forbidden)
    if len(banned):
        rule = into.ask(Rule("assembly.forbidden", "forbidden", 0, True))
        for form in range(layout.forms):
            for one in layout.x(form, banned):
                into.add([one], 1, -np.inf, 0, rule)


def _anchors(into: Gathering, layout: Layout, least: int, most: int) -> None:
    """An item is shared by all exactly if every form has it."""
    shared = layout.shared()
    for item, column in enumerate(shared):
        held = [layout.x(form)[item] for form in range(layout.forms)]
        for one in held:
            into.add([column, one], [1, -1], -np.inf, 0)
        into.add([*held, column], [*np.ones(len(held)), -1], -np.inf, layout.forms - 1)
    if least > 0:
        few = into.ask(Rule("assembly.anchors_few", "anchors.least", least, False))
        into.add(shared, 1, least, np.inf, few)
    many = into.ask(Rule("assembly.anchors_many", "anchors.most", most, True))
    into.add(shared, 1, -np.inf, most, many)


def _overlap(into: Gathering, columns: Columns, layout: Layout, overlap: int) -> None:
    rule = into.ask(Rule("assembly.overlap", "overlap", overlap, True))
    free = np.ones(layout.items, dtype=np.bool_)
    if not layout.anchored:
        free[columns.mandatory] = False
    for item in np.flatnonzero(free).tolist():
        if layout.pairs:
            for pair, (one, other) in enumerate(layout.pairs):
                held = [layout.x(one)[item], layout.x(other)[item], layout.both(pair)[item]]
                _shared(into, layout, held, [1, 1, -1], 1, item)
        else:
            held = [layout.x(form)[item] for form in range(layout.forms)]
            _alone(into, layout, held, item, rule)
    for pair in range(len(layout.pairs)):
        into.add(layout.both(pair)[free], 1, -np.inf, overlap, rule)


def _shared(
    into: Gathering, layout: Layout, held: list[int], factors: list[float], most: float, item: int
) -> None:
    """In both forms of a pair and not in all: then it counts."""
    if layout.anchored:
        held, factors = [*held, int(layout.shared()[item])], [*factors, -1]
    into.add(held, factors, -np.inf, most)


def _alone(into: Gathering, layout: Layout, held: list[int], item: int, rule: int) -> None:
    """In one form only, unless it is in all."""
    factors: list[float] = [1.0] * len(held)
    if layout.anchored:
        held, factors = [*held, int(layout.shared()[item])], [*factors, -(len(held) - 1.0)]
    into.add(held, factors, -np.inf, 1, rule)
