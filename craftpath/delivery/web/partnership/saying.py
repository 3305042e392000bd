"""How partnerships are said: states as badges, the arithmetic of a value, figures as people type them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.agreements.showing import TONES
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.subsidies.saying import amount, plain
from craftpath.domain.partnership.texts import BOOKED, CONTRIBUTION_STATES, FIGURES, FORMULAS, KINDS, STATES

if TYPE_CHECKING:
    from craftpath.domain.partnership.models import Contribution, Cooperation

CONTRIBUTION_TONES = {"waiting": "attention", "confirmed": "good", "questioned": "wrong"}
_MONEY = {"amount", "price", "rate", "price_hour"}


def badge(row: Cooperation, today: date) -> tuple[str, str]:
    """(words, tone) of the agreement; one that nobody ended binds nobody after its last day all the same."""
    if row.state == "in_force" and row.ends_on < today:
        return _("Past its last day"), "plain"
    return str(STATES[row.state]), TONES.get(row.state, "plain")


def given_badge(row: Contribution) -> tuple[str, str]:
    """(words, tone) of a contribution."""
    return str(CONTRIBUTION_STATES[row.state]), CONTRIBUTION_TONES.get(row.state, "plain")


def quantity(row: Contribution) -> str:
    """The amount in its own unit: 120 h, 6 months, 480 m²·months; money as money."""
    if row.unit == "money":
        return amount(row.minor, row.currency)
    figure = f"{row.quantity.normalize():f}".replace("-", "−")
    units = {
        "hour": pgettext("a unit", "h"),
        "month": pgettext("a unit", "months"),
        "square_metre_month": pgettext("a unit", "m² × months"),
    }
    return f"{figure} {units[row.unit]}"


def arithmetic(row: Contribution) -> list[tuple[str, str]]:
    """The factors of a value: what each is called, and the figure."""
    names = {one["key"]: text(one["name"]) for one in row.book.rates}
    said = []
    for name, figure in row.steps:
        shown = plain(int(figure), row.currency) if name in _MONEY else figure
        label = str(FIGURES[name])
        if name == "rate":
            label = _("%(label)s: %(name)s") % {"label": label, "name": names.get(row.rate, row.rate)}
        said.append((label, shown))
    return said


def formula(row: Contribution) -> str:
    """How its value is worked out, in words."""
    booked = any(name == "price_hour" for name, _figure in row.steps)
    return str(BOOKED if booked else FORMULAS[row.kind])


def line(row: Contribution) -> dict[str, Any]:
    """A row of the list of what was given."""
    words, tone = given_badge(row)
    return {
        "row": row,
        "kind": KINDS[row.kind],
        "side": text(row.side.organisation.name),
        "quantity": quantity(row),
        "value": amount(row.minor, row.currency),
        "state": words,
        "tone": tone,
    }
