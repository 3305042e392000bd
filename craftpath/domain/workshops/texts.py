"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "workshops.not_yours": _("Only whoever holds a workshop does this."),
    "workshops.no_title": _("A workshop has a title in at least one language."),
    "workshops.words_too_long": _("At most %(most)s characters."),
    "workshops.zone_unknown": _("“%(zone)s” is no time zone."),
    "workshops.no_days": _("Say first on which days it is held."),
    "workshops.nowhere": _("Say first where it is held: a site with seats, or a link to join on line."),
    "workshops.over": _("This workshop is over or cancelled, and nothing in it is changed any more."),
    "workshops.day_in_use": _("Somebody was there on this day already, so it stays."),
    "workshops.day_twice": _("%(on)s is in the agenda already."),
    "workshops.ends_before_start": _("It ends after it begins."),
    "workshops.outside_day": _("The day lasts from %(starts)s to %(ends)s."),
    "workshops.room_taken": _("At that time “%(other)s” is in the same room."),
    "workshops.speaker_taken": _("At that time %(name)s speaks in “%(other)s”."),
    "workshops.speaker_twice": _("%(name)s stands among the speakers already."),
    "workshops.speaker_in_use": _("%(name)s speaks in the agenda. Take the name out there first."),
    "workshops.agenda_not_empty": _("An agenda is copied into an empty one."),
    "workshops.seats_taken": _("%(count)s people have a seat there, so it cannot have fewer."),
    "workshops.site_in_use": _("People are registered there, so it stays."),
    "workshops.not_open": _("Registration is not open."),
    "workshops.closed_on": _("Registration closed on %(on)s."),
    "workshops.past": _("No day of this workshop lies ahead any more."),
    "workshops.registered_already": _(
        "Somebody with this e-mail address, telephone number or account is registered already. Use the link from then."
    ),
    "workshops.no_contact": _("Give an e-mail address or a telephone number, so that you can be reached."),
    "workshops.notice_unread": _("Say that you have read what is done with your data."),
    "workshops.not_on_line": _("This workshop is not held on line."),
    "workshops.site_unknown": _("Choose a site of this workshop."),
    "workshops.nobody_named": _("Name at least one person."),
    "workshops.too_many_at_once": _("At most %(most)s people at once."),
    "workshops.line_twice": _("Line %(line)s: %(name)s is registered already, or stands here twice."),
    "workshops.not_your_registration": _("This registration is somebody else's."),
    "workshops.withdrawn": _("This registration was withdrawn."),
    "workshops.came_already": _("You were there already, so the registration stays as it is."),
    "workshops.code_wrong": _("This is not the code of this registration. %(left)s tries are left."),
    "workshops.code_locked": _(
        "Too many wrong codes: this link does not open any more. Write to whoever holds the workshop."
    ),
    "workshops.badge_unknown": _(
        "No registration has the code %(code)s. Look for a slip, or find the name in the list."
    ),
    "workshops.day_unknown": _("Choose a day of this workshop."),
    "workshops.not_today": _("One is checked in on the day itself, not before."),
    "workshops.not_placed": _("%(name)s has no place: the registration is on the waiting list or withdrawn."),
    "workshops.join_not_yet": _("The link to join is here from an hour before it begins."),
    "workshops.import_unreadable": _(
        "The first row names the columns: name, join and leave time, or minutes."
    ),
    "workshops.not_under_way": _("This is for the days of the workshop itself."),
    "workshops.question_empty": _("Write the question first."),
    "workshops.too_many_questions": _("Ten questions of one person are enough; support those of others."),
    "workshops.because_missing": _("Say why."),
    "workshops.options_missing": _("A poll has at least two answers and at most ten."),
    "workshops.poll_closed": _("This poll is closed."),
    "workshops.vote_unclear": _("Choose one of the answers."),
    "workshops.voted_already": _(
        "You have answered already. Answers are counted and not kept, so none can be changed."
    ),
    "workshops.no_call": _("No cases are asked for at the moment."),
    "workshops.case_consent": _("Confirm that those who are shown or named agree."),
    "workshops.case_unfinished": _("Fill in situation, what was done, result and lessons."),
    "workshops.not_finished": _("Certificates are issued once the workshop is finished."),
    "workshops.nobody_to_certify": _("Nobody else was there for long enough (%(share)s%%)."),
    "workshops.not_held": _("Thanks are sent once the workshop is marked as held."),
    "workshops.nobody_to_thank": _("Everybody who came and can be written to has had the letter."),
    "workshops.revoked_already": _("This certificate was revoked already."),
}

