"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "forums.not_the_host": _("Only whoever hosts this forum can do this."),
    "forums.closed": _("This forum is closed: it can be read, and nobody writes or meets there."),
    "forums.thread_closed": _(
        "The host has closed this thread. Begin a new one if something is left to say."
    ),
    "forums.title_size": _("Give it a title of at most %(most)s characters."),
    "forums.line_size": _("Write a line of at most %(most)s characters."),
    "forums.class_missing": _("Choose the class for which the forum is."),
    "forums.minutes_out_of_range": _("A meeting takes between 1 and %(most)s minutes."),
    "forums.rhythm_incomplete": _("A rhythm needs weeks (at most %(most)s), a day and an hour."),
    "forums.place_too_long": _("The place has at most %(most)s characters."),
    "forums.no_link": _("A link begins with https:// or http://."),
    "forums.no_rhythm": _("This forum has no rhythm yet: set one, or plan a single meeting."),
    "forums.series_out_of_range": _("Plan between 1 and %(most)s dates at once."),
    "forums.in_the_past": _("Choose a time that is still to come."),
    "forums.too_early": _("The meeting has not begun yet."),
    "forums.not_planned": _("This meeting is over or cancelled."),
    "forums.not_invited": _("Choose among those who are invited or came."),
    "forums.nobodys": _("Nobody has taken this on, so there is nothing to do."),
    "forums.too_many_items": _("An agenda has at most %(most)s items."),
    "forums.too_many_topics": _("%(most)s of your topics wait already. Withdraw one first."),
    "forums.topic_gone": _("This topic waits no longer: it stands on an agenda or was withdrawn."),
}

AUDIENCES = {
    "college": pgettext_lazy(
        "who sees a forum", "Everybody of the college, and the masters of its apprentices"
    ),
    "cohort": pgettext_lazy("who sees a forum", "One class, with its masters and trainers"),
}

MEETING_STATES = {
    "planned": pgettext_lazy("a meeting of a forum", "planned"),
    "held": pgettext_lazy("a meeting of a forum", "held"),
    "cancelled": pgettext_lazy("a meeting of a forum", "cancelled"),
}

FORUM_STATES = {
    "open": pgettext_lazy("a forum", "open"),
    "closed": pgettext_lazy("a forum", "closed"),
}

TOPIC_STATES = {
    "suggested": pgettext_lazy("a topic", "suggested"),
    "taken": pgettext_lazy("a topic", "on the agenda"),
    "withdrawn": pgettext_lazy("a topic", "withdrawn"),
}
