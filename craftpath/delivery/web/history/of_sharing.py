"""What happened to sharing rules, and who looked, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from craftpath.domain.sharing import texts as sharing

SENTENCES = {
    "sharing.rule_saved": _("wrote the sharing rule %(subject)s"),
    "sharing.rule_moved": _("sharing rule %(subject)s: %(state)s %(because)s"),
    "sharing.rule_followed": _(
        "sharing rule %(subject)s: a later version was accepted and takes its place on %(on)s"
    ),
    "sharing.seen": _("looked at what the rule %(subject)s shows: %(lines)s lines, %(form)s"),
}

STATES: dict[str, Mapping[str, Any]] = {"sharing.rule_moved": sharing.STATES}


def said(values: Mapping[str, str]) -> dict[str, str]:
    """How somebody looked, in words."""
    return {"form": str(sharing.FORMS[values["form"]])} if "form" in values else {}


LABELS = {
    "sharing.rule_saved": _("Sharing rule written"),
    "sharing.rule_moved": _("Sharing rule a step further"),
    "sharing.rule_followed": _("Later version of a sharing rule accepted"),
    "sharing.seen": _("Look at shared data"),
}
