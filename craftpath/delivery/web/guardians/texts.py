"""Why a guardian is not asked, or is the one to ask, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "kernel.consent_by_guardian": _(
        "Under %(below)s, a guardian says yes to this. Ask your college to send them a link; a no you can say yourself."
    ),
    "kernel.consent_is_ones_own_now": _(
        "This is answered in person: for this purpose, or at this age, no guardian speaks for anybody."
    ),
    "kernel.guardian_without_name": _("Name the guardian; no agreement in the record names one."),
}
