"""Families of tables are attacked with linear algebra: everything that adds up is written down and solved."""

from __future__ import annotations

import numpy as np
import pytest

from craftpath.engines.disclosure.nested import Axis, Crossing, Family, HiddenFamily, Tree, hide_family

LEAST = 5
AXES = ("place", "stage", "occupation", "period")


def made(seed: int, *, thin: float, most: float) -> Family:
    """Atoms with people, added up to every table."""
    chance = np.random.default_rng(seed)
    sizes = dict(zip(AXES, chance.integers(1, 7, 4), strict=True))
    atoms = int(chance.integers(3, 60))
    at = {name: chance.integers(0, size, atoms) for name, size in sizes.items()}
    people = chance.poisson(chance.gamma(0.6, most, atoms)) * (chance.random(atoms) > thin)
    people = people.astype(np.int64)

    def axis(name: str) -> Axis:
        weights = np.bincount(at[name], people, sizes[name]).astype(np.int64)
        return Axis(weights, (weights > 0) & (weights < LEAST))

    def crossing(name: str) -> Crossing:
        code = at[name] * 100 + at["period"]
        cells, index = np.unique(code, return_inverse=True)
        weights = np.bincount(index, people, len(cells)).astype(np.int64)
        small = (weights > 0) & (weights < LEAST)
        return Crossing(name, "period", cells // 100, cells % 100, weights, small)

    enterprise = at["place"] * 10 + chance.integers(0, 4, atoms)
    cells, index = np.unique(enterprise, return_inverse=True)
    weights = np.bincount(index, people, len(cells)).astype(np.int64)
    tree = Tree("place", cells // 10, weights, (weights > 0) & (weights < LEAST))
    total = int(people.sum())
    return Family(
        0 < total < LEAST,
        {name: axis(name) for name in AXES},
        [crossing(name) for name in AXES[:3]],
        [tree],
    )


def equations(family: Family, unpublished: set[int]) -> tuple[np.ndarray, list[tuple[str, int]], np.ndarray]:
    """Every sum: one row each over all cells, the total being the first."""
    names: list[tuple[str, int]] = [("total", 0)]
    names += [(name, place) for name, axis in family.axes.items() for place in range(len(axis.weights))]
    names += [(f"{cells.rows}×", place) for cells in family.crossings for place in range(len(cells.weights))]
    names += [("tree", place) for tree in family.trees for place in range(len(tree.weights))]
    where = {name: index for index, name in enumerate(names)}
    weights = [sum(next(iter(family.axes.values())).weights.tolist())]
    for axis in family.axes.values():
        weights += axis.weights.tolist()
    for cells in (*family.crossings, *family.trees):
        weights += cells.weights.tolist()
    rows = []

    def add(parent: tuple[str, int], children: list[tuple[str, int]]) -> None:
        row = np.zeros(len(names))
        row[where[parent]] = -1
        for child in children:
            row[where[child]] += 1
        rows.append(row)

    for name, axis in family.axes.items():
        add(("total", 0), [(name, place) for place in range(len(axis.weights))])
    for number, cells in enumerate(family.crossings):
        if number in unpublished:
            continue
        for axis_name, of in ((cells.rows, cells.row), (cells.columns, cells.column)):
            for place in range(len(family.axes[axis_name].weights)):
                add((axis_name, place), [(f"{cells.rows}×", int(one)) for one in np.flatnonzero(of == place)])
    for tree in family.trees:
        for place in range(len(family.axes[tree.axis].weights)):
            add((tree.axis, place), [("tree", int(one)) for one in np.flatnonzero(tree.parent == place)])
    return np.array(rows), names, np.array(weights)


def flat(hidden: HiddenFamily) -> np.ndarray:
    parts = [np.array([hidden.total]), *hidden.axes.values(), *hidden.crossings, *hidden.trees]
    return np.concatenate(parts)


def followed(family: Family, hidden: HiddenFamily) -> list[tuple[str, int]]:
    """Hidden cells that the shown ones tell."""
    rows, names, weights = equations(family, hidden.unpublished)
    unknown = np.flatnonzero(flat(hidden) & (weights > 0))
    if not len(unknown):
        return []
    _, values, right = np.linalg.svd(rows[:, unknown])
    rank = int((values > 1e-9).sum())
    free = right[rank:]
    told = (np.abs(free) < 1e-9).all(axis=0) if len(free) else np.ones(len(unknown), dtype=bool)
    return [names[int(unknown[place])] for place in np.flatnonzero(told)]


@pytest.mark.parametrize("thin", [0.0, 0.4])
@pytest.mark.parametrize("most", [3.0, 12.0])
def test_no_hidden_cell_follows_from_what_is_shown(thin: float, most: float) -> None:
    hid = shown = unpublished = 0
    for seed in range(150):
        family = made(seed, thin=thin, most=most)
        hidden = hide_family(family, LEAST)
        assert followed(family, hidden) == [], seed
        hid += int(flat(hidden).sum())
        shown += int((~flat(hidden)).sum())
        unpublished += len(hidden.unpublished)
    assert hid > 0
    assert shown > 0
    assert unpublished < 150 * 3 / 4


def test_every_small_cell_is_hidden_and_what_is_large_alone_is_shown() -> None:
    for seed in range(100):
        family = made(seed, thin=0.2, most=6.0)
        hidden = hide_family(family, LEAST)
        for name, axis in family.axes.items():
            assert not (axis.small & ~hidden.axes[name]).any()
        for cells, flags in zip(family.crossings, hidden.crossings, strict=True):
            assert not (cells.small & ~flags).any()
    weights = np.array([7, 9, 30])
    family = Family(False, {"place": Axis(weights, weights < LEAST)})
    assert not flat(hide_family(family, LEAST)).any()


def test_a_remainder_of_too_few_is_never_left() -> None:
    """Two cells of 2 and 1 hidden below a shown total would tell of three people: a third one goes with them."""
    weights = np.array([2, 1, 40, 9])
    hidden = hide_family(Family(False, {"place": Axis(weights, weights < LEAST)}), LEAST)
    assert hidden.axes["place"].tolist() == [True, True, False, True]


def test_the_same_people_in_several_periods_are_not_added_up() -> None:
    weights = np.array([4, 4, 40, 9])
    axis = Axis(weights, weights < LEAST, largest=True)
    hidden = hide_family(Family(False, {"period": axis}), LEAST)
    assert hidden.axes["period"].tolist() == [True, True, False, True]


def test_a_nation_is_hidden_in_a_moment_and_always_the_same_way() -> None:
    chance = np.random.default_rng(3)
    places, periods = 500, 24
    row, column = (part.ravel() for part in np.meshgrid(np.arange(places), np.arange(periods), indexing="ij"))
    weights = chance.poisson(np.repeat(chance.gamma(0.7, 20.0, places), periods)).astype(np.int64)
    by_place = np.bincount(row, weights).astype(np.int64)
    by_period = np.bincount(column, weights).astype(np.int64)
    family = Family(
        False,
        {
            "place": Axis(by_place, (by_place > 0) & (by_place < LEAST)),
            "period": Axis(by_period, (by_period > 0) & (by_period < LEAST)),
        },
        [Crossing("place", "period", row, column, weights, (weights > 0) & (weights < LEAST))],
    )
    first, second = (hide_family(family, LEAST) for _ in range(2))
    assert (flat(first) == flat(second)).all()
    assert 0.05 < flat(first).mean() < 0.6
