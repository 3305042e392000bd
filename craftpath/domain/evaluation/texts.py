"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "evaluation.item_unknown": _("The scheme has no item called %(item)s."),
    "evaluation.score_outside": _("%(score)s lies outside 0–%(max)s."),
    "evaluation.score_too_fine": _("%(score)s has more than %(places)s decimal places."),
    "evaluation.grade_unknown": _("“%(grade)s” is not one of the grades: %(allowed)s."),
    "evaluation.not_graded": _("This item takes a score and not the grade “%(grade)s”."),
    "evaluation.reason_missing": _("Give the reason: it stands in the history beside your name."),
    "evaluation.marks_do_not_fit": _("There are marks that this version cannot hold: %(items)s."),
    "evaluation.oral_no_supplement": _("The scheme has no oral supplement."),
    "evaluation.oral_not_in_this_component": _("The scheme allows no oral mark in this part."),
    "evaluation.oral_used_up": _("The oral supplement is used up by another part."),
    "evaluation.oral_nothing_to_supplement": _("There is no written mark in this part yet."),
    "evaluation.oral_still_open": _("Other marks are still open, so nobody can say whether it would decide."),
    "evaluation.oral_already_passed": _("The pass rules are met without it."),
    "evaluation.oral_cannot_decide": _("Even full marks would not lead to a pass."),
    "evaluation.mark_twice": _("Two marks were given for one person and one item."),
    "evaluation.not_enrolled": _("%(count)s of the people are not enrolled in this cohort."),
    "evaluation.stage_of_another": _("This stage does not belong to the cohort's programme."),
    "evaluation.scheme_of_another": _("This scheme does not belong to the cohort's programme."),
    "evaluation.already_open": _("This stage is already judged by another scheme version."),
}

MARK_STATES = {
    "scored": _("Marked"),
    "absent": _("Absent"),
    "deferred": _("Deferred"),
    "exempt": _("Exempt"),
    "missing": _("Not in yet"),
}

ROLES_IN_SUM = {
    "counted": _("counts"),
    "zero": _("counts as zero"),
    "dropped": _("dropped as the lowest"),
    "left": _("leaves the sum"),
    "open": _("still open"),
}
