"""How essays are marked, in a sentence; points and shares as they are shown."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.templatetags.say import points, together
from craftpath.domain.exams.essays import EssayPlan, plan_of
from craftpath.domain.exams.texts import THIRDS
from craftpath.engines.rating import half_up
from craftpath.engines.scoring import read_number

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Sitting


def plan_words(sitting: Sitting) -> str:
    """Such as "Essays are marked by one; a second marks 20 % of them. …"."""
    plan = plan_of(sitting)
    if plan.raters == 2:
        said = [_("Essays are marked by two, each alone.")]
    elif plan.sample:
        said = [_("Essays are marked by one; a second marks %(share)s %% of them.") % {"share": plan.sample}]
    else:
        return _("Essays are marked by one.")
    return together([*said, _gap_words(plan)])


def _gap_words(plan: EssayPlan) -> str:
    if plan.gap is None:
        return _("The mean of two counts, however far they lie apart.")
    facts = {"gap": points(plan.gap), "rule": THIRDS[plan.third]}
    if plan.gap_in == "points":
        return _("Where two lie more than %(gap)s points apart, a third marks: %(rule)s.") % facts
    return _("Where two lie more than %(gap)s %% of the points apart, a third marks: %(rule)s.") % facts


def points_typed(typed: str) -> Decimal:
    """What was typed as candidates type figures, or a figure that is refused."""
    value = read_number(typed)
    return Decimal(-1) if value is None else half_up(value, 2)


def points_of(value: Fraction | Decimal | None) -> str:
    """Points with two places at most; a dash where there are none."""
    return "–" if value is None else points(half_up(Fraction(value), 2))


def one_place(value: float | None, *, signed: bool = False) -> str:
    """A figure with one place, with its sign where that is what it says."""
    if value is None:
        return "–"
    rounded = round(value, 1) or 0.0
    said = str(number_format(abs(rounded), 1))
    if rounded < 0:
        return f"−{said}"
    return f"+{said}" if signed and rounded > 0 else said
