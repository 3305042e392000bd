"""What happened in early help, as sentences. What tells of a person stands in no organisation's history."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craftpath.domain.support import texts as support

SENTENCES = {
    "support.help_recorded": _("noted a step of early help"),
    "support.help_taken_back": _("took back a note of early help"),
    "support.help_looked_at": _("looked at what came of early help"),
    "support.correction_asked": _("asked to have a fact put right"),
    "support.correction_ended": _("a request to put a fact right: %(state)s"),
    "support.sign_corrected": _("set a fact right"),
    "support.model_fitted": _("fitted model %(version)s of early help; cases: %(cases)s"),
    "support.model_switched": _("switched model %(version)s of early help on or off"),
}

STATES: dict[str, Mapping[str, object]] = {
    "support.correction_ended": support.CORRECTION_STATES,
}

LABELS = {
    "support.help_recorded": _("Early help noted"),
    "support.help_taken_back": _("Note of early help taken back"),
    "support.help_looked_at": _("Early help looked at again"),
    "support.correction_asked": _("Correction asked"),
    "support.correction_ended": _("Correction answered"),
    "support.sign_corrected": _("Fact set right"),
    "support.model_fitted": _("Model fitted"),
    "support.model_switched": _("Model switched"),
}
