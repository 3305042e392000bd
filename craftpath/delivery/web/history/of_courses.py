"""What happened to courses, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from craftpath.domain.courses import texts as courses

SENTENCES = {
    "courses.begun": _("began the course %(subject)s"),
    "courses.published": _("published the course %(subject)s, version %(number)s %(changes)s"),
    "courses.moved": _("the course %(subject)s: %(state)s"),
    "courses.run_started": _("let people follow the course %(subject)s, version %(number)s"),
    "courses.run_moved": _("a run of the course %(subject)s: %(state)s"),
    "courses.run_updated": _("moved a run of the course %(subject)s from version %(before)s to %(number)s"),
    "courses.activity_begun": _("began an activity of the course %(subject)s"),
    "courses.activity_moved": _("an activity of %(person)s in the course %(subject)s: %(state)s %(score)s"),
    "courses.question_answered": _("answered a question in the course %(subject)s"),
    "courses.finished": _("%(person)s finished the course %(subject)s, version %(number)s %(score)s"),
}

STATES: dict[str, Mapping[str, Any]] = {
    "courses.moved": courses.STATES,
    "courses.run_moved": courses.RUN_STATES,
    "courses.activity_moved": courses.PROGRESS,
}

LABELS = {
    "courses.begun": _("Course begun"),
    "courses.published": _("Course published"),
    "courses.moved": _("Course put away or taken up"),
    "courses.run_started": _("Course to be followed"),
    "courses.run_moved": _("Run of a course ended or reopened"),
    "courses.run_updated": _("Run of a course moved to another version"),
    "courses.activity_begun": _("Activity begun"),
    "courses.activity_moved": _("Activity a step further"),
    "courses.question_answered": _("Quiz question answered"),
    "courses.finished": _("Course finished"),
}
