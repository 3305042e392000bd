"""What happened to notices, plans and quotas, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from craftpath.domain.directives import texts as directives

SENTENCES = {
    "directives.written": _("wrote a draft of %(subject)s"),
    "directives.moved": _("%(subject)s: %(state)s %(because)s"),
    "directives.corrected": _(
        "corrected %(subject)s, now version %(number)s: %(because)s (read again: %(again)s)"
    ),
    "directives.read": _("opened %(subject)s (read and understood: %(understood)s)"),
    "directives.reminded": _("reminded those who have not read %(subject)s: %(count)s"),
    "directives.answered": _("answered %(subject)s"),
}

STATES: dict[str, Mapping[str, Any]] = {"directives.moved": directives.STATES}

LABELS = {
    "directives.written": _("Notice, plan or quota written"),
    "directives.moved": _("Notice, plan or quota published, withdrawn or thrown away"),
    "directives.corrected": _("Notice, plan or quota corrected"),
    "directives.read": _("Notice, plan or quota opened or understood"),
    "directives.reminded": _("Readers of a notice reminded"),
    "directives.answered": _("Notice, plan or quota answered"),
}
