"""What rules, figures, acts and states are called; one sentence for each reason code. Plain words, no verdicts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "support.not_yours": _("This is for the people who look after this apprentice."),
    "support.own": _("Somebody else answers what is about you."),
    "support.others_act": _("Only whoever wrote it takes it back."),
    "support.kind_unknown": _("Choose what you did."),
    "support.too_long": _("At most %(most)s characters fit."),
    "support.say_why_nothing": _("Say in a few words why nothing is needed."),
    "support.look_on_unclear": _("Choose a day from tomorrow on, within half a year."),
    "support.outcome_unknown": _("Say how it is now."),
    "support.looked_already": _("Somebody has looked at it already."),
    "support.not_active": _("This apprenticeship is over; nothing is recorded any more."),
    "support.sign_over": _("This is not said of you any more."),
    "support.asked_already": _("You have asked about this already. You get an answer."),
    "support.no_words": _("Write a few words, at most %(most)s characters."),
    "support.fitted_lately": _("A model was fitted within the last hour. Look at that one first."),
    "support.model_not_fit": _(
        "This model says no more than the base rate alone, so it cannot be switched on."
    ),
}

RULES = {
    "silent": _("Nothing in the log for a while"),
    "absent": _("Away from many sessions"),
    "waiting": _("Log entries wait for an answer"),
    "review": _("A review is late"),
    "marks": _("Marks so far are under the pass mark"),
    "mentorless": _("No mentor"),
    "gate": _("The stage should have ended"),
    "pattern": _("Several small things together"),
}
"""Headings of what speaks of somebody."""

WHOSE = {
    "house": _("Ours to put right, not the apprentice's."),
    "both": _("A talk shows what lies behind it."),
}

NEXT_ACTS = {
    "talk": _("Have a talk"),
    "answer_log": _("Answer the log"),
    "hold_review": _("Hold the review"),
    "plan": _("Make a plan together"),
    "find_mentor": _("Find a mentor"),
    "open_gate": _("Look at the gate"),
}
"""What can be done next, by the code in `Need.next_act`."""

UNITS = {
    "silent": "weeks",
    "absent": "percent",
    "waiting": "days",
    "review": "days",
    "marks": "tenths",
    "mentorless": "days",
    "gate": "days",
    "pattern": "per_mille",
}
"""In what the figure of a reason is counted."""

KINDS = {
    "contact": pgettext_lazy("what somebody did", "Got in touch"),
    "talk": pgettext_lazy("what somebody did", "Talked"),
    "plan": pgettext_lazy("what somebody did", "Made a plan together"),
    "refer": pgettext_lazy("what somebody did", "Asked the care desk for help"),
    "nothing": pgettext_lazy("what somebody did", "Nothing needed"),
}

OUTCOMES = {
    "better": pgettext_lazy("what came of it", "Better"),
    "same": pgettext_lazy("what came of it", "As before"),
    "worse": pgettext_lazy("what came of it", "Harder than before"),
    "gone": pgettext_lazy("what came of it", "Has left"),
}

SIGN_STATES = {
    "given": pgettext_lazy("what speaks of somebody", "Open"),
    "acted": pgettext_lazy("what speaks of somebody", "Somebody is on it"),
    "corrected": pgettext_lazy("what speaks of somebody", "Set right"),
    "lapsed": pgettext_lazy("what speaks of somebody", "Over"),
}

CORRECTION_STATES = {
    "asked": pgettext_lazy("a correction", "Waiting for an answer"),
    "upheld": pgettext_lazy("a correction", "Set right"),
    "rejected": pgettext_lazy("a correction", "Stays as it is"),
    "withdrawn": pgettext_lazy("a correction", "Withdrawn"),
    "lapsed": pgettext_lazy("a correction", "Over by itself"),
}

ACT_STATES = {
    "open": pgettext_lazy("an act of help", "To look at again"),
    "looked": pgettext_lazy("an act of help", "Looked at"),
    "taken_back": pgettext_lazy("an act of help", "Taken back"),
}

FIGURES = {
    "silent_weeks": _("Weeks since the last log entry"),
    "absence": _("Sessions missed, in percent"),
    "attendance": _("Sessions attended, in percent"),
    "sessions": _("Sessions marked in eight weeks"),
    "unanswered_days": _("Days that log entries wait for an answer"),
    "review_late_days": _("Days that a review is late"),
    "mark_gap": _("Points under the pass mark so far"),
    "judged": _("Share of the marks that is in"),
    "mentorless_days": _("Days without a mentor"),
    "gate_late_days": _("Days since the stage should have ended"),
}

DIMENSIONS = {
    "age": _("Age"),
    "trade": _("Occupation"),
    "size": _("Apprentices at the enterprise"),
    "place": pgettext_lazy("of a college", "Place"),
}

GROUPS = {
    "under_18": _("under 18"),
    "18_to_24": _("18 to 24"),
    "25_and_over": _("25 and over"),
    "up_to_4": _("up to 4"),
    "5_to_19": _("5 to 19"),
    "20_and_over": _("20 and over"),
}
