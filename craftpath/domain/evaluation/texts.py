"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "evaluation.item_unknown": _("The scheme has no item called %(item)s."),
    "evaluation.item_sourced": _(
        "%(item)s is worked out from confirmed facts. If it has to be another figure, whoever decides results gives it "
        "on the apprentice’s page, with the reason."
    ),
    "evaluation.item_rated": _("%(item)s is judged by raters: its mark comes from a practical assessment."),
    "evaluation.item_not_sourced": _("This item is not worked out; its marks are recorded like all others."),
    "evaluation.score_outside": _("%(score)s lies outside 0–%(max)s."),
    "evaluation.score_too_fine": _("%(score)s has more than %(places)s decimal places."),
    "evaluation.grade_unknown": _("“%(grade)s” is not one of the grades: %(allowed)s."),
    "evaluation.not_graded": _("This item takes a score and not the grade “%(grade)s”."),
    "evaluation.move_without_reason": _("Give the reason: it stands in the history beside your name."),
    "evaluation.marks_do_not_fit": _("There are marks that this version cannot hold: %(items)s."),
    "evaluation.oral_no_supplement": _("The scheme has no oral supplement."),
    "evaluation.oral_not_in_this_component": _("The scheme allows no oral mark in this part."),
    "evaluation.oral_decided": _("The result is decided. From now on its marks move only by a correction."),
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
    "evaluation.result_decided": _(
        "The results of %(count)s apprentices are decided, and the marks would change them. Nothing was taken in. "
        "A decided result is corrected on its own page, with a reason."
    ),
    "evaluation.results_moved": _(
        "Marks came in while you were looking, so nothing was decided. Look at the results again, then decide."
    ),
    "evaluation.nothing_to_decide": _(
        "Nothing is left to decide here: a result can be decided once all its marks are in."
    ),
    "evaluation.result_moved": _("This version of the result is no longer in force; look at the newest one."),
    "evaluation.reason_missing": _("Say why, in a sentence or two: the reason stands beside the result."),
    "evaluation.correction_changes_nothing": _(
        "These are the marks that the result has already, so there is nothing to correct."
    ),
    "evaluation.correction_leaves_open": _(
        "With these marks something would be open again, and a decided result is never open. Give every mark."
    ),
    "evaluation.correction_of_another": _("The contest is about another result."),
    "evaluation.contest_not_yours": _("Only the apprentice whose result it is can contest it."),
    "evaluation.contest_already": _("This result has been contested already; its answer stands on its page."),
    "evaluation.contest_too_late": _("It could be contested until %(last)s. Speak to your coordinator."),
    "evaluation.contest_without_words": _("Say in your own words what is wrong."),
    "evaluation.words_too_many": _("Please use at most %(most)s characters."),
    "evaluation.contest_own_judgement": _(
        "You decided this result, so somebody else answers: another coordinator, an administrator or an assessor."
    ),
    "evaluation.contest_own_result": _("You raised this contest, so somebody else answers it."),
    "evaluation.contest_ended": _("This contest has ended; its answer stands on its page."),
    "evaluation.held_back": _(
        "%(count)s of them have no decided result that passed, so nobody was recorded as passed. Decide the results "
        "first."
    ),
}

CONTEST_STATES = {
    "raised": _("waiting for an answer"),
    "upheld": _("result upheld"),
    "corrected": _("result corrected"),
    "withdrawn": _("withdrawn"),
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
