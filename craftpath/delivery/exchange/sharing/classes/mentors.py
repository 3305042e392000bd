"""Mentors and their room: who teaches at the giver, how many apprentices, and for how many more there is room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from craftpath.delivery.exchange.sharing.data_class import Asked, Cell, Column, DataClass
from craftpath.delivery.exchange.sharing.subjects import TEACHERS, mentors, of_mentors
from craftpath.domain.pairing.loads import loads
from craftpath.values.text import Text


def _cells(asked: Asked, pks: Sequence[int]) -> Mapping[int, Mapping[str, Cell]]:
    all_of_them = mentors(asked)
    some = [(at, all_of_them[at]) for at in pks]
    carried = loads([seat for _, seat in some], asked.on)
    return {
        at: {
            "name": load.person.name,
            "place": load.place.title,
            "apprentices": load.learners,
            "capacity": load.capacity,
            "room": max(0, load.capacity - load.learners),
        }
        for (at, _), load in zip(some, carried, strict=True)
    }


CLASS = DataClass(
    key="mentors",
    title=Text("师傅与带徒余量", "Mentors and their room"),
    note=Text(
        "有哪些师傅、现带几人、还能带几人",
        "Who teaches, how many apprentices, and how many more there is room for",
    ),
    columns=(
        Column("name", Text("师傅", "Mentor")),
        Column("place", Text("单位", "Place"), sensitivity="plain"),
        Column("apprentices", Text("现带人数", "Apprentices"), "number", "plain"),
        Column("capacity", Text("可带人数", "Capacity"), "number", "plain"),
        Column("room", Text("余量", "Room"), "number", "plain"),
    ),
    whom=TEACHERS,
    subjects=of_mentors,
    cells=_cells,
)
