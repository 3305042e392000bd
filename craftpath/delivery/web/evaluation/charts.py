"""The drawings of a cohort: a histogram of results and a box for each component, each with its table."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from craftpath.delivery.web.components.shapes import colour
from craftpath.delivery.web.evaluation.figures import fixed
from craftpath.delivery.web.evaluation.sentences import counted
from craftpath.delivery.web.shell.templatetags.say import points, text
from craftpath.domain.evaluation.distribution import box, coarse_histogram, showable
from craftpath.domain.evaluation.distribution import histogram as bins_of
from craftpath.domain.evaluation.queries import Row
from craftpath.domain.programmes.definition import components

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation

FIVE = (
    gettext_lazy("Least"),
    gettext_lazy("Lower quartile"),
    gettext_lazy("Median"),
    gettext_lazy("Upper quartile"),
    gettext_lazy("Greatest"),
)
FEWEST = 5  # a drawing of fewer people says less than the table beneath


def histogram(evaluation: Evaluation, rows: Sequence[Row], *, floor: bool) -> dict[str, Any] | None:
    """How final results are spread, or points to date while nothing is final.

    Of too few to draw there is only a sentence, as `why`; None if there is nothing to draw and nothing to say.
    """
    if any(row.has_levels for row in rows):
        return None  # levels are counted, not spread
    finals = [row.total for row in rows if row.total is not None]
    if floor and not showable(len(finals), len(rows) - len(finals)):
        finals = []  # how many are final would say how many are not
    figures = finals or [row.to_date for row in rows]
    if len(figures) < FEWEST:
        return {"why": _too_few(len(figures), final=bool(finals))} if figures and not floor else None
    bins = coarse_histogram(figures) if floor else bins_of(figures)
    if bins is None:
        return None
    label = _("Final result") if finals else _("Points to date")
    return {
        "kind": "histogram",
        "n": len(figures),
        "x": label,
        "y": _("People"),
        "bins": [{"from": low, "to": high, "count": count} for low, high, count in bins],
        "marks": pass_marks(evaluation) if finals else [],
        "table": {
            "head": [label, _("People")],
            "rows": [[f"{low}–{high}", count] for low, high, count in bins],
        },
    }


def _too_few(count: int, *, final: bool) -> str:
    """Why there is no drawing, so that nobody looks for one that was there yesterday."""
    if final:
        said = ngettext(
            "%(count)s result is final; a drawing needs %(fewest)s.",
            "%(count)s results are final; a drawing needs %(fewest)s.",
            count,
        )
    else:
        said = ngettext(
            "%(count)s person is shown here; a drawing needs %(fewest)s.",
            "%(count)s people are shown here; a drawing needs %(fewest)s.",
            count,
        )
    return capfirst(said % {"count": counted(count), "fewest": counted(FEWEST)})


def pass_marks(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Where the total has to reach, as lines in the drawing."""
    rules = evaluation.scheme.definition.get("rule", ())
    values = [Decimal(str(rule["value"])) for rule in rules if rule.get("kind") == "overall_min"]
    return [{"at": float(value), "label": _("Pass %(value)s") % {"value": points(value)}} for value in values]


def boxes(evaluation: Evaluation, rows: Sequence[Row]) -> dict[str, Any] | None:
    """Each component's values side by side.

    The ends of a box plot are single people, so it is only for readers who see persons.
    """
    groups = []
    for place, part in enumerate(components(evaluation.scheme.definition)):
        values = [figure for row in rows if (figure := row.components[place].value) is not None]
        found = box(values)
        if found is not None and found.n >= FEWEST:
            groups.append((colour(part.key, place), text(part.name), found))
    if not groups:
        return None
    return {
        "kind": "boxplot",
        "n": len(rows),
        "x": _("of %(most)s") % {"most": "100"},
        "min": 0,
        "max": 100,
        "groups": [
            {
                "key": key,
                "label": label,
                "low": found.low,
                "q1": found.q1,
                "median": found.median,
                "q3": found.q3,
                "high": found.high,
                "n": found.n,
            }
            for key, label, found in groups
        ],
        "table": {
            "head": [_("Part of the evaluation"), "n", *(str(name) for name in FIVE)],
            "rows": [
                [
                    label,
                    found.n,
                    *(_short(v) for v in (found.low, found.q1, found.median, found.q3, found.high)),
                ]
                for _colour, label, found in groups
            ],
        },
    }


def _short(value: float) -> str:
    return fixed(Decimal(repr(value)), 1)
