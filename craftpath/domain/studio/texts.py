"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

STATES: dict[str, StrPromise] = {
    "writing": pgettext_lazy("of a draft occupation", "being written"),
    "proposed": pgettext_lazy("of a draft occupation", "proposed"),
    "voting": pgettext_lazy("of a draft occupation", "put to the vote"),
    "adopted": pgettext_lazy("of a draft occupation", "adopted"),
    "rejected": pgettext_lazy("of a draft occupation", "rejected"),
    "published": pgettext_lazy("of a draft occupation", "published"),
    "set_aside": pgettext_lazy("of a draft occupation", "set aside"),
}

PARTS: dict[str, StrPromise] = {
    "about": _("What this occupation is"),
    "tasks": _("Duties and tasks"),
    "skills": pgettext_lazy("of a draft occupation", "Skills"),
    "need": _("Why it is needed"),
}

LACKS: dict[str, StrPromise] = {
    "about": _("What the occupation is, in some sentences"),
    "tasks": _("Duties, each with at least one task"),
    "skills": _("At least one skill, of a list or new"),
    "need": _("What shows the need: a note with its source, or an analysis of needs"),
}
"""What a version still needs before it is proposed."""

ORIGINS: dict[str, StrPromise] = {
    "": _("begun from nothing"),
    "chart": _("grown from a chart of duties and tasks"),
    "list": _("grown from a list of skills"),
    "project": _("taken over from a training project"),
}

KINDS: dict[str, StrPromise] = {
    "same": pgettext_lazy("of a task", "as before"),
    "reworded": pgettext_lazy("of a task", "reworded"),
    "moved": pgettext_lazy("of a task", "moved"),
    "added": pgettext_lazy("of a task", "added"),
    "dropped": pgettext_lazy("of a task", "dropped"),
}

MATCHED: dict[str, StrPromise] = {
    "card": _("the same card"),
    "words": _("the same words"),
    "close": _("close words"),
}

FIGURES: dict[str, StrPromise] = {
    "people": _("Apprentices in the trial"),
    "results": _("Mean of decided results"),
    "passed": _("Passed, of those decided"),
    "gates": _("Went through a gate"),
    "hours": _("Confirmed hours for each apprentice"),
    "skills": _("Skills as mentors see them (mean)"),
    "survey": _("Survey of the class (mean)"),
    "incidents": _("Apprentices hurt at work"),
    "costs": _("Costs, as the office states them"),
}

REASONS: dict[str, StrPromise] = {
    "studio.nobody": _("Sign in with an account of your own for this."),
    "studio.form_used": _("This form was sent before, for something else. Open it anew."),
    "studio.unnamed": _("A new occupation has a name in at least one language."),
    "studio.name_too_long": _("At most %(most)s characters fit here."),
    "studio.too_many_members": _("At most %(most)s organisations draft together."),
    "studio.member_unknown": _(
        "One of these organisations cannot draft along any more. Load the page again."
    ),
    "studio.not_writing": _(
        "This version has been proposed and stays as it is. Begin the next version to change something."
    ),
    "studio.written_meanwhile": _(
        "Somebody else has written to this version since you opened it. What you typed is still here: compare it "
        "with the page of the version, then press again."
    ),
    "studio.too_many_duties": _("An occupation has at most %(most)s duties."),
    "studio.too_many_tasks": _("An occupation has at most %(most)s tasks."),
    "studio.task_without_duty": _(
        "Line %(line)s is a task, and no duty stands above it. A duty begins with #."
    ),
    "studio.line_too_long": _("A line has at most %(most)s characters."),
    "studio.too_many_lines": _("At most %(most)s lines fit here."),
    "studio.words_too_long": _("At most %(most)s characters fit here."),
    "studio.hours": _("Hours lie between 1 and %(most)s."),
    "studio.people": _("Numbers of people are whole and not below 0."),
    "studio.skill_unknown": _("One of these skills is no longer in the lists. Load the page again."),
    "studio.incomplete": _("Something is missing yet; the list on the page says what."),
    "studio.not_proposed": _("A class tries what stands: propose the version first."),
    "studio.trial_days": _("The last day does not lie before the first one, nor in time to come."),
    "studio.costs": _("Costs are an amount such as 12500.00, and where it is from."),
    "studio.decision_unnamed": _("Name the body that decided, and its minutes."),
    "studio.decision_day": _("A decision does not lie in time to come."),
    "studio.votes": _("Votes are numbers from 0 to 999, and somebody voted."),
    "studio.votes_say_otherwise": _(
        "The votes say otherwise: a version is adopted with more votes for it than against it."
    ),
    "studio.voting_already": _(
        "A committee votes on this version already. Wait for it, or withdraw the motion there."
    ),
    "studio.not_adopted": _("Only an adopted version becomes a training project."),
    "studio.project_unnamed": _("Say for whom the project is, and under which licence others may use it."),
    "studio.project_gone": _("This project is not shown any more."),
    "studio.own_project": _("This project is your own. Begin the next version of its draft instead."),
    "studio.comment_size": _("Write something, at most %(most)s characters."),
}
