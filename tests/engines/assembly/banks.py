"""Small banks for Hypothesis, and one that is small enough to think about."""

from __future__ import annotations

from hypothesis import strategies as st

from craftpath.engines.assembly import (
    Anchors,
    Bank,
    Blueprint,
    Cell,
    Demand,
    ExpectedScore,
    Information,
    Item,
    Measure,
    Stimulus,
)

OUTCOMES, LEVELS, KINDS = ("o1", "o2"), ("easy", "hard"), ("choice", "open")


@st.composite
def items(draw: st.DrawFn, count: int) -> tuple[Item, ...]:
    tenth = st.integers(0, 10).map(lambda number: number / 10)
    return tuple(
        Item(
            key=f"i{at}",
            outcomes=tuple(draw(st.sets(st.sampled_from(OUTCOMES), min_size=1))),
            difficulty=draw(st.sampled_from(LEVELS)),
            kind=draw(st.sampled_from(KINDS)),
            stimulus=draw(st.sampled_from(("", "", "s"))),
            p=draw(tenth),
            slope=draw(st.integers(5, 15)) / 10,
            place=draw(st.integers(-10, 10)) / 10,
            seconds=draw(st.integers(1, 5)) * 30,
            points=draw(st.integers(1, 3)),
            used=draw(st.integers(0, 2)),
            limit=draw(st.sampled_from((None, 1, 2, 3))),
        )
        for at in range(count)
    )


def demand(cell: Cell, measure: Measure, low: int, span: int | None, unit: float = 1) -> Demand:
    return Demand(cell, measure, low * unit, None if span is None else (low + span) * unit)


@st.composite
def tasks(draw: st.DrawFn) -> tuple[Bank, Blueprint]:
    """A bank of four to six items and a blueprint of two forms that may ask too much."""
    bank = draw(items(draw(st.integers(4, 6))))
    keys = [item.key for item in bank]
    pairs = st.lists(st.sampled_from(keys), min_size=2, max_size=3, unique=True).map(tuple)
    enemies = tuple(draw(st.lists(pairs, max_size=2)))
    least = draw(st.integers(1, 2))
    stimulus = Stimulus(
        "s", least, draw(st.sampled_from((None, least, least + 1))), 0, draw(st.sampled_from((None, 1)))
    )
    cells = [Cell("o1"), Cell("o2", "easy"), Cell(difficulty="hard"), Cell(kind="open")]
    span = st.sampled_from((None, 0, 1))
    demands = [demand(Cell(), Measure.ITEMS, draw(st.integers(1, 3)), draw(span))]
    for cell in draw(st.lists(st.sampled_from(cells), max_size=2, unique=True)):
        demands.append(demand(cell, Measure.ITEMS, draw(st.integers(0, 2)), draw(span)))
    if draw(st.booleans()):
        demands.append(demand(Cell(), Measure.SECONDS, draw(st.integers(1, 3)), 2, 60))
    if draw(st.booleans()):
        demands.append(demand(Cell("o1"), Measure.POINTS, draw(st.integers(1, 3)), draw(span)))
    if draw(st.booleans()):
        demands.append(demand(Cell(), Measure.MEAN_P, draw(st.integers(2, 6)), 3, 0.1))
    if draw(st.booleans()):
        demands.append(demand(Cell(), Measure.STIMULI, draw(st.integers(0, 1)), 0))
    named = draw(st.lists(st.sampled_from(keys), max_size=2, unique=True))
    somewhere = draw(st.lists(st.sampled_from([key for key in keys if key not in named]), max_size=1))
    anchors = draw(st.sampled_from((None, None, Anchors(1, 1), Anchors(0, 2))))
    target = draw(
        st.sampled_from((None, Information((-0.5, 0.5), (0.4, 0.5)), ExpectedScore(1.5), ExpectedScore()))
    )
    blueprint = Blueprint(
        forms=2,
        demands=tuple(demands),
        target=target,
        mandatory=tuple(named[:1]) if draw(st.booleans()) else (),
        somewhere=tuple(somewhere),
        forbidden=tuple(named[1:]),
        anchors=anchors,
        overlap=draw(st.sampled_from((None, None, 0, 1))),
    )
    return Bank(bank, enemies, (stimulus,)), blueprint
