"""What happened to outside evidence, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "outside.mapping_made": _(
        "let statements of “%(client)s” count by the mapping %(subject)s; skill: %(skill)s"
    ),
    "outside.mapping_stopped": _("switched the mapping %(subject)s off"),
    "outside.mapping_read_again": _("let all statements be held against the mapping %(subject)s once more"),
    "outside.evidence_taken": _("by the mapping %(subject)s further statements count: %(count)s"),
    "outside.column_kept": _("“%(client)s” keeps the column %(subject)s for %(cohort)s"),
    "outside.column_dropped": _("dropped the column “%(title)s”; marks that were taken over stay"),
    "outside.column_taken": _("took the column %(subject)s over into the item %(item)s; marks: %(count)s"),
}

STATES: dict[str, Mapping[str, Any]] = {}

LABELS = {
    "outside.mapping_made": _("Mapping of outside evidence made"),
    "outside.mapping_stopped": _("Mapping of outside evidence switched off"),
    "outside.mapping_read_again": _("Outside evidence read once more"),
    "outside.evidence_taken": _("Outside evidence came"),
    "outside.column_kept": _("Column of marks from outside"),
    "outside.column_dropped": _("Column of marks from outside dropped"),
    "outside.column_taken": _("Column of marks from outside taken over"),
}
