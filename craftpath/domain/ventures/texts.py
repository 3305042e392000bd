"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "ventures.no_title": _("Say in Chinese or English what it is called."),
    "ventures.no_goal": _("Say in a sentence or two what it is for, in at most %(most)s characters."),
    "ventures.days_unclear": _("The last day comes after the first one, within five years."),
    "ventures.no_basis": _("The cooperation agreement is not in force."),
    "ventures.after_basis": _("The cooperation agreement ends on %(last)s. Extend it first."),
    "ventures.not_a_side": _("Only the sides of the agreement run something together."),
    "ventures.not_in_charge": _("Whoever is in charge, or the office of a side, can do this."),
    "ventures.not_ours": _("Each side names its own people."),
    "ventures.over": _("It is over. Take it up again first."),
    "ventures.say_why": _("Say why, in at most %(most)s characters."),
    "ventures.say_what": _("Say what happened, in at most %(most)s characters."),
    "ventures.no_milestone": _("Say what is reached and by when: between the first and the last day."),
    "ventures.too_many": _("At most %(most)s fit."),
    "ventures.pointer_unknown": _("Choose one of the list."),
    "ventures.open_milestones": _("Milestones are open still: %(count)s. Reach or drop them first."),
    "ventures.end_unclear": _("It was finished between its first day, %(first)s, and today."),
    "ventures.no_product": _("Say what came out: a name and a few words."),
}

KINDS = {
    "unit": pgettext_lazy("run together", "Joint unit"),
    "team": pgettext_lazy("run together", "Joint team"),
    "project": pgettext_lazy("run together", "Joint project"),
    "product": pgettext_lazy("run together", "Joint product"),
}

STATES = {
    "planned": pgettext_lazy("a venture", "In planning"),
    "running": pgettext_lazy("a venture", "Under way"),
    "finished": pgettext_lazy("a venture", "Finished"),
    "stopped": pgettext_lazy("a venture", "Stopped"),
}

MOVES = {
    "add": pgettext_lazy("a milestone", "set"),
    "reach": pgettext_lazy("a milestone", "reached"),
    "reopen": pgettext_lazy("a milestone", "open again"),
    "drop": pgettext_lazy("a milestone", "dropped"),
}
