"""One sentence for each reason why a bundle, or a row of one, is not taken; and what the tables are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

REASONS: dict[str, StrPromise] = {
    "points.no_bundle": _("This file is no bundle of Craftpath. Choose the file that the other site made."),
    "points.other_form": _(
        "This file has a form (%(form)s) that this program does not know. Update the program first."
    ),
    "points.truncated": _(
        "The file ends too early: %(size)s of %(whole)s bytes are there. Copy it again and wait until the copy is done."
    ),
    "points.tampered": _(
        "The file is not as the other site made it. Nothing of it was taken; make a new bundle there."
    ),
    "points.for_another": _(
        "The file cannot be opened with the keys of this site: it was made for another one."
    ),
    "points.wrong_words": _(
        "These words do not open the file. They are six groups of four letters and digits."
    ),
    "points.own_bundle": _(
        "This site made the file itself. Take it to the other site, and bring back theirs."
    ),
    "points.of_another": _(
        "The file belongs to another point. Open the page of that point and take it there."
    ),
    "points.unknown": _("No point of this site is meant by this file."),
    "points.broken_inside": _(
        "The inside of the file is not in order. Nothing of it was taken; make a new bundle there."
    ),
    "points.too_large": _("The file is larger than this site takes."),
    "points.older_program": _(
        "The other site runs an older program (%(theirs)s, here %(ours)s). Update it there, then make a new bundle."
    ),
    "points.newer_program": _(
        "The other site runs a newer program (%(theirs)s, here %(ours)s). Update this one first."
    ),
    "points.clock_ahead": _(
        "The clocks of the two sites differ by more than a day: %(theirs)s there, %(ours)s here."
        " Set the wrong one right, then make a new bundle there."
    ),
    "points.copied": _(
        "Another bundle of this number was taken before. The other site works twice, or was put back to an older state:"
        " find out which it is. Revoke the point of a laptop that was copied; one that was put back takes a new name"
        " (manage.py point anew)."
    ),
    "points.went_back": _(
        "The other site knows of writes of this site that are not here any more: this site was put back to an older"
        " state. It takes a new name first (manage.py point anew)."
    ),
    "points.no_keys": _("The keys of this point cannot be opened with the key of this site. Set it up anew."),
    "points.no_set_up": _("This file does not set a point up."),
    "points.revoked": _(
        "The point %(name)s was revoked. Nothing is sent to it and nothing is taken from it any more."
    ),
    "points.there_is_one": _("%(name)s has a point already. Revoke it first if its laptop is lost."),
    "points.not_empty": _(
        "Somebody works with this site already. A point begins on a laptop with an empty site."
    ),
    "points.settled": _("This was settled already."),
    "points.clash_gone": _("What this is about is not there any more."),
    "points.clash_moved": _(
        "What stands was changed since. Leave it so, or write over it where it stands:"
        " the other version stays to be read."
    ),
    "points.at_the_hub": _(
        "This is done on the main site. At a point you write logs, roll calls, questions and steps of courses;"
        " they go there with the next bundle."
    ),
    "points.no_answer": _("The main site did not answer. What you wrote is kept and goes with the next try."),
    "points.no_address": _("This point has no address of the main site. Carry a bundle on a stick instead."),
    "points.outside": _("It belongs to something that this point does not look after."),
    "points.not_given": _("It is not one of the rows that this point was given."),
    "points.misses_other": _("It points to something that has not come yet."),
    "points.bad_value": _("A value in it cannot be read."),
    "points.not_writable": _("It does not agree with what stands here."),
}

TABLES: dict[str, StrPromise] = {
    "logbook.Entry": _("Log entry"),
    "logbook.Observation": _("Observation"),
    "logbook.Remark": _("Remark on a log entry"),
    "logbook.Talk": pgettext_lazy("with an apprentice about the log", "Talk"),
    "logbook.OtherVersion": _("Other version of a log entry"),
    "logbook.EntryFile": _("Photo or voice note"),
    "learning.Session": pgettext_lazy("a lesson", "Session"),
    "learning.SessionCohort": _("Cohort of a session"),
    "learning.SessionTeacher": _("Teacher of a session"),
    "learning.Roll": _("Roll call"),
    "learning.Attendance": _("Attendance"),
    "learning.OtherMark": _("Other mark of a roll call"),
    "training.HourLine": _("Line of hours"),
    "questions.Question": pgettext_lazy("somebody asks", "Question"),
    "questions.Answer": pgettext_lazy("to a question", "Answer"),
    "courses.Follower": _("Follower of a course"),
    "courses.Progress": _("Progress in a course"),
    "courses.HandIn": _("What was handed in"),
    "courses.Tick": _("Step of a checklist"),
    "kernel.KeptFile": pgettext_lazy("a kept file", "File"),
    "kernel.ConsentEvent": _("Consent"),
}

COLUMNS: dict[str, StrPromise] = {
    "text": _("Text"),
    "words": _("Words"),
    "state": pgettext_lazy("of a thing", "State"),
    "status": pgettext_lazy("of a thing", "State"),
    "minutes": _("Minutes"),
    "place": _("Place"),
    "on": _("Day"),
    "bucket": _("Kind of hours"),
    "unit": _("Unit"),
    "skill": _("Skill"),
    "outcome": _("Result"),
    "title": _("Title"),
    "starts_at": _("Begins"),
    "ends_at": _("Ends"),
    "confirmed_at": _("Confirmed"),
    "confirmed_by_id": _("Confirmed by"),
    "revision": _("Revision"),
}
