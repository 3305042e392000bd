"""What happened to confirmed acts, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "participation.confirmed": _("learning activity confirmed for %(acts)s apprentices"),
    "participation.withdrawn": _("confirmation taken back for %(acts)s apprentices %(because)s"),
}

LABELS = {
    "participation.confirmed": _("Learning activity confirmed"),
    "participation.withdrawn": _("Confirmation taken back"),
}
