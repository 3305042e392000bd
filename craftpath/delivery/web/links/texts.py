"""Why a link does not serve, or cannot be sent, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "kernel.link_unknown": _(
        "This link leads nowhere. Check that it is whole, or ask whoever gave it to you for a new one."
    ),
    "kernel.link_used": _("This link has been used; it serves once."),
    "kernel.link_revoked": _(
        "This link was replaced or taken back. Ask whoever gave it to you for the new one."
    ),
    "kernel.link_locked": _(
        "Too many wrong codes: this link has ended. Ask whoever gave it to you for a new one."
    ),
    "kernel.link_expired": _("This link has run out. Ask whoever gave it to you for a new one."),
    "kernel.link_code_wrong": _("This is not the code. You can try %(left)s more times."),
    "kernel.link_person_left": _(
        "Whom this link is about is not here any more, so it does not serve. Ask whoever gave it to you."
    ),
    "kernel.link_mail_gone": _("This mail cannot be sent once more. Make a new link; the old one then ends."),
    "kernel.link_mail_too_often": _(
        "This link was sent %(times)s times. Make a new one, and check the address."
    ),
    "kernel.mail_address_wrong": _("This is no mail address. It looks like name@example.com."),
}
