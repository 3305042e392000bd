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
}

STATES: dict[str, Mapping[str, object]] = {"protection.answered": protection.STATES}

LABELS = {
    "protection.asked": _("Request about data"),
    "protection.answered": _("Request about data answered"),
    "protection.withdrawn": _("Request about data taken back"),
    "protection.locked": _("Data locked"),
    "protection.erased": _("Person erased"),
}
