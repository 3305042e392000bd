"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "care.not_yours": _("This is looked after by somebody else."),
    "care.in_the_future": _("This lies in the future. Check day and hour."),
    "care.known_before": _("It cannot have been known before it happened. Check both times."),
    "care.too_long_ago": _("Incidents of more than two years ago are not reported here; talk to your coordinator."),
    "care.word_unknown": _("The form was not complete. Reload the page; what you wrote is still in it."),
    "care.no_day": _("Choose a day."),
    "care.no_owner": _("Choose who does it."),
    "care.no_words": _("Write at least a few words."),
    "care.too_many_words": _("At most %(most)s characters fit here. Nothing was cut; shorten it and send it again."),
    "care.notifications_open": _(
        "%(count)s notifications are still to be made. Note when each was made, or why it need not be."
    ),
    "care.measures_open": _("%(count)s measures are still to be carried out."),
    "care.notified_already": _("This notification is noted already."),
    "care.notified_when": _("The day of a notification lies between the incident and today."),
    "care.incident_closed": _("This incident is closed."),
    "care.due_in_the_past": _("Choose today or a day to come."),
    "care.too_many_measures": _("At most %(most)s measures stand beside one incident."),
    "care.nobody_named": _("Say whom it is about, or choose that it is about a situation."),
    "care.no_organisation": _("Say which organisation it is about."),
    "care.names_oneself": _("A complaint is about somebody else than the person who makes it."),
    "care.too_many_named": _("At most %(most)s people are named in one complaint."),
    "care.complaint_ended": _("This complaint has ended."),
    "care.told_already": _("This person was told already; write to them in their part."),
    "care.not_told_yet": _("This person knows nothing of it yet. Put it to them first."),
    "care.nobody_else": _("There is nobody else here or above who may look after it."),
    "care.may_not_handle": _(
        "This person may not look after it: they have no such role here, are named in it, or depend on somebody who is."
    ),
    "care.too_many_statements": _("At most %(most)s statements fit into one complaint. Talk to each other."),
}  # fmt: skip

SEVERITIES = {
    "near_miss": _("Near miss"),
    "first_aid": _("First aid"),
    "lost_time": _("Lost time"),
    "serious": _("Serious"),
    "fatal": _("Fatal"),
}

SEVERITY_HINTS = {
    "near_miss": _("nothing happened, but it could have"),
    "first_aid": _("treated on the spot, back to work"),
    "lost_time": _("at least one day away from work"),
    "serious": _("hospital, or lasting harm"),
    "fatal": _("somebody died"),
}

HURT = {
    "apprentice": _("The apprentice"),
    "another": _("Somebody else"),
    "nobody": _("Nobody"),
}

INCIDENT_STATES = {
    "reported": _("Incident reported"),
    "triaged": _("Classified"),
    "investigating": _("Being investigated"),
    "actions": _("Measures under way"),
    "closed": _("Incident closed"),
}

COMPLAINT_STATES = {
    "received": _("Received"),
    "acknowledged": _("Acknowledged"),
    "informal": _("Being talked about"),
    "formal": _("Being examined"),
    "mediated": _("In mediation"),
    "decided": _("Complaint decided"),
    "closed": _("Complaint closed"),
    "escalated_external": _("Taken elsewhere"),
    "withdrawn": _("Complaint withdrawn"),
}

# What the step on which a complaint stands waits for.
NEXT_STEPS = {
    "received": _("acknowledge it"),
    "acknowledged": _("talk, or examine it formally"),
    "informal": _("settle it, or examine it formally"),
    "formal": _("decide, or mediate"),
    "mediated": _("decide"),
    "decided": _("hear both sides once more, and close it"),
}

ABOUT = {
    "person": _("A person"),
    "organisation": _("An organisation"),
    "situation": pgettext_lazy("what a complaint is about", "A situation"),
}

MATTERS = {
    "treatment": _("How I am treated"),
    "safety": _("Safety and health"),
    "pay_and_hours": _("Pay and working hours"),
    "training": _("What I learn, or do not"),
    "other": _("Something else"),
}

OUTCOMES = {
    "upheld": _("The complaint is right"),
    "partly": _("The complaint is right in part"),
    "not_upheld": _("The complaint is not borne out"),
    "settled": _("Both sides have agreed"),
}

CONFIDENCES = {
    "V": _("read in the text itself"),
    "S": _("read elsewhere"),
    "M": _("not compared with the text itself: check it before you rely on it"),
    "A": _("assumed: check it before you rely on it"),
}
