"""The library, or a version, as a workbook or a text table that reads back unchanged; and an empty one to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from craftpath.delivery.exchange.book import Cell
from craftpath.delivery.exchange.curricula.columns import (
    ASSESSMENTS,
    COLUMNS,
    ONLY_OF_VERSIONS,
    OUTCOMES,
    SHEETS,
    UNITS,
)
from craftpath.delivery.exchange.curricula.reading import task_written
from craftpath.delivery.exchange.writing import OutSheet, write_csv, write_xlsx

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import UnitCard
    from craftpath.domain.curricula.queries import Content

JOINT = "; "


def library_book(cards: Sequence[UnitCard], language: str) -> bytes:
    """Units and outcomes of the library; without cards the template."""
    return write_xlsx(
        [
            _sheet(UNITS, (_unit(card, {"stages": JOINT.join(card.stages)}) for card in cards), language),
            _sheet(
                OUTCOMES,
                (_outcome(one, card.key, {}) for card in cards for one in card.outcomes.all()),
                language,
            ),
        ]
    )


def library_table(cards: Sequence[UnitCard], language: str) -> bytes:
    """The units of the library as a text table; outcomes have no place there and stay as they are when it is read."""
    keys = _keys(UNITS, whole=False)
    rows = [_unit(card, {"stages": JOINT.join(card.stages)}) for card in cards]
    return write_csv(
        [
            [COLUMNS[UNITS][key].say(language) for key in keys],
            *([row.get(key) for key in keys] for row in rows),
        ]
    )


def version_book(content: Content, language: str) -> bytes:
    """A version whole: units in order with their stage, outcomes with unit and assessments, assessments."""
    units = (
        _unit(
            unit,
            {
                "stages": _suits(unit),
                "stage": unit.stage,
                "order": unit.order,
            },
        )
        for unit in content.units
    )
    outcomes = (
        _outcome(
            one,
            JOINT.join(unit.key for unit in content.units_of(one.key)),
            {"seen": JOINT.join(row.key for row in content.assessments_of(one.key))},
        )
        for one in content.outcomes
    )
    assessments = (
        {**_named(one), "component": one.component, "item": one.item, "words": one.words}
        for one in content.assessments
    )
    return write_xlsx(
        [
            _sheet(UNITS, units, language, whole=True),
            _sheet(OUTCOMES, outcomes, language, whole=True),
            _sheet(ASSESSMENTS, assessments, language, whole=True),
        ]
    )


def _sheet(kind: str, rows: Iterable[Mapping[str, Cell]], language: str, *, whole: bool = False) -> OutSheet:
    keys = _keys(kind, whole=whole)
    return OutSheet(
        name=SHEETS[kind].say(language),
        header=[COLUMNS[kind][key].say(language) for key in keys],
        rows=[tuple(row.get(key) for key in keys) for row in rows],
        text_columns=frozenset(at for at, key in enumerate(keys) if key in ("key", "unit")),
    )


def _keys(kind: str, *, whole: bool) -> list[str]:
    return [key for key in COLUMNS[kind] if whole or key not in ONLY_OF_VERSIONS.get(kind, ())]


def _suits(unit: Any) -> str:
    return JOINT.join(unit.card.stages) if unit.card else ""


def _named(row: Any) -> dict[str, Cell]:
    return {"key": row.key, "zh": row.name.get("zh", ""), "en": row.name.get("en", "")}


def _unit(row: Any, more: Mapping[str, Cell]) -> dict[str, Cell]:
    return {
        **_named(row),
        "hours": _hours(row.minutes),
        "bucket": row.bucket,
        "area": row.area,
        "skills": JOINT.join(f"{key} {percent}" for key, percent in row.skills.items()),
        "needs": JOINT.join(row.prerequisites),
        "trainer": row.trainer,
        "room": row.room,
        "hazardous": "yes" if row.hazardous else "",
        "resources": "\n".join(
            f"{one.get('words', '')} | {one['link']}" if one.get("link") else one.get("words", "")
            for one in row.resources
        ),
        **more,
    }


def _hours(minutes: int) -> Cell:
    """Whole and half hours as numbers, others as people write them, so that nothing is rounded."""
    whole, rest = divmod(minutes, 60)
    if not rest:
        return whole
    return Decimal(f"{whole}.5") if rest == 30 else f"{whole}:{rest:02}"  # noqa: PLR2004  (half an hour)


def _outcome(row: Any, unit: str, more: Mapping[str, Cell]) -> dict[str, Cell]:
    return {
        **_named(row),
        "unit": unit,
        "area": row.area,
        "skills": JOINT.join(row.skills),
        "tasks": "\n".join(task_written(one) for one in row.tasks),
        **more,
    }
