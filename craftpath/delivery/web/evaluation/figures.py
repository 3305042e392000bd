"""What rings, bars and sentences need of one result: figures in the scheme's places, parts in fixed colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from craftpath.delivery.web.components.shapes import Part, colour
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.evaluation.queries import Row, Sum
from craftpath.domain.programmes.definition import ComponentInfo
from craftpath.engines.evaluation import Explanation, Role
from craftpath.values.rounding import half_up
from craftpath.values.text import Text

LONGEST = 8  # places of an exact decimal that is still printed whole
SHOWN = 4  # places of one that does not end


def fixed(value: Decimal | None, decimals: int) -> str:
    """A figure with all the places that the scheme prints, so that columns line up; nothing prints –."""
    return "–" if value is None else f"{value:.{decimals}f}"


def exact(value: Fraction) -> str:
    """A fraction as a decimal, whole if it ends; one that does not is cut after four places, with `…`."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    ends = rest == 1 and max(twos, fives) <= LONGEST
    places = max(twos, fives) if ends else SHOWN
    scaled = abs(value.numerator) * 10**places // value.denominator
    digits = f"{scaled:0{places + 1}d}"
    words = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"{'-' if value < 0 else ''}{words}{'' if ends else '…'}"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands, as far as a sentence needs it; `left` counts the items that are still open."""

    total: Decimal | None
    to_date: Decimal
    open: Decimal
    left: int
    passed: bool | None
    grade: str
    complete: bool
    has_levels: bool = False
    decided: bool = False


def standing_of_row(row: Row) -> Standing:
    """From a stored result."""
    return Standing(
        row.total,
        row.to_date,
        row.open,
        len(row.missing),
        row.passed,
        text(row.level) if row.grade else "",
        complete=row.complete,
        has_levels=row.has_levels,
        decided=row.decided,
    )


def standing_of_sum(found: Sum) -> Standing:
    """From a stored result of which only the sum was read."""
    return Standing(
        found.total,
        found.to_date,
        found.open,
        found.left,
        found.passed,
        text(found.grade) if found.grade else "",
        complete=found.complete,
        has_levels=found.has_levels,
        decided=found.decided,
    )


def standing_of(explanation: Explanation, levels: Mapping[str, Text], *, decided: bool = False) -> Standing:
    """From a derivation; `levels` are the names of the grade modes' results, `decided` if its result is."""
    return Standing(
        total=explanation.total_rounded,
        to_date=explanation.to_date_rounded,
        open=explanation.open_rounded,
        left=sum(item.role is Role.OPEN for part in explanation.components for item in part.items),
        passed=explanation.passed,
        grade=text(levels.get(explanation.grade, explanation.grade)) if explanation.grade else "",
        complete=explanation.complete,
        has_levels=bool(levels),
        decided=decided,
    )


def parts_of(parts: Sequence[ComponentInfo], row: Row, decimals: int) -> list[Part]:
    """The parts of a ring or bar, from a stored result.

    Where a component has left (nothing in it counts), its weight goes to the others, as in the result itself.
    Where levels are reached there are no parts of a whole, so there is nothing to draw.
    """
    if row.has_levels:
        return []
    weights = _weights(parts, row)
    whole = sum(weights, Decimal(0))
    return [
        Part(
            key=colour(part.key, place),
            label=text(part.name),
            weight=half_up(100 * Fraction(weight) / Fraction(whole), decimals),
            earned=figures.to_date or Decimal(0),
            open=figures.open or Decimal(0),
        )
        for place, (part, figures, weight) in enumerate(zip(parts, row.components, weights, strict=True))
        if weight
    ]


def _weights(parts: Sequence[ComponentInfo], row: Row) -> list[Decimal]:
    return [
        part.weight if figures.value is not None or figures.open else Decimal(0)
        for part, figures in zip(parts, row.components, strict=True)
    ]
