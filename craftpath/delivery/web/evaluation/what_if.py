"""The what-if panel: a slider for each item that is still open, and what the engine says to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from craftpath.delivery.web.components.shapes import Part
from craftpath.delivery.web.evaluation.derivation import drawn
from craftpath.delivery.web.evaluation.figures import standing_of
from craftpath.delivery.web.evaluation.sentences import supposed_in_words
from craftpath.delivery.web.shell.templatetags.say import points, text
from craftpath.domain.evaluation.forecast import forecast
from craftpath.domain.evaluation.queries import Derivation

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation

PREFIX = "if-"
_LONGEST = 12  # characters of a supposed score
_FINE = Decimal(20)  # items with a full mark up to this move by halves


@dataclass(frozen=True, slots=True)
class Slider:
    """One open item: the name of its field, where it stands, how far it goes."""

    name: str
    label: str
    value: str
    most: str
    step: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The sliders, and the sum in words under what they say; no sentence while nothing is supposed."""

    sliders: list[Slider]
    sentence: str
    figure: Decimal
    parts: list[Part]
    asked: bool


def what_if(evaluation: Evaluation, derived: Derivation, given: Mapping[str, str]) -> WhatIf | None:
    """The panel for one apprentice; None where nothing is open that a score could close. One query."""
    supposed = {
        name.removeprefix(PREFIX): score
        for name, value in given.items()
        if name.startswith(PREFIX) and (score := _score(value)) is not None
    }
    found = forecast(evaluation, derived.enrolment.pk, supposed)
    if not found.open:
        return None
    told = found.explanation
    return WhatIf(
        sliders=[
            Slider(
                name=f"{PREFIX}{item.key}",
                label=text(item.name),
                value=points(found.supposed.get(item.key, Decimal(0))),
                most=points(item.max),
                step="0.5" if item.max <= _FINE else "1",
            )
            for item in found.open
        ],
        sentence=supposed_in_words(standing_of(told)),
        figure=told.to_date_rounded if told.total_rounded is None else told.total_rounded,
        parts=drawn(replace(derived, explanation=told)),
        asked=bool(found.supposed),
    )


def _score(value: str) -> Decimal | None:
    """A plain decimal figure; None for anything else."""
    try:
        score = Decimal(value) if len(value) <= _LONGEST and value.isascii() else None
    except InvalidOperation:
        return None
    return score if score is not None and score.is_finite() else None
