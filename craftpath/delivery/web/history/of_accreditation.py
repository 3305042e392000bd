"""What happened to the register of enterprises and their training places, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from craftpath.domain.accreditation import texts as accreditation

SENTENCES = {
    "accreditation.registration_drafted": _("an enterprise began to register: %(subject)s"),
    "accreditation.registration_moved": _("registration of %(subject)s: %(state)s %(because)s"),
    "accreditation.line_checked": _("registration of %(subject)s, %(line)s: %(outcome)s"),
    "accreditation.visited": _("visited %(subject)s on %(on)s; fit: %(fit)s"),
    "accreditation.evidence_given": _("registration of %(subject)s: a file (%(line)s; taken back: %(back)s)"),
    "accreditation.place_moved": _(
        "training places for %(subject)s %(move)s: %(capacity)s, until %(until)s %(because)s"
    ),
    "accreditation.application_moved": _(
        "application for training places for %(subject)s (%(capacity)s): %(state)s %(because)s"
    ),
    "accreditation.rule_set": _(
        "set the rule for training places: skilled workers for an apprentice: %(workers)s, apprentices of a mentor: "
        "%(per_mentor)s, visit: %(visit)s; without a free place: %(level)s"
    ),
}

STATES: dict[str, Mapping[str, Any]] = {
    "accreditation.registration_moved": accreditation.REGISTRATION_STATES,
    "accreditation.application_moved": accreditation.APPLICATION_STATES,
}

LABELS = {
    "accreditation.registration_drafted": _("Registration of an enterprise begun"),
    "accreditation.registration_moved": _("Registration of an enterprise a step further"),
    "accreditation.line_checked": _("Line of a registration checked"),
    "accreditation.visited": _("Enterprise visited"),
    "accreditation.evidence_given": _("File of a registration"),
    "accreditation.place_moved": _("Training places accredited or changed"),
    "accreditation.application_moved": _("Application for training places"),
    "accreditation.rule_set": _("Rule for training places set"),
}


def said(values: Mapping[str, str]) -> dict[str, str]:
    """Lines, what was found, moves and levels in words."""
    tables: dict[str, Mapping[str, Any]] = {
        "line": accreditation.LINES,
        "outcome": accreditation.OUTCOMES,
        "move": accreditation.MOVES,
        "level": accreditation.LEVELS,
    }
    return {
        name: str(table.get(values[name], values[name])) for name, table in tables.items() if name in values
    }
