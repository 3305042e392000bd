"""What people said of core skills, as sentences, and how the states of goals and objections are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from craftpath.domain.growth.texts import GOAL_STATES, OBJECTION_STATES

SENTENCES = {
    "growth.skills_viewed": _("rated core skills (%(kind)s); skills: %(skills)s"),
    "growth.goal_set": _("set a goal for a core skill: %(skill)s"),
    "growth.goal_ended": _("ended a goal for a core skill: %(skill)s (%(state)s)"),
    "growth.objected": _("objected to a proof of a core skill: %(skill)s"),
    "growth.objection_ended": _("ended an objection to a proof of a core skill: %(skill)s (%(state)s)"),
}
STATES = {"growth.goal_ended": GOAL_STATES, "growth.objection_ended": OBJECTION_STATES}
