"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "growth.not_yours": _("Only the apprentice says this of the own skills."),
    "growth.not_your_apprentice": _("Only a mentor or trainer of this apprentice can do this."),
    "growth.own_objection": _("Somebody else answers: a mentor, a trainer, or whoever runs the cohort."),
    "growth.not_active": _("This apprenticeship has ended; what was said of skills stays as it is."),
    "growth.nothing_rated": _("Give a level to at least one skill. What you leave out is not counted."),
    "growth.level_unknown": _("One of these skills or levels is not on the list. Open the page again."),
    "growth.stage_not_begun": _("This stage has not begun yet."),
    "growth.no_words": _("Say it in words, with at most %(most)s characters."),
    "growth.too_long": _("At most %(most)s characters."),
    "growth.skill_unknown": _("This skill is on no list that you see."),
    "growth.proof_gone": _("This proof does not count any more; there is nothing left to object to."),
}

KINDS = {
    "rated": _("Rated practical work"),
    "observed": _("Observed at work"),
    "examined": _("Examination questions"),
    "viewed": _("Mentor's view"),
    "measured": _("Measured by a simulator or another program"),
    "practised": _("Confirmed in the log"),
    "taught": _("Taught in a unit"),
}

LEVELS = {
    1: pgettext_lazy("level of a skill", "Not yet"),
    2: pgettext_lazy("level of a skill", "With help"),
    3: pgettext_lazy("level of a skill", "Mostly alone"),
    4: pgettext_lazy("level of a skill", "Reliably alone"),
}

GOAL_STATES = {"open": _("Open goal"), "reached": _("Reached"), "dropped": _("Dropped")}

OBJECTION_STATES = {
    "open": _("Objected to"),
    "upheld": _("Counts no more"),
    "rejected": _("Stands"),
    "withdrawn": pgettext_lazy("an objection", "Taken back"),
}
