"""Why somebody gets no slip here, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "kernel.password_own": _("This is you. Change your own password in the settings."),
    "kernel.person_of_another": _("This person has no role at your organisation."),
    "kernel.person_elsewhere": _(
        "This person has a role at another organisation too. Somebody who looks after both makes the slip."
    ),
    "kernel.person_inactive": _("This person no longer signs in."),
}
