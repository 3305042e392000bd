"""What happened to packages of courses, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from craftpath.domain.packages import texts as packages

SENTENCES = {
    "packages.taken": _("uploaded the package %(subject)s (%(name)s)"),
    "packages.moved": _("the package %(subject)s: %(state)s"),
    "packages.changed": _("changed title or skills of the package %(subject)s"),
    "packages.unit_waived": _("waived part %(entry)s of the package %(subject)s for somebody: %(because)s"),
    "packages.session_abandoned": _("ended a session in part %(entry)s of the package %(subject)s"),
    "packages.attempt_moved": _("in the package %(subject)s, part %(entry)s: %(state)s %(score)s"),
}

STATES: dict[str, Mapping[str, Any]] = {
    "packages.moved": packages.STATES,
    "packages.attempt_moved": packages.ATTEMPTS,
}

LABELS = {
    "packages.taken": _("Package uploaded"),
    "packages.moved": _("Package a step further"),
    "packages.changed": _("Package named anew"),
    "packages.unit_waived": _("Part of a package waived"),
    "packages.session_abandoned": _("Session in a package ended"),
    "packages.attempt_moved": _("Part of a package played"),
}


def said(values: Mapping[str, str]) -> dict[str, str]:
    """A score in percent."""
    return {"score": f"{Decimal(values['score']) * 100:.0f} %"} if values.get("score") else {}
