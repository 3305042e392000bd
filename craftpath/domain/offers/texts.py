"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "offers.not_yours": _("This is for the other side, or for the desk of the city."),
    "offers.no_city": _("Your organisation lies below no city here, so no service desk looks after it."),
    "offers.kind_unknown": _("Choose what it is about."),
    "offers.no_words": _("Write at least a few words."),
    "offers.too_many_words": _("At most %(most)s characters fit here. Nothing was cut; shorten it and send it again."),
    "offers.ends_before_start": _("The last day lies before the first one."),
    "offers.people_unlikely": _("From one to %(most)s people."),
    "offers.ended": _("This has been agreed or has ended, and cannot be changed any more."),
    "offers.too_many_messages": _("At most %(most)s messages stand in one thread. Ring each other."),
    "offers.has_not_answered": _("Choose one of those who have answered."),
    "offers.not_over": _("Its last day has not passed yet."),
    "offers.not_done": _("Say so once it is done."),
    "offers.stars_unknown": _("Choose one to five stars."),
    "offers.rule_unsound": _("Promise one to sixty workdays, and ask within a year after the end."),
}  # fmt: skip

KINDS = {
    "training": _("Training is wanted"),
    "places": _("Apprenticeship places are offered"),
    "master": _("A master or expert is wanted"),
    "course": _("A course is wanted"),
    "courses": _("Courses are offered"),
    "classes": _("A class looks for enterprises"),
    "rooms": _("Rooms and machines are offered"),
    "trainers": _("Trainers are offered"),
}

KIND_HINTS = {
    "training": _("for your staff or apprentices: which skills, how many people, when and where"),
    "places": _("so many apprentices of one occupation, from when on"),
    "master": _("somebody who shows, teaches or advises for some days"),
    "course": _("a subject that is to be taught or made into a course"),
    "courses": _("a course with free places, or one that can be held again"),
    "classes": _("apprentices who need places to work in a trade"),
    "rooms": _("a workshop, a training room, machines at free times"),
    "trainers": _("who can come to an enterprise, for which skills"),
}

STATES = {
    "open": pgettext_lazy("a request", "Waits for an answer"),
    "answered": pgettext_lazy("a request", "Answered"),
    "agreed": pgettext_lazy("a request", "Agreed"),
    "running": pgettext_lazy("a request", "Under way"),
    "done": pgettext_lazy("a request", "Done"),
    "declined": pgettext_lazy("a request", "Declined"),
    "expired": pgettext_lazy("a request", "Expired"),
    "withdrawn": pgettext_lazy("a request", "Withdrawn"),
}

PARTS = {
    "asker": pgettext_lazy("in a thread", "asked"),
    "other": pgettext_lazy("in a thread", "answers"),
    "desk": pgettext_lazy("in a thread", "service desk"),
}

LANGUAGES = {"zh": _("Chinese"), "en": _("English")}

FITS = {
    "trade": _("the same occupation"),
    "skills": _("%(skills)s of %(of)s skills"),
    "room_for_all": _("room for all %(people)s people (%(room)s)"),
    "room_for_some": _("room for %(room)s of %(people)s people"),
    "days": _("%(days)s of %(of)s days fit"),
    "language": _("in the same language"),
    "way": _("%(minutes)s minutes by bus"),
    "way_estimated": _("about %(minutes)s minutes by bus (estimated)"),
}
