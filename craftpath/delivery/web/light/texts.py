"""Why a link cannot be given or used, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "kernel.light_other_roles": _(
        "%(name)s has other tasks here besides being a mentor, and signs in with an account."
    ),
    "kernel.light_no_place": _("You are no mentor anywhere at present. Ask the college."),
}
