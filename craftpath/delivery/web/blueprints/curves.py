"""How much information each form gives, and where: a drawing with the aim in it, and the same as figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from craftpath.delivery.web.itemreport.figures import number
from craftpath.delivery.web.itemreport.plots import Plot, axis
from craftpath.domain.exams.pool import Pooled
from craftpath.domain.exams.wishes import LETTERS, Wish

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Assembly

ENDS, STEPS = 4, 80
LOOKS = ("one", "two", "three", "four", "five", "six")
AIM = "wrong"  # the look of what stands out


def information(form: Sequence[Pooled], theta: float) -> float:
    """The sum of a² P (1 − P) of the questions that have a curve (Birnbaum 1968)."""
    found = 0.0
    for item in form:
        if item.slope is not None and item.place is not None:
            right = 1 / (1 + math.exp(-item.slope * (theta - item.place)))
            found += item.slope**2 * right * (1 - right)
    return found


def curves(row: Assembly, wish: Wish, forms: Sequence[Sequence[Pooled]]) -> dict[str, Any]:
    """The drawing, figures at each ability of the aim, and how far forms lie apart there; nothing for other aims."""
    if wish.goal != "information":
        return {}
    aims = list(zip(map(float, wish.thetas), row.found.get("target", ()), strict=False))
    at_aims = [[information(form, theta) for theta, _value in aims] for form in forms]
    apart = max((max(column) - min(column) for column in zip(*at_aims, strict=True)), default=0.0)
    return {
        "curve": _plot(aims, forms),
        "aims": [
            {
                "theta": number(theta, 2 if theta != round(theta, 1) else 1),
                "wanted": number(value),
                "error": _error(value),
                "cells": [number(found[n]) for found in at_aims],
                "errors": [_error(found[n]) for found in at_aims],
            }
            for n, (theta, value) in enumerate(aims)
        ],
        "curves_apart": number(apart),
    }


def _error(value: float) -> str:
    """The standard error of an ability where there is so much information."""
    return number(1 / math.sqrt(value)) if value > 0 else "–"


def _plot(aims: Sequence[tuple[float, float]], forms: Sequence[Sequence[Pooled]]) -> Plot:
    steps = [-ENDS + n * 2 * ENDS / STEPS for n in range(STEPS + 1)]
    lines = [[(theta, information(form, theta)) for theta in steps] for form in forms]
    most = max(
        [value for line in lines for _theta, value in line] + [value for _theta, value in aims] + [0.1]
    )
    plot = Plot(
        _("How sharply each form measures, and where"),
        axis(-ENDS, ENDS, about=8, places=0),
        axis(0, most, about=4),
        _("Ability"),
        _("Information"),
        note=_("the higher the curve, the smaller the error of an ability there"),
    )
    for theta, _value in aims:
        plot.line([(theta, 0), (theta, plot.y.high)], "zero", dashed=True)
    for n, line in enumerate(lines):
        plot.line(line, LOOKS[n % len(LOOKS)], dashed=n >= len(LOOKS))
    for theta, value in aims:
        plot.dot(theta, value, AIM, title=f"{number(theta)}: {number(value)}")
    plot.legend = [
        *((LOOKS[n % len(LOOKS)], _("Form %(letter)s") % {"letter": LETTERS[n]}) for n in range(len(forms))),
        (AIM, _("aim")),
    ]
    plot.head = [_("Ability"), *(LETTERS[n] for n in range(len(forms)))]
    every = STEPS // (2 * ENDS)
    plot.rows = [
        [number(theta, 0), *(number(line[n][1]) for line in lines)]
        for n, theta in enumerate(steps)
        if n % every == 0
    ]
    return plot
