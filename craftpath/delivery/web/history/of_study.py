"""What was learnt and said over it, as sentences, and how the states of objections and findings are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from craftpath.domain.study.texts import OBJECTION_STATES

SENTENCES = {
    "study.diagnosis_begun": _("began a diagnosis of a skill: %(skill)s"),
    "study.diagnosis_ended": _("ended a diagnosis of a skill: %(skill)s; questions: %(questions)s"),
    "study.practice_ended": _("practised: %(right)s of %(questions)s right"),
    "study.override_set": _("said what holds for a skill: %(skill)s"),
    "study.override_lifted": _("lifted what was said of a skill: %(skill)s"),
    "study.objected": _("objected to what is said of a skill: %(skill)s"),
    "study.objection_ended": _("ended an objection to what is said of a skill: %(skill)s (%(state)s)"),
}
STATES = {"study.objection_ended": OBJECTION_STATES}
