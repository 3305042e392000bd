"""What a mentor or trainer is told after an answer to logs, by form or by what a device brings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.shell.telling import Told


def confirmed(outcome: Mapping[str, Any]) -> list[Told]:
    """How many were confirmed (`done`), and each reason for which some were not (`refused`) once."""
    told = []
    if outcome.get("done"):
        count = len(outcome["done"])
        said = ngettext("Confirmed: %(count)s entry.", "Confirmed: %(count)s entries.", count)
        told.append(Told("good", said % {"count": count}))
    reasons = dict.fromkeys(outcome.get("refused", {}).values())
    return told + [Told("attention", reason) for reason in reasons]


def sent_back(_outcome: Mapping[str, Any]) -> list[Told]:
    """One went back."""
    return [Told("good", _("Sent back."))]


def recorded(_outcome: Mapping[str, Any]) -> list[Told]:
    """A talk or a job stands in the record."""
    return [Told("good", _("Recorded. Thank you."))]
