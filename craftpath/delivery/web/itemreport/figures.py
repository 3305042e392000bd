"""Figures as a page says them: a value or why there is none, with n, method and what is done with gaps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from craftpath.delivery.web.itemreport.words import METHODS, MISSING, WHY

if TYPE_CHECKING:
    from craftpath.engines.psychometrics import Figure


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure: its method's anchor, its name, its value as text ("" where there is none) and what it rests on."""

    key: str
    label: str
    value: str
    n: int
    why: str
    missing: str
    between: str = ""
    unit: str = ""


def shown(figure: Figure, key: str = "", *, label: str = "", unit: str = "", places: int = 2) -> Shown:
    """A figure of the engine."""
    key = key or figure.method
    between = ""
    if figure.low is not None and figure.high is not None:
        between = f"{number(figure.low, places)} – {number(figure.high, places)}"
    return Shown(
        key,
        label or str(METHODS[key].name),
        "" if figure.value is None else number(figure.value, places),
        figure.n,
        "" if figure.value is not None else reason(figure.why),
        str(MISSING[figure.missing.value]),
        between,
        unit,
    )


def plain(key: str, value: float | None, n: int, missing: str, why: str = "", unit: str = "") -> Shown:
    """A figure that is not the engine's."""
    return Shown(
        key,
        str(METHODS[key].name),
        "" if value is None else number(value),
        n,
        reason(why) if value is None else "",
        str(MISSING[missing]),
        "",
        unit,
    )


def number(value: float | None, places: int = 2) -> str:
    """As people read it; a dash for nothing, and never −0.00."""
    if value is None or not math.isfinite(value):
        return "–"
    rounded = round(value, places) + 0.0
    return str(number_format(rounded, places)).replace("-", "−")


def reason(code: str) -> str:
    """Why there is no figure."""
    return str(WHY.get(code, code))


def not_available(code: str) -> str:
    """The same as a whole sentence."""
    return _("Not available: %(why)s.") % {"why": reason(code)}
