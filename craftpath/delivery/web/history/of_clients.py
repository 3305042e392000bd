"""What happened to tokens of programs and to links, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CLIENTS = {
    "kernel.client_made": _("made the token “%(name)s”, good until %(until)s; uses: %(scopes)s"),
    "kernel.client_revoked": _("revoked the token “%(name)s”"),
    "kernel.client_renamed": _("renamed the token “%(before)s” to “%(name)s”"),
    "kernel.hook_secret_made": _("made a new secret with which the messages of %(subject)s are signed"),
    "kernel.hook_replayed": _("let a message to %(subject)s be sent once more (%(key)s)"),
    "kernel.directory_person_came": _("the directory brought %(person)s"),
    "kernel.directory_person_moved": _("the directory says of %(person)s: %(state)s"),
    "kernel.directory_group_changed": _(
        "the group “%(name)s” of the directory: %(state)s; came: %(came)s, left: %(left)s"
    ),
    "kernel.directory_group_mapped": _("decided what the group “%(name)s” of the directory means: %(role)s"),
    "kernel.sign_on_kept": _("the way to sign in “%(name)s”: %(state)s"),
    "kernel.sign_on_groups_kept": _("groups of the way to sign in “%(name)s”: %(state)s"),
    "kernel.sign_on_linked": _("linked an account of “%(name)s” to %(person)s"),
    "kernel.sign_on_unlinked": _("ended the link of %(person)s to an account of “%(name)s”"),
    "kernel.link_made": _("made a link for %(name)s"),
    "kernel.link_mailed": _("the mail with the link for %(name)s was sent"),
    "kernel.link_mail_failed": _("the mail with the link for %(name)s failed"),
    "kernel.link_revoked": _("ended a link that nobody had used"),
    "kernel.link_locked": _("a link ended by too many wrong codes"),
}

DIRECTORY_STATES = {
    "on": _("switched on"),
    "off": _("switched off"),
    "out": _("taken out"),
    "came": pgettext_lazy("a group of the directory", "new"),
    "filled": _("other members"),
    "gone": _("taken out"),
}

SIGN_ON_STATES = {
    "new": pgettext_lazy("a way to sign in", "entered"),
    "changed": _("settings changed"),
    "on": _("switched on"),
    "off": _("switched off"),
    "removed": _("removed"),
    "said": _("other meanings"),
}
