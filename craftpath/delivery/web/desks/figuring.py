"""Where things stand in a figure or two: the line on top of a desk, and the bar of stages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.components.shapes import figure
from craftpath.delivery.web.desks.shapes import Sum
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.apprenticeships.counting import Placed
from craftpath.domain.counts.queries import Figures
from craftpath.domain.programmes.queries import stages_named


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a bar: which stage, how many, and where it lies in percent of the whole."""

    label: str
    order: int
    n: int
    start: str
    width: str


def stage_bar(stages: Mapping[str, int]) -> list[Share]:
    """People by stage in the order of the path, those in none last; one query, none for nobody."""
    known = {key: n for key, n in stages.items() if n > 0}
    if not known:
        return []
    names = {stage.key: (stage.order, text(stage.name)) for stage in stages_named(known)}
    return stage_bar_of(known, names)


def stage_bar_of(stages: Mapping[str, int], names: Mapping[str, tuple[int, str]]) -> list[Share]:
    """The same with the names as they were read: stage key → order and name."""
    known = {key: n for key, n in stages.items() if n > 0}
    whole = sum(known.values())
    found, start = [], 0.0
    for key, n in sorted(known.items(), key=lambda entry: (names.get(entry[0], (99, ""))[0], entry[0])):
        order, label = names.get(key, (0, _("in no stage")))
        width = 100 * n / whole
        found.append(Share(label, order, n, f"{start:.2f}", f"{width:.2f}"))
        start += width
    return found


def stages_among(rows: Iterable[Placed]) -> Mapping[str, int]:
    """stage key → how many of these are in it."""
    return Counter(row.stage for row in rows)


def need_sum(count: int) -> list[Sum]:
    """How many people need somebody; nothing where nobody does."""
    words = ngettext("person needs you", "people need you", count)
    return [Sum(figure(count), words, "needs", "attention")] if count else []


def own_sum(count: int) -> list[Sum]:
    """How many apprentices somebody looks after."""
    return [Sum(figure(count), ngettext("apprentice with you", "apprentices with you", count), "standing")]


def people_sum(figures: Figures) -> list[Sum]:
    """How many apprentices there are at a place."""
    count = figures.people
    return [Sum(figure(count), ngettext("apprentice", "apprentices", count), "standing")] if count else []


def late_sum(figures: Figures) -> list[Sum]:
    """How many things about people of a place are late; nothing where none is."""
    count = sum(figures.late.values())
    words = ngettext("thing is late", "things are late", count)
    return [Sum(figure(count), words, "needs", "attention")] if count else []
