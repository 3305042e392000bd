"""What happened to tokens of programs and to links, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CLIENTS = {
    "kernel.client_made": _("made the token “%(name)s”, good until %(until)s; uses: %(scopes)s"),
    "kernel.client_revoked": _("revoked the token “%(name)s”"),
    "kernel.client_renamed": _("renamed the token “%(before)s” to “%(name)s”"),
    "kernel.hook_secret_made": _("made a new secret with which the messages of %(subject)s are signed"),
    "kernel.hook_replayed": _("let a message to %(subject)s be sent once more (%(key)s)"),
    "kernel.link_made": _("made a link for %(name)s"),
    "kernel.link_mailed": _("the mail with the link for %(name)s was sent"),
    "kernel.link_mail_failed": _("the mail with the link for %(name)s failed"),
    "kernel.link_revoked": _("ended a link that nobody had used"),
    "kernel.link_locked": _("a link ended by too many wrong codes"),
}
