"""Small problems for Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.engines.pairing.plain import Task


@st.composite
def tasks(draw: st.DrawFn, edges: int = 8, pins: bool = True, priced: bool = True) -> Task:
    """Few people, scores so small that many plans tie, pins that can be kept."""
    trainers = {f"t{at}": draw(st.integers(0, 3)) for at in range(draw(st.integers(0, 4)))}
    apprentices = {f"a{at}": draw(st.integers(0, 2)) for at in range(draw(st.integers(0, 4)))}
    possible = [(one, who) for one in trainers for who in apprentices]
    rows = draw(st.lists(st.sampled_from(possible), unique=True, max_size=edges)) if possible else []
    scores = {pair: draw(st.integers(-3, 6)) for pair in rows}
    forbidden = frozenset(pair for pair in possible if draw(st.integers(0, 7)) == 0)
    pinned = set[tuple[str, str]]()
    for one, who in rows if pins else ():
        room = trainers[one] > sum(pin[0] == one for pin in pinned)
        need = apprentices[who] > sum(pin[1] == who for pin in pinned)
        if room and need and (one, who) not in forbidden and draw(st.integers(0, 5)) == 0:
            pinned.add((one, who))
    return Task(
        trainers,
        apprentices,
        scores,
        frozenset(pinned),
        forbidden,
        penalty=draw(st.integers(-1, 5)),
        load_price=draw(st.sampled_from([0, 0, 2, 5])) if priced else 0,
    )
