"""Where a skill is used, in words: the counters of other rooms, and how each is said here."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.standards.uses import uses_of

LABELS: dict[str, Any] = {}
"""Kind of rows → how they are called in the plural, for `label_uses`."""


def label_uses(kind: str, label: Any) -> None:
    """Say how a kind of rows is called; other rooms call this beside their counter."""
    LABELS[kind] = label


label_uses("outcomes", _("Learning outcomes"))
label_uses("units", pgettext_lazy("of a plan", "Teaching units"))
label_uses("rubrics", _("Criteria of rubrics"))
label_uses("items", _("Questions for exams"))
label_uses("entries", _("Log entries"))
label_uses("observations", _("Observed jobs"))


def of(request: Request, key: str) -> list[tuple[str, int]]:
    """(what, how many) for everything that carries the skill and that the reader may count; most first."""
    found = uses_of([key], request.actor.permissions)
    counts = [(str(LABELS.get(kind, kind)), some.get(key, 0)) for kind, some in found.items()]
    return sorted((pair for pair in counts if pair[1]), key=lambda pair: -pair[1])
