"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "reading.not_the_keeper": _("Only whoever leads this list can do this."),
    "reading.closed": _("This list is closed: what was read stays, and nothing is added."),
    "reading.licence_missing": _("Choose the licence of the text."),
    "reading.may_not_be_copied": _(
        "Without the right to copy it, a text is only linked: leave its words out, or choose the licence that it has."
    ),
    "reading.permission_unsaid": _("Say in the line who permitted it and when."),
    "reading.nowhere": _("Add the text itself, a link, or where it is found."),
    "reading.text_in_use": _(
        "Somebody has read this text or noted something on it, so it stays on the list."
    ),
    "reading.quote_too_long": _("Quote at most %(most)s characters."),
    "reading.no_club": _("This list has no club yet, so there is nobody to share it with."),
    "reading.figures_odd": _("At most %(pages)s pages and %(minutes)s minutes."),
    "reading.confirmed_already": _("It was confirmed and changes no more."),
    "reading.own_record": _("Somebody else confirms what you have read."),
}

LICENCES = {
    "public_domain": pgettext_lazy("a licence", "Public domain"),
    "cc0": pgettext_lazy("a licence", "CC0: no rights reserved"),
    "cc_by": pgettext_lazy("a licence", "CC BY: with the author's name"),
    "cc_by_sa": pgettext_lazy("a licence", "CC BY-SA: with the name, shared alike"),
    "cc_by_nc": pgettext_lazy("a licence", "CC BY-NC: with the name, not for sale"),
    "own": pgettext_lazy("a licence", "Written by ourselves"),
    "permitted": pgettext_lazy("a licence", "Permitted by whoever holds the rights"),
    "linked": pgettext_lazy("a licence", "No right to copy: only linked"),
}

RECORD_STATES = {
    "reading": pgettext_lazy("a reading", "reading"),
    "finished": pgettext_lazy("a reading", "finished"),
    "confirmed": pgettext_lazy("a reading", "confirmed"),
}

LIST_STATES = {
    "open": pgettext_lazy("a reading list", "open"),
    "closed": pgettext_lazy("a reading list", "closed"),
}
