"""The scale: which model, what it says of each question, and where the test is sharp."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.exams.showing import plain
from craftpath.delivery.web.itemreport.figures import Shown, not_available, number, reason
from craftpath.delivery.web.itemreport.plots import Plot, axis, share_axis
from craftpath.delivery.web.itemreport.reading import Reading, page
from craftpath.delivery.web.itemreport.words import METHODS, MISSING
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.exams.analysis import LEAST_RASCH, LEAST_TWO_PL, Modelled, Sheet, modelled
from craftpath.domain.exams.analysis.modelling import observed
from craftpath.kernel.roles import Permission

ENDS = 4.0
TAME, WILD = 0.7, 1.3
UNLIKELY = 0.01


@require_GET
@needs(Permission.IMPORT_MARKS)
def model(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """The model of the form that is chosen, or why there is none."""
    return page(request, sitting, "itemreport/model.html", _filled)


def _filled(reading: Reading) -> dict[str, Any]:
    sheet = reading.sheet
    if sheet is None:
        return {}
    found = modelled(sheet)
    context: dict[str, Any] = {
        "n": sheet.n,
        "keep_url": reading.address("keep"),
        "model": found,
        "chosen": _chosen(found),
        "why": not_available(found.why) if found.why else "",
        "least": LEAST_RASCH,
        "enough": LEAST_TWO_PL,
    }
    if found.fitted is None:
        return context
    return context | {
        "name": METHODS[found.fitted.slope.method].name,
        "rows": _rows(reading, sheet, found),
        "map": _map(sheet, found),
        "information": _information(found),
        "how": [
            found.fitted.slope.method,
            "s_x2" if found.two_slopes else "mean_squares",
            "expected_a_posteriori",
            "information",
        ],
    }


def _chosen(found: Modelled) -> str:
    """Why this model, in a sentence."""
    facts = {"n": found.n, "rasch": LEAST_RASCH, "two": LEAST_TWO_PL}
    if found.why == "too_few_people":
        return _("A scale needs %(rasch)s candidates of one form at least; here are %(n)s.") % facts
    if found.fallback:
        return (
            _(
                "With %(n)s candidates each question should have a slope of its own, but the search did not come to "
                "rest; so all have one slope."
            )
            % facts
        )
    if found.two_slopes:
        return _("With %(n)s candidates, %(two)s or more, each question has a slope of its own.") % facts
    return (
        _(
            "With %(n)s candidates, fewer than %(two)s, slopes of their own would be chance; so all questions have one "
            "slope."
        )
        % facts
    )


def _rows(reading: Reading, sheet: Sheet, found: Modelled) -> list[dict[str, Any]]:
    """Each question with its parameters, errors and fit."""
    rows = []
    for at, order in enumerate(sheet.orders):
        version = sheet.table.lines[sheet.columns[at]].version
        told, _methods = fit_of(found, at)
        rows.append(
            {
                "order": order,
                "words": plain(version.stem, 40),
                "url": reading.address("question", version.item.public_id),
                "figures": told,
                "why": next((one.why for one in told if one.why), ""),
                "all_why": all(one.why for one in told),
                "odd": _odd(found, at),
            }
        )
    return rows


def _odd(found: Modelled, at: int) -> bool:
    """Whether the question does not behave as the model has it."""
    if found.mean_squares is not None:
        values = (found.mean_squares.infit.one(at).value, found.mean_squares.outfit.one(at).value)
        return any(one is not None and not TAME <= one <= WILD for one in values)
    return found.chi_square is not None and bool(found.chi_square.p[at] < UNLIKELY)


def fit_of(found: Modelled, at: int) -> tuple[list[Shown], list[str]]:
    """Difficulty, slope and fit of one question, and the methods that they name."""
    if found.fitted is None or found.difficulty_error is None or found.slope_error is None:
        return [], []
    method = found.fitted.slope.method
    told = [
        _parameter(
            _("Difficulty b"), found.fitted.difficulty.one(at), found.difficulty_error.one(at), method
        ),
        _parameter(_("Slope a"), found.fitted.slope.one(at), found.slope_error.one(at), method),
    ]
    if found.mean_squares is not None:
        for name, figures in (
            (_("Infit"), found.mean_squares.infit),
            (_("Outfit"), found.mean_squares.outfit),
        ):
            told.append(_fit(name, figures.one(at), "mean_squares"))
        return told, [method, "mean_squares"]
    if found.chi_square is not None:
        one = found.chi_square.statistic.one(at)
        told.append(_fit(_("S-X²"), one, "s_x2"))
        p = None if one.value is None else float(found.chi_square.p[at])
        why = "" if p is not None else reason(one.why)
        told.append(
            Shown(
                "s_x2",
                _("p of it"),
                number(p, 3) if p is not None else "",
                one.n,
                why,
                str(MISSING[one.missing.value]),
            )
        )
    return told, [method, "s_x2"]


def _parameter(label: str, figure: Any, error: Any, method: str) -> Shown:
    between = "" if figure.value is None or error.value is None else f"± {number(error.value)}"
    return Shown(
        method,
        label,
        "" if figure.value is None else number(figure.value),
        figure.n,
        "" if figure.value is not None else reason(figure.why),
        str(MISSING[figure.missing.value]),
        between,
    )


def _fit(label: str, figure: Any, method: str) -> Shown:
    return Shown(
        method,
        label,
        "" if figure.value is None else number(figure.value),
        figure.n,
        "" if figure.value is not None else reason(figure.why),
        str(MISSING[figure.missing.value]),
    )


def _map(sheet: Sheet, found: Modelled) -> Plot | None:
    """People above, questions below on one scale (Wright's map, laid on its side)."""
    if found.fitted is None or found.theta is None:
        return None
    theta = [float(one) for one in found.theta if one == one]
    at_home = [
        (order, float(b))
        for order, b, used in zip(
            sheet.orders, found.fitted.difficulty.values, found.fitted.usable, strict=True
        )
        if used
    ]
    half = 0.5
    counts = Counter(int((min(max(one, -ENDS), ENDS - 1e-9) + ENDS) / half) for one in theta)
    most = max(counts.values(), default=1)
    stacks: Counter[int] = Counter()
    places = []
    for order, b in sorted(at_home, key=lambda one: one[1]):
        slot = int((min(max(b, -ENDS), ENDS - 1e-9) + ENDS) / half)
        stacks[slot] += 1
        places.append((order, b, slot, stacks[slot]))
    deep = max(stacks.values(), default=1)
    upper = axis(0, most, about=3, places=0)
    below = upper.high * min(0.12 * deep + 0.06, 1.2)
    frame = type(upper)(-below, upper.high, upper.ticks, 0)
    plot = Plot(
        _("People and questions on one scale"),
        axis(-ENDS, ENDS, about=8, places=0),
        frame,
        _("Ability above, difficulty of the questions below: 0 is the mean of the candidates"),
        _("Candidates"),
        n=len(theta),
        note=_("where there are people and no questions, the test says little about them"),
    )
    plot.height = 260 + 18 * max(deep - 3, 0)
    for slot, count in sorted(counts.items()):
        low = -ENDS + slot * half
        plot.rects.append(_over(plot, low, low + half, count))
    plot.line([(-ENDS, 0), (ENDS, 0)], "zero")
    for order, _b, slot, deepness in places:
        x = -ENDS + (slot + 0.5) * half
        plot.dot(x, -below * deepness / (deep + 0.5), "name", words=str(order), size=0)
    plot.head = [_("Question"), _("Difficulty b")]
    plot.rows = [[order, number(b)] for order, b in sorted(at_home, key=lambda one: one[1])]
    return plot


def _over(plot: Plot, low: float, high: float, count: float) -> Any:
    """A bar that stands on nothing, not on the lower edge."""
    plot.bar(low, high, count, "bar", str(count))
    drawn = plot.rects.pop()
    ground = float(plot.up(0))
    return type(drawn)(
        drawn.x, drawn.y, drawn.width, f"{ground - float(drawn.y):.1f}", drawn.look, drawn.words
    )


def _information(found: Modelled) -> Plot | None:
    """Where the test is sharp, and the standard error of an ability there."""
    if found.curve is None:
        return None
    points = list(zip(found.curve.theta.tolist(), found.curve.information.tolist(), strict=True))
    errors = list(zip(found.curve.theta.tolist(), found.curve.error.tolist(), strict=True))
    most = max(max(value for _x, value in points), 1.0)
    plot = Plot(
        _("Where the test is sharp"),
        axis(-ENDS, ENDS, about=8, places=0),
        axis(0, most, about=4),
        _("Ability"),
        _("Information; standard error"),
        n=found.n,
    )
    plot.line(points, "one")
    plot.line([(x, value) for x, value in errors if value <= plot.y.high], "two", dashed=True)
    plot.legend = [("one", _("information")), ("two", _("standard error of an ability"))]
    plot.head = [_("Ability"), _("Information"), _("Standard error")]
    plot.rows = [
        [number(x, 1), number(value), number(error)]
        for (x, value), (_x, error) in zip(points[::10], errors[::10], strict=True)
    ]
    return plot


def item_curve(sheet: Sheet, found: Modelled, at: int) -> Plot | None:
    """The share that the model expects at each ability, and what was seen."""
    if found.fitted is None or found.theta is None or not found.fitted.usable[at]:
        return None
    a, b = float(found.fitted.slope.values[at]), float(found.fitted.difficulty.values[at])
    seen = observed(found.theta, sheet.responses.scores[:, at] / sheet.responses.maxima[at])
    plot = Plot(
        _("Expected and seen"),
        axis(-ENDS, ENDS, about=8, places=0),
        share_axis(),
        _("Ability"),
        _("Share right"),
        n=int(found.fitted.difficulty.n[at]),
        note=_("each point is a group of candidates of like ability"),
    )
    steps = [-ENDS + n * ENDS / 40 for n in range(81)]
    plot.line([(x, 1 / (1 + math.exp(-a * (x - b)))) for x in steps], "one")
    for theta, share, count in seen:
        plot.dot(theta, share, "two", title=f"n = {count}")
    plot.legend = [("one", _("model")), ("two", _("seen"))]
    plot.head = [_("Ability"), "n", _("Seen"), _("Expected")]
    plot.rows = [
        [number(theta), count, number(share), number(1 / (1 + math.exp(-a * (theta - b))))]
        for theta, share, count in seen
    ]
    return plot
