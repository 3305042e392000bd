"""What happened to requests about one's own data, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craftpath.domain.protection import texts as protection

SENTENCES = {
    "protection.asked": _("asked about the own data: %(kind)s; to be answered by %(due_on)s"),
    "protection.answered": _("request about data: %(state)s"),
    "protection.withdrawn": _("took the request about the own data back"),
    "protection.locked": _("locked somebody's data until %(until)s"),
    "protection.erased": _("erased somebody: %(emptied)s rows emptied, %(gone)s gone, %(files)s files"),
    "protection.assessment_written": _("wrote the assessment “%(subject)s”"),
    "protection.assessment_moved": _("assessment “%(subject)s”: %(state)s"),
    "protection.breach_reported": _("reported a breach of personal data"),
    "protection.breach_moved": _("breach of personal data: %(state)s"),
}

STATES: dict[str, Mapping[str, object]] = {
    "protection.answered": protection.STATES,
    "protection.assessment_moved": protection.ASSESSMENTS,
    "protection.breach_moved": protection.BREACHES,
}

LABELS = {
    "protection.asked": _("Request about data"),
    "protection.answered": _("Request about data answered"),
    "protection.withdrawn": _("Request about data taken back"),
    "protection.locked": _("Data locked"),
    "protection.erased": _("Person erased"),
    "protection.assessment_written": _("Assessment written"),
    "protection.assessment_moved": _("Assessment decided or retired"),
    "protection.breach_reported": _("Breach reported"),
    "protection.breach_moved": _("Breach handled"),
}
