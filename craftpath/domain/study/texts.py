"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "study.not_yours": _("Only the apprentice does this."),
    "study.own_word": _("Somebody else sets this: a mentor, a trainer, or whoever runs the cohort."),
    "study.not_your_apprentice": _("Only a mentor or trainer of this apprentice can do this."),
    "study.word_stands": _(
        "Somebody who helps you has said what holds for this skill. You may object to it."
    ),
    "study.not_active": _("This apprenticeship has ended; what was answered stays as it is."),
    "study.skill_unknown": _("This skill is on no list that you see."),
    "study.no_questions": _("There are no questions for this skill yet that you may practise with."),
    "study.nothing_due": _("Nothing is due, and there is nothing new to practise."),
    "study.diagnosis_over": _("This diagnosis has ended. Nothing was changed."),
    "study.set_over": _("These five minutes are over. Nothing was changed."),
    "study.another_question": _("Another question waits here by now. Answer the one that is shown."),
    "study.answer_too_long": _("An answer has at most %(most)s characters."),
    "study.no_words": _("Say it in words, with at most %(most)s characters."),
    "study.kind_unknown": _("Choose what holds: known, must, or not now."),
    "study.until_outside": _("Choose a last day from today on, within a year."),
}

FOUND = {
    "mastered": pgettext_lazy("a skill", "Mastered"),
    "not_yet": pgettext_lazy("a skill", "Not yet"),
    "unclear": pgettext_lazy("a skill", "Not sure"),
}

ENDS = {
    "certain": _("It ended because enough is known."),
    "limit": _("It ended at its limit of %(most)s questions."),
    "bank": _("It ended because there are no more questions for this skill."),
}

KINDS = {
    "known": pgettext_lazy("what holds for a skill", "Known"),
    "must": pgettext_lazy("what holds for a skill", "Must be learnt"),
    "not_now": pgettext_lazy("what holds for a skill", "Not now"),
}

DIAGNOSIS_STATES = {
    "open": pgettext_lazy("a diagnosis", "Half done"),
    "finished": pgettext_lazy("a diagnosis", "Finished"),
    "stopped": pgettext_lazy("a diagnosis", "Stopped"),
}

OBJECTION_STATES = {
    "open": _("Objected to"),
    "agreed": pgettext_lazy("an objection", "Agreed"),
    "rejected": _("Stands"),
    "withdrawn": pgettext_lazy("an objection", "Taken back"),
}
