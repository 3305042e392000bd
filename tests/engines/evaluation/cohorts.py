"""Generated schemes and cohorts: small, but with every rule of the arithmetic in them."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from craftpath.engines.evaluation import Component, Item, Marks, Missing, Rule, Scheme, Status

WEIGHTS = [Decimal(text) for text in ("1", "1", "2", "2.5", "0.1", "3", "7.5")]
MAXIMA = [Decimal(text) for text in ("100", "100", "10", "7", "12.5", "0.3")]
SPLITS = [(100,), (40, 60), (30, 30, 40), (0, 100), (33, 0, 67), (10, 20, 70)]


@st.composite
def schemes(draw, *, equal_items: bool = False, zero_items: bool = True) -> Scheme:
    split = draw(st.sampled_from(SPLITS))
    components = []
    for c, weight in enumerate(split):
        count = draw(st.integers(1, 4))
        choices = [Decimal(1)] if equal_items else WEIGHTS + ([Decimal(0)] if zero_items else [])
        weights = [draw(st.sampled_from(choices)) for _ in range(count)]
        if not any(weights):
            weights[0] = Decimal(1)
        items = tuple(Item(f"c{c}i{i}", w, draw(st.sampled_from(MAXIMA))) for i, w in enumerate(weights))
        components.append(
            Component(
                f"c{c}",
                Decimal(weight),
                items,
                draw(st.sampled_from(list(Missing))),
                draw(st.integers(0, 3)),
            )
        )
    return Scheme(
        "generated",
        tuple(components),
        decimals=draw(st.integers(0, 3)),
        rules_use=draw(st.sampled_from(["rounded", "exact"])),
        rules=tuple(draw(st.lists(rules(len(split)), max_size=3))),
    )


@st.composite
def rules(draw, count: int) -> Rule:
    keys = tuple(f"c{c}" for c in range(count))
    value = Decimal(draw(st.integers(0, 1000))) / 10
    kind = draw(st.sampled_from(["overall_min", "component_min", "count_min", "none_below"]))
    some = tuple(draw(st.lists(st.sampled_from(keys), min_size=1, unique=True)))
    if kind == "overall_min":
        return Rule(kind, value)
    if kind == "component_min":
        return Rule(kind, value, component=some[0])
    if kind == "count_min":
        return Rule(kind, value, components=some, at_least=draw(st.integers(1, len(some))))
    return Rule(kind, value, components=some)


TARGETS = [None, "80", "100", "100.5", "576", "8000"]


@st.composite
def required_cohorts(draw) -> tuple[Scheme, list[dict]]:
    """Schemes in which all is required, read from tables: parts that are their own item, and parts of several."""
    parts = []
    for c in range(draw(st.integers(1, 3))):
        part: dict = {"key": f"c{c}", "missing": draw(st.sampled_from([str(one) for one in Missing]))}
        target = draw(st.sampled_from(TARGETS))
        if draw(st.booleans()):
            part["item"] = [{"key": f"c{c}a"}, {"key": f"c{c}b", "max": "40"}]
            target = draw(st.sampled_from(TARGETS[:3]))
        parts.append(part | ({"target": target} if target else {}))
    table = {
        "key": "required",
        "mode": "all_required",
        "decimals": draw(st.integers(0, 2)),
        "component": parts,
    }
    scheme = Scheme.from_table(table)
    return scheme, draw(st.lists(cells_for(scheme), min_size=1, max_size=4))


@st.composite
def cells_for(draw, scheme: Scheme) -> dict:
    """One person: item key -> (score or None, status); some items have no entry at all."""
    cells = {}
    for _, item in scheme.items:
        status = draw(st.sampled_from([Status.SCORED] * 6 + list(Status) + [None]))
        if status is None:
            continue
        score = None
        if status is Status.SCORED:
            score = Decimal(draw(st.integers(0, int(item.max * (150 if item.open_ended else 100))))) / 100
            if draw(st.booleans()):
                score = Decimal(int(score))
        cells[item.key] = (score, status)
    return cells


@st.composite
def cohorts(draw, **kwargs) -> tuple[Scheme, list[dict]]:
    scheme = draw(schemes(**kwargs))
    return scheme, draw(st.lists(cells_for(scheme), min_size=1, max_size=4))


def marks_of(scheme: Scheme, people: list[dict]) -> Marks:
    """The cohort as the engine takes it; somebody without any entry gets one missing mark, to be there."""
    first = scheme.items[0][1].key
    rows = []
    for number, cells in enumerate(people):
        known = cells or {first: (None, Status.MISSING)}
        rows += [(f"p{number}", key, score, status) for key, (score, status) in known.items()]
    return Marks.of(scheme, rows)


def with_component(scheme: Scheme, index: int, **changes) -> Scheme:
    components = list(scheme.components)
    components[index] = replace(components[index], **changes)
    return replace(scheme, components=tuple(components))
