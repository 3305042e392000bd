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
    "outside.column_unfit": _("The line item is not as the standard says: %(part)s."),
    "outside.mark_unfit": _("The result is not as the standard says: %(part)s."),
    "outside.columns_too_many": _("A cohort has at most %(most)s columns from outside."),
    "outside.marks_too_many": _("An apprentice has at most %(most)s results in one column."),
    "outside.id_taken": _("This identifier belongs to something else already."),
    "outside.cohort_unknown": _("There is no such class that you may give marks in."),
    "outside.person_unknown": _("There is no such student in this class."),
    "outside.column_gone": _("This column has been dropped."),
    "outside.nothing_to_take": _("No score in this column can become a mark."),
}
