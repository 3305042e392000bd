"""What happened in forums, as sentences; none says who reported."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craftpath.domain.forums import texts as forums
from craftpath.domain.questions.texts import HIDING_STATES, REPORT_REASONS

SENTENCES = {
    "forums.opened": _("opened the forum “%(subject)s”"),
    "forums.changed": _("changed the forum “%(subject)s”"),
    "forums.moved": _("the forum “%(subject)s” is now: %(state)s"),
    "forums.meetings_planned": _("planned meetings of “%(subject)s”: %(meetings)s; invited: %(invited)s"),
    "forums.meeting_changed": _("changed a meeting of “%(subject)s”"),
    "forums.meeting_cancelled": _("cancelled a meeting of “%(subject)s”: %(because)s"),
    "forums.attended": _("confirmed who was at a meeting of “%(subject)s”: %(people)s, %(minutes)s minutes"),
    "forums.takeaway_made": _("wrote down what came of a meeting of “%(subject)s”"),
    "forums.takeaway_done": _("took up or finished what came of a meeting of “%(subject)s”"),
    "forums.topic_moved": _("a topic of “%(subject)s” is now: %(state)s"),
    "forums.thread_begun": _("began a thread in “%(subject)s”"),
    "forums.thread_turned": _("pinned, closed or opened a thread of “%(subject)s”"),
    "forums.posted": _("wrote in “%(subject)s”"),
    "forums.post_changed": _("worded a post in “%(subject)s” anew, wording %(revision)s"),
    "forums.post_withdrawn": _("withdrew a post in “%(subject)s”"),
    "forums.reported": _("a post in “%(subject)s” was reported: %(reason)s"),
    "forums.report_dismissed": _("let a reported post in “%(subject)s” stand"),
    "forums.hidden": _("hid a post in “%(subject)s”: %(because)s"),
    "forums.hiding_moved": _("a hidden post in “%(subject)s”: %(state)s"),
}


def said(values: Mapping[str, str]) -> dict[str, str]:
    """Why something was reported, in words."""
    return (
        {"reason": str(REPORT_REASONS.get(values["reason"], values["reason"]))} if "reason" in values else {}
    )


STATES = {
    "forums.moved": forums.FORUM_STATES,
    "forums.topic_moved": forums.TOPIC_STATES,
    "forums.hiding_moved": HIDING_STATES,
}

LABELS = {
    "forums.opened": _("Forum opened"),
    "forums.changed": _("Forum changed"),
    "forums.moved": _("Forum closed or opened again"),
    "forums.meetings_planned": _("Meetings of a forum planned"),
    "forums.meeting_changed": _("Meeting of a forum changed"),
    "forums.meeting_cancelled": _("Meeting of a forum cancelled"),
    "forums.attended": _("Attendance at a forum confirmed"),
    "forums.takeaway_made": _("Take-away written down"),
    "forums.takeaway_done": _("Take-away a step further"),
    "forums.topic_moved": _("Topic of a forum a step further"),
    "forums.thread_begun": _("Thread begun"),
    "forums.thread_turned": _("Thread pinned or closed"),
    "forums.posted": _("Post written"),
    "forums.post_changed": _("Post worded anew"),
    "forums.post_withdrawn": _("Post withdrawn"),
    "forums.reported": _("Post reported"),
    "forums.report_dismissed": _("Report of a post dismissed"),
    "forums.hidden": _("Post hidden"),
    "forums.hiding_moved": _("Hiding of a post a step further"),
}
