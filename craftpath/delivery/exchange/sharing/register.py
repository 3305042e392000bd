"""The register of sharing: who gets what, on which basis, until when, and how often it was looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.exchange.sharing.basis import basis_of, say, whom_of
from craftpath.delivery.exchange.sharing.registry import CLASSES
from craftpath.delivery.exchange.writing import OutSheet
from craftpath.domain.sharing.queries import look_counts
from craftpath.domain.sharing.texts import STATES
from craftpath.kernel.purposes import PURPOSES
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.delivery.exchange.book import Row
    from craftpath.domain.sharing.models import SharingRule
    from craftpath.domain.sharing.queries import Standing


def register(given: Sequence[Standing], received: Sequence[Standing]) -> list[OutSheet]:
    """Two sheets: what an organisation shares, and what is shared with it."""
    counts = look_counts(one.rule.pk for one in (*given, *received))
    return [
        OutSheet(_("What we share"), _header(), _rows(given, counts)),
        OutSheet(_("Shared with us"), _header(), _rows(received, counts)),
    ]


def _header() -> list[str]:
    return [
        pgettext("of a sharing rule", "Rule"),
        pgettext("of a sharing rule", "Giver"),
        pgettext("of a sharing rule", "Receiver"),
        pgettext("of a sharing rule", "Data"),
        pgettext("of a sharing rule", "Columns"),
        pgettext("of a sharing rule", "Sensitive columns"),
        pgettext("of a sharing rule", "Of whom"),
        pgettext("of a sharing rule", "Purpose"),
        pgettext("of a sharing rule", "Basis"),
        pgettext("of a sharing rule", "From"),
        pgettext("of a sharing rule", "Until"),
        _("State"),
        _("Accepted on"),
        _("Ended on"),
        pgettext("of a sharing rule", "Reason of the end"),
        pgettext("at shared data", "Looks"),
        _("Last look"),
        pgettext("of a sharing rule", "Hash of the text"),
    ]


def _rows(standings: Iterable[Standing], counts: dict) -> list[Row]:
    found: list[Row] = []
    for one in standings:
        rule = one.rule
        count, last = counts.get(rule.pk, (0, None))
        found.append(
            (
                rule.label,
                say(rule.giver.title),
                say(rule.receiver.title),
                say(rule.title),
                columns_of(rule),
                _sensitive(rule),
                whom_of(rule),
                say(PURPOSES[rule.purpose].name),
                basis_of(rule),
                rule.starts_on,
                min(rule.ends_on, one.last) if one.last.year > 1 else rule.ends_on,
                str(STATES[one.state]),
                localdate(rule.accepted_at) if rule.accepted_at else None,
                localdate(rule.ended_at) if rule.ended_at else None,
                rule.ended_because,
                count,
                localdate(last) if last else None,
                rule.sha256,
            )
        )
    return found


def columns_of(rule: SharingRule) -> str:
    """The columns as they were called when the rule was written, in the open language."""
    chosen = [Text.of(title) for key, title in rule.named["columns"] if key in rule.columns]
    return pgettext("between the names of a list", ", ").join(say(one) for one in chosen)


def _sensitive(rule: SharingRule) -> str:
    kind = CLASSES.get(rule.data_class)
    found = (
        [say(one.title) for one in kind.chosen(rule.columns) if one.sensitivity == "sensitive"]
        if kind
        else []
    )
    return pgettext("between the names of a list", ", ").join(found)
