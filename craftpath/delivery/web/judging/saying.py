"""How practical work is said: marks, badges, what an item is called, how far apart raters are."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.judging.texts import KINDS, NEEDS
from craftpath.domain.programmes.definition import items

if TYPE_CHECKING:
    from craftpath.domain.judging.models import Practical
    from craftpath.domain.judging.settling import Work

SHOWN_PLACES = Decimal("0.1")


def mark_of(value: Decimal | None) -> str:
    """A mark of 100 with one place; the page of the work has it exactly."""
    if value is None:
        return "–"
    return str(number_format(value.quantize(SHOWN_PLACES, ROUND_HALF_UP)))


def item_name(row: Practical) -> str:
    """What the scheme calls the item that is judged."""
    known = {item.key: item for item in items(row.evaluation.scheme.definition)}
    return text(known[row.item].name) if row.item in known else row.item


def kind_and_item(row: Practical) -> str:
    """Such as "Task · Workshop task 2"."""
    return f"{KINDS[row.kind]} · {item_name(row)}"


def badge_of_work(work: Work, *, own: bool = False) -> tuple[str, str]:
    """(words, tone): how one work stands; an apprentice reads no more than whether it is published."""
    if work.in_force:
        return _("published"), "good"
    if own:
        return (_("being looked at again"), "info") if work.judgement else (_("not published yet"), "plain")
    if work.needs:
        tone = "plain" if work.needs == "ratings" else "attention"
        return str(NEEDS[work.needs]), tone
    return _("ready to publish"), "info"
