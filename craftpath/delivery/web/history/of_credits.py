"""What happened to credits, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craftpath.domain.credits import texts as credits

SENTENCES = {
    "credits.earned": _("credits were put into the account of %(subject)s"),
    "credits.taken_back": _("a credit of %(subject)s was taken back: %(because)s"),
    "credits.unfounded": _(
        "what a credit in the request of %(subject)s stood on does not stand: %(because)s"
    ),
    "credits.asked": _("sent the request for credits of %(subject)s, lines: %(lines)s"),
    "credits.request_moved": _("request for credits of %(subject)s: %(state)s %(because)s"),
    "credits.diploma_kept": _("the diploma “%(subject)s”: %(state)s"),
    "credits.rule_kept": _("row “%(key)s” of what credits are worth: from %(valid_from)s %(valid_to)s"),
}

STATES: dict[str, Mapping[str, object]] = {
    "credits.request_moved": credits.STATES,
    "credits.diploma_kept": credits.DIPLOMA_STATES,
}

LABELS = {
    "credits.earned": _("Credits earned"),
    "credits.taken_back": _("Credit taken back"),
    "credits.unfounded": _("Credit that stands on nothing"),
    "credits.asked": _("Request for credits sent"),
    "credits.request_moved": _("Request for credits a step further"),
    "credits.diploma_kept": _("Diploma written, opened or retired"),
    "credits.rule_kept": _("Row of what credits are worth"),
}
