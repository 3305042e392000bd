"""What happened to joint work, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craftpath.domain.ventures import texts as ventures

SENTENCES = {
    "ventures.planned": _("planned the joint work “%(subject)s”"),
    "ventures.changed": _("changed the joint work “%(subject)s”"),
    "ventures.moved": _("joint work “%(subject)s”: %(state)s %(because)s"),
    "ventures.charge_given": _("changed who is in charge of “%(subject)s”: %(person)s"),
    "ventures.milestone_moved": _("milestone of “%(subject)s”: %(title)s – %(state)s"),
    "ventures.logged": _("wrote what happened in “%(subject)s”"),
}

STATES: dict[str, Mapping[str, object]] = {
    "ventures.moved": ventures.STATES,
    "ventures.milestone_moved": ventures.MOVES,
}

LABELS = {
    "ventures.planned": _("Joint work planned"),
    "ventures.changed": _("Joint work changed"),
    "ventures.moved": _("Joint work a step further"),
    "ventures.charge_given": _("Who is in charge of joint work"),
    "ventures.milestone_moved": _("Milestone of joint work"),
    "ventures.logged": _("Log of joint work"),
}
