"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "learning.not_yours_to_hold": _(
        "Only those who teach this session, trainers and coordinators call its roll. Ask a coordinator to name you."
    ),
    "learning.session_exists": _("A session of this name begins at this moment already."),
    "learning.no_cohort": _("Choose at least one cohort."),
    "learning.ends_before_start": _("A session ends after it begins, and within a day."),
    "learning.too_many_weeks": _("At most %(most)s sessions are planned at once."),
    "learning.bucket_unknown": _("Not every cohort of this session counts hours of this kind."),
    "learning.teacher_unknown": _(
        "A teacher works at your organisation or with an apprentice of the cohort."
    ),
    "learning.not_begun": _("This session begins on %(on)s; its roll is called from half an hour before."),
    "learning.cancelled": _("This session was cancelled; its roll is not called."),
    "learning.status_unknown": _("There is no mark “%(status)s” in a roll call."),
    "learning.roll_unreadable": _("This roll call cannot be read. Reload the page and call it again."),
    "learning.nobody_marked": _("Nothing was marked; reload the roll call."),
    "learning.no_roll": _("The roll of this session has not been called."),
    "learning.not_over": _("A session is closed once it is over."),
    "learning.not_everybody_marked": _("%(count)s people are not marked yet; call the roll for them first."),
    "learning.closed_already": _("This session is closed; its hours stand in the ledger."),
    "learning.cancelled_already": _("This session was cancelled; plan a new one instead."),
    "learning.over": _("This session is over; what was taught is changed by its roll only."),
    "learning.no_reason_for_move": _("Say why time or place change; those who come read it."),
    "learning.session_changed_meanwhile": _(
        "Somebody else has changed this session meanwhile. Read it again, then make your changes."
    ),
    "learning.roll_keeps_time": _(
        "The roll of this session was called already, so its time, its cohorts and its kind of hours remain."
    ),
    "learning.begins_in_past": _("A session is not moved into the past."),
    "learning.no_title": _("Write a title in at least one language."),
    "learning.no_reason": _("Say why the session is cancelled; those who were to come read it."),
    "learning.not_your_attendance": _("Only the apprentice can say this."),
    "learning.settled_already": _("This was settled already. Talk to your coordinator if it is still wrong."),
    "learning.marked_meanwhile": _(
        "Your mark was changed meanwhile. Reload the page and see whether it is right now."
    ),
    "learning.nothing_to_settle": _("There is nothing to settle here any more."),
    "learning.overlaps": _("Overlaps another session whose hours count; one minute counts once."),
}

SESSION_STATES = {
    "planned": _("On the timetable"),
    "held": _("Roll called"),
    "closed": _("Session closed"),
    "cancelled": _("Session cancelled"),
}

KINDS = {
    "lesson": _("Lesson"),
    "workshop": _("Workshop"),
    "safety_induction": _("Safety induction"),
    "exam_preparation": _("Exam preparation"),
    "other": pgettext_lazy("a kind of session", "Other"),
}

MODES = {"on_site": _("On site"), "online": _("Online"), "mixed": _("On site and online")}

TEACHER_KINDS = {
    "trainer": _("Trainer"),
    "mentor": _("Mentor"),
    "skilled_master": _("Skilled master"),
    "entrepreneur": _("Entrepreneur"),
    "other": pgettext_lazy("a kind of teacher", "Other"),
}

STATUSES = {
    "present": pgettext_lazy("in a roll call", "Present"),
    "absent": pgettext_lazy("in a roll call", "Absent"),
    "late": pgettext_lazy("in a roll call", "Late"),
    "excused": pgettext_lazy("in a roll call", "Excused"),
    "left_early": pgettext_lazy("in a roll call", "Left early"),
}

SAYS = {"there": _("I was there"), "not_there": _("I was not there")}
