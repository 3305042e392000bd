"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "protection.not_yours": _("Everybody asks about the own data, signed in as oneself."),
    "protection.own": _("Nobody answers the own request. Ask a colleague."),
    "protection.kind_unknown": _("Choose what you ask for."),
    "protection.say_something": _("Say in a sentence what it is about."),
    "protection.too_long": _("At most %(most)s characters fit."),
    "protection.asked_already": _("You have asked for this already, and it is not answered yet."),
    "protection.erase_or_say_why": _(
        "Whoever asks for deletion is erased or locked, or told why not: words alone are no answer."
    ),
    "protection.no_deletion": _("Deletion was not asked for here."),
    "protection.nothing_holds": _("Nothing has to be kept any more. Erase."),
    "protection.apprenticeship_runs": _(
        "The apprenticeship runs, and its agreement needs the record. Refuse with this reason, or end it first."
    ),
    "protection.has_a_role": _(
        "This person has a role still. End it first, under Roles, so that nobody waits for them."
    ),
    "protection.record_kept": _(
        "The record of the apprenticeship has to be kept until %(until)s. Lock: it is erased by itself on that day."
    ),
}

KINDS = {
    "see": _("See what is kept about me"),
    "copy": _("A copy of my data"),
    "correct": _("Correct something"),
    "delete": _("Delete my data"),
    "explain": _("Explain a decision"),
    "object": _("Object to a use"),
}

STATES = {
    "asked": pgettext_lazy("a request about data", "Waiting"),
    "answered": pgettext_lazy("a request about data", "Answered"),
    "refused": pgettext_lazy("a request about data", "Refused"),
    "withdrawn": pgettext_lazy("a request about data", "Taken back"),
    "locked": pgettext_lazy("a request about data", "Locked"),
    "erased": pgettext_lazy("a request about data", "Erased"),
}

HOLDS = {"protection.record_kept": _("The record of an apprenticeship is kept three years after its end.")}
"""Why data stay locked, to whoever asked."""
