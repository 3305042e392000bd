"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

STATES: dict[str, StrPromise] = {
    "draft": pgettext_lazy("of a course", "draft"),
    "published": pgettext_lazy("of a course", "published"),
    "archived": pgettext_lazy("of a course", "put away"),
}

RUN_STATES: dict[str, StrPromise] = {
    "running": pgettext_lazy("of a course run", "under way"),
    "ended": pgettext_lazy("of a course run", "ended"),
}

PROGRESS: dict[str, StrPromise] = {
    "": pgettext_lazy("of an activity", "not begun"),
    "begun": pgettext_lazy("of an activity", "begun"),
    "waiting": pgettext_lazy("of an activity", "being looked at"),
    "again": pgettext_lazy("of an activity", "to do again"),
    "failed": pgettext_lazy("of an activity", "not passed yet"),
    "done": pgettext_lazy("of an activity", "done"),
}

KINDS: dict[str, StrPromise] = {
    "page": pgettext_lazy("an activity", "Page"),
    "video": pgettext_lazy("an activity", "Video"),
    "audio": pgettext_lazy("an activity", "Recording"),
    "file": pgettext_lazy("an activity", "File"),
    "quiz": pgettext_lazy("an activity", "Quiz"),
    "assignment": pgettext_lazy("an activity", "Assignment"),
    "live": pgettext_lazy("an activity", "Live session"),
    "checklist": pgettext_lazy("an activity", "Checklist at the workbench"),
    "discussion": pgettext_lazy("an activity", "Discussion"),
    "package": pgettext_lazy("an activity", "Package"),
    "resource": pgettext_lazy("an activity", "From the library"),
    "tool": pgettext_lazy("an activity", "Tool of elsewhere"),
}

LACKS: dict[str, StrPromise] = {
    "kind": _("This kind of activity is not known here."),
    "text": _("There is no text yet."),
    "file": _("There is no file yet."),
    "questions": _("There is no question yet."),
    "points": _("There is no point to tick yet."),
    "ref": _("Nothing has been chosen yet."),
}
"""What an activity still needs."""

REASONS: dict[str, StrPromise] = {
    "courses.archived": _("This course was put away. Take it up again to change it."),
    "courses.unnamed": _("Give it a title in Chinese or English."),
    "courses.name_too_long": _("A title has at most %(most)s characters."),
    "courses.too_many_skills": _("Choose at most %(most)s skills: those that this course trains."),
    "courses.skill_unknown": _("One of these skills is no longer in the lists. Open the page anew."),
    "courses.text_too_long": _("A page has at most %(most)s characters. Divide it into several pages."),
    "courses.too_many_points": _(
        "A checklist has at most %(most)s points of at most %(longest)s characters each."
    ),
    "courses.too_many_questions": _("A quiz draws at most %(most)s questions."),
    "courses.pass_unclear": _("A quiz is passed from 0 to 100 percent on."),
    "courses.empty": _("There is nothing in this course yet. Add a unit with a first page."),
    "courses.unit_empty": _("The unit “%(name)s” has nothing to do in it. Add an activity, or take it out."),
    "courses.activity_incomplete": _("“%(name)s” is not complete yet. Open it and see what is missing."),
    "courses.question_not_open": _(
        "The quiz “%(name)s” has a question that stands in an examination paper, was retired or is an essay. "
        "Choose another one."
    ),
    "courses.too_few_questions": _(
        "The quiz “%(name)s” wants %(wanted)s questions of one skill; the item bank has %(found)s that are not secret."
    ),
    "courses.not_published": _("Only a published course can be followed."),
    "courses.ends_before": _("The last day does not lie before the first one."),
    "courses.run_ended": _("This course has ended for you. What you did is kept."),
    "courses.run_not_begun": _("This course begins on %(on)s."),
    "courses.runs_already": _("They follow this course already."),
    "courses.nothing_handed_in": _("Write something, or add a photo."),
    "courses.too_many_words": _("At most %(most)s characters."),
    "courses.handed_in_already": _("You have handed this in; a trainer looks at it."),
    "courses.say_why_again": _("Say what is to be done better."),
    "courses.session_unclear": _("A live session needs a web address and a length of 1 to 600 minutes."),
    "courses.not_your_apprentice": _("Only whoever is this apprentice's mentor or trainer confirms that."),
    "courses.done_otherwise": _("This activity is not done by a press: do what it asks."),
    "courses.form_used": _("This form was sent already. Open the page anew."),
    "courses.too_many_units": _("A course has at most %(most)s units."),
    "courses.too_many_activities": _("A unit has at most %(most)s activities."),
    "courses.kind_unknown": _("Choose what kind of activity it is."),
    "courses.gone": _("This part of the course is not there any more. Open the page anew."),
    "courses.not_a_learner": _("Only those who follow this course do that."),
    "courses.no_more_tries": _("This quiz may be tried %(most)s times."),
    "courses.no_captions": _("These are no captions: a .vtt file for a video or a recording is expected."),
}
