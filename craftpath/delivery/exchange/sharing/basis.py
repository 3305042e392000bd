"""What every file of shared data carries: which rule, for what, on which basis, and who took it along when."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from craftpath.domain.sharing.texts import BASES, WHOM
from craftpath.kernel.purposes import PURPOSES
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.delivery.exchange.sharing.table import Shown
    from craftpath.domain.sharing.models import SharingRule
    from craftpath.domain.sharing.queries import Standing


def say(value: Text) -> str:
    """A text in the open language."""
    return value.say(get_language() or "zh-hans")


def basis_of(rule: SharingRule) -> str:
    """The basis in words."""
    said = str(BASES[rule.basis])
    return _and(said, rule.basis_words) if rule.basis_words else said


def whom_of(rule: SharingRule) -> str:
    """Of whom, in words."""
    said = str(WHOM[rule.whom])
    return _and(said, say(Text.of(rule.cohort_name))) if rule.whom == "cohort" else said


def _and(label: str, what: str) -> str:
    return f"{label}{pgettext('after a label', ': ')}{what}"


def span_of(standing: Standing) -> str:
    """From – until, as it holds in truth."""
    days = (standing.rule.starts_on, standing.last)
    return " – ".join(date_format(day, "DATE_FORMAT") for day in days)


def provenance(standing: Standing, table: Shown, *, who: str, at: datetime) -> list[tuple[str, str]]:
    """(label, what) for the first sheet of a file, or the lines at the head of a text table."""
    rule = standing.rule
    return [
        (pgettext("of a sharing rule", "Rule"), rule.label),
        (pgettext("of a sharing rule", "Data"), say(rule.title)),
        (pgettext("of a sharing rule", "Giver"), say(rule.giver.title)),
        (pgettext("of a sharing rule", "Receiver"), say(rule.receiver.title)),
        (pgettext("of a sharing rule", "Purpose"), say(PURPOSES[rule.purpose].name)),
        (pgettext("of a sharing rule", "Basis"), basis_of(rule)),
        (pgettext("of a sharing rule", "Of whom"), whom_of(rule)),
        (_("From – to"), span_of(standing)),
        (pgettext("of a sharing rule", "Hash of the text"), rule.sha256),
        (pgettext("of a file", "Taken along by"), who),
        (pgettext("of a file", "Taken along at"), localtime(at).isoformat(timespec="minutes")),
        (pgettext("of a table", "Lines"), str(table.whole)),
        (_("Left out without a consent"), str(table.left_out)),
    ]