STATES = {
    "draft": pgettext_lazy("a workshop", "Draft"),
    "open": pgettext_lazy("a workshop", "Registration open"),
    "closed": pgettext_lazy("a workshop", "Registration closed"),
    "finished": pgettext_lazy("a workshop", "Held"),
    "cancelled": pgettext_lazy("a workshop", "Cancelled"),
}
REGISTRATION_STATES = {
    "waiting": _("Waiting list"),
    "placed": pgettext_lazy("for a workshop", "Registered"),
    "withdrawn": pgettext_lazy("a registration", "Withdrawn"),
}
QUESTION_STATES = {
    "asked": pgettext_lazy("a question from the floor", "Open"),
    "answered": pgettext_lazy("a question from the floor", "Answered"),
    "hidden": pgettext_lazy("a question from the floor", "Hidden"),
}
POLL_STATES = {
    "draft": pgettext_lazy("a poll", "Draft"),
    "open": pgettext_lazy("a poll", "Open"),
    "closed": pgettext_lazy("a poll", "Closed"),
}
CASE_STATES = {
    "sent": pgettext_lazy("a case", "To review"),
    "returned": pgettext_lazy("a case", "Returned"),
    "accepted": pgettext_lazy("a case", "Accepted"),
    "published": pgettext_lazy("a case", "On the shelf"),
}
KINDS = {
    "enterprise": _("Enterprise"),
    "college": pgettext_lazy("a kind of organisation at a workshop", "College or school"),
    "centre": _("Training centre"),
    "public": _("Public body"),
    "employers": _("Employers' organisation"),
    "workers": _("Workers' organisation"),
    "international": _("International organisation"),
    "other": pgettext_lazy("a kind of organisation", "Other"),
}
WAYS = {"site": _("On site"), "online": _("On line")}
GENDERS = {"women": _("Woman"), "men": _("Man"), "other": pgettext_lazy("a gender", "Other")}
ITEM_KINDS = {
    "talk": pgettext_lazy("in an agenda", "Talk"),
    "case": pgettext_lazy("in an agenda", "Case"),
    "panel": pgettext_lazy("in an agenda", "Panel"),
    "group": pgettext_lazy("in an agenda", "Group work"),
    "break": pgettext_lazy("in an agenda", "Break"),
}
POLL_KINDS = {
    "single": _("One answer"),
    "multiple": _("Several answers"),
    "scale": _("Scale from 1 to 5"),
    "words": _("Word cloud"),
}
HOW = {
    "code": pgettext_lazy("how somebody was checked in", "by code"),
    "list": pgettext_lazy("how somebody was checked in", "from the list"),
    "online": pgettext_lazy("how somebody was checked in", "joined on line"),
    "import": pgettext_lazy("how somebody was checked in", "meeting's list"),
}
SHELVES = {
    "case": pgettext_lazy("on the shelf", "Case"),
    "toolkit": pgettext_lazy("on the shelf", "Toolkit"),
    "practice": pgettext_lazy("on the shelf", "Good practice"),
    "country": pgettext_lazy("on the shelf", "Country case"),
    "report": pgettext_lazy("on the shelf", "Pilot report"),
}
LICENCES = {
    "CC BY 4.0": "CC BY 4.0",
    "CC BY-SA 4.0": "CC BY-SA 4.0",
    "CC BY-NC 4.0": "CC BY-NC 4.0",
    "event": _("Only for those at this workshop"),
}
