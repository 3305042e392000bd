"""Labels, the phrase bank, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "logbook.not_yours": _("Only the apprentice writes this log."),
    "logbook.before_start": _("%(on)s lies before the first day of the apprenticeship (%(starts_on)s)."),
    "logbook.after_end": _("%(on)s lies after the apprenticeship ended (%(ended_on)s)."),
    "logbook.not_yet": _("%(on)s has not come yet; an entry is about what was done."),
    "logbook.more_than_a_day": _("A day has 24 hours; check the time."),
    "logbook.too_long": _("The text has %(length)s characters; %(longest)s is the most."),
    "logbook.empty": _("Write a line or add a photo, then hand it in."),
    "logbook.own_entry": _("Nobody confirms the own log."),
    "logbook.not_your_apprentice": _("Only a mentor or trainer of this apprentice can do this."),
    "logbook.confirmed_already": _("This entry is confirmed; it does not change any more."),
    "logbook.not_submitted": _("This entry has not been handed in."),
    "logbook.changed_meanwhile": _("The apprentice has changed this entry since; read it again."),
    "logbook.no_words": _("Choose a phrase or write why it goes back."),
    "logbook.too_many_files": _("An entry holds at most %(most)s files."),
    "logbook.talk_held_already": _("The talk of this month is recorded already."),
    "logbook.talk_other_entry": _("This entry was not the one drawn for this month."),
    "logbook.no_job": _("Say in a few words which job it was."),
    "logbook.version_gone": _("This version was settled already."),
}

ENTRY_STATES = {
    "draft": _("Draft"),
    "submitted": _("Handed in"),
    "returned": _("Sent back"),
    "confirmed": _("Confirmed"),
}

PHRASES = {
    "more_detail": _("Say in one more line what you did."),
    "which_skill": _("The skill does not fit; choose another one."),
    "wrong_hours": _("The time is not right."),
    "wrong_day": _("This was another day."),
    "photo_unclear": _("The photo cannot be made out."),
    "show_me": _("Show me this at the workplace first."),
}

OUTCOMES = {
    "agrees": _("Can tell it"),
    "partly": _("Can tell a part"),
    "differs": _("It was different"),
}

SEEN_AS = {
    "alone": _("Did it alone"),
    "helped": _("With help"),
    "not_yet": _("Not yet"),
}

ODD = {
    "long_day": _("More than %(hours)s hours on one day"),
    "alike": _("Much like an earlier entry (likeness %(likeness)s)"),
    "wordless": _("No words, only a photo"),
    "late": _("Handed in %(days)s days afterwards"),
    "sent_back": _("Was sent back before"),
    "correction": _("Corrects a confirmed entry"),
    "no_hours": _("No time given"),
}
