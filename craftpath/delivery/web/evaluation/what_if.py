"""The what-if panel: a slider for each item that is still open, and what the engine says to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from craftpath.delivery.web.components.shapes import Part
from craftpath.delivery.web.evaluation.derivation import drawn
from craftpath.delivery.web.evaluation.figures import standing_of
from craftpath.delivery.web.evaluation.sentences import supposed_in_words
from craftpath.delivery.web.shell.templatetags.say import points, text
from craftpath.domain.evaluation.forecast import forecast_of
from craftpath.domain.evaluation.queries import Derivation
from craftpath.domain.programmes.definition import Definition, ItemInfo, items
from craftpath.domain.programmes.details import level_names

PREFIX = "if-"
_LONGEST = 12  # characters of a supposed score
_FINE = Decimal(20)  # items with a full mark up to this move by halves


@dataclass(frozen=True, slots=True)
class Slider:
    """One open item: the name of its field, where it stands, how far it goes; or the grades to choose from."""

    name: str
    label: str
    value: str
    most: str = ""
    step: str = ""
    grades: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The sliders, and the sum in words under what they say; no sentence while nothing is supposed."""

    sliders: list[Slider]
    sentence: str
    figure: Decimal
    parts: list[Part]
    asked: bool
    note: str


def what_if(derived: Derivation, given: Mapping[str, str]) -> WhatIf | None:
    """The panel for one apprentice; None where nothing is open that a score could close."""
    definition = derived.evaluation.scheme.definition
    found = forecast_of(derived, _supposed(definition, given))
    if not found.open:
        return None
    told = found.explanation
    return WhatIf(
        sliders=[_slider(item, found.supposed.get(item.key)) for item in found.open],
        sentence=supposed_in_words(standing_of(told, level_names(definition))),
        figure=told.to_date_rounded if told.total_rounded is None else told.total_rounded,
        parts=drawn(replace(derived, explanation=told)),
        asked=bool(found.supposed),
        note=_("Choose a grade: this is what your result would come to. Nothing is recorded.")
        if all(item.grades for item in found.open)
        else _("Move a slider: this is what your result would come to. Nothing is recorded."),
    )


def _supposed(definition: Definition, given: Mapping[str, str]) -> dict[str, Decimal | str]:
    """What the address supposes for items of the scheme: a score, or for a graded one the key of a grade."""
    found: dict[str, Decimal | str] = {}
    for item in items(definition):
        value = given.get(f"{PREFIX}{item.key}", "")
        score = value if item.grades else _score(value)
        if score is not None:
            found[item.key] = score
    return found


def _slider(item: ItemInfo, supposed: Decimal | str | None) -> Slider:
    name, label = f"{PREFIX}{item.key}", text(item.name)
    if item.grades:
        grades = tuple((key, text(grade)) for key, grade in item.grades.items())
        return Slider(name, label, str(supposed or ""), grades=grades)
    score = supposed if isinstance(supposed, Decimal) else Decimal(0)
    return Slider(name, label, points(score), points(item.max), "0.5" if item.max <= _FINE else "1")


def _score(value: str) -> Decimal | None:
    """A plain decimal figure; None for anything else."""
    try:
        score = Decimal(value) if len(value) <= _LONGEST and value.isascii() else None
    except InvalidOperation:
        return None
    return score if score is not None and score.is_finite() else None
