"""What happened to workshops, as sentences; who came is named in none of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from craftpath.domain.workshops import texts as workshops

SENTENCES = {
    "workshops.workshop_saved": _("planned or changed the workshop %(subject)s"),
    "workshops.workshop_moved": _("the workshop %(subject)s: %(state)s %(because)s"),
    "workshops.organisations_invited": _("invited organisations to %(subject)s: %(count)s"),
    "workshops.registered": _("registered for %(subject)s: %(count)s"),
    "workshops.registration_moved": _("a registration for %(subject)s: %(state)s"),
    "workshops.checked_in": _("noted who was there: %(subject)s, %(on)s"),
    "workshops.attendance_imported": _("took in who was on line at %(subject)s on %(on)s: %(count)s"),
    "workshops.question_moderated": _("a question at %(subject)s: %(state)s %(because)s"),
    "workshops.poll_moved": _("a poll at %(subject)s: %(state)s"),
    "workshops.case_moved": _("a case for %(subject)s: %(state)s %(remark)s"),
    "workshops.certificates_issued": _("issued certificates of %(subject)s: %(count)s"),
    "workshops.comers_thanked": _("thanked those who came to %(subject)s: %(count)s"),
    "workshops.certificate_revoked": _("revoked a certificate of %(subject)s: %(because)s"),
}

STATES: dict[str, Mapping[str, Any]] = {
    "workshops.workshop_moved": workshops.STATES,
    "workshops.registration_moved": workshops.REGISTRATION_STATES,
    "workshops.question_moderated": workshops.QUESTION_STATES,
    "workshops.poll_moved": workshops.POLL_STATES,
    "workshops.case_moved": workshops.CASE_STATES,
}

LABELS = {
    "workshops.workshop_saved": _("Workshop planned or changed"),
    "workshops.workshop_moved": _("Workshop a step further"),
    "workshops.organisations_invited": _("Organisations invited to a workshop"),
    "workshops.registered": _("Registered for a workshop"),
    "workshops.registration_moved": _("Registration for a workshop a step further"),
    "workshops.checked_in": _("Checked in at a workshop"),
    "workshops.attendance_imported": _("Attendance on line taken in"),
    "workshops.question_moderated": _("Question from the floor moderated"),
    "workshops.poll_moved": _("Poll of a workshop a step further"),
    "workshops.case_moved": _("Case for a workshop a step further"),
    "workshops.certificates_issued": _("Certificates of attendance issued"),
    "workshops.comers_thanked": _("Thanks sent after a workshop"),
    "workshops.certificate_revoked": _("Certificate of attendance revoked"),
}
