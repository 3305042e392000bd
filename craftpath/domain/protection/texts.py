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
    "protection.by_hand": _("Somebody of the office does this at a page."),
    "protection.decided_already": _("It is decided. Write a new assessment, and retire this one."),
    "protection.outcome_unknown": _("Choose how it was decided."),
    "protection.occasion_unknown": _("Choose why an assessment is due."),
    "protection.review_unclear": _("Look at it again on a day within three years."),
    "protection.in_the_future": _("This moment lies ahead. Look at the day and the hour."),
    "protection.told_before_found": _("Nobody can have been told before it was found."),
    "protection.say_whether_the_authority": _(
        "Say whom you told, under which number; or why the authority need not be told."
    ),
    "protection.say_whether_the_people": _("Say how you told the people; or why they need not be told."),
    "protection.say_what_was_done": _("Say what was done."),
}

OCCASIONS = {
    "sensitive": _("Sensitive data (health, accounts, faces, whereabouts, children)"),
    "automated": _("Decisions by a program"),
    "entrusting": _("Somebody else processes them for us"),
    "sharing": _("Given to somebody else"),
    "publishing": _("Shown to everybody"),
    "abroad": _("Sent abroad"),
    "other": _("Something else with a large effect on people"),
}
OUTCOMES = {
    "go": pgettext_lazy("an assessment", "Go"),
    "conditions": pgettext_lazy("an assessment", "Go, under conditions"),
    "no": pgettext_lazy("an assessment", "Do not"),
}
ASSESSMENTS = {
    "draft": pgettext_lazy("an assessment", "Draft"),
    "decided": pgettext_lazy("an assessment", "In force"),
    "retired": pgettext_lazy("an assessment", "Retired"),
}
BREACHES = {
    "found": pgettext_lazy("a breach", "Found"),
    "assessed": pgettext_lazy("a breach", "Being handled"),
    "closed": pgettext_lazy("a breach", "Closed"),
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
