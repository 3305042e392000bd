"""Reading `problem.json` of `craftpath plan`: units, needs, limits; faults name their line and place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.json_file import Document
from craftpath.delivery.commands.json_parts import Parts, told, writable
from craftpath.delivery.commands.planning_sentences import PLANNING
from craftpath.delivery.commands.speech import Bare, say

if TYPE_CHECKING:
    from craftpath.engines.curriculum import Blame, Fault, Problem, Unit, Wish

DIGITS = re.compile(r"-?\d{1,9}", re.ASCII)


class Reading(Parts):
    """A problem file; whoever reads it tells it what the engine says of the problem."""

    def __init__(self, path: Path) -> None:
        super().__init__(Document(path), PLANNING)

    def problem(self) -> Problem:
        """The problem, checked; raises `BadInput` with every fault."""
        from craftpath.engines.curriculum import Limits, Problem, check  # noqa: PLC0415  (slow to import)

        rows = self.rows("units")
        limits = self._object("limits", self.document.parts.get("limits") or {})
        asked = {name: self._limits(limits, name) for name in ("stage", "place", "area_min")}
        ids = self.words("units", rows, "id")
        units = tuple(
            self._unit(at, one, row, asked, rows) for at, (one, row) in enumerate(zip(ids, rows, strict=True))
        )
        needs = self._needs()
        hours = None if limits.get("hours") is None else self.whole("limits.hours", limits["hours"])
        stage = {self.stage(f"limits.stage.{key}", key): most for key, most in asked["stage"].items()}
        picked = [self._ids(part, self.listed(part, needed=False)) for part in ("pinned", "forbidden")]
        self.stop()
        found = Problem(
            units,
            needs,
            Limits(hours, stage, asked["place"], area_min=asked["area_min"]),
            picked[0],
            picked[1],
        )
        self.tell(check(found))
        return found

    def _unit(
        self, at: int, one: Any, row: dict[str, Any], asked: dict[str, dict[str, int]], rows: list[Any]
    ) -> Unit:
        from craftpath.engines.curriculum import Unit  # noqa: PLC0415  (slow to import)

        place = f"units[{at}]"
        staged = bool(asked["stage"]) or any(other.get("stage") is not None for other in rows)
        stage = row.get("stage")
        if stage is None and staged:
            self.complain(f"{place}.stage", "field_missing")
        hours = self.whole(f"{place}.hours", row["hours"]) if self.there(row, place, "hours") else 0
        skills = self._shares(f"{place}.skills", row["skills"]) if self.there(row, place, "skills") else {}
        before = row.get("needs_before")
        return Unit(
            one,
            hours,
            self._group(place, row, "place", "limits.place" if asked["place"] else ""),
            (1 if stage is None else self.stage(f"{place}.stage", stage),),
            self._group(place, row, "area", "limits.area_min" if asked["area_min"] else ""),
            skills,
            () if before is None else self._ids(f"{place}.needs_before", before),
        )

    def _group(self, place: str, row: dict[str, Any], name: str, by: str) -> str:
        """A place or an area, which may be left out where nothing asks for it."""
        value = row.get(name)
        if value is None:
            if by:
                self.complain(f"{place}.{name}", "field_asked_for", by=Bare(by))
            return ""
        return value if self.is_word(f"{place}.{name}", value) else ""

    def stage(self, place: str, value: Any) -> int:
        """Stages are numbered; in names of limits, and by some programs elsewhere, the number stands in quotes."""
        if isinstance(value, str) and DIGITS.fullmatch(value):
            return int(value)
        return self.whole(place, value)

    def _object(self, place: str, value: Any) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        self.complain(place, "not_an_object")
        return {}

    def _limits(self, limits: dict[str, Any], name: str) -> dict[str, int]:
        place = f"limits.{name}"
        given = self._object(place, limits.get(name) or {}).items()
        return {key: self.whole(f"{place}.{key}", most) for key, most in given if most is not None}

    def _needs(self) -> dict[str, float]:
        if "needs" not in self.document.parts:
            self.complain("needs", "part_missing")
            return {}
        return self._shares("needs", self.document.parts["needs"])

    def _shares(self, place: str, value: Any) -> dict[str, float]:
        return {
            skill: number
            for skill, number in self._object(place, value).items()
            if self._is_number(f"{place}.{skill}", number, skill)
        }

    def _is_number(self, place: str, value: Any, skill: str) -> bool:
        if not writable(skill):
            self.complain(place.rpartition(".")[0], "id_unwritable")
            return False
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.complain(place, "not_a_number", given=told(value))
            return False
        return True

    def _ids(self, place: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list):
            self.complain(place, "not_a_list")
            return ()
        return tuple(one for at, one in enumerate(value) if self.is_word(f"{place}[{at}]", one))

    def tell(self, faults: Iterable[Fault]) -> None:
        """Raise the engine's faults."""
        for fault in faults:
            facts = dict(fault.facts)
            if "before" in facts:
                facts["before"] = self.document.line(f"units[{facts['before']}]")
            if "path" in facts:
                facts["path"] = Bare(facts["path"])
            self.complain(fault.place, fault.code.removeprefix("curriculum."), **facts)
        self.stop()

    def quarrel(self, blame: Blame) -> None:
        """Raise what cannot be kept together, a line for each, and one way that works."""
        places = [self._place(wish) for wish in blame.conflict]
        way = ", ".join(self._way(wish, value) for wish, value in blame.way) or say(PLANNING, "way_unknown")
        for at, place in enumerate(places):
            others = ", ".join(places[:at] + places[at + 1 :])
            code = "quarrel" if others else "quarrel_alone"
            self.complain(place, code, others=Bare(others), way=Bare(way))
        self.stop()

    def _way(self, wish: Wish, value: int | None) -> str:
        place = Bare(self._place(wish))
        if value is None:
            return say(PLANNING, "way_given_up", place=place)
        return say(PLANNING, "way_value", place=place, value=value)

    def _place(self, wish: Wish) -> str:
        if wish.kind in ("pinned", "forbidden"):
            return f"{wish.kind}[{self.document.parts[wish.kind].index(wish.key)}]"
        return f"limits.{wish.kind}" + (f".{wish.key}" if wish.key != "" else "")
