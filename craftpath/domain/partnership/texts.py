"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "partnership.unfinished": _("Say how, what, for which cost and with which duties, before it is signed."),
    "partnership.same_side": _(
        "Enterprise and college are two organisations, and neither lies inside the other."
    ),
    "partnership.of_others": _("Neither of the two organisations is yours."),
}

STATES = {
    "draft": _("Draft"),
    "awaiting_signatures": _("Waiting for signatures"),
    "in_force": pgettext_lazy("an agreement", "In force"),
    "ended": _("Ended"),
    "void": _("Void"),
}
