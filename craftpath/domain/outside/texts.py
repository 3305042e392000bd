"""What this noun says: why something is refused."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "outside.no_name": _("Give it a name, at most %(most)s characters."),
    "outside.no_program": _("Choose a program of your organisation that may send statements."),
    "outside.not_an_address": _("“%(value)s” is not an identifier: it begins with a scheme such as https:."),
    "outside.nothing_to_begin": _("Say what the activity begins with, or take all activities."),
    "outside.skill_unknown": _("This skill is on no list that you see."),
    "outside.least_unclear": _("The least score lies between 0 and 100 percent."),
    "outside.stopped": _("This mapping is switched off."),
}
