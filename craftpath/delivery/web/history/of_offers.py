"""What happened at the service desk, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from craftpath.domain.offers import texts as offers

SENTENCES = {
    "offers.opened": _(
        "asked the service desk: %(subject)s (%(kind)s); an answer is promised by %(promised_on)s"
    ),
    "offers.changed": _("wrote the request %(subject)s anew"),
    "offers.message_sent": _("sent a message about %(subject)s (%(part)s)"),
    "offers.moved": _("request %(subject)s: %(state)s %(because)s"),
    "offers.outcome_judged": _("judged what came of %(subject)s: %(stars)s of 5"),
    "offers.rule_set": _(
        "set the promise of the service desk: workdays until an answer: %(promise_days)s, asked again after days: "
        "%(ask_after_days)s"
    ),
}

STATES: dict[str, Mapping[str, Any]] = {"offers.moved": offers.STATES}

LABELS = {
    "offers.opened": _("Request at the service desk"),
    "offers.changed": _("Request written anew"),
    "offers.message_sent": _("Message about a request"),
    "offers.moved": _("Request a step further"),
    "offers.outcome_judged": _("Result of a request judged"),
    "offers.rule_set": _("Promise of the service desk set"),
}


def said(values: Mapping[str, str]) -> dict[str, str]:
    """Kinds and sides in words."""
    tables: dict[str, Mapping[str, Any]] = {"kind": offers.KINDS, "part": offers.PARTS}
    return {
        name: str(table.get(values[name], values[name])) for name, table in tables.items() if name in values
    }
