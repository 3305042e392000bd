"""Frameworks made at random, as Hypothesis strategies."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from craftpath.domain.standards.content import Content, Level, Node

LINE = st.sampled_from(
    [
        "沟通",
        "Hand over",
        "=1+1",
        "'quoted'",
        "-",
        "a, b",
        "0012",
        "“图纸”",
        "x < y & z",
        "é ñ ü",
        "𝔘nicode 😀",
        "@home",
    ]
)
BOTH = st.fixed_dictionaries({}, optional={"zh": LINE, "en": LINE})
NAME = BOTH.filter(bool)
STAMP = st.sampled_from(["2017-11-03T23:00:33+00:00", "2026-09-14T09:00:00Z", "1999-01-01T00:00:00.5+08:00"])
STRANGE = st.sampled_from([{}, {"fooBar": 1}, {"x-rating": ["a", None], "由来": {"b": {"a": 1}}}])


def _identifier(n: int) -> str:
    return str(uuid.UUID(int=n + 7))


@st.composite
def contents(draw: Any, whole: bool = True) -> Content:
    """A framework with up to six nodes at any depth; `whole`: with fields of an exchange that nobody here reads."""
    levels = tuple(Level(f"l{n}", draw(NAME), draw(BOTH)) for n in range(draw(st.integers(0, 3))))
    nodes: list[Node] = []
    for n in range(draw(st.integers(1, 6))):
        above = draw(st.sampled_from(["", *(node.key for node in nodes)]))
        parent = next((node for node in nodes if node.key == above), None)
        kind = (
            "skill"
            if parent is not None and parent.kind == "skill"
            else draw(st.sampled_from(["domain", "skill"]))
        )
        kept: dict[str, Any] = {}
        if whole:
            strange = draw(STRANGE)
            kept |= {"strange": strange} if strange else {}
            kept |= {"educationLevel": ["09"]} if draw(st.booleans()) else {}
            kept |= {"extensions": {"others": {"a": 1}}} if draw(st.booleans()) else {}
        nodes.append(
            Node(
                key=f"made-n{n}",
                kind=kind,
                parent=above,
                name=draw(NAME),
                meaning=draw(BOTH),
                indicators=tuple(draw(st.lists(NAME, max_size=2))),
                levels={one.key: words for one in levels if (words := draw(BOTH))},
                hints={"zh": ["图纸", "公差"]} if draw(st.booleans()) else {},
                code=draw(st.sampled_from(["", "1.2", "A-3"])),
                identifier=_identifier(n),
                stamp=draw(STAMP),
                uri=draw(st.sampled_from(["", "https://example.org/i"])),
                carried=kept,
            )  # fmt: skip
        )
    from craftpath.domain.standards.tree import in_order

    return Content(
        key="made", prefix="made", version=draw(st.integers(1, 9)), name=draw(NAME), about=draw(BOTH),
        publisher=draw(st.sampled_from(["", "金恒"])), year=draw(st.sampled_from([None, 2021])),
        source=draw(st.sampled_from(["", "p. 3"])), licence=draw(st.sampled_from(["", "CC BY 4.0"])),
        address=draw(st.sampled_from(["", "https://example.org"])), wording=draw(st.sampled_from(["own", "source"])),
        levels=levels, levels_by="own" if levels else "", identifier=_identifier(99), stamp=draw(STAMP),
        nodes=tuple(in_order(nodes)),
    )  # fmt: skip


def bare(content: Content) -> Content:
    """Without the places at which things stood in a file."""
    return replace(content, nodes=tuple(replace(node, place="") for node in content.nodes))
